/** Scanners that are programs in Python, each in an environment of its own: their libraries exclude each other. */
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Places, Scanner } from "./scanner";

const BIN = process.platform === "win32" ? "Scripts" : "bin";
const LIMITS = { timeout: 600_000, maxBuffer: 1 << 30, encoding: "utf8" } as const;

interface Run {
  /** A scanner that has found something may end with 1. */
  readonly accepted?: readonly number[];
  /** A file to write standard output to. */
  readonly stdout?: number;
}

/** Standard output of a command, empty where it goes to a file. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  { accepted = [0], stdout: file }: Run = {},
): string {
  const stdio = ["ignore", file ?? "pipe", "pipe"] as const;
  const { error, status, stdout, stderr } = spawnSync(command, args, { ...LIMITS, cwd, stdio: [...stdio] });
  if (error) throw error;
  if (status === null || !accepted.includes(status)) {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    throw new Error(`${path.basename(command)} ${args[0] ?? ""} ended with ${String(status)}: ${said}`);
  }
  return file === undefined ? stdout : "";
}

/** Installs a package of PyPI in that version; the path of its command. */
function install(name: string, version: string, cache: string): string {
  const bin = path.join(cache, name, BIN);
  if (!existsSync(path.join(bin, "pip"))) run("python3", ["-m", "venv", name], cache);
  run(path.join(bin, "python"), ["-m", "pip", "install", "--quiet", `${name}==${version}`], cache);
  return path.join(bin, name);
}

/** Writes each text to a file of its own. */
function writeAll(texts: readonly string[], folder: string, extension: string): void {
  for (const [index, text] of texts.entries()) writeFileSync(path.join(folder, `${String(index)}.${extension}`), text);
}

/** `17.tf`, `/17.tf` and `/17/main.tf` are of the case 17. */
function indexOf(file: string): number {
  return Number.parseInt(file.replace(/^\.?\//, ""));
}

/** As people write it, in a here document: Terraform's own marks are escaped. */
function terraform(text: string, index: number): string {
  const escaped = text.replaceAll("${", "$${").replaceAll("%{", "%%{");
  return `resource "aws_instance" "case_${String(index)}" {
  ami           = "ami-0c2f1e3d4b5a69788"
  instance_type = "t3.micro"
  user_data     = <<END_OF_USER_DATA
${escaped}
END_OF_USER_DATA
}
`;
}

interface CheckovReport {
  readonly results?: { readonly failed_checks: readonly { readonly file_path: string }[] };
  readonly summary?: { readonly parsing_errors: number };
}

export const CHECKOV_VERSION = "3.3.30";

/** Installs checkov; the path of its command. */
export function installCheckov(cache: string): string {
  return install("checkov", CHECKOV_VERSION, cache);
}

/** The cases below the temporary folder for which some of its checks fail. */
export function checkovReports(places: Places, checks: readonly string[]): number[] {
  const command = installCheckov(places.cache);
  const args = ["--directory", ".", ...checks, "--skip-download", "--quiet", "--compact", "--output", "json"];
  const output = JSON.parse(run(command, args, places.temporary, { accepted: [0, 1] })) as
    CheckovReport | CheckovReport[];
  const reports = [output].flat();
  const unread = reports.reduce((sum, { summary }) => sum + (summary?.parsing_errors ?? 0), 0);
  if (unread > 0) throw new Error(`it could not parse ${String(unread)} of the files`);
  return reports.flatMap(({ results }) => results?.failed_checks ?? []).map((each) => indexOf(each.file_path));
}

/** Its check of EC2 user data and its framework for secrets together: each alone finds less. */
const CHECKOV = ["--framework", "terraform", "secrets", "--check", "CKV_AWS_46,CKV_SECRET_*"];

export const checkov: Scanner = {
  name: "checkov",
  prepare: (places) => {
    installCheckov(places.cache);
    const scan = (texts: readonly string[]): number[] => {
      writeAll(texts.map(terraform), places.temporary, "tf");
      return checkovReports(places, CHECKOV);
    };
    return { version: CHECKOV_VERSION, scan };
  },
};

/** What it looks for depends on the name of the file: least is reported with `txt`, most with `conf`. */
export function detectSecrets(extension: string): Scanner {
  const name = `detect-secrets (.${extension})`;
  const prepare = (places: Places): ReturnType<Scanner["prepare"]> => {
    const version = "1.5.0";
    const command = install("detect-secrets", version, places.cache);
    const scan = (texts: readonly string[]): number[] => {
      writeAll(texts, places.temporary, extension);
      // What is made up would fail the verification, which asks the services themselves.
      const output = run(command, ["scan", "--all-files", "--no-verify", "."], places.temporary);
      return Object.keys((JSON.parse(output) as { results: object }).results).map(indexOf);
    };
    return { version, scan };
  };
  return { name, prepare };
}
