import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import type { Report } from "../../cli/report";
import { startProviders, type Change, type StandInProviders } from "../../tools/engine/provider";

const ROOT = resolve(__dirname, "../..");
const STACK = "dev";
/** Where a Python program has the SDKs that were made for it. */
const PYTHON_SDKS = "sdks/installed";

/** Directory of a program among this suite's own. */
export function program(name: string): string {
  return join(__dirname, "programs", name);
}

/** Directory of a program among the repository's examples. */
export function example(name: string): string {
  return join(ROOT, "examples", name);
}

/** A preset of the repository, as `--policy-pack-config` takes it. */
export function preset(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, "presets", `${name}.json`), "utf8"));
}

/** One event of the engine, as its event log has them. */
type EngineEvent = Readonly<Record<string, unknown>>;

/** One policy violation as the engine reports it. */
interface Reported {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  /** Name of the resource, the last part of its URN. */
  readonly name: string;
  readonly message: string;
  /** Ids of Pulumi's own exceptions that cover it. */
  readonly exceptions: readonly string[];
}

/** How one run of the CLI ended, and what it said. */
export interface Run {
  readonly exitCode: number | null;
  /** Standard output and standard error, as they came. */
  readonly text: string;
  readonly events: readonly EngineEvent[];
  readonly findings: readonly Reported[];
}

/** What `check` said of what the CLI wrote. */
export interface Checked {
  readonly exitCode: number | null;
  readonly stderr: string;
  /** As `lines` has them. */
  readonly findings: readonly string[];
  readonly notices: readonly string[];
}

/** What a run is given besides the program. */
interface RunOptions {
  /** Content of the `--policy-pack-config` file. */
  readonly config?: unknown;
  /** Stack configuration. */
  readonly stackConfig?: Readonly<Record<string, string>>;
  /** Directory of another pack than the installed one; `false` runs without any. */
  readonly pack?: string | false;
  readonly flags?: readonly string[];
}

/** The real CLI in a workspace of its own, with stand-in providers. */
export class Engine {
  readonly #root = mkdtempSync(join(tmpdir(), "ec2-hardening-engine-"));
  readonly #environment: NodeJS.ProcessEnv;
  readonly #providers: StandInProviders;
  #files = 0;

