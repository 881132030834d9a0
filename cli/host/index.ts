import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { StackResource } from "../../policies/machine/resource";
import { runChild, type Exit, type Launch } from "./child";
import { Engine, type LogEntry } from "./engine";
import { listen } from "./grpc";
import type { Position } from "./position";
import { Monitor } from "./monitor";
import { Run, type ProviderModel, type Stack, type StackConfig } from "./run";

export type { Launch } from "./child";
export type { LogEntry } from "./engine";
export type { Position } from "./position";
export type { ProviderModel, Stack, StackConfig } from "./run";

/** A program to run. */
export interface Program {
  readonly stack: Stack;
  readonly config: StackConfig;
  /** The command that runs the program against an engine at this address. */
  launch(address: string): Launch;
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
  try {
    const exit = await runChild(program.launch(server.address), options.timeoutSeconds * 1000, options.onLine);
    const outcome = outcomeOf(exit, monitor.finished, engine.errors.length > 0, options.timeoutSeconds);
    return {
      resources: run.registry.resources(),
      positions: run.registry.positions(),
      outcome,
      errors: outcome.kind === "completed" ? [] : errorsOf(engine.errors, exit),
      notes: run.notes.list(),
    };
  } finally {
    run.transforms.close();
    server.close();
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
