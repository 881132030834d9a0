import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import {
  grantManagedPolicies,
  HardenedInstance,
  HardenedInstanceProfile,
  HardenedLaunchTemplate,
} from "../../components";
import { transformed } from "../../components/shell";
import { UNKNOWN } from "../../policies/machine/resource";
import { inputsOf, make, strictFindings, type Case, type Made } from "./harness";

jest.setTimeout(120_000);

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";
const POLICY = "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";

const CASES: readonly Case[] = [
  { name: "plain", component: "HardenedInstance", args: {} },
  { name: "bare", component: "HardenedInstance", args: { sessionManager: false, patching: "off" } },
  {
    name: "one",
    component: "HardenedInstance",
    args: { profile: { later: "profile" }, secrets: [{ secret: { later: "secretArn" }, file: "db" }] },
  },
  { name: "two", component: "HardenedInstance", args: { profile: { later: "profile" } } },
  {
    name: "windows",
    component: "HardenedInstance",
    args: { image: "windows-2025", userData: { commands: ["Write-Output ready"] } },
  },
  { name: "late", component: "HardenedInstance", args: { userData: { scripts: [{ later: "text" }] } } },
  { name: "nodes", component: "HardenedLaunchTemplate", args: { containerHost: true, tags: { Team: "shop" } } },
  {
    name: "workers",
    component: "HardenedAutoScalingGroup",
    args: { subnetIds: ["subnet-0123456789abcdef0"], maxSize: 3 },
  },
  {
    name: "eks",
    component: "HardenedLaunchTemplate",
    args: {
      launchedBy: "eks",
      profile: { later: "profile" },
      secrets: [{ secret: { later: "secretArn" }, file: "db" }],
    },
  },
  {
    name: "hidden",
    component: "HardenedInstance",
    args: { secrets: [{ secret: { later: "hiddenArn" }, file: "db" }] },
  },
  { name: "batch", component: "HardenedLaunchTemplate", args: { launchedBy: "batch" } },
];

describe("what a program gets", () => {
  let made: Made;
  beforeAll(async () => {
    made = await make(CASES);
  });

  const childrenOf = (name: string) =>
    made.resources
      .filter(({ urn, type }) => urn.endsWith(`::${name}`) && type.startsWith("aws:"))
      .map(({ type }) => type)
      .sort();

  test("all of it passes the strict preset", () => {
    expect([made.outcome, made.errors, made.refused]).toEqual([{ kind: "completed" }, [], {}]);
    expect(strictFindings(made.resources)).toEqual([]);
  });

  test("a machine without arguments: encrypted, no public address, no key, a role for sessions", () => {
    expect(inputsOf(made, INSTANCE, "plain")).toMatchObject({
      // Looked up: only AWS knows it.
      ami: UNKNOWN,
      instanceType: "t3.micro",
      associatePublicIpAddress: false,
      rootBlockDevice: { encrypted: true, volumeType: "gp3", tags: { Name: "plain" } },
      tags: { Name: "plain" },
    });
    expect(inputsOf(made, INSTANCE, "plain")).not.toHaveProperty("keyName");
    const { policy } = inputsOf(made, ROLE_POLICY, "plain");
    const actions = (JSON.parse(String(policy)) as { Statement: { Action: string[] }[] }).Statement.flatMap(
      ({ Action }) => Action,
    );
    expect(actions.every((action) => /^ssmmessages:|^ssm:UpdateInstanceInformation$/.test(action))).toBe(true);
  });

  test("no role and no metadata where nothing needs them", () => {
    expect(childrenOf("bare")).toEqual([INSTANCE]);
    expect(inputsOf(made, INSTANCE, "bare")).toMatchObject({ metadataOptions: { httpEndpoint: "disabled" } });
  });

  test("machines of one purpose carry one profile, and none of them changes its role", () => {
    for (const name of ["one", "two"]) expect(childrenOf(name)).toEqual([INSTANCE]);
    const profiles = ["one", "two"].map((name) => inputsOf(made, INSTANCE, name)["iamInstanceProfile"]);
    expect(new Set(profiles).size).toBe(1);
  });

  test("the ARN of a secret is none, also where the program calls it so", () => {
    const { userDataBase64 } = inputsOf(made, INSTANCE, "hidden");
    expect(Buffer.from(String(userDataBase64), "base64").toString()).toContain("ec2-hardening");
  });

  test("a template moves its default version, and tags what starts from it", () => {
    expect(inputsOf(made, TEMPLATE, "nodes")).toMatchObject({
      updateDefaultVersion: true,
      metadataOptions: { httpPutResponseHopLimit: 2 },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { Team: "shop", Name: "nodes" },
      })),
    });
  });

  test("a template for a service leaves out what that decides", () => {
    for (const name of ["eks", "batch"]) {
      const left = ["imageId", "instanceType", "iamInstanceProfile", "networkInterfaces"];
      expect(left.filter((property) => property in inputsOf(made, TEMPLATE, name))).toEqual([]);
    }
    expect(Buffer.from(String(inputsOf(made, TEMPLATE, "eks")["userData"]), "base64").toString()).toContain(
      "multipart/",
    );
    expect(inputsOf(made, TEMPLATE, "batch")).not.toHaveProperty("userData");
    expect(childrenOf("eks")).not.toContain(ROLE_POLICY);
  });

  test("a group launches the newest version and refreshes its machines", () => {
    expect(inputsOf(made, GROUP, "workers")).toMatchObject({
      minSize: 1,
      maxSize: 3,
      healthCheckType: "EC2",
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 90 } },
    });
  });

  test("user data that is known later is rendered then", () => {
    const { userDataBase64 } = inputsOf(made, INSTANCE, "late");
    expect(Buffer.from(String(userDataBase64), "base64").toString()).toContain("echo later");
  });

  test("PowerShell on Windows", () => {
    expect(inputsOf(made, INSTANCE, "windows")["userData"]).toBe(
      '<powershell>\n$ErrorActionPreference = "Stop"\nWrite-Output ready\n</powershell>\n',
    );
  });
});

