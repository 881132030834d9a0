import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withParents } from "../directories";
import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { configVariables, isolatedEnvironment, STANDS_IN } from "./environment";
import { installCommand, pythonToolchain } from "./install";
import { onPath } from "./path";
import { FIND_SDK, RUNNER } from "./python-runner";

const ON_WINDOWS = process.platform === "win32";

/** Runs Python programs with the SDK of the project's own environment, as Pulumi's language host does. */
export function python(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const { directory, entry } = entryPoint(project);
  if (entry === "." && !existsSync(path.join(directory, "__main__.py"))) {
    throw new CheckError(
      `${directory} has no __main__.py, with which a Python program begins. Where it lies elsewhere, name it: main in Pulumi.yaml.`,
    );
  }
  const interpreter = findInterpreter(project, directory);
  const { stack, config } = program;
  const env = {
    ...isolatedEnvironment(),
    ...interpreter.environment,
    ...configVariables(config),
    ...(program.standsIn ? { [STANDS_IN]: "true" } : {}),
  };
  requireSdk(interpreter, project, env);
  return (address) => ({
    command: interpreter.command,
    args: [
      ...["-u", "-c", RUNNER],
      ...["--project", stack.project],
      ...["--stack", stack.name],
      ...["--organization", stack.organization],
      ...["--root_directory", project.root],
      ...["--monitor", address],
      ...["--engine", address],
      ...["--parallel", "16"],
      entry,
    ],
    cwd: directory,
    env,
  });
}

/** A Python to run programs with. */
interface Interpreter {
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The virtual environment that the project asks for, relative to its root, where it does not exist. */
  readonly missing: string | undefined;
}

/**
 * The project's virtual environment, the active one, one that lies in the project, or the Python on the path. Pulumi
 * would make what a project asks for and has not yet; nothing is installed here.
 */
function findInterpreter(project: Project, directory: string): Interpreter {
  const asked = askedEnvironment(project, directory);
  const active = process.env["VIRTUAL_ENV"];
  const lying = upwards(directory).flatMap((at) => [path.join(at, ".venv"), path.join(at, "venv")]);
  const found = [asked, active, ...lying].find((venv) => venv !== undefined && existsSync(pythonOf(venv)));
  const isMissing = asked !== undefined && !existsSync(pythonOf(asked));
  const missing = isMissing ? path.relative(project.root, asked) : undefined;
  if (found === undefined) {
    const commands = ON_WINDOWS ? ["python", "python3"] : ["python3", "python"];
    const command = process.env["PULUMI_PYTHON_CMD"] ?? commands.find(onPath) ?? commands[0];
    return { command: String(command), environment: {}, missing };
  }
  const searched = [path.dirname(pythonOf(found)), process.env["PATH"]].filter(Boolean).join(path.delimiter);
  return {
    command: pythonOf(found),
    environment: { VIRTUAL_ENV: found, PATH: searched, PYTHONHOME: undefined },
    missing,
  };
}

/** The environment that the project's toolchain takes; undefined where that is the active one, or one that lies there. */
function askedEnvironment(project: Project, directory: string): string | undefined {
  const { virtualenv } = project.runtimeOptions;
  const isNamed = typeof virtualenv === "string" && virtualenv !== "";
  const toolchain = pythonToolchain(project);
  if (toolchain === "poetry" && !(isNamed && existsSync(pythonOf(path.resolve(project.root, virtualenv))))) {
    return poetryEnvironment(project.root);
  }
  if (isNamed) return path.resolve(project.root, virtualenv);
  return toolchain === "uv" ? uvEnvironment(directory) : undefined;
}

/** uv takes its own environment whatever is active: beside the lock, which may be a workspace's, or else the project file. */
function uvEnvironment(directory: string): string {
  const beside = (name: string): string | undefined =>
    withParents(directory).find((at) => existsSync(path.join(at, name)));
  const project = beside("uv.lock") ?? beside("pyproject.toml") ?? directory;
  return path.resolve(project, process.env["UV_PROJECT_ENVIRONMENT"] ?? ".venv");
}

/** Poetry takes the active environment, or the project's, or one in a place that only it knows. */
function poetryEnvironment(root: string): string | undefined {
  if (process.env["VIRTUAL_ENV"] || existsSync(pythonOf(path.join(root, ".venv")))) return undefined;
  const { status, stdout } = spawnSync("poetry", ["env", "info", "--path", "--no-interaction"], {
    cwd: root,
    encoding: "utf8",
    env: process.env,
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 30_000,
  });
  const found = status === 0 ? stdout.trim() : "";
  return found === "" ? undefined : found;
}

/** A directory and those above it, as far as the project it belongs to may reach. */
function upwards(directory: string): string[] {
  const all = withParents(directory);
  const repository = all.findIndex((at) => existsSync(path.join(at, ".git")));
  return repository < 0 ? all : all.slice(0, repository + 1);
}

function pythonOf(environment: string): string {
  return ON_WINDOWS ? path.join(environment, "Scripts", "python.exe") : path.join(environment, "bin", "python");
}

function requireSdk({ command, missing }: Interpreter, project: Project, env: NodeJS.ProcessEnv): void {
  const { error, status } = spawnSync(command, ["-c", FIND_SDK], { cwd: tmpdir(), env, stdio: "ignore" });
  if (error !== undefined) {
    throw new CheckError(`${project.root} is a Python program, and ${command} cannot be run: ${error.message}.`);
  }
  if (status !== 0) {
    const lacking = missing === undefined ? "" : `; the virtual environment ${missing} does not exist`;
    const toolchain = pythonToolchain(project);
    const lacksTool = toolchain !== "pip" && onPath(toolchain) === undefined ? `; ${toolchain} is not on the PATH` : "";
    throw new CheckError(
      `Pulumi's SDK for Python is not installed for ${command}${lacking}${lacksTool}.\n` +
        `Run in ${project.root}: pulumi install (or: ${installCommand(project, missing)})`,
    );
  }
}
