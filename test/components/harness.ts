import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runProgram, type RunResult } from "../../cli/host";
import { prepare } from "../../cli/languages";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";
import { judgeStack, type GradedFinding } from "../../policies/judge";
import type { StackResource } from "../../policies/machine/resource";
import { readSettings } from "../../policies/settings";
import { check, create, invoke } from "../../provider";
import { TODAY } from "../policies/harness";

/** A component as JSON; see programs/machines for what stands for values of the program. */
export interface Case {
  readonly name: string;
  readonly component: string;
  readonly args: object;
}

interface Refusal {
  readonly message: string;
  readonly errors?: readonly { readonly propertyPath: string; readonly reason: string }[];
}

export interface Made extends RunResult {
  /** Components that the constructor refused, by name. */
  readonly refused: Readonly<Record<string, Refusal>>;
}

/** Makes components in a real program that is run through `check`'s engine. */
export async function make(cases: readonly Case[]): Promise<Made> {
  const directory = mkdtempSync(path.join(tmpdir(), "components-"));
  try {
    const [given, refused] = [path.join(directory, "cases.json"), path.join(directory, "refused.json")];
    writeFileSync(given, JSON.stringify(cases));
    writeFileSync(refused, "{}");
    const result = await run("machines", [`machines:cases=${given}`, `machines:refused=${refused}`]);
    return { ...result, refused: JSON.parse(readFileSync(refused, "utf8")) as Made["refused"] };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs a program of this folder without checking its types, which `tsc` does for all of them. */
export function run(name: string, config: readonly string[] = []): Promise<RunResult> {
  process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
  const project = readProject(path.join(__dirname, "programs", name));
  const stack = chooseStack(project, undefined);
  const program = prepare(project, { stack, config: readStackConfig(project, stack.name, config) });
  return runProgram(program, { model: { check, create, invoke }, timeoutSeconds: 300 });
}

const STRICT = JSON.parse(readFileSync("presets/strict.json", "utf8")) as Readonly<Record<string, unknown>>;

/** What the strict preset finds, and the policies that it leaves to the user, where they are named. */
export function strictFindings(
  resources: readonly StackResource[],
  also: readonly string[] = [],
): readonly GradedFinding[] {
  const more = Object.fromEntries(also.map((policy) => [policy, { enforcementLevel: "mandatory" }]));
  return judgeStack(resources, readSettings({ ...STRICT, ...more }), TODAY).findings;
}

/** The inputs of the resource of a name and type. */
export function inputsOf({ resources }: RunResult, type: string, name: string): Readonly<Record<string, unknown>> {
  const found = resources.find((each) => each.type === type && each.name === name);
  if (!found?.inputs) throw new Error(`no ${type} ${name} among ${resources.map(({ urn }) => urn).join("\n")}`);
  return found.inputs;
}
