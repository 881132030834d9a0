import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { checkProgram } from "../../cli/check";
import { readSettings } from "../../policies/settings";
import { command } from "../cli/harness";
import { Engine, expectRun, program } from "./harness";

// Maven gets Pulumi's SDK and compiles, which takes a while on a machine that has not done it before.
jest.setTimeout(900_000);

const CONFIG = ["size=t3.micro"];
const FOUND = [
  "mandatory imds-require-v2 web",
  "mandatory profile-trust-policy role",
  "mandatory userdata-no-credentials worker",
];

/** A copy of the program, since Maven writes beside it. */
let directory: string;
const before = { ...process.env };
beforeAll(() => {
  directory = join(mkdtempSync(join(tmpdir(), "java-program-")), "java");
  cpSync(program("java"), directory, { recursive: true });
  // Pulumi's host for Java is no Go module that can be had: what plays it runs Maven as it does.
  process.env.PATH = [before.PATH, resolve(__dirname, "../../tools/engine/bin")].join(delimiter);
});
afterAll(() => {
  process.env = before;
  rmSync(resolve(directory, ".."), { recursive: true });
});

async function check(at: string, config: readonly string[]) {
  return checkProgram(at, readSettings(), { config, timeoutSeconds: 800 });
}

test("check runs Java programs by a host: findings, components, configuration, a secret's placeholder", async () => {
  const { resources, outcome, seen } = await check(directory, CONFIG);
  const found = resources.flatMap(({ name, findings }) =>
    findings.map(({ level, policy }) => `${level} ${policy} ${name}`),
  );
  expect(outcome).toEqual({ kind: "completed" });
  expect(found.sort()).toEqual(FOUND);
  const worker = resources.find(({ name }) => name === "worker");
  expect(worker?.components.map(({ name }) => name)).toEqual(["tier"]);
  expect(seen).toBe(5);
  // Its SDK tells no place in the source.
  expect(resources.map(({ location }) => location)).toEqual([undefined, undefined, undefined]);
});

test("check says the same as the real preview, which has the secret", async () => {
  const engine = await Engine.start();
  try {
    const stackConfig = { size: "t3.micro", password: "correct-horse-battery" };
    expectRun(await engine.preview(program("java"), { stackConfig }), 1, FOUND);
  } finally {
    engine.stop();
  }
});

test("what the stack does not set is told, by the words of the SDK for Java", async () => {
  const { stderr, exitCode } = await command("check", "--timeout", "800", directory);
  expect(stderr).toContain("Missing required configuration variable 'java:size'");
  expect(stderr).toContain("--config java:size=VALUE");
  expect(exitCode).toBe(2);
});

test("what does not compile is told", async () => {
  const broken = resolve(directory, "../broken");
  cpSync(program("java"), broken, { recursive: true });
  writeFileSync(
    join(broken, "src/main/java/program/Role.java"),
    "package program;\n\nfinal class Role extends Rule {}\n",
  );
  const { stderr, exitCode } = await command("check", "--timeout", "800", "--config", "size=t3.micro", broken);
  expect(stderr).toMatch(/Role\.java:\[3,\d+\] cannot find symbol/);
  expect(exitCode).toBe(2);
});

test("an archive that Pulumi.yaml names and that is not built is told", async () => {
  const packed = resolve(directory, "../packed");
  cpSync(program("java"), packed, { recursive: true });
  writeFileSync(
    join(packed, "Pulumi.yaml"),
    "name: java\nruntime: {name: java, options: {binary: target/program.jar}}\n",
  );
  const { stderr, exitCode } = await command("check", packed);
  expect(stderr).toContain("Unable to access jarfile target/program.jar");
  expect(exitCode).toBe(2);
});
