/** Configuration that a program lacks: it fails at the first value, and its owner wants to know of all. */
import { check, create, invoke } from "../provider";
import { runProgram, type RunResult, type Stack } from "./host";
import { prepare } from "./languages";
import { listStacks, readStackConfig, type LoadedConfig, type Project } from "./project";

/** How often a program is run again to find the next value. Those that go on where one is missing name all at once. */
const MOST_RUNS = 12;
/** A number, and JSON too. */
const STAND_IN = "1";
/** What else than that is checked where it is read. */
const STAND_INS: ReadonlyMap<string, string> = new Map([["aws:region", "us-east-1"]]);

/**
 * Names every value that is missing, by giving the program one after the other until it fails for another reason.
 * Empty where it did not fail for that.
 */
export async function missingConfig(
  failed: RunResult,
  project: Project,
  { stack, config }: { readonly stack: Stack; readonly config: LoadedConfig },
  timeoutSeconds: number,
): Promise<string[]> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  const values = new Map(config.values);
  const missing: string[] = [];
  let result = failed;
  for (let runs = 0; runs < MOST_RUNS; runs++) {
    const found = keysIn(result).filter((key) => !values.has(key));
    const seconds = (deadline - Date.now()) / 1000;
    if (found.length === 0) break;
    missing.push(...found);
    if (seconds <= 0) break;
    found.forEach((key) => values.set(key, STAND_INS.get(key) ?? STAND_IN));
    const program = prepare(project, { stack, config: { ...config, values }, standsIn: true });
    result = await runProgram(program, { model: { check, create, invoke }, timeoutSeconds: seconds });
  }
  if (missing.length === 0) return [];
  const flags = missing.map((key) => `--config ${key}=VALUE`).join(" ");
  const others = listStacks(project).filter((name) => name !== stack.name && setsAll(project, name, missing));
  const other = others.length === 0 ? "" : `, or judge a stack that sets it: ${others.join(", ")} (--stack NAME)`;
  return [
    `configuration that the program requires and the stack does not set: ${missing.join(", ")}. Give it with ${flags}${other}`,
  ];
}

function setsAll(project: Project, stack: string, keys: readonly string[]): boolean {
  try {
    const { values } = readStackConfig(project, stack, []);
    return keys.every((key) => values.has(key));
  } catch {
    // Its file is broken, which it says where that stack is asked for.
    return false;
  }
}

/** The keys that the errors of SDKs name, in any language. */
function keysIn({ outcome, errors }: RunResult): string[] {
  if (outcome.kind === "completed") return [];
  const found = errors.flatMap((error) => [
    ...error.matchAll(/missing required configuration variable '([^\s':]+:[^\s']+)'/gi),
  ]);
  const lacksRegion = errors.some((error) => error.includes("No AWS region has been configured"));
  return [...new Set([...found.flatMap(([, key]) => key ?? []), ...(lacksRegion ? ["aws:region"] : [])])];
}
