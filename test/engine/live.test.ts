import { readFileSync } from "node:fs";
import { Engine, foundIn, lines, program, type Checked } from "./harness";

// Each test runs the CLI several times.
jest.setTimeout(900_000);

const INPUTS = program("inputs");
const STREAM = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
const WITH_PLANS = { PULUMI_EXPERIMENTAL: "true" };

/** Of secrets, files only show that there are any: what the pack finds in them is unverified. */
const HIDDEN = { "mandatory userdata-no-credentials hidden": ["advisory unverified-at-preview hidden"] };
/** Events show what is only read, which the pack does not see in a preview. */
const READ = {
  "advisory unverified-at-preview outside": [
    "advisory imds-disable-when-unneeded outside",
    "mandatory imds-hop-limit outside",
    "mandatory imds-require-v2 outside",
  ],
};
/** They do not tell which template a new group takes. */
const UNTIED = ["advisory unverified-at-preview group"];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

function set(step: string): Promise<string> {
  return engine.pulumi(INPUTS, "config", "set", "step", step, "--stack", "dev");
}

/** What the pack found, told as a file can. */
function told(found: readonly string[], ...differences: Readonly<Record<string, readonly string[]>>[]): string[] {
  const different = Object.assign({}, ...differences) as Record<string, readonly string[]>;
  expect(found).toEqual(expect.arrayContaining(Object.keys(different)));
  return found.flatMap((line) => different[line] ?? [line]).sort();
}

function expectJudged(checked: Checked, findings: readonly string[]): void {
  expect({ exitCode: checked.exitCode, findings: checked.findings }).toEqual({ exitCode: 1, findings });
}

/** One preview with the pack, as it is printed and as the engine logs it, and what the pack said in it. */
async function previewed(name: string) {
  const log = engine.file(`${name}.log`);
  const args = ["preview", "--json", "--show-sames", "--event-log", log, ...engine.packFlags()];
  const piped = await engine.pipe(INPUTS, args);
  return { piped, log, found: foundIn(readFileSync(log, "utf8")) };
}

describe("a preview of a new stack", () => {
  test("piped into check, and from its event log: what the pack said in the same preview", async () => {
    const { piped, log, found } = await previewed("new");
    expect(found).toContain("mandatory imds-require-v2 leaving");
    expectJudged(piped, told(found, HIDDEN));
    // It does not tell that it was a policy that stopped it.
    expect(piped.stderr).toContain("policies that it was given have stopped it");
    const logged = await engine.check(INPUTS, log);
    expectJudged(logged, [...told(found, HIDDEN, READ), ...UNTIED].sort());
    expect(logged.stderr).toBe("");
  });

  test("piped as a stream of events", async () => {
    const piped = await engine.pipe(INPUTS, ["preview", "--json", ...engine.packFlags()], STREAM);
    expectJudged(piped, [...told(foundIn(piped.printed), HIDDEN, READ), ...UNTIED].sort());
    expect(piped.stderr).toBe("");
  });

  test("without the pack: complete, and its plan says the same", async () => {
    const plan = engine.file("new.plan");
    const piped = await engine.pipe(INPUTS, ["preview", "--json", "--save-plan", plan], WITH_PLANS);
    expect(piped.findings).toContain("mandatory imds-require-v2 leaving");
    expect([piped.exitCode, piped.stderr]).toEqual([1, ""]);
    const planned = await engine.check(INPUTS, plan);
    expectJudged(planned, piped.findings);
  });
});

describe("a preview that updates, replaces and deletes", () => {
  beforeAll(async () => {
    const { exitCode, text } = await engine.up(INPUTS, { pack: false, flags: ["--skip-preview"] });
    if (exitCode !== 0) throw new Error(text);
    await set("second");
  });

  test("piped into check, and from its event log: what the pack said in the same preview", async () => {
    const { piped, log, found } = await previewed("change");
    expect(found).toEqual(
      expect.arrayContaining(["mandatory imds-require-v2 renewed", "mandatory imds-require-v2 swapped"]),
    );
    expect(found.join()).not.toMatch(/leaving|imds-require-v2 template/);
    expectJudged(piped, told(found, HIDDEN));
    expectJudged(await engine.check(INPUTS, log), told(found, HIDDEN, READ));
  });

  test("piped as a stream of events", async () => {
    const piped = await engine.pipe(INPUTS, ["preview", "--json", ...engine.packFlags()], STREAM);
    expectJudged(piped, told(foundIn(piped.printed), HIDDEN, READ));
  });

  test("without what stays as it is: only what changes is judged, and the notice counts the rest", async () => {
    const plan = engine.file("change.plan");
    const piped = await engine.pipe(INPUTS, ["preview", "--json", "--save-plan", plan], WITH_PLANS);
    expect(piped.findings.filter((line) => line.startsWith("mandatory"))).toEqual([
      "mandatory imds-require-v2 renewed",
      "mandatory imds-require-v2 swapped",
    ]);
    expect(piped.findings.join()).not.toMatch(/far|app-role/);
    expect(piped.notices.join()).toMatch(/\d+ unchanged resources are not in the preview/);
    expect(piped.stderr).toBe("");
    const planned = await engine.check(INPUTS, plan);
    expect(planned.findings.filter((line) => line.startsWith("mandatory"))).toEqual(
      expect.arrayContaining(["mandatory imds-require-v2 renewed", "mandatory imds-require-v2 swapped"]),
    );
    expect(planned.notices.join()).toContain("a plan says only what changes");
  });

  test("the state that it starts from, with its secrets: what policy analyze says of it", async () => {
    const { findings } = await engine.analyze(INPUTS);
    const state = engine.file("state.json");
    await engine.pulumi(INPUTS, "stack", "export", "--stack", "dev", "--show-secrets", "--file", state);
    const checked = await engine.check(INPUTS, state);
    expect(checked.findings).toContain("mandatory userdata-no-credentials hidden");
    // The pack is not given what only the state's owner may see.
    const seen = lines(findings).map((line) => (line.endsWith(" hidden") ? "" : line));
    expect(checked.findings.map((line) => (line.endsWith(" hidden") ? "" : line))).toEqual(seen);
  });
});