describe("secrets in user data", () => {
  const literal = ["AKIA", "QYLPMN5HHHFPZAM2"].join("");
  const value = ["wJalrXUtnFEMI", "K7MDENGbPxRfiCYzq1Lw8bVt"].join("/");
  const script = `#!/bin/bash\nexport AWS_ACCESS_KEY_ID=${literal}\nexport AWS_SECRET_ACCESS_KEY=${value}\n`;

  const LEAKS: Readonly<Record<string, object>> = {
    script: { scripts: [script] },
    beside: { scripts: [{ later: "text" }, script] },
    file: { files: [{ path: "/root/.aws/credentials", content: `[default]\naws_secret_access_key = ${value}\n` }] },
    command: { commands: [`mysql --password=${value} < /srv/init.sql`] },
    settings: { cloudConfig: { chpasswd: { users: [{ name: "app", password: value, type: "text" }] } } },
  };
  let refused: Made["refused"];
  beforeAll(async () => {
    const cases = Object.entries(LEAKS).map(([name, userData]) => ({
      name,
      component: "HardenedInstance",
      args: { userData },
    }));
    ({ refused } = await make(cases));
  });

  test.each(Object.keys(LEAKS))(
    "in a %s they are refused, and the error shows the right way and nothing of them",
    (name) => {
      const text = JSON.stringify(refused[name] ?? "not refused");
      expect(refused[name]?.errors?.every(({ propertyPath }) => propertyPath.startsWith("userData"))).toBe(true);
      expect(refused[name]?.message).toContain("secrets: [{ secret: secret.arn");
      for (const secret of [value, literal, value.slice(0, 8), literal.slice(4, 12)])
        expect(text).not.toContain(secret);
    },
  );

  test.each<[object, string]>([
    [{ commands: ["echo ready", { secretText: `echo ${value}` }] }, "userData.commands[1]"],
    [{ files: [{ path: "/etc/app", content: { later: "hiddenText" } }] }, "userData.files[0].content"],
    [{ cloudConfig: { users: [{ name: { later: "hiddenText" } }] } }, "userData.cloudConfig"],
  ])("a secret of Pulumi stops the program: %#", async (userData, property) => {
    const made = await make([{ name: "leak", component: "HardenedInstance", args: { userData } }]);
    expect(made.outcome.kind).toBe("failed");
    expect(made.resources.filter(({ type }) => type === INSTANCE)).toEqual([]);
    expect(made.errors.join("\n")).toContain(`- ${property}: `);
    expect(made.errors.join("\n")).toContain("secrets: [{ secret: secret.arn");
    expect(made.errors.join("\n")).not.toContain(value.slice(0, 8));
  });
});