  private constructor(providers: StandInProviders) {
    this.#providers = providers;
    for (const directory of ["home", "backend", "programs"]) mkdirSync(join(this.#root, directory));
    installAll(join(this.#root, "node_modules"));
    this.#environment = environment(this.#root, providers.debugProviders);
  }

  /** Starts the providers and makes an empty workspace. */
  static async start(): Promise<Engine> {
    return new Engine(await startProviders("us-west-2"));
  }

  /** Stops the providers and removes the workspace. */
  stop(): void {
    this.#providers.stop();
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** What updates really made of one program's resources, e.g. `create web`. */
  changes(source: string): readonly string[] {
    return this.#changesOf(source).map(({ operation, urn }) => `${operation} ${resourceName(urn)}`);
  }

  /** The inputs that one resource was really created with. */
  created(source: string, name: string): Change["properties"] | undefined {
    const all = this.#changesOf(source).filter(({ operation }) => operation === "create");
    return all.find(({ urn }) => resourceName(urn) === name)?.properties;
  }

  #changesOf(source: string): readonly Change[] {
    return this.#providers.changes.filter(({ urn }) => urn.startsWith(`urn:pulumi:${STACK}::${basename(source)}::`));
  }

  /** Runs `pulumi preview` on a program. */
  preview(source: string, options: RunOptions = {}): Promise<Run> {
    return this.#operate("preview", source, options);
  }

  /** Runs `pulumi up` on a program, preview included. */
  up(source: string, options: RunOptions = {}): Promise<Run> {
    return this.#operate("up", source, { ...options, flags: ["--yes", ...(options.flags ?? [])] });
  }

  /** Runs `pulumi policy analyze` on the state that `up` has left behind, as a file and away from any project. */
  async analyze(source: string, options: RunOptions = {}): Promise<Run> {
    const file = join(this.#root, `state-${basename(source)}.json`);
    await this.pulumi(source, "stack", "export", "--stack", STACK, "--file", file);
    const args = ["policy", "analyze", "--file", file, "--json", ...this.#packFlags(options)];
    const { exitCode, text } = await this.#execute(join(this.#root, "home"), args);
    return finished(exitCode, text, parseLines(text));
  }

  /** Runs any other command in the program's directory, and expects it to succeed. */
  async pulumi(source: string, ...args: string[]): Promise<string> {
    const { exitCode, text } = await this.#execute(await this.#place(source), args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")}\n${text}`);
    return text;
  }

  /** Where a run may write a file beside the program. */
  file(name: string): string {
    return join(this.#root, name);
  }

  /** The flags that give the installed pack to a command. */
  packFlags(): string[] {
    return this.#packFlags({});
  }

  /**
   * Pipes what the CLI prints into `check`, as a user does.
   * @param variables of the CLI's environment
   */
  async pipe(
    source: string,
    args: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): Promise<Checked & { readonly printed: string }> {
    const cwd = await this.#place(source);
    const env = { ...this.#environment, ...variables };
    const all = [...args, "--stack", STACK, "--non-interactive"];
    const pulumi = spawn("pulumi", all, { cwd, env, stdio: ["ignore", "pipe", "ignore"] });
    let printed = "";
    pulumi.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    return { ...(await this.#check(cwd, "-", pulumi.stdout)), printed };
  }

  /** Has `check` read a file, in the directory of the program. */
  async check(source: string, file: string): Promise<Checked> {
    return this.#check(await this.#place(source), file);
  }

  #check(cwd: string, what: string, input?: Readable): Promise<Checked> {
    return new Promise((done, fail) => {
      const args = [join(installedPack(), "dist/cli/main.js"), "check", "--format", "json", what];
      const child = spawn(process.execPath, args, { cwd, env: this.#environment, stdio: ["pipe", "pipe", "pipe"] });
      const said = { stdout: "", stderr: "" };
      child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
      child.on("error", fail);
      child.on("close", (exitCode) => {
        done({ exitCode, stderr: said.stderr, ...readReport(said.stdout) });
      });
      if (input) input.pipe(child.stdin);
      else child.stdin.end();
    });
  }

  /** Has the SDK of a package made for a Python program, and installs it beside the program. */
  async addPython(source: string, plugin: string): Promise<void> {
    await this.pulumi(source, "package", "gen-sdk", plugin, "--language", "python", "--out", "sdks");
    const args = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", PYTHON_SDKS, "./sdks/python"];
    const cwd = await this.#place(source);
    execFileSync("python3", args, { cwd, env: this.#environment, stdio: ["ignore", "inherit", "inherit"] });
  }

  async #operate(command: string, source: string, options: RunOptions): Promise<Run> {
    const directory = await this.#place(source);
    const log = join(this.#root, `${this.#unique("events")}.json`);
    const stackConfig = Object.entries(options.stackConfig ?? {}).flatMap(([key, value]) => [
      "--config",
      `${key}=${value}`,
    ]);
    const flags = [...stackConfig, ...this.#packFlags(options), ...(options.flags ?? [])];
    const args = [command, "--stack", STACK, "--non-interactive", "--color", "never", "--event-log", log, ...flags];
    const { exitCode, text } = await this.#execute(directory, args);
    return finished(exitCode, text, existsSync(log) ? parseLines(readFileSync(log, "utf8")) : []);
  }

  #unique(kind: string): string {
    this.#files += 1;
    return `${kind}-${String(this.#files)}`;
  }

  #packFlags(options: RunOptions): string[] {
    if (options.pack === false) return [];
    const pack = ["--policy-pack", options.pack ?? installedPack()];
    if (options.config === undefined) return pack;
    const file = join(this.#root, `${this.#unique("config")}.json`);
    writeFileSync(file, JSON.stringify(options.config));
    return [...pack, "--policy-pack-config", file];
  }

  /** Copies a program into the workspace, where the CLI may write beside it, and makes its stack. */
  async #place(source: string): Promise<string> {
    const directory = join(this.#root, "programs", basename(source));
    if (existsSync(directory)) return directory;
    cpSync(source, directory, { recursive: true, filter: (file) => basename(file) !== "node_modules" });
    symlinkSync(join(this.#root, "node_modules"), join(directory, "node_modules"));
    await this.pulumi(source, "stack", "init", STACK, "--non-interactive");
    return directory;
  }

  #execute(cwd: string, args: readonly string[]): Promise<{ exitCode: number | null; text: string }> {
    return new Promise((done, fail) => {
      const child = spawn("pulumi", args, { cwd, env: this.#environment, stdio: ["ignore", "pipe", "pipe"] });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      child.on("error", fail);
      child.on("close", (exitCode) => {
        done({ exitCode, text });
      });
    });
  }
}

function installedPack(): string {
  const project = process.env.EC2_HARDENING_PACK_PROJECT;
  if (project === undefined)
    throw new Error("run this suite with `npm run test:engine`, which installs the pack first");
  return join(project, "node_modules/ec2-hardening");
}

/** What programs can import: the repository's packages, and the packed one. It is a copy, so that it has the SDK of the program. */
function installAll(target: string): void {
  mkdirSync(target);
  const others = readdirSync(join(ROOT, "node_modules")).filter((name) => name !== "ec2-hardening");
  for (const name of others) symlinkSync(join(ROOT, "node_modules", name), join(target, name));
  cpSync(installedPack(), join(target, "ec2-hardening"), { recursive: true });
}

/** Nothing of the user's own Pulumi or AWS set-up; an installed CLI and its hosts come before the built ones. */
function environment(root: string, debugProviders: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(PULUMI|AWS|NODE_OPTIONS|JEST|PYTHON)/.test(name),
  );
  const path = [process.env.PATH, join(ROOT, ".cache/engine/bin"), join(ROOT, "tools/engine/bin")];
  return {
    ...Object.fromEntries(inherited),
    PATH: path.join(delimiter),
    PULUMI_HOME: join(root, "home"),
    PULUMI_BACKEND_URL: `file://${join(root, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DEBUG_PROVIDERS: debugProviders,
    // Pulumi's SDK, and the one that a Python program has generated beside it.
    PYTHONPATH: [join(ROOT, ".cache/engine/python"), PYTHON_SDKS].join(delimiter),
  };
}

/** Of a report in JSON. */
function readReport(text: string): Pick<Checked, "findings" | "notices"> {
  const { projects } = JSON.parse(text) as { projects: readonly Pick<Report, "resources" | "notices">[] };
  const findings = projects.flatMap(({ resources }) =>
    resources.flatMap(({ name, findings }) => findings.map(({ level, policy }) => `${level} ${policy} ${name}`)),
  );
  return { findings: findings.sort(), notices: projects.flatMap(({ notices }) => notices) };
}

function parseLines(text: string): EngineEvent[] {
  const lines = text.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}

function finished(exitCode: number | null, text: string, events: readonly EngineEvent[]): Run {
  return { exitCode, text, events, findings: events.flatMap(({ policyEvent }) => readFinding(policyEvent)) };
}

function readFinding(event: unknown): Reported[] {
  if (event === undefined) return [];
  const { resourceUrn, policyName, enforcementLevel, severity, message, exceptions } = event as PolicyEvent;
  const ids = (exceptions ?? []).map(({ id }) => id);
  const found = { policy: policyName, level: enforcementLevel, severity, message, exceptions: ids };
  return [{ ...found, urn: resourceUrn, name: resourceName(resourceUrn) }];
}

interface PolicyEvent {
  readonly resourceUrn: string;
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly severity: string;
  readonly message: string;
  readonly exceptions?: readonly { readonly id: string }[];
}

function resourceName(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** What the pack found in a run, by the events that the engine wrote, as `lines` has it. */
export function foundIn(events: string): string[] {
  return lines(parseLines(events).flatMap(({ policyEvent }) => readFinding(policyEvent)));
}

/** Findings as sorted lines: level, policy, resource. */
export function lines(findings: readonly Reported[]): string[] {
  return findings.map(({ level, policy, name }) => `${level} ${policy} ${name}`).sort();
}

/** Asserts how a run ended and what it reported, as `lines` has it; a difference shows all that the CLI said. */
export function expectRun(run: Run, exitCode: number, findings: readonly string[]): void {
  const actual = { exitCode: run.exitCode, findings: lines(run.findings) };
  const wanted = { exitCode, findings };
  expect({ ...actual, text: isDeepStrictEqual(actual, wanted) ? "" : run.text }).toEqual({ ...wanted, text: "" });
}
