import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Ajv from "ajv";
import type { ExplainedRole, Explanation } from "../../cli/explain";
import { runCommandLine } from "../../cli/commands";
import { wrapped } from "../../cli/render/wrap";
import { command, programDirectory, type CommandResult } from "./harness";

jest.setTimeout(120_000);

const directory = programDirectory("explain");
const PASSWORD = ["made", "up", "for", "this", "test"].join("-");
const CONFIG = ["--config", `password=${PASSWORD}`, "--config", "prefix=private"];

const known = new Map<string, Promise<CommandResult>>();

/** Runs the command once for the same arguments. */
function explain(name: string, ...more: string[]): Promise<CommandResult> {
  const key = [name, ...more].join(" ");
  const result = known.get(key) ?? command("explain", name, directory, ...CONFIG, ...more);
  known.set(key, result);
  return result;
}

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../docs/schemas/explain-1.json"), "utf8")) as Record<
  string,
  unknown
>;
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

async function data(
  name: string,
  ...more: string[]
): Promise<{ exitCode: number; role: ExplainedRole; all: Explanation }> {
  const { exitCode, stdout, stderr } = await explain(name, "--format", "json", ...more);
  expect(stderr).toBe("");
  const all = JSON.parse(stdout) as Explanation;
  expect([validate(all), validate.errors]).toEqual([true, null]);
  return { exitCode, all, role: all.roles[0] as ExplainedRole };
}

test("a machine is explained from itself to what its role may do", async () => {
  const { exitCode, role } = await data("web");
  expect(exitCode).toBe(1);
  expect(role.chains.map((chain) => chain.map(({ name }) => name))).toEqual([["web", "app-template", "app", "app"]]);
  expect(role.trust?.admits.map(({ value }) => value)).toEqual(["ec2.amazonaws.com", "lambda.amazonaws.com"]);
  expect(role.boundary).toBeUndefined();
  expect(role.policies.map(({ id, place }) => `${id} ${place.resource}.${place.path}`)).toEqual([
    "A app-access.policy",
    "B app-ssm.policyArn",
    "C app-shared.policyArn",
  ]);
});

test("findings point at the statements that cause them", async () => {
  const { role } = await data("web");
  const found = role.findings.map(({ policy, statements }) => `${policy} ${statements.join()}`);
  expect(found).toContain("profile-no-credential-access A0");
  expect(found).toContain("profile-trust-policy ");
  const { stdout } = await explain("web");
  expect(stdout).toMatch(/A0 {2}Allow ssm:GetParameter[^\n]*\n +✖ mandatory {2}profile-no-credential-access\n/);
  expect(stdout).toMatch(/lambda\.amazonaws\.com\n +✖ mandatory {2}profile-trust-policy\n/);
});

test("permissions are what policies, denials and conditions leave, by service and extent", async () => {
  const { role } = await data("web");
  const rows = role.services.flatMap(({ service, permissions }) => permissions.map((row) => ({ ...row, service })));
  const granting = (action: string) => rows.filter(({ actions }) => actions.includes(action));
  expect(granting("ssm:GetParameter")).toMatchObject([
    { service: "ssm", extent: "everything", limitable: true, statements: expect.arrayContaining(["A0"]) as unknown },
  ]);
  expect(granting("s3:PutObject")).toMatchObject([
    { extent: "part", conditional: false, statements: ["A1"], access: ["write", "read"] },
  ]);
  expect(granting("s3:PutObject")[0]?.except[0]).toMatch(/private\/\*$/);
  expect(granting("ec2:TerminateInstances")).toMatchObject([{ extent: "part", conditional: true, resources: ["*"] }]);
  expect(granting("ssmmessages:*")).toMatchObject([{ limitable: false }]);
});

test("what is not known is told with what it waits for", async () => {
  const { role } = await data("web");
  expect(role.unknown).toMatchObject([
    { place: { resource: "app-shared", path: "policyArn" }, waitsFor: "a policy that is set outside this stack" },
  ]);
  const outside = await data("outside");
  expect(outside.exitCode).toBe(0);
  expect(outside.role.unknown).toMatchObject([{ place: { resource: "outside", path: "iamInstanceProfile" } }]);
});

test("a boundary limits what is left of an administrator", async () => {
  const { exitCode, role } = await data("jobs");
  expect([exitCode, role.findings]).toEqual([0, []]);
  expect(role.boundary?.id).toBe("B");
  expect(role.services.map(({ service }) => service)).toEqual(["sqs"]);
  expect(role.services[0]?.permissions).toMatchObject([{ extent: "part", resources: ["arn:aws:sqs:*:*:jobs-*"] }]);
});

