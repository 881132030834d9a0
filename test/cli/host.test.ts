import { UNKNOWN } from "../../policies/machine/resource";
import { host, named, names } from "./harness";

jest.setTimeout(60_000);

test("ids, ARNs and names of new resources are known to the program, and edges lead to what it refers to", async () => {
  const result = await host("basics");
  expect(result.outcome).toEqual({ kind: "completed" });
  const web = named(result, "web");
  expect(web.inputs).toMatchObject({
    ami: "ami-0abcdef1234567890",
    iamInstanceProfile: named(result, "profile").outputs["name"],
  });
  expect(web.inputs?.["iamInstanceProfile"]).toMatch(/^profile-/);
  expect(web.inputs?.["userData"]).toBe(`echo ${String(named(result, "bucket").outputs["id"])}`);
  expect(names(web.propertyDependencies["iamInstanceProfile"])).toEqual(["profile"]);
  expect(names(web.propertyDependencies["userData"])).toEqual(["bucket"]);
  expect(Object.keys(web.propertyDependencies).sort()).toEqual(["iamInstanceProfile", "userData"]);
  const policy = JSON.parse(String(named(result, "policy").inputs?.["policy"])) as {
    Statement: { Resource: string }[];
  };
  expect(policy.Statement[0]?.Resource).toMatch(/^arn:aws:s3:::bucket-\w+\/\*$/);
  expect(named(result, "policy").inputs?.["role"]).toBe(named(result, "role").outputs["id"]);
  const stack = named(result, "basics-dev");
  expect(stack.outputs).toEqual({ instanceId: web.outputs["id"], arn: named(result, "role").outputs["arn"] });
  expect(web).toMatchObject({ type: "aws:ec2/instance:Instance", parent: stack.urn, created: true });
  expect(web.urn).toBe("urn:pulumi:dev::basics::aws:ec2/instance:Instance::web");
});

test("components hand providers down and stand in URNs; edges to them lead to what they made", async () => {
  const result = await host("components");
  const machine = named(result, "app-server-machine");
  expect(machine.urn).toContain("::my:web:App$my:web:Server$aws:ec2/instance:Instance::app-server-machine");
  expect(machine.parent).toBe(named(result, "app-server").urn);
  expect(machine.provider).toMatchObject({ name: "frankfurt", props: { region: "eu-central-1" } });
  expect(machine.inputs?.["tagsAll"] ?? machine.outputs["tagsAll"]).toMatchObject({ team: "web", size: "small" });
  expect(named(result, "user").provider).toMatchObject({ props: { region: "us-west-2" } });
  expect(named(result, "user").provider?.urn).toMatch(/::pulumi:providers:aws::default_7_\d+_\d+$/);
  expect(names(named(result, "user").propertyDependencies["iamInstanceProfile"])).toEqual(["app-server-profile"]);
  expect(names(named(result, "after").dependencies)?.sort()).toEqual(["app-server-machine", "app-server-profile"]);
  expect(named(result, "regional").inputs?.["region"]).toBe("us-east-2");
  expect(named(result, "app-server").outputs).toEqual({
    profileName: named(result, "app-server-profile").outputs["name"],
  });
});

test("async transforms run from the resource to the stack, and cost edges as they do in the engine", async () => {
  const result = await host("transforms");
  expect(result.errors).toEqual([]);
  expect(named(result, "inner").inputs?.["tags"]).toEqual({ trace: "own,parent,stack" });
  const added = named(result, "added");
  expect(added.inputs).toMatchObject({ iamInstanceProfile: named(result, "profile").outputs["name"] });
  expect(added.inputs?.["metadataOptions"]).toMatchObject({ httpTokens: "required" });
  expect([added.dependencies, added.propertyDependencies]).toEqual([[], {}]);
  const tagged = named(result, "tagged");
  expect([names(tagged.dependencies), tagged.propertyDependencies]).toEqual([["profile"], {}]);
  for (const kept of ["untouched", "legacy"]) {
    expect(names(named(result, kept).propertyDependencies["iamInstanceProfile"])).toEqual(["profile"]);
  }
});

