/** The same estate of machines through `check` and through checkov: time, processor and memory, in one run. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CHECKOV_VERSION, installCheckov } from "../compare/programs";
import { estate, type Estate } from "./estate";
import { pulumiPreview, pulumiProgram, pulumiState } from "./estate-pulumi";
import { terraformFiles, terraformPlan } from "./estate-terraform";
import { ratio, reported, type Section } from "./figures";
import { cli, measure, median, type Measured, type Taken } from "./process";
import { writeProject } from "./projects";

const MACHINES = 1_000;
const ROUNDS = 2;
/** Ours takes a moment, which anything else disturbs: it runs more often. */
const OWN_RUNS = 3;

/** All of its checks of instances, launch templates and groups of them. */
const MACHINE_CHECKS = [
  ...[8, 46, 79, 88, 126, 135, 153, 315, 341].map((number) => `CKV_AWS_${String(number)}`),
  "CKV2_AWS_41",
];
const VERSION_1 = "CKV_AWS_79";

/** The forms in which checkov reads an estate, by their names. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  files: ["--directory", "terraform", "--framework", "terraform"],
  plan: ["--file", "plan.json", "--framework", "terraform_plan"],
};

const FORM_NAMES: Readonly<Record<string, string>> = { files: "Terraform files", plan: "Terraform plan" };

/** The forms in which this project does. */
const FILES = ["state.json", "preview.json"] as const;

/** The same program with nothing around it: what the SDK takes by itself. */
const ALONE = `const pulumi = require("@pulumi/pulumi");
const newResource = ({ name, inputs }) => ({ id: name, state: inputs });
pulumi.runtime.setMocks({ newResource, call: ({ inputs }) => inputs });
require("./index.js");
`;

interface CheckovReport {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string }[] };
}

interface OwnReport {
  readonly projects: readonly {
    readonly resources: readonly { readonly findings: readonly { readonly policy: string }[] }[];
  }[];
}

function write(root: string, all: Estate): string {
  const folder = path.join(root, ".cache", "bench", "estate");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "terraform"), { recursive: true });
  for (const [name, text] of terraformFiles(all)) writeFileSync(path.join(folder, "terraform", name), text);
  writeFileSync(path.join(folder, "plan.json"), terraformPlan(all));
  writeFileSync(path.join(folder, "state.json"), pulumiState(all));
  writeFileSync(path.join(folder, "preview.json"), pulumiPreview(all));
  writeProject(path.join(folder, "program"), root, { "index.js": pulumiProgram(all), "alone.js": ALONE });
  return folder;
}

/** Both have to find the machines on which version 1 is on: else it is not the same job. */
function expectFound(what: string, found: number, { weak }: Estate): void {
  if (found !== weak) throw new Error(`${what} finds version 1 on ${String(found)} of ${String(weak)} machines`);
}

function ownFindings(output: string): number {
  const { projects } = JSON.parse(output) as OwnReport;
  const findings = projects.flatMap(({ resources }) => resources.flatMap((each) => each.findings));
  return findings.filter(({ policy }) => policy === "imds-require-v2").length;
}

function theirFindings(output: string): number {
  const { results } = JSON.parse(output) as CheckovReport;
  return results.failed_checks.filter(({ check_id: id }) => id === VERSION_1).length;
}

function byName<T>(names: readonly string[], make: (name: string) => T): Map<string, T> {
  return new Map(names.map((name) => [name, make(name)]));
}

/**
 * Of checkov what it takes in its best form, of ours in its dearest, so that the choice favours none of ours. Beside it a
 * preview against a plan, which is to Terraform what a preview is to Pulumi.
 */
