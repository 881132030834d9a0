import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { withParents } from "../directories";
import { CheckError } from "../errors";
import type { Program, Stack } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { configVariables, isolatedEnvironment, STANDS_IN } from "./environment";
import { installFrom } from "./install";
import { onPath } from "./path";
import { preload, preloadInBun } from "./preload";
import { JUDGE_PREVIEW } from "../preview-command";

/** Runs TypeScript and JavaScript programs with the SDK that is installed with them, as Pulumi's language host does. */
export function node(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const { typescript, tsconfig } = project.runtimeOptions;
  return launched(project, program, {
    command: process.execPath,
    args: ({ file, pnp }) => [...plugAndPlay(pnp), ...preload(file), ...nodeArguments(project)],
    env: {
      ...(typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
      ...typeChecks(program.checkTypes === true),
      ...(program.standsIn ? { [STANDS_IN]: "true" } : {}),
      ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  });
}

/**
 * Types are checked on request only. Where they are, nothing is said: a project may have chosen a compiler that cannot.
 * The SDK runs ES modules by hooks of ts-node that it gives no options, which read variables of their own.
 */
function typeChecks(asked: boolean): NodeJS.ProcessEnv {
  const transpileOnly = process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] ?? (asked ? undefined : "true");
  const checks = { PULUMI_NODEJS_TRANSPILE_ONLY: transpileOnly, TS_NODE_TRANSPILE_ONLY: undefined };
  if (transpileOnly !== "true") return checks;
  const ignored = [process.env["TS_NODE_IGNORE_DIAGNOSTICS"], ...ABOUT_OPTIONS].filter(Boolean).join(",");
  return { ...checks, TS_NODE_TRANSPILE_ONLY: transpileOnly, TS_NODE_IGNORE_DIAGNOSTICS: ignored };
}

/**
 * What TypeScript says of options that do not go together or are going to go away. ts-node asks for it only where it does
 * not check types, so that a program would fail here alone.
 */
const ABOUT_OPTIONS = [
  ...[5009, 5011, 5047, 5051, 5052, 5053, 5055, 5056, 5059, 5061, 5062, 5063, 5064, 5066, 5067, 5068, 5069, 5070, 5071],
  ...[5074, 5089, 5090, 5091, 5095, 5096, 5098, 5101, 5102, 5105, 5106, 5107, 5108, 5109, 5110, 5111],
  ...[6082, 6131, 6304, 6307, 6310, 6377, 6379],
];

/** The same with Bun, which reads TypeScript and its settings by itself: the host gives it none of the options. */
export function bun(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const command = onPath("bun");
  if (command === undefined) {
    throw new CheckError(
      `${project.root} is a program for Bun, and bun is not on the PATH. Install it (https://bun.sh), or judge a preview:\n` +
        `  ${JUDGE_PREVIEW}`,
    );
  }
  return launched(project, program, { command, args: ({ file }) => preloadInBun(file), env: {} });
}

/** How many resources a program may register at once. */
const PARALLEL = "16";

/** What runs the SDK's own runner. */
interface Runtime {
  readonly command: string;
  /** What stands before the runner. */
  args(runner: Runner): readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

function launched(project: Project, program: Omit<Program, "launch">, runtime: Runtime): Program["launch"] {
  const { directory, entry } = entryPoint(project);
  const runner = findRunner(directory, project);
  const { stack } = program;
  return (address) => ({
    command: runtime.command,
    args: [
      ...runtime.args(runner),
      runner.file,
      ...flag("monitor", address),
      ...flag("engine", address),
      ...flag("project", stack.project),
      ...flag("stack", stack.name),
      ...flag("organization", stack.organization),
      ...flag("root-directory", project.root),
      ...flag("pwd", directory),
      ...flag("parallel", PARALLEL),
      "--dry-run=true",
      entry,
    ],
    cwd: directory,
    env: { ...isolatedEnvironment(), ...configOf(program), ...settingsOf(stack, address), ...runtime.env },
  });
}

/** What the runner sets by its flags. SDKs of version 2 read it as they are loaded, which is before that: see preload.ts. */
function settingsOf(stack: Stack, address: string): NodeJS.ProcessEnv {
  return {
    PULUMI_NODEJS_PROJECT: stack.project,
    PULUMI_NODEJS_STACK: stack.name,
    PULUMI_NODEJS_MONITOR: address,
    PULUMI_NODEJS_ENGINE: address,
    PULUMI_NODEJS_PARALLEL: PARALLEL,
    PULUMI_NODEJS_DRY_RUN: "true",
  };
}

function flag(name: string, value: string): [string, string] {
  return [`--${name}`, value];
}

/** The SDK's own runner, and what makes Node.js find it where Yarn keeps packages without node_modules. */
interface Runner {
  readonly file: string;
  readonly pnp: string | undefined;
}

const RUNNER = "@pulumi/pulumi/cmd/run";

function findRunner(directory: string, project: Project): Runner {
  const from = path.join(directory, "package.json");
  try {
    return { file: createRequire(from).resolve(RUNNER), pnp: undefined };
  } catch {
    const pnp = withParents(directory)
      .map((at) => path.join(at, ".pnp.cjs"))
      .find((file) => existsSync(file));
    const file = pnp === undefined ? undefined : resolvedBy(pnp, from);
    if (file !== undefined) return { file, pnp };
    throw new CheckError(`@pulumi/pulumi is not installed in ${project.root}. Run: ${installFrom(project)}`);
  }
}

/** Where Yarn's table of packages leads, which is the project's own code and not run in this process. */
function resolvedBy(pnp: string, from: string): string | undefined {
  const script = `process.stdout.write(require("module").createRequire(${JSON.stringify(from)}).resolve("${RUNNER}"))`;
  const { status, stdout } = spawnSync(process.execPath, [`--require=${pnp}`, "-e", script], {
    encoding: "utf8",
    env: isolatedEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 30_000,
  });
  return status === 0 ? stdout : undefined;
}

/** As `yarn node` does it: packages for `require`, and for `import` where the project has such. */
function plugAndPlay(pnp: string | undefined): string[] {
  if (pnp === undefined) return [];
  const loader = path.join(path.dirname(pnp), ".pnp.loader.mjs");
  const register = `import { register } from "node:module"; register(${JSON.stringify(pathToFileURL(loader).href)});`;
  return [
    `--require=${pnp}`,
    ...(existsSync(loader) ? [`--import=data:text/javascript,${encodeURIComponent(register)}`] : []),
  ];
}

function nodeArguments(project: Project): string[] {
  const given = project.runtimeOptions["nodeargs"];
  return typeof given === "string" ? words(given) : [];
}

/** Pulumi's host splits these as a shell does, without expanding anything. */
function words(line: string): string[] {
  const found = line.match(/(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'\\])+/g) ?? [];
  return found.map((word) =>
    word.replace(/\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, escaped?: string, double?: string, single?: string) =>
      double === undefined ? (escaped ?? single ?? "") : double.replace(/\\(["\\])/g, "$1"),
    ),
  );
}

/** The SDK takes keys of configuration with `config` in them. */
function configOf({ config }: Omit<Program, "launch">): NodeJS.ProcessEnv {
  const values = new Map([...config.values].map(([key, value]) => [key.replace(":", ":config:"), value]));
  return configVariables({ ...config, values });
}
