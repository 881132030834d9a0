import type { Properties } from "../../policies/machine/resource";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  CreateResult,
  InvokeResult,
  ProviderConfig,
} from "../../provider/provider";
import { Notes } from "./notes";
import { Registry } from "./registry";
import { Transforms } from "./transforms";

/** The stack that a program believes it runs in. */
export interface Stack {
  readonly name: string;
  readonly project: string;
  readonly organization: string;
}

/** Configuration of a stack. */
export interface StackConfig {
  /** Values by `namespace:key`. */
  readonly values: ReadonlyMap<string, string>;
  readonly secretKeys: ReadonlySet<string>;
  /** Values that stand for encrypted ones, which nobody can read here. */
  readonly placeholders: readonly string[];
}

/** How providers answer. */
export interface ProviderModel {
  check(request: CheckRequest): CheckResult;
  create(request: CreateRequest): CreateResult;
  invoke(token: string, args: Properties, config: ProviderConfig): InvokeResult;
}

/** The state of one run, shared by what serves it. */
export class Run {
  readonly registry = new Registry();
  readonly transforms = new Transforms();
  readonly notes = new Notes();
  /** Strings, and numbers as text, that look real to the program and that only AWS, or the owner of a secret, knows. */
  readonly madeUp: Set<string>;

  constructor(
    readonly stack: Stack,
    readonly config: StackConfig,
    readonly model: ProviderModel,
  ) {
    this.madeUp = new Set(config.placeholders);
  }
}
