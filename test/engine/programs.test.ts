import { resolve } from "node:path";
import { Engine, expectRun, program } from "./harness";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

test("a transform that loosens what a component set is seen, and one that touches a tag hides nothing", async () => {
  const run = await engine.preview(program("transformed"));
  expectRun(run, 1, [
    "mandatory imds-hop-limit tagged-template",
    "mandatory imds-require-v2 loosened-machine",
    "mandatory imds-require-v2 tagged-template",
  ]);
});

test("an account default counts for its own provider and region, and only when accepted", async () => {
  const strict = await engine.preview(program("accounts"));
  const names = ["elsewhere", "in-frankfurt", "in-ireland"];
  expectRun(strict, 1, [
    ...names.map((name) => `mandatory imds-hop-limit ${name}`),
    ...names.map((name) => `mandatory imds-require-v2 ${name}`),
  ]);
  const accepted = { acceptAccountDefault: true };
  const config = { "imds-require-v2": accepted, "imds-hop-limit": accepted };
  const run = await engine.preview(program("accounts"), { config });
  expectRun(run, 1, ["mandatory imds-hop-limit elsewhere", "mandatory imds-require-v2 elsewhere"]);
});

test("a template from outside the stack is unverified at preview, and judged through its machine once state shows it", async () => {
  const shared = program("shared-template");
  for (const run of [await engine.preview(shared), await engine.up(shared)]) {
    expectRun(run, 0, ["advisory unverified-at-preview borrows"]);
  }
  expectRun(await engine.analyze(shared), 1, ["mandatory imds-hop-limit borrows", "mandatory imds-require-v2 borrows"]);
});

test("a TypeScript program, with the pack of a clone", async () => {
  const run = await engine.preview(program("typed"), { pack: resolve(__dirname, "../..") });
  expectRun(run, 1, ["mandatory imds-require-v2 typed"]);
});

test("a YAML program with both AWS providers", async () => {
  const run = await engine.preview(program("yaml-machines"));
  expectRun(run, 1, [
    "mandatory imds-require-v2 bare",
    "mandatory imds-require-v2 native",
    "mandatory imds-require-v2 weak",
  ]);
});
