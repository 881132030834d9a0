import fc from "fast-check";
import { renderBoot } from "../../components/boot/boot";
import { isResolved, planBoot } from "../../components/plan/boot";
import { architectureOf, IMAGES, imageFacts } from "../../components/plan/images";
import { planMachine, planTemplate } from "../../components/plan/machine";
import { machineArguments } from "./space";

const properties = (args: Parameters<typeof planMachine>[0]) =>
  planTemplate(args, "web").problems.map(({ property }) => property);

const AMI = "ami-0123456789abcdef0";
const LATER = Promise.resolve("t3.micro");
const SECRETS = [{ secret: "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-AbCdEf", file: "db" }];
const GRANTS = [{ managedPolicies: ["arn:aws:iam::111122223333:policy/app"] }];
const KNOWN = { files: [], cloudConfig: { packages: ["nginx"] }, scripts: [], commands: ["echo ready"] };

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe("over all inputs", () => {
  test("the same arguments make the same plan, and stay as they are", () => {
    fc.assert(
      fc.property(machineArguments, (args) => {
        expect(planMachine(frozen(args), "web")).toEqual(planMachine(args, "web"));
      }),
    );
  });

  test("the endpoint is on exactly where a role, user data or a key pair needs it", () => {
    fc.assert(
      fc.property(machineArguments, (args) => {
        const { problems, metadataOptions, role, boot } = planMachine(args, "web");
        fc.pre(problems.length === 0);
        const isNeeded =
          args.launchedBy !== undefined || role !== "none" || boot !== undefined || args.keyName !== undefined;
        expect(metadataOptions.httpEndpoint).toBe(isNeeded ? "enabled" : "disabled");
        if (args.imds === "off") expect(isNeeded).toBe(false);
      }),
    );
  });

  test("what boot does, plainly known, becomes the same user data each time, or says why not", () => {
    fc.assert(
      fc.property(machineArguments, (args) => {
        fc.pre(planMachine(args, "web").problems.length === 0);
        const plan = planBoot(args, args.image ?? "al2023");
        if (plan === undefined) return;
        const boot = { ...plan, secrets: [], userData: KNOWN };
        if (!isResolved(boot)) throw new Error("something is not known");
        const rendered = renderBoot(boot);
        expect(rendered).toEqual(renderBoot(boot));
        expect(rendered.userData === undefined).toBe(rendered.problems.length > 0);
      }),
      { numRuns: 60 },
    );
  });

  test("text of any size fits, or the problem is told", () => {
    const text = fc.string({ minLength: 0, maxLength: 40_000, unit: "binary-ascii" });
    fc.assert(
      fc.property(text, fc.boolean(), (content, isRandom) => {
        const line = isRandom ? Buffer.from(content, "latin1").toString("base64") : "x".repeat(content.length);
        const boot = planBoot(
          { patching: "off", userData: { files: [{ path: "/srv/data", content: line }] } },
          "al2023",
        );
        if (boot === undefined || !isResolved(boot)) throw new Error("no boot");
        const { problems, userData } = renderBoot(boot);
        if (userData === undefined) expect(problems.map(({ property }) => property)).toContain("userData");
        else expect(Buffer.from(userData.base64, "base64").length).toBeLessThanOrEqual(16_384);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a machine without arguments", () => {
  const plan = planMachine({}, "web");

  test("has a role for sessions, updates, and a metadata service that takes tokens only", () => {
    expect(plan.problems).toEqual([]);
    expect(plan.role).toBe("own");
    expect(plan.boot?.patching).toEqual({ updates: "security", rebootWindow: undefined });
    expect(plan.metadataOptions).toEqual({
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
      httpProtocolIpv6: "disabled",
      instanceMetadataTags: "disabled",
    });
    expect(plan.image.source).toEqual({
      parameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    });
  });
});

test.each<[string, Parameters<typeof planMachine>[0]]>([
  ["a node group of EKS", { launchedBy: "eks" }],
  ["a compute environment of Batch", { launchedBy: "batch", patching: "off" }],
])("%s decides image and role, and its machines have metadata for it", (_what, args) => {
  const { image, role, metadataOptions, sessionManager, boot } = planMachine(args, "nodes");
  expect({ source: image.source, role, sessionManager, boot }).toEqual({
    source: "service",
    role: "none",
    sessionManager: false,
    boot: undefined,
  });
  expect(metadataOptions.httpEndpoint).toBe("enabled");
});

test("no sessions by default where the image has no agent", () => {
  expect(planMachine({ image: "debian-12" }, "web")).toMatchObject({ sessionManager: false, role: "none" });
  expect(planMachine({ image: "ubuntu-24.04" }, "web")).toMatchObject({ sessionManager: true, role: "own" });
});

test.each([
  ["ecs-al2023", "x86_64", "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"],
  ["ecs-al2023", "arm64", "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"],
] as const)("%s of %s is found as ECS documents it", (image, architecture, parameter) => {
  expect(imageFacts(image).parameter(architecture)).toBe(parameter);
});

test("boot-only goes with users, for whom metadata are closed from the start of the boot", () => {
  const plan = planMachine({ imds: "boot-only", allowedUsers: [] }, "web");
  expect(plan.problems).toEqual([]);
  expect(plan.boot).toMatchObject({ bootOnly: true, reach: { users: [] } });
});

test("a service that adds to user data gets a message which it can read, however short", () => {
  const boot = planBoot({ launchedBy: "eks", userData: { commands: ["echo ready"] } }, "al2023");
  if (boot === undefined || !isResolved(boot)) throw new Error("no boot");
  const rendered = renderBoot(boot).userData;
  expect(rendered?.kind).toBe("text");
  expect(Buffer.from(rendered?.base64 ?? "", "base64").toString()).toMatch(/^Content-Type: multipart\/mixed; /);
  const large = { ...boot, userData: { ...boot.userData, commands: [`: ${"x".repeat(13_000)}`] } };
  expect(renderBoot(large).problems.map(({ property }) => property)).toEqual(["userData"]);
  expect(renderBoot({ ...large, isMerged: false }).problems).toEqual([]);
});

test.each([
  ["t3.micro", "x86_64"],
  ["t4g.small", "arm64"],
  ["a1.large", "arm64"],
  ["m7gd.xlarge", "arm64"],
  ["im4gn.large", "arm64"],
  ["is4gen.large", "arm64"],
  ["hpc7g.4xlarge", "arm64"],
  ["g4dn.xlarge", "x86_64"],
  ["g5g.xlarge", "arm64"],
  ["u7i-12tb.224xlarge", "x86_64"],
  ["x2iedn.xlarge", "x86_64"],
  ["c8gb.large", "arm64"],
  ["p6e-gb200.36xlarge", "arm64"],
  ["p6-b200.48xlarge", "x86_64"],
  ["m7i-flex.large", "x86_64"],
])("%s is %s", (type, architecture) => {
  expect(architectureOf(type)).toBe(architecture);
});

test.each(IMAGES)("%s has an image of the usual architecture", (image) => {
  expect(imageFacts(image).parameter("x86_64")).toMatch(/^\/aws\/service\//);
});

test.each<[string, Parameters<typeof planMachine>[0], string[]]>([
  ["a word that is no mode", { imds: "on" as "off" }, ["imds"]],
  [
    "off with all that needs it",
    { imds: "off", grants: [{ statements: [] }], keyName: "ops", allowedUsers: [] },
    ["grants", "allowedUsers", "keyName", "grants[0]"],
  ],
  ["off with sessions", { imds: "off", sessionManager: true }, ["sessionManager"]],
  ["sessions after a boot that ends the role", { imds: "boot-only", sessionManager: true }, ["sessionManager"]],
  [
    "secrets, which each boot fetches, after the one that ends the role",
    {
      imds: "boot-only",
      secrets: [{ parameter: "arn:aws:ssm:eu-west-1:111122223333:parameter/app/db", file: "db" }],
    },
    ["secrets"],
  ],
  ["sessions on Debian, which has no agent", { image: "debian-12", sessionManager: true }, ["sessionManager"]],
  ["sessions on an image of Debian that has the agent", { image: "debian-12", ami: AMI, sessionManager: true }, []],
  ["a service that launches nothing", { launchedBy: "ecs" as "eks" }, ["launchedBy"]],
  ["what EKS decides", { launchedBy: "eks", image: "debian-12", imds: "boot-only" }, ["imds", "image"]],
  [
    "the role that EKS gives",
    { launchedBy: "eks", grants: GRANTS, sessionManager: true },
    ["grants", "sessionManager"],
  ],
  ["a profile by its name for EKS", { launchedBy: "eks", profile: "nodes" }, ["profile"]],
  ["secrets without a role to read them", { launchedBy: "batch", secrets: SECRETS }, ["secrets"]],
  ["a type that Batch ignores", { launchedBy: "batch", instanceType: "m7i.large" }, ["instanceType"]],
  [
    "an address without security groups",
    { launchedBy: "eks", associatePublicIpAddress: false },
    ["associatePublicIpAddress"],
  ],
  ["an image of one's own for EKS", { launchedBy: "eks", image: "ubuntu-24.04", ami: AMI, instanceType: LATER }, []],
  ["Windows for EKS", { launchedBy: "eks", image: "windows-2022", ami: AMI }, ["image"]],
  ["restarts of what new images update", { image: "ecs-al2023", rebootWindow: { start: "03:30" } }, ["rebootWindow"]],
  ["Windows on Graviton", { image: "windows-2025", instanceType: "t4g.small" }, ["image"]],
  ["Windows with users", { image: "windows-2022", allowedUsers: ["app"] }, ["allowedUsers"]],
  ["a type that is known later", { instanceType: Promise.resolve("t3.micro") }, ["instanceType"]],
  [
    "a profile beside grants",
    { profile: "shared", grants: [{ managedPolicies: ["arn:aws:iam::111122223333:policy/app"] }] },
    ["grants"],
  ],
  ["a user that is no name", { allowedUsers: ["web", "$(id)"] }, ["allowedUsers[1]"]],
  ["interfaces without containers", { containerInterfaces: ["docker0"] }, ["containerInterfaces"]],
  ["a volume of no size", { rootVolume: { size: 0.5 } }, ["rootVolume.size"]],
  ["an administrator", { grants: [{ statements: [{ Action: "*", Resource: "*" }] }] }, ["grants[0]"]],
  [
    "a broad policy of AWS",
    { grants: [{}, { managedPolicies: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"] }] },
    ["grants[0]", "grants[1].managedPolicies[0]"],
  ],
  [
    "several at once",
    { imds: "offf" as "off", image: "centos" as "al2023", rootVolume: { size: -1 } },
    ["image", "imds", "rootVolume.size"],
  ],
])("%s is refused by the name of the argument", (_what, args, expected) => {
  expect(properties(args)).toEqual(expected);
});

test("a broad policy that is acknowledged is granted", () => {
  const grant = { managedPolicies: ["arn:aws:iam::aws:policy/AmazonS3FullAccess"], acknowledgeBroad: "Backup host" };
  expect(properties({ grants: [grant] })).toEqual([]);
});
