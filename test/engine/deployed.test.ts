import { Engine, expectRun, program, type Run } from "./harness";

const MACHINES = program("machines");
const FINDINGS = [
  "mandatory imds-hop-limit bare",
  "mandatory imds-hop-limit far",
  "mandatory imds-hop-limit weak",
  "mandatory imds-require-v2 bare",
  "mandatory imds-require-v2 optional",
  "mandatory imds-require-v2 weak",
];

let engine: Engine;
let deployed: Run;
beforeAll(async () => {
  engine = await Engine.start();
  deployed = await engine.up(MACHINES, { pack: false });
});
afterAll(() => {
  engine.stop();
});

describe("a stack that was deployed before the pack came", () => {
  test("is judged by what its program sets, not by what EC2 has made of it", async () => {
    expect(deployed.exitCode).toBe(0);
    const run = await engine.preview(MACHINES);
    expectRun(run, 1, FINDINGS);
  });

  test("is judged as a whole, whatever a preview targets", async () => {
    const target = ["--target", "urn:pulumi:dev::machines::aws:ec2/instance:Instance::covered"];
    const run = await engine.preview(MACHINES, { flags: target });
    expectRun(run, 1, FINDINGS);
  });

  test("gives the same findings from its state file", async () => {
    const run = await engine.analyze(MACHINES);
    expectRun(run, 1, FINDINGS);
  });

  test("gives the same findings after a refresh", async () => {
    await engine.pulumi(MACHINES, "refresh", "--stack", "dev", "--yes", "--non-interactive");
    expectRun(await engine.analyze(MACHINES), 1, FINDINGS);
  });

  test("is analyzed with a configuration file and Pulumi's own exceptions", async () => {
    const { findings } = await engine.analyze(MACHINES);
    const match = [{ policies: ["imds-require-v2"], targets: [...new Set(findings.map(({ urn }) => urn))] }];
    const exceptions = { "SEC-3": { reason: "moving out", match } };
    const config = { version: 2, policies: { "imds-hop-limit": "advisory" }, exceptions };
    const run = await engine.analyze(MACHINES, { config });
    expectRun(
      run,
      0,
      FINDINGS.map((line) => line.replace("mandatory imds-hop", "advisory imds-hop")),
    );
  });
});
