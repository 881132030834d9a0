import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkProgram } from "../../cli/check";
import { readSettings } from "../../policies/settings";
import { Engine, example, expectRun, preset } from "./harness";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

test("examples/vulnerable is stopped, each finding once", async () => {
  const run = await engine.preview(example("vulnerable"));
  expect(run.exitCode).toBe(1);
  const mandatory = run.findings.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
  expect(mandatory).toEqual(expect.arrayContaining(["imds-require-v2", "imds-hop-limit"]));
  const distinct = new Set(run.findings.map(({ policy, urn, message }) => `${policy} ${urn} ${message}`));
  expect(distinct.size).toBe(run.findings.length);
});

test("check says the same of examples/vulnerable as the real preview", async () => {
  const { findings } = await engine.preview(example("vulnerable"));
  const report = await checkProgram(example("vulnerable"), readSettings(), { config: [], timeoutSeconds: 120 });
  const checked = report.resources.flatMap((resource) =>
    resource.findings.map(({ policy, level }) => `${level} ${policy} ${resource.name}`),
  );
  const previewed = findings.map(({ level, policy, name }) => `${level} ${policy} ${name}`);
  expect(checked.sort()).toEqual(previewed.sort());
});

test("examples/hardened passes, is created, and passes again under the strict preset", async () => {
  expectRun(await engine.up(example("hardened")), 0, []);
  expectRun(await engine.preview(example("hardened"), { config: preset("strict") }), 0, []);
});

test("examples/containers passes at preview, and in the update with its preset", async () => {
  // Policies that name what is not made yet are known in the update.
  const waiting = ["host", "node"].map((name) => `advisory unverified-at-preview ${name}`);
  expectRun(await engine.preview(example("containers")), 0, waiting);
  expectRun(await engine.up(example("containers"), { config: preset("containers") }), 0, []);
});

test("examples/component is created, and passes the strict preset in the update and after it", async () => {
  const config = preset("strict");
  expectRun(await engine.up(example("component"), { config, flags: ["--skip-preview"] }), 0, []);
  expectRun(await engine.preview(example("component"), { config }), 0, []);
});

test("examples/org passes under its own policy configuration", async () => {
  const org = example("org");
  const config: unknown = JSON.parse(readFileSync(join(org, "policy-config.json"), "utf8"));
  expectRun(await engine.preview(org, { config }), 0, []);
});
