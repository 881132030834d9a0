import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { command, programDirectory } from "./harness";

jest.setTimeout(60_000);

const directory = mkdtempSync(path.join(tmpdir(), "check-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string): string {
  const target = path.join(directory, name);
  writeFileSync(target, content);
  return target;
}

test("help tells options and exit codes, on standard output", async () => {
  const top = await command("--help");
  expect([top.exitCode, top.stderr]).toEqual([0, ""]);
  const help = await command("check", "--help");
  expect([help.exitCode, help.stderr]).toEqual([0, ""]);
  for (const part of [
    "--stack",
    "--config",
    "--policy-pack-config",
    "--timeout",
    "--quiet",
    "--verbose",
    "--no-color",
  ]) {
    expect(help.stdout).toContain(part);
  }
  for (const text of [top.stdout, help.stdout]) {
    expect(text).toMatch(/Exit codes:\s+0 {2}no violation[^]*\n {2}1 {2}violations[^]*\n {2}2 {2}not judged/);
  }
});

test("the version is the package's", async () => {
  const { exitCode, stdout } = await command("--version");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  ["an unknown option", ["check", "--nonsense"], "unknown option '--nonsense'"],
  ["an unknown command", ["chekc"], "unknown command 'chekc'"],
  ["no command", [], "Usage: ec2-hardening"],
  ["a time limit that is none", ["check", "--timeout", "soon"], "--timeout 300"],
  ["a value without a key", ["check", "--config", "novalue", programDirectory("basics")], "aws:region=eu-west-1"],
  ["a stack name that is none", ["check", "--stack", "a b", programDirectory("basics")], "Example: --stack prod"],
  [
    "a directory that is missing",
    ["check", path.join(directory, "missing")],
    "Give the directory that holds Pulumi.yaml",
  ],
  ["a directory without a project", ["check", directory], "has no Pulumi.yaml, nor has a directory below it"],
  ["another language", ["check", programDirectory("another-language")], "is a ruby program"],
  ["a configuration that is missing", ["check", "--policy-pack-config", "/missing.json"], "/missing.json"],
])("%s is not judged, and the message helps", async (_what, args, message) => {
  const result = await command(...args);
  expect(result.stderr).toContain(message);
  expect([result.exitCode, result.stdout]).toEqual([2, ""]);
});

test("a language whose host is missing: what to install, and what to do without", async () => {
  const { stderr } = await command("check", programDirectory("another-language"));
  expect(stderr).toContain("pulumi-language-ruby");
  expect(stderr).toContain("pulumi preview --json --show-sames | ec2-hardening check -");
});

test.each([
  ["no JSON", "{", "is not valid JSON: see line 1. Give a JSON file"],
  ["nothing in it", "", "is not valid JSON: see line 1"],
  ["a comma too many", '{\n  "all": "advisory",\n}\n', "is not valid JSON: see line 3"],
  ["a comment", '{\n  // all\n  "all": "advisory"\n}\n', "is not valid JSON: see line 2"],
  ["no JSON at its end", '{"all": "advisory"}\n}\n', "is not valid JSON: see line 2"],
  ["a misspelt policy", '{"imds-require-v3": "mandatory"}', "A correct example"],
  [
    "a policy that stands twice",
    '{"all": "advisory", "imds-require-v2": "mandatory", "imds-require-v2": "disabled"}',
    '"imds-require-v2" stands there twice',
  ],
  [
    "an option that stands twice",
    '{"imds-hop-limit": {"enforcementLevel": "advisory", "maxHopLimit": 1, "maxHopLimit": 9}}',
    '"maxHopLimit" stands there twice',
  ],
  [
    "an exemption without a reason",
    '{"imds-hop-limit": {"enforcementLevel": "advisory", "exemptions": [{"resource": "a", "reason": " ", "expires": "2999-01-01"}]}}',
    "exemptions[0].reason must not be empty",
  ],
  ["a misspelt option", '{"imds-hop-limit": {"maxHops": 1}}', "A correct example"],
])("a policy configuration with %s stops the run", async (_what, content, message) => {
  const config = file("wrong.json", content);
  const result = await command("check", "--policy-pack-config", config, programDirectory("throws"));
  expect(result.stderr).toContain(config);
  expect(result.stderr).toContain(message);
  expect(result.exitCode).toBe(2);
});

test("a policy configuration may be UTF-16, as Windows PowerShell writes files", async () => {
  const config = path.join(directory, "utf16.json");
  writeFileSync(config, Buffer.from('\ufeff{"all": "disabled"}', "utf16le"));
  expect((await command("check", "--policy-pack-config", config, programDirectory("esm"))).exitCode).toBe(0);
});

test("- is standard output, and no file is called so", async () => {
  const config = file("off.json", '{"all": "disabled"}');
  const args = ["check", "--policy-pack-config", config, programDirectory("esm")];
  const { stdout } = await command(...args, "--output", "-");
  expect(stdout).toBe("✔ no findings (1 of 2 resources judged)\n");
  expect((await command(...args, "--report", "json=-")).exitCode).toBe(2);
  expect((await command(...args, "--output", "")).exitCode).toBe(2);
  expect(existsSync("-")).toBe(false);
});

test("a program without the SDK is told to install it", async () => {
  file("Pulumi.yaml", "name: bare\nruntime: nodejs\n");
  const result = await command("check", directory);
  expect(result.stderr).toContain(`cd ${directory} && npm install`);
  expect(result.exitCode).toBe(2);
  rmSync(path.join(directory, "Pulumi.yaml"));
});

test("a clean program prints one line", async () => {
  const config = file("off.json", '{"all": "disabled"}');
  const result = await command("check", "--policy-pack-config", config, programDirectory("esm"));
  expect(result).toEqual({ exitCode: 0, stdout: "✔ no findings (1 of 2 resources judged)\n", stderr: "" });
});

test("advisory findings do not fail; quiet leaves them out", async () => {
  const config = file("advisory.json", '{"all": "advisory"}');
  const loud = await command("check", "--policy-pack-config", config, programDirectory("esm"));
  expect(loud.exitCode).toBe(0);
  expect(loud.stdout).toMatch(/^web \(aws:ec2:Instance\)\n {2}⚠ advisory {3}imds-require-v2\n/);
  const quiet = await command("check", "--quiet", "--policy-pack-config", config, programDirectory("esm"));
  expect(quiet.stdout).toMatch(/^⚠ \d advisory in 1 resource \(1 of 2 resources judged\)\n$/);
});

test("exempted findings are listed with reason and last day", async () => {
  const exemptions = [{ resource: "web", reason: "Vendor appliance", expires: "2999-12-31" }];
  const config = file(
    "exempt.json",
    JSON.stringify({ all: "disabled", "imds-require-v2": { enforcementLevel: "mandatory", exemptions } }),
  );
  const result = await command("check", "--policy-pack-config", config, programDirectory("esm"));
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toContain("web (aws:ec2:Instance)  imds-require-v2  until 2999-12-31: Vendor appliance");
  expect(result.stdout).toMatch(/✔ no findings \(1 of 2 resources judged\), 1 exempted\n/);
  expect(result.stdout).toMatch(/0 new, 1 known, 0 fixed, 0 expired\n$/);
});

test("several programs are judged one after the other; a violation outweighs what could not be judged", async () => {
  const result = await command("check", programDirectory("another-language"), programDirectory("esm"));
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain(`${programDirectory("esm")}\n\nweb (aws:ec2:Instance)`);
});

test("verbose shows URNs and what the program prints", async () => {
  const result = await command("check", "--verbose", programDirectory("exits"));
  expect(result.stdout).toContain("urn:pulumi:dev::exits::aws:ec2/instance:Instance::web");
  expect(result.stderr).toContain("giving up");
});

test("a finding on what a component made names the component", async () => {
  const result = await command("check", programDirectory("components"));
  expect(result.stdout).toContain("app-server-machine (aws:ec2:Instance) in app › app-server (my:web:Server)");
});
