import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withExemptions, withoutExemptions } from "../../cli/baseline/config-file";
import { readSettings } from "../../policies/settings";
import { command, programDirectory } from "./harness";

jest.setTimeout(120_000);

const directory = mkdtempSync(path.join(tmpdir(), "baseline-"));
afterAll(() => rmSync(directory, { recursive: true }));

const REPORTED = programDirectory("reported");
const BASICS = programDirectory("basics");
const at = (name: string): string => path.join(directory, name);
const read = (name: string): string => readFileSync(at(name), "utf8");

function write(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

interface Entry {
  readonly enforcementLevel: string;
  readonly exemptions: readonly { readonly resource: string; readonly reason: string; readonly expires: string }[];
}

function entries(name: string): Record<string, Entry> {
  return JSON.parse(read(name)) as Record<string, Entry>;
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function summaryOf(config: string, ...programs: string[]): Promise<unknown> {
  const { stdout } = await command("check", "--format", "json", "--policy-pack-config", config, ...programs);
  const { summary } = JSON.parse(stdout) as { summary: { balance?: { fixed: readonly unknown[] } } };
  const { balance } = summary;
  return balance && { ...balance, fixed: balance.fixed.length };
}

describe("a baseline", () => {
  const config = at("new.json");
  const taken = command("baseline", "--owner", "team web", "--expires", "30", "--output", config, REPORTED);

  test("names every finding with owner and last day, and the next command", async () => {
    const { exitCode, stdout, stderr } = await taken;
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`Next: npx ec2-hardening check --policy-pack-config ${config} ${REPORTED}\n`);
    const policies = entries("new.json");
    expect(Object.keys(policies)).toContain("imds-require-v2");
    for (const { exemptions } of Object.values(policies)) {
      for (const { reason, expires } of exemptions) {
        expect(reason).toMatch(/\(owner: team web\)$/);
        expect([inDays(29), inDays(30)]).toContain(expires);
      }
    }
  });

  test("is a configuration under which the same programs have no findings", async () => {
    await taken;
    const { exitCode, stdout } = await command("check", "--policy-pack-config", config, REPORTED);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/0 new, 9 known, 0 fixed, 0 expired\n$/);
  });

  test("holds no secret: a glob stands where a name is made of one", async () => {
    await taken;
    expect(read("new.json")).not.toContain("acme-holdings");
    const resources = entries("new.json")["imds-require-v2"]?.exemptions.map(({ resource }) =>
      resource.split("::").at(-1),
    );
    expect(resources?.sort()).toEqual(["app-machine", "bastion", "web-*"]);
  });

  test("does not hide what is new in another program, nor names its exemptions as useless there", async () => {
    await taken;
    const { exitCode, stdout } = await command("check", "--policy-pack-config", config, BASICS);
    expect(exitCode).toBe(1);
    expect(stdout).not.toMatch(/matched nothing|Against the exemptions/);
    expect(await summaryOf(config, REPORTED, BASICS)).toMatchObject({ known: 9, fixed: 0, expired: 0 });
  });
});

const FIXED = "urn:pulumi:dev::reported::aws:ec2/instance:Instance::gone";

test("what is expired, fixed and new is told apart, expired ones only begin anew when asked, and fixed ones can go", async () => {
  const bastion = "urn:pulumi:dev::reported::aws:ec2/instance:Instance::bastion";
  const entry = (exemptions: unknown[]): string =>
    JSON.stringify({ all: "disabled", "imds-require-v2": { enforcementLevel: "mandatory", exemptions } }, null, 4);
  const old = { resource: bastion, reason: "then", expires: "2020-01-01" };
  const gone = { resource: FIXED, reason: "then", expires: inDays(9) };
  const config = write("aged.json", `${entry([old, gone])}\n`);
  expect(await summaryOf(config, REPORTED)).toEqual({ new: 2, known: 0, expired: 1, fixed: 1 });

  const again = ["baseline", "--owner", "web", "--policy-pack-config", config, "--output", config];
  const first = await command(...again, REPORTED);
  expect(first.stdout).toMatch(/2 exemptions[^]*expired[^]*bastion[^]*--prune/);
  expect(await summaryOf(config, REPORTED)).toEqual({ new: 0, known: 2, expired: 1, fixed: 1 });
  expect(entries("aged.json")["imds-require-v2"]?.exemptions.slice(0, 2)).toEqual([old, gone]);

  const second = await command(...again, "--renew", "--prune", "--expires", "7", REPORTED);
  expect(second.exitCode).toBe(0);
  expect(await summaryOf(config, REPORTED)).toEqual({ new: 0, known: 3, expired: 0, fixed: 0 });
  const left = entries("aged.json")["imds-require-v2"]?.exemptions.map(({ resource }) => resource);
  expect(left).toHaveLength(3);
  expect(left).not.toContain(FIXED);
  expect(read("aged.json")).toMatch(/^ {4}"all": "disabled",$/m);
});

test("exemptions that cover nothing can go alone: nothing new is exempted, and nobody is named", async () => {
  const exemptions = [{ resource: FIXED, reason: "then", expires: inDays(9) }];
  const config = write("prune.json", JSON.stringify({ "imds-require-v2": { exemptions } }));
  const args = ["baseline", "--prune", "--policy-pack-config", config, "--output", config, REPORTED];
  const pruned = await command(...args);
  expect([pruned.exitCode, pruned.stderr]).toEqual([0, ""]);
  expect(pruned.stdout).toContain("prune.json: 1 exemption taken out");
  expect(JSON.parse(read("prune.json"))).toEqual({ "imds-require-v2": { exemptions: [] } });
  expect((await command(...args)).stdout).toContain("Nothing to take out in 1 program: no file was written.");
});