describe("what is known only later", () => {
  test.each<[object, string]>([
    [{ secrets: [{ secret: { later: "nameOfSecret" }, file: "db" }] }, "secrets[0].secret"],
    [{ secrets: [{ parameter: { later: "secretArn" }, file: "db" }] }, "secrets[0].parameter"],
    [{ grants: [{ grant: "grantReadSecret", with: [{ later: "everySecret" }] }] }, "grants[0].readSecret.arn"],
    [
      { grants: [{ grant: "grantReadBucket", with: [{ later: "nameOfSecret" }, ""] }] },
      "grants[0].readBucket.bucketArn",
    ],
    [
      { grants: [{ grant: "grantManagedPolicies", with: [[{ later: "administrator" }]] }] },
      "grants[0].managedPolicies[0]",
    ],
    [
      {
        grants: [
          { grant: "grantStatements", with: [[{ Action: "secretsmanager:*", Resource: { later: "everySecret" } }]] },
        ],
      },
      "grants[0]",
    ],
  ])("is looked at then: %#", async (args, property) => {
    const made = await make([{ name: "late", component: "HardenedInstance", args }]);
    expect(made.outcome.kind).toBe("failed");
    expect(made.errors.join("\n")).toContain(`- ${property}: `);
  });
});

describe("options of resources", () => {
  const requests: RegisterResourceRequest[] = [];
  const calls: (string | undefined)[] = [];

  beforeAll(async () => {
    const monitor = MockMonitor.prototype;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the monitor that is asked
    const register = monitor.registerResource;
    jest.spyOn(monitor, "registerResource").mockImplementation(function (this: MockMonitor, ...args: unknown[]) {
      requests.push(args[0] as RegisterResourceRequest);
      return register.apply(this, args as Parameters<typeof register>);
    });
    await pulumi.runtime.setMocks(
      {
        newResource: ({ name, type, inputs }) => ({
          id: `${name}-id`,
          state: { ...(inputs as object), arn: `arn:aws:test:${type}:${name}` },
        }),
        call: ({ provider }) => {
          calls.push(provider);
          return { insecureValue: "ami-0123456789abcdef0" };
        },
      },
      "shop",
      "dev",
    );
    new HardenedInstance("plain");
    new HardenedInstance("pinned", { ami: "ami-0123456789abcdef0" });
    new HardenedInstance("rolling", { replaceOnNewImage: true });
    new HardenedInstance("once", { imds: "boot-only" });
    new HardenedInstance("taken", { adopt: "old" });
    new HardenedInstance("renamed", {}, { aliases: [{ name: "before" }] });
    new HardenedInstance("changed", {
      transform: {
        instance: (args, opts) => {
          args.disableApiTermination = true;
          opts.protect = true;
        },
      },
    });
    new HardenedInstance("other", { transform: { instance: (args) => ({ ...args, ebsOptimized: true }) } });
    new HardenedInstance("assigned", {
      transform: { instance: (args) => (args.creditSpecification = { cpuCredits: "standard" }) },
    });
    new HardenedInstance("fast", { rootVolume: { type: "io2", iops: 4000 } });
    new HardenedLaunchTemplate("fast", { rootVolume: { type: "io2", iops: 4000 } });
    new HardenedInstance("replaced", { replaceOnNewUserData: true });
    const alone = new HardenedInstanceProfile("alone", { grants: [grantManagedPolicies([POLICY])] });
    new HardenedInstance("shared", { profile: alone });
    new HardenedLaunchTemplate("template", { profile: alone });
    new HardenedInstance("abroad", {}, { provider: new aws.Provider("frankfurt", { region: "eu-central-1" }) });
    await pulumi.runtime.disconnect();
  }, 120_000);
  afterAll(() => jest.restoreAllMocks());

  const request = (type: string, name: string) => {
    const found = requests.find((each) => each.getType() === type && each.getName() === name);
    if (!found) throw new Error(`no ${type} ${name}`);
    return found;
  };

  test.each([
    ["plain", ["ami"]],
    ["pinned", []],
    ["rolling", []],
    ["once", ["ami", "metadataOptions.httpEndpoint"]],
    ["taken", ["ami", "rootBlockDevice", "associatePublicIpAddress", "userData", "userDataBase64"]],
  ])("of %s, changes that would replace or undo are ignored", (name, ignored) => {
    expect(request(INSTANCE, name).getIgnorechangesList()).toEqual(ignored);
  });

  test("an adopted machine has the place of the old one as its alias", () => {
    const [alias] = request(INSTANCE, "taken").getAliasesList();
    expect(alias?.getSpec()?.toObject()).toMatchObject({ name: "old", noparent: true });
  });

  test("another name for a renamed component reaches the engine, which follows it to the children", () => {
    const [alias] = request("ec2-hardening:index:HardenedInstance", "renamed").getAliasesList();
    expect(alias?.getSpec()?.getName()).toBe("before");
  });

  test("a provider reaches the children and the look-up of the image", () => {
    for (const type of [INSTANCE, "aws:iam/role:Role"])
      expect(request(type, "abroad").getProvider()).toContain("frankfurt");
    expect(calls.filter((provider) => provider?.includes("frankfurt"))).toHaveLength(1);
  });

  test("a transform changes arguments and options", () => {
    expect(request(INSTANCE, "changed").getProtect()).toBe(true);
    expect(request(INSTANCE, "changed").getObject()?.toJavaScript()).toMatchObject({ disableApiTermination: true });
  });

  test("a transform returns other arguments, and what it assigns is none", () => {
    const inputs = (name: string) => request(INSTANCE, name).getObject()?.toJavaScript();
    expect(inputs("other")).toMatchObject({ ebsOptimized: true, instanceType: "t3.micro" });
    expect(inputs("assigned")).toMatchObject({
      creditSpecification: { cpuCredits: "standard" },
      instanceType: "t3.micro",
    });
  });

  test("a transform that goes on later is refused", () => {
    const later: () => unknown = () => Promise.resolve();
    expect(() => transformed(later, {}, {})).toThrow("transform: is asynchronous");
  });

  test("volumes have the operations that are asked for", () => {
    const inputs = (type: string) => request(type, "fast").getObject()?.toJavaScript();
    expect(inputs(INSTANCE)).toMatchObject({ rootBlockDevice: { volumeType: "io2", iops: 4000 } });
    expect(inputs(TEMPLATE)).toMatchObject({ blockDeviceMappings: [{ ebs: { volumeType: "io2", iops: 4000 } }] });
  });

  test("a machine is replaced for its user data where that is asked for", () => {
    expect(request(INSTANCE, "replaced").getObject()?.toJavaScript()).toMatchObject({ userDataReplaceOnChange: true });
    expect(request(INSTANCE, "plain").getObject()?.toJavaScript()).not.toHaveProperty("userDataReplaceOnChange");
  });

  test.each([
    [INSTANCE, "plain"],
    [INSTANCE, "shared"],
    [TEMPLATE, "template"],
  ])("%s %s is made when its role may do all that it may", (type, name) => {
    const awaited = request(type, name).getDependenciesList().join("\n");
    expect(awaited).toContain(ROLE_POLICY);
    if (name !== "plain") expect(awaited).toContain("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
  });

  test("an attachment has the name of its policy", () => {
    const attached = requests.filter((each) => each.getType() === "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(attached.map((each) => each.getName())).toEqual(["alone-AmazonSSMManagedEC2InstanceDefaultPolicy"]);
  });

  test("children stand below their component", () => {
    expect(request(INSTANCE, "plain").getParent()).toContain("ec2-hardening:index:HardenedInstance::plain");
    expect(request("ec2-hardening:index:HardenedInstanceProfile", "plain").getParent()).toContain(
      "HardenedInstance::plain",
    );
    expect(request("aws:iam/role:Role", "plain").getParent()).toContain("HardenedInstanceProfile::plain");
  });
});
