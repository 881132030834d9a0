import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RULES } from "../../policies/rules";
import { command, programDirectory } from "./harness";

jest.setTimeout(120_000);

const directory = mkdtempSync(path.join(tmpdir(), "adoption-"));
afterAll(() => rmSync(directory, { recursive: true }));

const REPORTED = programDirectory("reported");
const at = (name: string): string => path.join(directory, name);

function write(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** One advisory finding of low severity a machine, and nothing else. */
const ADVISORY = write("advisory.json", '{"all": "disabled", "imds-disable-when-unneeded": "advisory"}');

describe("--fail-on", () => {
  test.each([
    ["nothing but the levels", [], 0],
    ["mandatory", ["mandatory"], 0],
    ["advisory", ["advisory"], 1],
    ["unverified, which advisory is above", ["unverified"], 1],
    ["a higher severity", ["high"], 0],
    ["its severity", ["low"], 1],
    ["its policy", ["imds-disable-when-unneeded"], 1],
    ["one of several", ["critical", "low"], 1],
  ])("an advisory finding and %s", async (_what, words, expected) => {
    const flags = words.flatMap((word) => ["--fail-on", word]);
    const { exitCode, stderr } = await command("check", "--policy-pack-config", ADVISORY, ...flags, REPORTED);
    expect(exitCode).toBe(expected);
    expect(stderr).toBe(expected === 0 ? "" : `error: 3 findings at or above ${flags.join(" ")}\n`);
  });

  test("none: violations do not fail, what was not judged does", async () => {
    expect((await command("check", "--fail-on", "none", REPORTED)).exitCode).toBe(0);
    expect((await command("check", "--fail-on", "none", programDirectory("throws"))).exitCode).toBe(2);
  });

  test.each([
    ["a word that is none", ["--fail-on", "severe"], "imds-require-v2"],
    ["none and something", ["--fail-on", "none", "--fail-on", "high"], "none stands alone"],
    ["a policy that is off", ["--fail-on", "instance-patching"], '{"instance-patching": "advisory"}'],
  ])("%s stops the run", async (_what, flags, message) => {
    const { exitCode, stdout, stderr } = await command("check", ...flags, REPORTED);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("--only-changed", () => {
  const full = at("full.json");
  const taken = command("check", "--report", `json=${full}`, REPORTED);

  interface Document {
    readonly projects: readonly {
      readonly resources: readonly { readonly name: string; readonly findings: readonly object[] }[];
      readonly changes: { readonly left: number; readonly fixed: number };
    }[];
  }

  test("nothing is new after the same run", async () => {
    await taken;
    const { exitCode, stdout } = await command("check", "--only-changed", full, REPORTED);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/9 findings left out, 0 fixed/);
    expect(stdout).toMatch(/✔ no findings/);
  });

  test("what the report does not have is new, what only it has is fixed", async () => {
    await taken;
    const report = JSON.parse(readFileSync(full, "utf8")) as Document;
    const text = JSON.stringify(report, (key, value: unknown) => {
      // The machine that was not there, and one finding that is not any more.
      if (key !== "resources") return value;
      const [first, ...others] = value as { findings: object[] }[];
      return [...others, { ...first, findings: [{ fingerprint: "0".repeat(32) }] }];
    });
    const before = write("before.json", text);
    const changed = await command("check", "--only-changed", before, "--format", "json", REPORTED);
    expect(changed.exitCode).toBe(1);
    const [project] = (JSON.parse(changed.stdout) as Document).projects;
    expect(project?.resources.map(({ name }) => name)).toEqual([report.projects[0]?.resources[0]?.name]);
    expect(project?.changes).toEqual({ left: 6, fixed: 1 });

    const again = await command("check", "--only-changed", write("changed.json", changed.stdout), REPORTED);
    expect([again.exitCode, again.stdout]).toEqual([2, ""]);
    expect(again.stderr).toContain("itself written with --only-changed");
  });

  test("other stacks are not compared", async () => {
    await taken;
    const { stdout } = await command("check", "--only-changed", full, "--stack", "prod", "--format", "json", REPORTED);
    expect((JSON.parse(stdout) as Document).projects[0]?.changes).toEqual({ left: 0, fixed: 0 });
  });

  test.each([
    ["missing", at("missing.json"), "ENOENT"],
    ["no JSON", write("broken.json", "{"), "is no JSON"],
    ["another document", write("other.json", '{"version": 2}'), "--report json=before.json"],
    ["of another tool", write("sarif.json", '{"version": "2.1.0", "runs": []}'), "--report json=before.json"],
  ])("a report that is %s stops the run", async (_what, file, message) => {
    const { exitCode, stdout, stderr } = await command("check", "--only-changed", file, REPORTED);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

describe("explain of a policy", () => {
  test.each(RULES.map((rule) => [rule.name, rule] as const))("%s: options and a valid example", async (name, rule) => {
    const { exitCode, stdout, stderr } = await command("explain", name);
    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const option of [...Object.keys(rule.options), "exemptions[].expires", "onUnverified"]) {
      expect(stdout).toContain(`  ${option}  `);
    }
    expect(stdout).toContain(rule.remediationSteps);
    expect(stdout).toContain(`docs/rules/${name}.md`);
  });

  test("what the configuration sets is told", async () => {
    const config = write("hops.json", '{"imds-hop-limit": {"enforcementLevel": "advisory", "maxHopLimit": 2}}');
    const { stdout } = await command("explain", "imds-hop-limit", "--policy-pack-config", config);
    expect(stdout).toMatch(/Level +advisory \(mandatory where/);
    expect(stdout).toContain("default 1; set to 2");
  });

  test("a path or JSON does not fit, and a misspelt name finds those alike", async () => {
    expect((await command("explain", "imds-hop-limit", REPORTED)).exitCode).toBe(2);
    expect((await command("explain", "imds-hop-limit", "--format", "json")).exitCode).toBe(2);
    const { exitCode, stderr } = await command("explain", "imds-hops", REPORTED);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("imds-hop-limit");
  });

  test.each([
    ["imds-require-v3", "imds-require-v2"],
    ["IMDS_hop_limit", "imds-hop-limit"],
    ["user-data-no-credentials", "userdata-no-credentials"],
    ["attack-path", "imds-attack-path"],
  ])("%s: what is meant is told where there is no program either", async (asked, meant) => {
    const { exitCode, stderr } = await command("explain", asked, tmpdir());
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Policies that are named alike: ${meant}.`);
  });

  test("the name of a resource is taken for no policy", async () => {
    expect((await command("explain", "web-server", tmpdir())).stderr).not.toContain("alike");
  });
});