test("only what is asked for is exempted, in every stack where that is asked for", async () => {
  const config = at("only.json");
  const flags = ["--only", "imds-hop-limit", "--any-stack", "--stack", "prod"];
  const { stdout } = await command("baseline", "--owner", "web", "--output", config, ...flags, REPORTED);
  expect(stdout).toContain(`--policy-pack-config ${config} --stack prod ${REPORTED}`);
  expect(Object.keys(entries("only.json"))).toEqual(["imds-hop-limit"]);
  expect(await summaryOf(config, REPORTED)).toMatchObject({ known: 3, fixed: 0 });
});

test("a program without findings gets no file", async () => {
  const config = at("none.json");
  const disabled = write("disabled.json", '{"all": "disabled"}');
  const { exitCode, stdout } = await command(
    ...["baseline", "--owner", "web", "--policy-pack-config", disabled, "--output", config, BASICS],
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain("no file was written");
  expect(() => read("none.json")).toThrow("ENOENT");
});

test.each([
  ["without an owner", ["baseline", BASICS], '--owner "platform team"'],
  ["without an owner to renew for", ["baseline", "--prune", "--renew", BASICS], '--owner "platform team"'],
  ["pruned of nothing", ["baseline", "--prune", BASICS], "--policy-pack-config FILE"],
  ["with an empty owner", ["baseline", "--owner", " ", BASICS], '--owner "platform team"'],
  ["until a day that is over", ["baseline", "--owner", "web", "--expires", "2020-02-02", BASICS], "Give a later one"],
  ["until a day that is none", ["baseline", "--owner", "web", "--expires", "2027-02-30", BASICS], "--expires 90"],
  ["into no file", ["baseline", "--owner", "web", "--output", "", BASICS], "--output policy-config.json"],
  ["into standard output", ["baseline", "--owner", "web", "--output", "-", BASICS], "--output policy-config.json"],
  ["of a policy that is none", ["baseline", "--owner", "web", "--only", "imds-v2", BASICS], "imds-require-v2"],
  [
    "of a program that fails",
    ["baseline", "--owner", "web", "--output", at("failed.json"), programDirectory("throws"), BASICS],
    "no baseline was written",
  ],
])("%s nothing is written, and the message helps", async (_what, args, message) => {
  const { exitCode, stdout, stderr } = await command(...args);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(() => read("failed.json")).toThrow("ENOENT");
});

test("a file in the way is replaced only by force", async () => {
  const config = write("mine.json", '{"all": "advisory"}');
  const args = ["baseline", "--owner", "web", "--output", config, BASICS];
  const refused = await command(...args);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toMatch(/exists[^]*--policy-pack-config[^]*--force/);
  expect(read("mine.json")).toBe('{"all": "advisory"}');
  expect((await command(...args, "--force")).exitCode).toBe(0);
  expect(entries("mine.json")).toHaveProperty("imds-require-v2");
});

describe("the file keeps its form", () => {
  test("what is written by hand stays to the letter, and only what goes is gone", () => {
    const one = '{ "resource": "a", "reason": "by hand", "expires": "2030-01-01" }';
    const two = '{"resource":"b","reason":"by hand",   "expires":"2030-01-01"}';
    const text = `{\n  "imds-hop-limit": {\n    "exemptions": [\n      ${one},\n      ${two}\n    ],\n    "maxHopLimit": 2 }\n}\n`;
    const grown = withExemptions(text, [web], readSettings(JSON.parse(text)));
    expect(grown).toContain(`${one},\n      ${two},\n      {\n        "resource": "web",`);
    expect(withoutExemptions(grown, [web])).toBe(text);
    const b = { policy: web.policy, resource: "b", reason: "by hand", expires: "2030-01-01" };
    expect(withoutExemptions(text, [{ ...b, resource: "a" }])).toBe(text.replace(`${one},\n      `, ""));
    expect(withoutExemptions(text, [b])).toBe(text.replace(`,\n      ${two}`, ""));
  });

  const web = { policy: "imds-hop-limit", resource: "web", reason: "old", expires: "2030-01-01" };

  test.each([
    [
      "its indentation",
      '{\n\t"all": "advisory",\n\t"imds-hop-limit": {\n\t\t"containerHosts": ["a", "b"],\n\t\t"maxHopLimit": 2\n\t}\n}\n',
    ],
    ["its line ends", '{\r\n    "imds-hop-limit": { "exemptions": [] }\r\n}\r\n'],
    ["a policy that is a level", '{"imds-hop-limit": "advisory", "imds-require-v2": "mandatory"}'],
    ["the second version", '{"version": 2, "policies": {"imds-hop-limit": {"maxHopLimit": 3}}, "exceptions": {}}'],
    ["none", "{}\n"],
  ])("%s", (_what, text) => {
    const settings = readSettings(JSON.parse(text));
    const grown = withExemptions(text, [web, { ...web, resource: "api" }], settings);
    const made = readSettings(JSON.parse(grown)).get("imds-hop-limit");
    expect(made?.exemptions.map(({ resource }) => resource)).toEqual(["web", "api"]);
    expect({ ...made, exemptions: [] }).toEqual({ ...settings.get("imds-hop-limit"), exemptions: [] });
    const back = withoutExemptions(grown, [web, { ...web, resource: "api" }]);
    expect(readSettings(JSON.parse(back)).get("imds-hop-limit")?.exemptions).toEqual([]);
    if (text.includes("\r")) expect(grown.replaceAll("\r\n", "")).not.toContain("\n");
    if (text.includes("\t")) expect(grown).toContain('["a", "b"]');
    if (text.includes("\t")) expect(grown).not.toMatch(/^ /m);
  });
});