test("every service of an administrator is one line of text", async () => {
  const { role } = await data("root");
  expect(role.services.every(({ service, permissions: [row] }) => row?.actions[0] === `${service}:*`)).toBe(true);
  const { exitCode, stdout } = await explain("root");
  expect(exitCode).toBe(1);
  expect(stdout.split("\n").length).toBeLessThan(30);
});

test.each([
  ["a machine without a profile", "bare", [], 0],
  ["a role that no machine carries", "nightly", ["role nightly"], 0],
  ["a profile", "*InstanceProfile::app", ["role app"], 1],
  ["a glob on things of one role", "app*", ["role app"], 1],
])("%s is explained", async (_, name, labels, code) => {
  const { exitCode, all } = await data(name);
  expect(all.roles.map(({ label }) => label)).toEqual(labels);
  expect(exitCode).toBe(code);
});

test.each([
  [
    "several roles are listed",
    "*",
    /stands for \d+ resources[^]*\n {2}jobs \(aws:ec2:Instance\): role worker\n[^]*URN/,
  ],
  ["a name that is none is told what there is", "wbe", /named wbe\. There is: app, [^]*web/],
])("%s", async (_, name, message) => {
  const { exitCode, stdout, stderr } = await explain(name);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(message);
});

test("directory and name in the wrong order are told", async () => {
  const { exitCode, stderr } = await command("explain", directory, "web");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`ec2-hardening explain web ${directory}`);
});

test("levels and exemptions of the configuration hold", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "explain-"));
  const file = path.join(folder, "policies.json");
  const exemptions = [{ resource: "app", reason: "Moves in spring", expires: "2999-12-31" }];
  const settings = { all: "advisory", "profile-trust-policy": { enforcementLevel: "mandatory", exemptions } };
  writeFileSync(file, JSON.stringify(settings));
  const { exitCode, role } = await data("web", "--policy-pack-config", file);
  expect(exitCode).toBe(0);
  expect(role.findings.find(({ policy }) => policy === "profile-trust-policy")?.exempted?.reason).toBe(
    "Moves in spring",
  );
  const { stdout } = await explain("web", "--policy-pack-config", file);
  expect(stdout).toContain("exempted until 2999-12-31: Moves in spring");
  rmSync(folder, { recursive: true });
});

test("no secret is shown, wherever it stands", async () => {
  const secret = ["--config", `password=${PASSWORD}`, "--config", `prefix=${PASSWORD}`];
  for (const format of ["text", "json"]) {
    const { stdout } = await command("explain", "web", directory, ...secret, "--format", format);
    expect(stdout).toContain("/[secret]/*");
    expect(stdout).not.toContain(PASSWORD);
  }
});

test("check shows no secret of the program either, in whatever case", async () => {
  const config = ["--config", `password=${PASSWORD}`, "--config", "prefix=private"];
  const { stdout } = await command("check", directory, ...config, "--config", `access=${PASSWORD.toUpperCase()}`);
  expect(stdout).toContain("of inline policy [secret] allows ssm:GetParameter");
  expect(stdout.toLowerCase()).not.toContain(PASSWORD);
});

test("no secret is shown in another case", async () => {
  const mixed = ["Made", "Up", "4", "This", "Test"].join("-");
  for (const format of ["text", "json"]) {
    const config = ["--config", `password=${mixed}`, "--config", `prefix=private`, "--config", `tag=${mixed}`];
    const { stdout } = await command("explain", "web", directory, ...config, "--format", format);
    expect(stdout).toContain("aws:resourcetag/[secret]");
    expect(stdout.toLowerCase()).not.toContain(mixed.toLowerCase());
  }
});

test("lines keep to the width of a terminal", async () => {
  let out = "";
  const terminal = { stdout: (text: string) => (out += text), stderr: () => undefined, color: true, columns: 80 };
  await runCommandLine(["explain", "web", directory, ...CONFIG], terminal);
  expect(out).toContain("\u001b[31m");
  const lines = out.replaceAll(/\u001b\[\d+m/g, "").split("\n");
  expect(lines.filter((line) => line.length > 80 && line.trim().includes(" "))).toEqual([]);
});

test.each([
  ["one two three four five", 20, ["one two three four", "five"]],
  ["  one two", 6, ["  one two"]],
  ["arn:aws:s3:::a-name-that-is-longer-than-that x", 20, ["arn:aws:s3:::a-name-that-is-longer-than-that", "x"]],
  ["one", undefined, ["one"]],
  ["", 5, [""]],
])("%j in %s columns", (line, width, lines) => {
  expect(wrapped(line, width)).toEqual(lines);
});

test("help shows examples", async () => {
  const { exitCode, stdout } = await command("explain", "--help");
  expect(exitCode).toBe(0);
  for (const part of ["Examples:", "--format", "--policy-pack-config", "Exit codes:"]) expect(stdout).toContain(part);
});
