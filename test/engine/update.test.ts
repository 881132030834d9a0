import { Engine, expectRun, program } from "./harness";

const MACHINES = program("machines");
const LATE = program("late");
const HARDENED = program("hardened-machines");

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

describe("pulumi up with the installed pack", () => {
  test("stops in its preview: nothing is created at all", async () => {
    const run = await engine.up(MACHINES);
    expect(run.exitCode).toBe(1);
    expect(engine.changes(MACHINES)).toEqual([]);
  });

  test("without its preview, stops at the first unsafe machine, before that is created", async () => {
    const run = await engine.up(MACHINES, { flags: ["--skip-preview"] });
    expect(run.exitCode).toBe(1);
    const stopped = run.findings.map(({ name }) => `create ${name}`);
    expect(stopped).not.toEqual([]);
    expect(engine.changes(MACHINES).filter((change) => stopped.includes(change))).toEqual([]);
  });

  test("lists once what it cannot know at preview", async () => {
    const run = await engine.preview(LATE, { stackConfig: { tokens: "optional" } });
    expectRun(run, 0, ["advisory unverified-at-preview late"]);
    expect(run.findings[0]?.message).toContain("imds-require-v2");
  });

  test("fails closed on what it cannot know where a team asks for that", async () => {
    const run = await engine.up(LATE, { config: { "unverified-at-preview": "mandatory" } });
    expectRun(run, 1, ["mandatory unverified-at-preview late"]);
    expect(engine.changes(LATE)).toEqual([]);
  });

  test("judges what was unknown as soon as it is known, before the machine is created", async () => {
    const run = await engine.up(LATE, { stackConfig: { tokens: "optional" } });
    expectRun(run, 1, ["mandatory imds-require-v2 late"]);
    expect(engine.changes(LATE)).toEqual(["create group"]);
  });

  test("creates the machine once the program is right", async () => {
    const run = await engine.up(LATE, { stackConfig: { tokens: "required" } });
    expectRun(run, 0, []);
    expect(engine.changes(LATE)).toEqual(["create group", "create late"]);
  });

  test("judges an edit of a deployed machine at preview, where everything is known by now", async () => {
    expectRun(await engine.preview(LATE), 0, []);
    const edited = await engine.preview(LATE, { stackConfig: { tokens: "optional" } });
    expectRun(edited, 1, ["mandatory imds-require-v2 late"]);
  });

  test("creates a hardened stack, and has nothing to say about it afterwards either", async () => {
    const first = await engine.up(HARDENED);
    const second = await engine.preview(HARDENED);
    const analyzed = await engine.analyze(HARDENED);
    for (const run of [first, second, analyzed]) {
      expectRun(run, 0, []);
    }
    expect(second.text).toContain("6 unchanged");
  });

  test("creates what its remediations made of the program", async () => {
    const config = { "imds-require-v2": "remediate", "imds-hop-limit": "remediate" };
    const run = await engine.up(MACHINES, { config });
    expectRun(run, 0, []);
    expect(engine.created(MACHINES, "bare")).toMatchObject({
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
  });
});
