import type { Properties } from "../policies/machine/resource";

/** What a provider is configured with. */
export interface ProviderConfig {
  readonly region: string | undefined;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly accountId: string;
}

export interface CheckRequest {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** The program's inputs; unknown values are Pulumi's sentinels, secrets are unwrapped. */
  readonly inputs: Properties;
  readonly config: ProviderConfig;
}

export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** Inputs with the provider's defaults, autonames, coercions and document encoding; failures as the real one words them. */
export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface CreateRequest {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  /** Inputs as Check returned them. */
  readonly inputs: Properties;
  readonly config: ProviderConfig;
  /** `preview`: what is computed stays unknown. `create`: ids, ARNs and other outputs get plausible, stable values. */
  readonly mode: "preview" | "create";
}

export interface UpdateRequest extends CreateRequest {
  readonly id: string;
  /** Outputs of the run before. */
  readonly state: Properties;
}

export interface CreateResult {
  /** Empty where a preview plans a new resource. */
  readonly id: string;
  readonly outputs: Properties;
}

export interface InvokeResult {
  readonly result: Properties;
  /**
   * Strings in the result that only AWS knows, made up in the right shape, and such numbers as text: a caller must treat
   * a property that equals one of them as not known.
   */
  readonly madeUp: readonly string[];
  readonly failure: string | undefined;
}