test("what is read, referenced or dynamic is unknown where only others know it, and the program goes on", async () => {
  const result = await host("context");
  expect(result.outcome).toEqual({ kind: "completed" });
  const web = named(result, "web");
  expect(web.inputs).toMatchObject({
    subnetId: UNKNOWN,
    keyName: UNKNOWN,
    launchTemplate: { id: "lt-0123456789abcdef0", version: "$Latest" },
  });
  const template = named(result, "template");
  expect(template).toMatchObject({ inputs: undefined, created: undefined });
  expect(template.outputs).toMatchObject({ id: "lt-0123456789abcdef0", metadataOptions: UNKNOWN, name: UNKNOWN });
  expect(names(web.propertyDependencies["launchTemplate"])).toEqual(["template"]);
  expect(named(result, "late").inputs).toMatchObject({
    userData: UNKNOWN,
    iamInstanceProfile: UNKNOWN,
    tags: { size: "3", subnet: UNKNOWN },
  });
});

test("functions answer; what only AWS knows looks real to the program and is unknown to the judge", async () => {
  const result = await host("functions");
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(named(result, "web").inputs).toMatchObject({ ami: UNKNOWN, tags: { visible: "true" } });
  expect(named(result, "reader").inputs).toMatchObject({
    subnetId: UNKNOWN,
    keyName: UNKNOWN,
    tags: { subnets: "3", user: "AWS", zone: UNKNOWN },
  });
  const policy = JSON.parse(String(named(result, "policy").inputs?.["policy"])) as {
    Statement: { Resource: string }[];
  };
  expect(policy.Statement[0]?.Resource).toMatch(/^arn:aws:s3:::data-\d{12}\/\*$/);
  expect(named(result, "functions-dev").outputs).toEqual({ type: "t3.micro" });
});

test("secrets reach the judge in plain, and stay secret to the program", async () => {
  const result = await host("secrets", { config: ["password=correct-horse"] });
  const web = named(result, "web");
  expect(web.inputs).toMatchObject({ userData: "pw=correct-horse", instanceType: "t3.small", keyName: UNKNOWN });
  expect(web.inputs?.["tags"]).toEqual({ nested: '{"list":[1,true,"two"]}', region: "eu-west-1" });
  expect(result.errors.join("\n")).toContain('{"userData":true,"ami":false,"arn":true}');
});

test("what a plugin builds or computes is unknown, and the report says so", async () => {
  const result = await host("plugins");
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(named(result, "web").inputs).toMatchObject({ userData: UNKNOWN, keyName: UNKNOWN });
  expect(result.notes).toEqual([
    expect.stringMatching(/^components of eks:index:Cluster are built by a plugin.*\(2 times\)$/),
    expect.stringMatching(/^eks:index:Cluster\/getKubeconfig is a method/),
    expect.stringMatching(/^a transform of eks:index:NodeGroup failed here/),
    expect.stringMatching(/^components of eks:index:NodeGroup are built by a plugin/),
  ]);
  expect(named(result, "workers").type).toBe("eks:index:NodeGroup");
  expect(named(result, "thing").inputs).toEqual({ size: 3 });
});

test("resource options are accepted; what is imported is not created", async () => {
  const result = await host("options");
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(named(result, "existing")).toMatchObject({ created: false, outputs: { id: "lt-0123456789abcdef0" } });
  expect(named(result, "first").created).toBe(true);
  expect(named(result, "object").inputs?.["source"]).toMatchObject({ text: "content" });
});

test.each([
  ["a main directory and node options", "subfolder"],
  ["an ES module", "esm"],
  ["TypeScript", "typed"],
])("%s", async (_what, name) => {
  const result = await host(name, { stack: "prod" });
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(named(result, "web").inputs).toMatchObject({ ami: "ami-0abcdef1234567890" });
  if (name === "subfolder") {
    expect(named(result, "web").inputs?.["tags"]).toEqual({
      directory: "src",
      root: "subfolder",
      stack: "organization/subfolder/prod",
      preview: "true",
      title: "judged once",
    });
  }
});

test("many resources", async () => {
  const result = await host("many", { config: ["count=300"] });
  expect(result.outcome).toEqual({ kind: "completed" });
  expect(result.resources).toHaveLength(302);
});

test("credentials, and another Pulumi's settings, do not reach the program", async () => {
  const before = { ...process.env };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIA", AWS_PROFILE: "prod", PULUMI_CONFIG: "{", MARK: "kept" });
  try {
    const result = await host("environment");
    expect(named(result, "environment-dev").outputs).toEqual({ disabled: "true", mark: "kept", leaked: [] });
  } finally {
    process.env = before;
  }
});

test("what the SDK notes for itself is not sent: it waits for each of its messages", async () => {
  const severities = new Set<string>();
  const result = await host("basics", { run: { onLog: ({ severity }) => severities.add(severity) } });
  expect([result.outcome, [...severities]]).toEqual([{ kind: "completed" }, []]);
});
