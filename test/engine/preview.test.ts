import { Engine, expectRun, lines, preset, program } from "./harness";

const MACHINES = program("machines");
const AS_SHIPPED = [
  "mandatory imds-hop-limit bare",
  "mandatory imds-hop-limit far",
  "mandatory imds-hop-limit weak",
  "mandatory imds-require-v2 bare",
  "mandatory imds-require-v2 optional",
  "mandatory imds-require-v2 weak",
];

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

describe("pulumi preview with the installed pack", () => {
  test("stops unsafe machines, each finding once and where it has to be fixed", async () => {
    const run = await engine.preview(MACHINES);
    expectRun(run, 1, AS_SHIPPED);
    expect(run.text).toContain("node_modules/ec2-hardening)");
    expect(run.text).toContain("- [mandatory] [severity: high]  imds-require-v2  (aws:ec2:Instance: bare)");
    const [bare] = run.findings.filter(({ name, policy }) => name === "bare" && policy === "imds-require-v2");
    expect(bare).toMatchObject({ urn: "urn:pulumi:dev::machines::aws:ec2/instance:Instance::bare", severity: "high" });
    expect(bare?.message).toContain('httpTokens: "required"');
  });

  test("takes levels and options from a configuration file", async () => {
    const config = { "imds-require-v2": "advisory", "imds-hop-limit": { maxHopLimit: 5, requireExplicit: false } };
    const run = await engine.preview(MACHINES, { config });
    const advisory = ["bare", "optional", "weak"].map((name) => `advisory imds-require-v2 ${name}`);
    expectRun(run, 0, advisory);
  });

  test("switches a policy off, and all of them to another level", async () => {
    const off = ["imds-require-v2", "imds-os-lockdown", "instance-patching", "imds-usage-alarm"];
    const disabled = Object.fromEntries(off.map((name) => [name, "disabled"]));
    const run = await engine.preview(MACHINES, { config: { all: "advisory", ...disabled } });
    expectRun(
      run,
      0,
      ["bare", "far", "weak"].map((name) => `advisory imds-hop-limit ${name}`),
    );
  });

  test.each([
    ["baseline", 1],
    ["strict", 1],
    ["containers", 1],
    ["report-only", 0],
  ])("takes the preset %s", async (name, exitCode) => {
    const run = await engine.preview(MACHINES, { config: preset(name) });
    expect(run.exitCode).toBe(exitCode);
    const tokens = run.findings.filter(({ policy }) => policy === "imds-require-v2").map((finding) => finding.name);
    expect(tokens.sort()).toEqual(["bare", "optional", "weak"]);
    if (exitCode === 0) expect(new Set(run.findings.map(({ level }) => level))).toEqual(new Set(["advisory"]));
  });

  test.each([
    ["a misspelt option", { "imds-hop-limit": { maxHopLimits: 2 } }, "maxHopLimits"],
    ["a wrong type", { "imds-hop-limit": { maxHopLimit: "two" } }, "maxHopLimit"],
    ["a value out of range", { "imds-hop-limit": { maxHopLimit: 65 } }, "maxHopLimit"],
    [
      "an impossible date",
      { "imds-require-v2": { exemptions: [{ resource: "bare", reason: "legacy", expires: "2027-02-30" }] } },
      "exemptions[0].expires",
    ],
  ])("refuses %s before it judges anything", async (_what, config, named) => {
    const run = await engine.preview(MACHINES, { config });
    expect(run.exitCode).not.toBe(0);
    expect(run.text).toContain(named);
    expect(run.text).toContain("A correct example");
    expect(run.findings).toEqual([]);
  });

  test("leaves out what its own exemptions name", async () => {
    const exemptions = [{ resource: "ba*", reason: "legacy appliance", expires: "2099-12-31" }];
    const config = { "imds-require-v2": { exemptions }, "imds-hop-limit": { exemptions } };
    const run = await engine.preview(MACHINES, { config });
    expectRun(
      run,
      1,
      AS_SHIPPED.filter((line) => !line.endsWith(" bare")),
    );
  });

  test("honours Pulumi's own exceptions", async () => {
    const targets = ["aws:ec2/instance:Instance::bare", "aws:ec2/launchTemplate:LaunchTemplate::weak"];
    const match = [
      {
        policies: ["imds-require-v2", "imds-hop-limit"],
        targets: targets.map((target) => `urn:pulumi:dev::machines::${target}`),
      },
    ];
    const config = { version: 2, policies: {}, exceptions: { "SEC-1": { reason: "legacy appliance", match } } };
    const run = await engine.preview(MACHINES, { config });
    const excepted = run.findings.filter(({ exceptions }) => exceptions.includes("SEC-1"));
    expect(lines(excepted)).toEqual(AS_SHIPPED.filter((line) => / (bare|weak)$/.test(line)));
    expectRun(run, 1, AS_SHIPPED);
  });

  test("passes once every violation has an exception", async () => {
    const targets = (await engine.preview(MACHINES)).findings.map(({ urn }) => urn);
    const match = [{ policies: ["imds-require-v2", "imds-hop-limit"], targets: [...new Set(targets)] }];
    const config = { version: 2, policies: {}, exceptions: { "SEC-2": { reason: "moving out", match } } };
    const run = await engine.preview(MACHINES, { config, flags: ["--show-policy-exceptions"] });
    expect(run.exitCode).toBe(0);
    expect(run.text).toContain("SEC-2: moving out");
  });

  test("remediates what it can, shows what it changed, and judges the result", async () => {
    const config = { "imds-require-v2": "remediate", "imds-hop-limit": "remediate" };
    const run = await engine.preview(MACHINES, { config, flags: ["--show-policy-remediations"] });
    expect(run.text).toContain("(aws:ec2:Instance: bare) [diff: +metadataOptions");
    expect(run.text).toContain("(aws:ec2:Instance: optional) [diff: ~metadataOptions");
    expectRun(run, 0, []);
  });
});

describe("pulumi preview of a part of a stack", () => {
  test("judges only what is targeted when the rest does not exist yet", async () => {
    const target = ["--target", "urn:pulumi:dev::machines::aws:ec2/instance:Instance::bare"];
    const run = await engine.preview(MACHINES, { flags: target });
    expectRun(run, 1, ["mandatory imds-hop-limit bare", "mandatory imds-require-v2 bare"]);
  });
});
