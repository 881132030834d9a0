import { Engine, program } from "./harness";

const ADOPTION = program("adoption");

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

test("a component takes over a machine that runs, without replacing it", async () => {
  const before = await engine.up(ADOPTION, { pack: false });
  const after = await engine.up(ADOPTION, { stackConfig: { stage: "component" } });
  expect([before.exitCode, after.exitCode, after.findings]).toEqual([0, 0, []]);
  const ofMachine = engine.changes(ADOPTION).filter((change) => /instance|web/i.test(change));
  expect(ofMachine.filter((change) => change === "create old-web")).toHaveLength(1);
  expect(ofMachine).toContain("update web");
  expect(ofMachine.filter((change) => /^(delete|replace)/.test(change))).toEqual([]);
});
