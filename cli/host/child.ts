import { spawn, type ChildProcess, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { CheckError } from "../errors";
import { hostGone, runHosted, type HostedRun } from "./language";
import { LineTail } from "./output";

/** A command that runs a program. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where the command is a language host: it prints a port first, and runs what it is asked to there. */
  readonly host?: HostedRun;
}

/** How a process ended. */
export interface Exit {
  readonly timedOut: boolean;
  readonly code: number | undefined;
  readonly signal: string | undefined;
  /** The last lines it printed to standard error. */
  readonly errorOutput: readonly string[];
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const DRAIN_MS = 500;
/** How much of a build tool's output is told. */
const OUTPUT_LINES = 20;

/**
 * Runs a command in a process group of its own, without input, and ends the whole group with it: at its end, at the
 * time limit, and when this process is told to stop.
 */
export async function runChild(launch: Launch, timeoutMs: number, onLine?: (line: string) => void): Promise<Exit> {
  const child = start(launch);
  const asked = launch.host && askHost(launch.host, child);
  const output = new LineTail(child.stdout, asked ? afterFirst(asked.listening, onLine) : onLine);
  const errors = new LineTail(child.stderr, onLine);
  const closed = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  const release = stopWith(child);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, timeoutMs);
  try {
    const [code, signal] = await exitOf(child, launch.command);
    await drain(child, closed);
    const ended = { timedOut, code: code ?? undefined, signal: signal ?? undefined };
    return asked ? asked.ended(ended, output.lines, errors.lines) : { ...ended, errorOutput: errors.lines };
  } finally {
    clearTimeout(timer);
    release();
  }
}

interface AskedHost {
  /** Takes the first line that the host prints. */
  readonly listening: (port: string) => void;
  /** How the program ended, by how its host did and what both printed. */
  ended(host: Omit<Exit, "errorOutput">, output: readonly string[], errors: readonly string[]): Exit;
}

/** Asks a language host to run a program once it listens, and ends the host with the answer. */
function askHost(run: HostedRun, child: ChildProcess): AskedHost {
  let port: string | undefined;
  let answer: { readonly failure: string | undefined } | undefined;
  const ask = async (line: string): Promise<void> => {
    port = line;
    answer = { failure: await runHosted(line.trim(), run) };
    killGroup(child);
  };
  return {
    listening: (line) => {
      void ask(line);
    },
    ended: (host, output, errors) => {
      const ending = answer ? answer.failure : hostGone(run.name);
      const failure = host.timedOut ? undefined : ending;
      // Build tools tell on standard output what does not compile.
      const isQuiet = errors.every((line) => line.trim() === "");
      const printed = isQuiet ? output.filter((line) => line !== port).slice(-OUTPUT_LINES) : errors;
      const errorOutput = failure === undefined || failure === "" ? printed : [failure, ...printed];
      // How a host ends that has answered tells nothing.
      if (answer) return { ...host, code: failure === undefined ? 0 : 1, signal: undefined, errorOutput };
      return { ...host, code: host.code === 0 ? undefined : host.code, errorOutput };
    },
  };
}

function afterFirst(first: (line: string) => void, rest: ((line: string) => void) | undefined) {
  let isFirst = true;
  return (line: string): void => {
    if (isFirst) first(line);
    else rest?.(line);
    isFirst = false;
  };
}

function start({ command, args, cwd, env }: Launch): ChildProcessByStdio<null, Readable, Readable> {
  const isolated = { cwd, env, detached: process.platform !== "win32", windowsHide: true };
  try {
    return spawn(command, [...args], { ...isolated, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw cannotRun(command, error);
  }
}

/** A file that is no program of this machine, for example. */
function cannotRun(command: string, error: unknown): CheckError {
  return new CheckError(`${command} cannot be run: ${error instanceof Error ? error.message : String(error)}`);
}

function exitOf(child: ChildProcess, command: string): Promise<readonly [number | null, NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      reject(cannotRun(command, error));
    });
    child.once("exit", (code, signal) => {
      resolve([code, signal]);
    });
  });
}

/** Ends what the program left behind, which may hold its output open, and takes what was still on its way. */
async function drain(child: ChildProcess, closed: Promise<void>): Promise<void> {
  killGroup(child);
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, DRAIN_MS)))]);
  clearTimeout(timer);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === "win32") {
      child.kill("SIGKILL");
    } else {
      process.kill(-child.pid, "SIGKILL");
    }
  } catch {
    // The group is gone already.
  }
}

const running = new Set<ChildProcess>();

/** Groups of their own do not get the terminal's signals: what ends this process ends them first. */
function stopWith(child: ChildProcess): () => void {
  if (running.size === 0) {
    process.on("exit", killAll);
    SIGNALS.forEach((signal) => process.on(signal, onSignal));
  }
  running.add(child);
  return () => {
    running.delete(child);
    if (running.size === 0) letGo();
  };
}

function killAll(): void {
  running.forEach(killGroup);
}

/** Hands a signal on, then lets it do what it does by default. */
function onSignal(signal: NodeJS.Signals): void {
  letGo();
  killAll();
  process.kill(process.pid, signal);
}

function letGo(): void {
  process.off("exit", killAll);
  SIGNALS.forEach((signal) => process.off(signal, onSignal));
}
