import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { StackResource } from "../../policies/machine/resource";
import { runChild, type Exit, type Launch } from "./child";
import { Engine, type LogEntry } from "./engine";
import { listen, type Listener } from "./grpc";
import type { Position } from "./position";
import { Monitor } from "./monitor";
import { serveSchema } from "./schemas";
import { Run, type ProviderModel, type Stack, type StackConfig } from "./run";

export type { Launch } from "./child";
export type { LogEntry } from "./engine";
export type { Position } from "./position";
export type { ProviderModel, Stack, StackConfig } from "./run";

/** A program to run. */
export interface Program {
  readonly stack: Stack;
  readonly config: StackConfig;
  /** Schemas that the language's host asks providers for, by package. */
  readonly schemas?: ReadonlyMap<string, string>;
  /**
   * The command that runs the program against an engine at this address.
   * @param providers addresses of those that serve schemas, by package
   */
  launch(address: string, providers: ReadonlyMap<string, string>): Launch;
  /** Whether the program goes on where it requires configuration that is missing, and names it as an error. */
  readonly standsIn?: boolean | undefined;
  /** Whether a program in TypeScript has to pass its type check to be run. */
  readonly checkTypes?: boolean | undefined;
}

export interface RunOptions {
  readonly model: ProviderModel;
  readonly timeoutSeconds: number;
  readonly onLog?: (entry: LogEntry) => void;
  /** Receives every line the program prints. */
  readonly onLine?: (line: string) => void;
}

/** How a program's run ended. */
export type Outcome =
  | { readonly kind: "completed" }
  | { readonly kind: "failed"; readonly code: number | undefined; readonly signal: string | undefined }
  | { readonly kind: "ended-early" }
  | { readonly kind: "timed-out"; readonly seconds: number };

/** What a program registered until its run ended, in whatever way. */
export interface RunResult {
  readonly resources: readonly StackResource[];
  /** Where the program creates them, by URN. */
  readonly positions: ReadonlyMap<string, Position>;
  readonly outcome: Outcome;
  /** What went wrong, in the program's own words. */
  readonly errors: readonly string[];
  /** Whether they are what it printed, for want of errors that it logged. */
  readonly arePrinted: boolean;
  /** What this run could not do as Pulumi would. */
  readonly notes: readonly string[];
}

/** Runs a Pulumi program against an engine and providers that are played, and collects what it registers. */
export async function runProgram(program: Program, options: RunOptions): Promise<RunResult> {
  const run = new Run(program.stack, program.config, options.model);
  const monitor = new Monitor(run);
  const engine = new Engine(options.onLog ?? (() => undefined));
  const server = await listen([
    [ResourceMonitorService, monitor.handlers()],
    [EngineService, engine.handlers()],
  ]);
  const providers = new Map<string, Listener>();
  try {
    for (const [name, schema] of program.schemas ?? []) providers.set(name, await serveSchema(schema));
    const addresses = new Map([...providers].map(([name, { address }]) => [name, address]));
    const exit = await runChild(
      program.launch(server.address, addresses),
      options.timeoutSeconds * 1000,
      options.onLine,
    );
    const outcome = outcomeOf(exit, monitor.finished, engine.errors.length > 0, options.timeoutSeconds);
    return {
      resources: run.registry.resources(),
      positions: run.registry.positions(),
      outcome,
      errors: outcome.kind === "completed" ? [] : errorsOf(engine.errors, exit),
      arePrinted: engine.errors.length === 0,
      notes: run.notes.list(),
    };
  } finally {
    run.transforms.close();
    server.close();
    providers.forEach((provider) => {
      provider.close();
    });
  }
}

function outcomeOf(exit: Exit, finished: boolean, loggedErrors: boolean, seconds: number): Outcome {
  if (exit.timedOut) {
    return { kind: "timed-out", seconds };
  }
  if (exit.code !== 0 || loggedErrors) {
    return { kind: "failed", code: exit.code, signal: exit.signal };
  }
  return finished ? { kind: "completed" } : { kind: "ended-early" };
}

/** The SDK reports what a program throws; what happens outside it, only standard error tells. */
function errorsOf(logged: readonly string[], exit: Exit): readonly string[] {
  const printed = exit.errorOutput.join("\n").trim();
  return logged.length > 0 || printed === "" ? logged : [printed];
}