export function checkovSection(root: string): Section {
  const all = estate(MACHINES);
  const folder = write(root, all);
  const command = installCheckov(mkCache(root));
  const checkov = (form: string, checks: readonly string[] = []): Measured =>
    measure(
      root,
      [command, ...(FORMS[form] ?? []), ...checks, "--skip-download", "--quiet", "--compact", "--output", "json"],
      folder,
    );
  const onMachines = ["--check", MACHINE_CHECKS.join(",")];
  const [ours, theirs] = [byName(FILES, (): Measured[] => []), byName(Object.keys(FORMS), (): Measured[] => [])];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [file, runs] of ours) {
      for (let run = 0; run < OWN_RUNS; run++)
        runs.push(measure(root, cli(root, "check", file, "--format", "json"), folder));
    }
    for (const [form, runs] of theirs) runs.push(checkov(form, onMachines));
  }
  expectSame(ours, theirs, all);
  const [own, their] = [medians(ours), medians(theirs)];
  const everything = checkov("files");
  const program = measure(root, cli(root, "check", "program", "--format", "json"), folder);
  const alone = measure(root, [process.execPath, path.join("program", "alone.js")], folder);
  return compared(own, their, { everything, program, alone });
}

type Runs = ReadonlyMap<string, readonly Measured[]>;

function medians(all: Runs): ReadonlyMap<string, Taken> {
  return new Map([...all].map(([form, runs]) => [form, median(runs)]));
}

function expectSame(ours: Runs, theirs: Runs, all: Estate): void {
  for (const [run] of ours.values()) expectFound("ec2-hardening", ownFindings(run?.output ?? ""), all);
  for (const [run] of theirs.values()) expectFound("checkov", theirFindings(run?.output ?? ""), all);
}

function mkCache(root: string): string {
  const cache = path.join(root, ".cache", "compare");
  mkdirSync(cache, { recursive: true });
  return cache;
}

interface Others {
  readonly everything: Taken;
  readonly program: Taken;
  readonly alone: Taken;
}

function compared(
  ours: ReadonlyMap<string, Taken>,
  theirs: ReadonlyMap<string, Taken>,
  { everything, program, alone }: Others,
): Section {
  const name = `check of ${String(MACHINES)} machines`;
  const each = (all: ReadonlyMap<string, Taken>, what: keyof Taken): number[] => [...all.values()].map((t) => t[what]);
  const strict = (what: keyof Taken): number => Math.max(...each(ours, what)) / Math.min(...each(theirs, what));
  const alike = (what: keyof Taken): number =>
    (ours.get("preview.json")?.[what] ?? NaN) / (theirs.get("plan")?.[what] ?? NaN);
  const rows = new Map([
    ...[...ours].map(([form, taken]) => [`ec2-hardening, ${form}`, taken] as const),
    ["ec2-hardening, a program that makes them", program] as const,
    ["that program alone, with the mocks of Pulumi's SDK", alone] as const,
    ...[...theirs].map(([form, taken]) => [`checkov ${CHECKOV_VERSION}, ${FORM_NAMES[form] ?? form}`, taken] as const),
    [`checkov ${CHECKOV_VERSION}, Terraform files, all of its checks`, everything] as const,
  ]);
  return {
    figures: [
      ratio(`${name} / checkov: time`, strict("seconds"), 0.1),
      ratio(`${name} / checkov: CPU`, strict("cpu"), 0.1),
      ratio(`${name} / checkov: memory`, strict("megabytes"), 0.25),
      ratio(`${name}, preview / checkov, plan: time`, alike("seconds"), 0.1),
      ratio(`${name}, preview / checkov, plan: CPU`, alike("cpu"), 0.1),
      ratio(`${name}, preview / checkov, plan: memory`, alike("megabytes"), 0.25),
      ...[...rows].flatMap(([who, { seconds, cpu, megabytes }]) => [
        reported(`${who}: time`, seconds, "s"),
        reported(`${who}: CPU`, cpu, "s"),
        reported(`${who}: memory`, megabytes, "MB"),
      ]),
    ],
    record: {
      columns: [`${String(MACHINES)} machines`, "time", "processor time", "memory"],
      rows: [...rows].map(([who, { seconds, cpu, megabytes }]) => [
        who,
        `${seconds.toFixed(1)} s`,
        `${cpu.toFixed(1)} s`,
        `${megabytes.toFixed(0)} MB`,
      ]),
    },
  };
}
