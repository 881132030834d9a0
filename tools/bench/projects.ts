/** Programs as people start with them: how many of them run side by side, and what one takes from start to end. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { ratio, reported, type Section } from "./figures";
import { cli, measure, median, type Measured } from "./process";

const PROJECTS = 50;
const ROUNDS = 3;

const INSTANCE = `new aws.ec2.Instance("web", {
  ami: "ami-0c2f1e3d4b5a69788",
  instanceType: "t3.micro",
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1, httpEndpoint: "enabled" },
});
`;

/** Writes a project; in plain JavaScript where its files are. */
export function writeProject(directory: string, root: string, files: Readonly<Record<string, string>>): void {
  const [main = "index.js"] = Object.keys(files);
  const typescript = String(main.endsWith(".ts"));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(directory, "node_modules"), "junction");
  const name = path.basename(directory);
  const runtime = `runtime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\n`;
  writeFileSync(path.join(directory, "Pulumi.yaml"), `name: ${name}\n${runtime}`);
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name, main }));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(directory, file), text);
}

/** As many at once as there are cores, against one after the other. */
export function projectsSection(root: string): Section {
  const folder = path.join(root, ".cache", "bench", "projects");
  rmSync(folder, { recursive: true, force: true });
  for (let index = 0; index < PROJECTS; index++) {
    const program = `const aws = require("@pulumi/aws");\n${INSTANCE}`;
    writeProject(path.join(folder, `project-${String(index)}`), root, { "index.js": program });
  }
  const cores = availableParallelism();
  const check = (jobs: number): Measured => measure(root, cli(root, "check", ".", "--jobs", String(jobs)), folder);
  const [one, many] = [check(1), check(cores)];
  const name = `check of ${String(PROJECTS)} projects`;
  const ofCores = one.seconds / many.seconds / cores;
  return {
    figures: [
      ratio(`${name}: ${String(cores)} jobs / one job, times cores`, 1 / ofCores, 1.25),
      reported(`${name}: one job`, one.seconds, "s"),
      reported(`${name}: ${String(cores)} jobs`, many.seconds, "s"),
    ],
  };
}

/** One small program in TypeScript from start to end, and its parts: each is a run that does only that and what is above it. */
export function smallSection(root: string): Section {
  const directory = path.join(root, ".cache", "bench", "small");
  writeProject(directory, root, { "index.ts": `import * as aws from "@pulumi/aws";\n\n${INSTANCE}` });
  const parts: Readonly<Record<string, readonly string[]>> = {
    node: [process.execPath, "--eval", "0"],
    help: cli(root, "check", "--help"),
    sdk: [process.execPath, "--eval", 'require("@pulumi/aws").ec2.Instance'],
    typed: ["env", "PULUMI_NODEJS_TRANSPILE_ONLY=false", ...cli(root, "check", ".")],
    check: cli(root, "check", "."),
  };
  const runs = new Map(Object.keys(parts).map((part) => [part, [] as Measured[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [part, command] of Object.entries(parts)) runs.get(part)?.push(measure(root, command, directory));
  }
  const taken = new Map([...runs].map(([part, each]) => [part, median(each)]));
  const seconds = (part: string): number => taken.get(part)?.seconds ?? NaN;
  const WORDS = {
    node: "Node.js alone",
    help: "check --help",
    sdk: "Node.js with the AWS SDK of Pulumi alone",
    typed: "the small program, its types checked, by ts-node's cache (PULUMI_NODEJS_TRANSPILE_ONLY=false)",
  };
  return {
    figures: [
      { name: "a small program in TypeScript, start to end", value: seconds("check"), limit: 2, unit: "s" },
      { name: "check --help", value: seconds("help") * 1000, limit: 150, unit: "ms" },
      ...Object.entries(WORDS).map(([part, words]) => reported(words, seconds(part) * 1000, "ms")),
    ],
  };
}
