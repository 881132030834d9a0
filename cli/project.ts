import { isRecord } from "../policies/machine/resource";
import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { CheckError } from "./errors";
import type * as Yaml from "js-yaml";
import type { Stack, StackConfig } from "./host";
import { readTextFile } from "./text-file";

/** A Pulumi project as its Pulumi.yaml describes it. */
export interface Project {
  /** Directory of Pulumi.yaml. */
  readonly root: string;
  /** Pulumi.yaml itself. */
  readonly file: string;
  readonly name: string;
  /** Language of the program. */
  readonly runtime: string;
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
  /** Where the program is, relative to the root. */
  readonly main: string | undefined;
  /** Directory of the stacks' configuration files. */
  readonly stackDirectory: string;
  /** Configuration for all stacks. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What `pulumi new` asks for and writes into the first stack's file. */
  readonly asked: Readonly<Record<string, unknown>>;
}

const EXTENSIONS = [".yaml", ".yml", ".json"];

/** Reads the project in a directory. */
export function readProject(directory: string): Project {
  const root = path.resolve(directory);
  if (!existsSync(root)) {
    throw new CheckError(
      `${directory} does not exist. Give the directory that holds Pulumi.yaml, or a file that Pulumi wrote.`,
    );
  }
  if (!statSync(root).isDirectory()) {
    throw new CheckError(`${directory} is not a directory. Give the directory that holds Pulumi.yaml.`);
  }
  const file = projectFile(root);
  if (file === undefined) {
    throw new CheckError(`${directory} has no Pulumi.yaml. Give the directory of a Pulumi project, e.g. check infra/.`);
  }
  const content = readYaml(file);
  const runtime = readRuntime(content["runtime"], file);
  const { config, template } = content;
  const asked = isRecord(template) ? template["config"] : undefined;
  // Before it had a key of its own, the directory was given in place of the configuration.
  const stackDirectory = content["stackConfigDir"] ?? config;
  return {
    root,
    file,
    name: projectName(requiredString(content["name"], "name", file), root, runtime.runtime, file),
    ...runtime,
    main: typeof content["main"] === "string" && content["main"] !== "" ? content["main"] : undefined,
    stackDirectory: path.resolve(root, typeof stackDirectory === "string" ? stackDirectory : ""),
    config: isRecord(config) ? config : {},
    asked: isRecord(asked) ? asked : {},
  };
}

/** A template's name is `${PROJECT}`, in whose place `pulumi new` puts that of the directory. */
function projectName(name: string, root: string, runtime: string, file: string): string {
  if (!name.includes("${")) return name;
  if (runtime !== "yaml") return path.basename(root);
  throw new CheckError(
    `${file} is a template's, which Pulumi's host for YAML does not run as it is. Write a name and a description in place of ` +
      "${PROJECT} and ${DESCRIPTION}, as pulumi new does.",
  );
}

/** The file that makes a directory a project; undefined where it is none. */
export function projectFile(directory: string): string | undefined {
  return EXTENSIONS.map((extension) => path.join(directory, `Pulumi${extension}`)).find((file) => existsSync(file));
}

function readRuntime(runtime: unknown, file: string): Pick<Project, "runtime" | "runtimeOptions"> {
  if (!isRecord(runtime)) {
    return { runtime: requiredString(runtime, "runtime", file), runtimeOptions: {} };
  }
  const options = runtime["options"];
  return {
    runtime: requiredString(runtime["name"], "runtime.name", file),
    runtimeOptions: isRecord(options) ? options : {},
  };
}

function requiredString(value: unknown, key: string, file: string): string {
  if (typeof value !== "string" || value === "") {
    throw new CheckError(
      `${file}: ${key} is missing. A project needs at least:\n  name: my-project\n  runtime: nodejs`,
    );
  }
  return value;
}

/**
 * The stack to judge: the one asked for (`STACK`, `PROJECT/STACK` or `ORGANIZATION/PROJECT/STACK`), else the only one
 * that has a configuration file, else `dev`.
 */
export function chooseStack(project: Project, asked: string | undefined): Stack {
  const parts = (asked ?? stackOf(project)).split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 3 || !/^[A-Za-z0-9_.-]+$/.test(name)) {
    throw new CheckError(`'${asked ?? name}' is not a stack name. Example: --stack prod`);
  }
  const [owner = "", of] = parts.length === 3 ? parts : [];
  if (of !== undefined && of !== project.name) {
    throw new CheckError(
      `'${parts.join("/")}' is a stack of project ${of}, and ${project.file} is project ${project.name}. Example: --stack ${name}`,
    );
  }
  const organization = of === undefined ? "organization" : owner;
  return { name, project: project.name, organization };
}

/** Stacks that have a configuration file. */
export function listStacks(project: Project): string[] {
  if (!existsSync(project.stackDirectory)) {
    return [];
  }
  const names = readdirSync(project.stackDirectory).map((file) => /^Pulumi\.(.+)\.(?:yaml|yml|json)$/.exec(file)?.[1]);
  return names.filter((name): name is string => name !== undefined).sort();
}

/** The stack that is meant where none is asked for: the only one with a file, or dev. */
function stackOf(project: Project): string {
  const stacks = listStacks(project);
  const [only] = stacks;
  if (only === undefined || stacks.includes("dev")) {
    return "dev";
  }
  if (stacks.length > 1) {
    throw new CheckError(
      `the project has several stacks: ${stacks.join(", ")}. Choose one with --stack NAME (check: or --all-stacks).`,
    );
  }
  return only;
}

/** A stack's configuration, and where it comes from. */
export interface LoadedConfig extends StackConfig {
  /** The stack's own file; undefined where there is none. */
  readonly file: string | undefined;
  /** Whether the stack takes more configuration from environments that Pulumi Cloud keeps. */
  readonly environments: boolean;
  /** Whether values that nothing sets are those that `pulumi new` would write. */
  readonly isTemplate: boolean;
}

/**
 * Reads a stack's configuration: the project's values, then the stack's file, then `KEY=VALUE` overrides. Where no
 * stack has one, what `pulumi new` would write into the first.
 */
export function readStackConfig(project: Project, stack: string, overrides: readonly string[]): LoadedConfig {
  const config = new ConfigReader(project.name);
  const file = EXTENSIONS.map((extension) => path.join(project.stackDirectory, `Pulumi.${stack}${extension}`)).find(
    (candidate) => existsSync(candidate),
  );
  const asked = listStacks(project).length === 0 ? Object.entries(project.asked) : [];
  for (const [key, declared] of asked) {
    if (isRecord(declared)) config.addProjectValue(key, declared);
  }
  const isTemplate = config.values.size > 0;
  for (const [key, value] of Object.entries(project.config)) {
    config.addProjectValue(key, value);
  }
  const content = file === undefined ? {} : readYaml(file);
  for (const [key, value] of Object.entries(isRecord(content["config"]) ? content["config"] : {})) {
    config.add(key, value);
  }
  overrides.forEach((override) => {
    config.override(override);
  });
  const { values, secretKeys, placeholders } = config;
  return {
    values,
    secretKeys,
    placeholders: [...placeholders.values()],
    file,
    environments: content["environment"] !== undefined,
    isTemplate,
  };
}

/** Collects configuration values as the engine hands them to a program: text, JSON where they are structured. */
class ConfigReader {
  readonly values = new Map<string, string>();
  readonly secretKeys = new Set<string>();
  readonly placeholders = new Map<string, string>();

  constructor(private readonly project: string) {}

  /** A value of Pulumi.yaml: plain, or declared with a default. */
  addProjectValue(key: string, declared: unknown): void {
    const value = isRecord(declared) ? (declared["value"] ?? declared["default"]) : declared;
    if (value !== undefined) {
      this.add(key, value);
    }
    if (isRecord(declared) && declared["secret"] === true) {
      this.secretKeys.add(this.fullKey(key));
    }
  }

  add(key: string, value: unknown): void {
    const fullKey = this.fullKey(key);
    this.placeholders.delete(fullKey);
    const plain = this.withoutCiphertext(fullKey, value);
    this.values.set(fullKey, toText(plain));
    if (this.placeholders.has(fullKey)) {
      this.secretKeys.add(fullKey);
    }
  }

  override(assignment: string): void {
    const [, key, value] = /^([^=\s]+)=(.*)$/s.exec(assignment) ?? [];
    if (key === undefined || value === undefined) {
      throw new CheckError("--config takes KEY=VALUE, the key without spaces. Example: --config aws:region=eu-west-1");
    }
    this.add(key, value);
  }

  private fullKey(key: string): string {
    return key.includes(":") ? key : `${this.project}:${key}`;
  }

  /** Ciphertext cannot be read here: a placeholder stands for it. */
  private withoutCiphertext(fullKey: string, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.withoutCiphertext(fullKey, item));
    }
    if (!isRecord(value)) {
      return value;
    }
    if (Object.keys(value).length === 1 && typeof value["secure"] === "string") {
      const placeholder = `secret-config-${fullKey.replace(/[^A-Za-z0-9]+/g, "-")}`;
      this.placeholders.set(fullKey, placeholder);
      return placeholder;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.withoutCiphertext(fullKey, item)]));
  }
}

function toText(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  return value === null ? "" : JSON.stringify(value);
}

function readYaml(file: string): Record<string, unknown> {
  const content = documentOf(file, readText(file));
  if (content !== null && !isRecord(content)) {
    throw new CheckError(`${file} must hold keys and values, such as name: my-project.`);
  }
  return content ?? {};
}

/** The only document of a file; null where there is none. */
function documentOf(file: string, text: string): unknown {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
    const { loadAll } = require("js-yaml") as typeof Yaml;
    const [content = null, ...others] = loadAll(text);
    if (others.length === 0) return content;
  } catch (error) {
    throw new CheckError(`${file} is not valid YAML: ${yamlMistake(error)}`);
  }
  throw new CheckError(`${file} is not valid YAML: it has more than one document`);
}

/** What is wrong and where, without the lines around it: they may hold secrets. */
function yamlMistake(error: unknown): string {
  if (!isRecord(error)) return String(error);
  const { reason, mark } = error;
  const at = isRecord(mark) && typeof mark["line"] === "number" ? ` in line ${String(mark["line"] + 1)}` : "";
  return `${String(reason)}${at}`;
}

function readText(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw new CheckError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
