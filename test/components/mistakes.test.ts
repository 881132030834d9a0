/** What programs without types, or with values that are no references, write. */
import fc from "fast-check";
import * as components from "../../components";
import { matchesGlob } from "../../policies/glob";
import { planAlarms } from "../../components/plan/alarm";
import { planGroup } from "../../components/plan/group";
import { planGuardrails } from "../../components/plan/guardrails";
import { planInstance, planTemplate } from "../../components/plan/machine";
import { planProfile } from "../../components/plan/profile";
import { argumentsOf } from "../../components/plan/shape";
import { machineArguments } from "./space";

const SECRET = "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-AbCdEf";
const KEY = "arn:aws:kms:us-west-2:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
const BUCKET = "arn:aws:s3:::shop-releases";
const AWS = "arn:aws:iam::aws:policy";
const LATER = { apply: null };
const urn = LATER;

const PLANS = {
  HardenedInstance: (args: object) => planInstance(args, "web"),
  HardenedLaunchTemplate: (args: object) => planTemplate(args, "web"),
  HardenedAutoScalingGroup: (args: object) => planGroup({ subnetIds: ["subnet-0abc"], ...args }, "web"),
  HardenedInstanceProfile: (args: object) => planProfile(args),
  ImdsUsageAlarm: (args: object) => planAlarms(args),
  ImdsGuardrails: (args: object) => planGuardrails(args),
} as const;
const NAMES = Object.keys(PLANS) as (keyof typeof PLANS)[];

const of = (component: keyof typeof PLANS, args: object) => PLANS[component](args).problems;
const wrong = (args: object, component: keyof typeof PLANS = "HardenedInstance") =>
  of(component, args).map(({ property }) => property);

test("every component that users get is planned here", () => {
  expect(
    Object.keys(components)
      .filter((name) => /^[A-Z]/.test(name))
      .sort(),
  ).toEqual([...NAMES].sort());
});

describe("values of the wrong type", () => {
  test.each<[object, string[]]>([
    [
      { userData: { files: [{ path: "/etc/app", content: "a", permissions: 644 }] } },
      ["userData.files[0].permissions"],
    ],
    [{ userData: { scripts: "#!/bin/sh\n" } }, ["userData.scripts"]],
    [{ userData: [] }, ["userData"]],
    [{ userData: { cloudConfig: 7 } }, ["userData.cloudConfig"]],
    [{ allowedUsers: "app" }, ["allowedUsers"]],
    [{ allowedUsers: ["app", 7] }, ["allowedUsers[1]"]],
    [{ allowedUsers: LATER }, ["allowedUsers"]],
    [{ imds: "on" }, ["imds"]],
    [{ imds: true }, ["imds"]],
    [{ sessionManager: "yes" }, ["sessionManager"]],
    [{ subnetId: null }, ["subnetId"]],
    [
      { instanceType: 3, rootVolume: { size: "20" }, tags: { Team: 7 } },
      ["instanceType", "rootVolume.size", "tags.Team"],
    ],
    [
      { secrets: [{ secret: SECRET, file: "db", environment: { unit: "web.service" } }] },
      ["secrets[0].environment.variable"],
    ],
    [{ secrets: [undefined] }, ["secrets[0]"]],
    [{ grants: ["s3:*"] }, ["grants[0]"]],
    [{ grants: [{ readSecret: SECRET }] }, ["grants[0].readSecret"]],
    [{ grants: [{ statements: [{ Action: "s3:GetObject" }] }] }, ["grants[0].statements[0].Resource"]],
    [{ rebootWindow: "03:30" }, ["rebootWindow"]],
    [{ transform: () => undefined }, ["transform"]],
    [{ transform: { instance: { tags: {} } } }, ["transform"]],
    [{ profile: 7 }, ["profile"]],
    [{ profile: { name: "web" } }, ["profile"]],
  ])("%j", (args, expected) => {
    expect(wrong(args)).toEqual(expected);
  });

  test("a mistake of the type and one of the value are told at once", () => {
    expect(wrong({ monitoring: 1, rootVolume: { size: -1 } })).toEqual(["monitoring", "rootVolume.size"]);
  });

  test("what is undefined is left out, and what is known later has its type", () => {
    expect(wrong({ subnetId: LATER, ami: undefined, tags: { Team: LATER, Cost: undefined } })).toEqual([]);
    expect(wrong({ userData: { cloudConfig: { users: [{ name: LATER }] } } })).toEqual([]);
    expect(wrong({ securityGroupIds: LATER })).toEqual([]);
    expect(wrong({ securityGroupIds: [LATER] })).toEqual([]);
  });

  test("arguments that are none", () => {
    for (const name of NAMES.filter((each) => each !== "HardenedAutoScalingGroup"))
      for (const args of [null, "web", [], LATER]) expect(wrong(args as object, name)).toEqual(["args"]);
  });

  test.each(NAMES)("whatever stands in an argument of %s, the plan tells it and does not fail", (name) => {
    const argument = fc.constantFrom(...argumentsOf(name));
    const value = fc.oneof(fc.anything({ withNullPrototype: false }), fc.constant(LATER));
    fc.assert(
      fc.property(machineArguments, fc.uniqueArray(fc.tuple(argument, value), { maxLength: 3 }), (args, others) => {
        const isMachine = name.startsWith("Hardened") && !name.endsWith("Profile");
        const given = { ...(isMachine ? args : {}), ...Object.fromEntries(others) };
        for (const { property, reason } of of(name, given)) expect([property, reason]).not.toContain("");
      }),
      { numRuns: 60 },
    );
  });
});

describe("names of arguments", () => {
  test.each([
    ["vpcSecurityGroupIds", "securityGroupIds"],
    ["iamInstanceProfile", "profile"],
    ["metadataOptions", "imds"],
    ["instancetype", "instanceType"],
  ])("%s is %s here", (name, expected) => {
    const [problem] = of("HardenedInstance", { [name]: "x" });
    expect(problem?.property).toBe(name);
    expect(problem?.reason).toContain(`write ${expected}`);
  });

  test("others are told with those there are", () => {
    expect(of("HardenedInstance", { ebsOptimised: true })[0]?.reason).toMatch(/subnetId.*transform/);
    expect(wrong({ userData: { file: [] } })).toEqual(["userData.file"]);
    expect(wrong({ subnetId: "subnet-0abc" }, "HardenedLaunchTemplate")).toEqual(["subnetId"]);
    expect(wrong({ launchedBy: "eks" })).toEqual(["launchedBy"]);
    expect(wrong({ launchedBy: "eks" }, "HardenedAutoScalingGroup")).toEqual(["launchedBy"]);
    expect(wrong({ constructor: 1 })).toEqual(["constructor"]);
    expect(wrong({ metric: [] }, "ImdsUsageAlarm")).toEqual(["metric"]);
    expect(wrong({ serviceControlPolicy: { targetId: "r-abcd" } }, "ImdsGuardrails")).toEqual([
      "serviceControlPolicy.targetId",
    ]);
  });
});

describe("grants", () => {
  const grant = (each: components.Grant) => wrong({ grants: [each] });
  const { grantReadBucket, grantReadParameter, grantReadSecret, grantPutMetrics, grantManagedPolicies } = components;

  test.each<[string, components.Grant, string[]]>([
    ["every secret", grantReadSecret(SECRET.replace("shop/db-AbCdEf", "*")), ["grants[0].readSecret.arn"]],
    ["secrets by a pattern", grantReadSecret(SECRET.replace("AbCdEf", "??????")), ["grants[0].readSecret.arn"]],
    ["a name", grantReadSecret("shop/db"), ["grants[0].readSecret.arn"]],
    [
      "a parameter as a secret",
      grantReadSecret("arn:aws:ssm:us-west-2:111122223333:parameter/db"),
      ["grants[0].readSecret.arn"],
    ],
    [
      "an alias of a key",
      grantReadSecret(SECRET, { kmsKey: KEY.replace(/key.*/, "alias/db") }),
      ["grants[0].readSecret.kmsKey"],
    ],
    [
      "every parameter",
      grantReadParameter("arn:aws:ssm:us-west-2:111122223333:parameter/*"),
      ["grants[0].readParameter.arn"],
    ],
    ["every bucket", grantReadBucket("arn:aws:s3:::*", "web/"), ["grants[0].readBucket.bucketArn"]],
    ["a name of a bucket", grantReadBucket("shop-releases", "web/"), ["grants[0].readBucket.bucketArn"]],
    ["objects for a bucket", grantReadBucket(`${BUCKET}/*`, ""), ["grants[0].readBucket.bucketArn"]],
    ["a star", grantReadBucket(BUCKET, "*/private"), ["grants[0].readBucket.prefix"]],
    ["a variable", grantReadBucket(BUCKET, "${aws:userid}/"), ["grants[0].readBucket.prefix"]],
    ["a key of S3 by a pattern", grantReadBucket(BUCKET, "", { kmsKey: "*" }), ["grants[0].readBucket.kmsKey"]],
    ["no namespace", grantPutMetrics(" "), ["grants[0].putMetrics"]],
    ["a name of a policy", grantManagedPolicies(["AmazonS3FullAccess"]), ["grants[0].managedPolicies[0]"]],
    [
      "broad policies, each",
      grantManagedPolicies([`${AWS}/AdministratorAccess`, `${AWS}/AmazonS3FullAccess`, `${AWS}/IAMFullAccess`]),
      [0, 1, 2].map((index) => `grants[0].managedPolicies[${String(index)}]`),
    ],
    [
      "no reason",
      grantManagedPolicies([`${AWS}/AmazonS3FullAccess`], { acknowledgeBroad: " " }),
      ["grants[0].acknowledgeBroad"],
    ],
    ["what may be had", grantReadBucket(BUCKET, "web/", { kmsKey: KEY }), []],
    ["a secret by its name, without the six characters", grantReadSecret(SECRET.slice(0, -7), { kmsKey: KEY }), []],
    [
      "what is known later",
      { readSecret: { arn: LATER, kmsKey: LATER }, readBucket: { bucketArn: LATER, prefix: "" } },
      [],
    ],
    [
      "a whole part of the parameters, as a statement",
      { statements: [{ Action: "ssm:GetParameter", Resource: "arn:aws:ssm:us-west-2:111122223333:parameter/shop/*" }] },
      [],
    ],
  ])("%s", (_what, given, expected) => {
    expect([...new Set(grant(given))].sort()).toEqual([...expected].sort());
  });

  test("a mistake is told once", () => {
    expect(grant(grantReadSecret("shop/db"))).toHaveLength(1);
    expect(grant(grantReadBucket("arn:aws:s3:::*", ""))).toHaveLength(1);
  });

  test("two statements of one name", () => {
    const statement = {
      Sid: "Jobs",
      Action: "sqs:ReceiveMessage",
      Resource: "arn:aws:sqs:us-west-2:111122223333:jobs",
    };
    const grants = [{ statements: [statement] }, { statements: [{ ...statement, Sid: "Other" }, statement] }];
    expect(wrong({ grants })).toEqual(["grants[1].statements[1].Sid"]);
  });

  test("statements of a component have no names that a user's could clash with", () => {
    const { inline } = planProfile({ grants: [components.grantBootOnly(), grantReadSecret(SECRET, { kmsKey: KEY })] });
    expect(inline?.Statement.map(({ Sid }) => Sid)).toEqual(inline?.Statement.map(() => undefined));
  });

  test("sessions are granted once", () => {
    const twice = planProfile({ grants: [components.grantSessionManager()] });
    expect(twice.inline).toEqual(planProfile({}).inline);
  });

  test("a bucket's key decrypts what S3 sends of the bucket and nothing else", () => {
    const { inline } = planProfile({
      grants: [grantReadBucket(BUCKET, "web/", { kmsKey: KEY })],
      sessionManager: false,
    });
    expect(inline?.Statement).toContainEqual({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: KEY,
      Condition: {
        StringLike: {
          "kms:ViaService": "s3.*.amazonaws.com",
          "kms:EncryptionContext:aws:s3:arn": [BUCKET, `${BUCKET}/web/*`],
        },
      },
    });
  });

  test("managed policies are told apart by what they are, and not by their place", () => {
    const own = "arn:aws:iam::111122223333:policy/team/app";
    const keys = (arns: components.Grant["managedPolicies"]) =>
      planProfile({ grants: [{ managedPolicies: arns ?? [] }] }).managedPolicies.map(([key]) => key);
    expect(keys([`${AWS}/service-role/AmazonEC2ContainerServiceforEC2Role`, own])).toEqual([
      "service-role/AmazonEC2ContainerServiceforEC2Role",
      "111122223333/team/app",
    ]);
    expect(keys([own, own])).toEqual(["111122223333/team/app"]);
    expect(keys([own, LATER, { ...LATER }])).toEqual(["111122223333/team/app", "0", "1"]);
  });

  test.each([
    ["aws-cn", "s3.cn-north-1.amazonaws.com.cn"],
    ["aws-eusc", "s3.eusc-de-east-1.amazonaws.eu"],
    ["aws-us-gov", "s3.us-gov-west-1.amazonaws.com"],
  ])("in the partition %s a bucket's key decrypts for S3", (partition, service) => {
    const grants = [grantReadBucket(`arn:${partition}:s3:::shop-releases`, "", { kmsKey: KEY })];
    const decrypt = planProfile({ grants }).inline?.Statement.find(({ Action }) => Action === "kms:Decrypt");
    const via = decrypt?.Condition?.["StringLike"]?.["kms:ViaService"];
    expect(typeof via === "string" && matchesGlob(via, service)).toBe(true);
  });
});

describe("beside a given profile", () => {
  const secrets = [{ secret: SECRET, kmsKey: KEY, file: "db" }];
  const withGrants = (...grants: components.Grant[]) => ({ urn, grants });
  const { grantBootOnly, grantReadParameter, grantReadSecret, grantStatements } = components;

  test.each<[string, object, string[]]>([
    ["secrets, by name", { profile: "shared", secrets }, ["secrets[0]"]],
    ["secrets, by a name that is known later", { profile: LATER, secrets }, ["secrets[0]"]],
    ["boot-only, by name", { profile: "shared", imds: "boot-only" }, ["imds"]],
    ["neither", { profile: "shared" }, []],
    ["a profile that grants nothing", { profile: withGrants(), secrets }, ["secrets[0]"]],
    ["boot-only and a profile that grants nothing", { profile: withGrants(), imds: "boot-only" }, ["imds"]],
    ["the secret without its key", { profile: withGrants(grantReadSecret(SECRET)), secrets }, ["secrets[0]"]],
    [
      "another secret",
      { profile: withGrants(grantReadSecret(`${SECRET}x`, { kmsKey: KEY })), secrets },
      ["secrets[0]"],
    ],
    ["a parameter", { profile: withGrants(grantReadParameter(LATER, { kmsKey: KEY })), secrets }, ["secrets[0]"]],
    ["the secret", { profile: withGrants(grantReadSecret(SECRET, { kmsKey: KEY })), secrets }, []],
    ["one that is known later", { profile: withGrants(grantReadSecret(LATER, { kmsKey: LATER })), secrets }, []],
    [
      "statements of one's own",
      {
        profile: withGrants(
          grantStatements([
            { Action: ["secretsmanager:Get*"], Resource: SECRET.replace("db-AbCdEf", "*") },
            { Action: "kms:Decrypt", Resource: [KEY] },
          ]),
        ),
        secrets,
      },
      [],
    ],
    [
      "a statement that denies",
      {
        profile: withGrants(
          grantStatements([{ Effect: "Deny", Action: "secretsmanager:GetSecretValue", Resource: SECRET }]),
        ),
        secrets: [{ secret: SECRET, file: "db" }],
      },
      ["secrets[0]"],
    ],
    ["turning the endpoint off", { profile: withGrants(grantBootOnly()), imds: "boot-only" }, []],
  ])("%s", (_what, args, expected) => {
    expect(wrong(args)).toEqual(expected);
    expect(wrong(args, "HardenedLaunchTemplate")).toEqual(expected);
  });
});

describe("a machine that is adopted", () => {
  test.each<[object]>([
    [{ allowedUsers: [] }],
    [{ containerHost: true }],
    [{ secrets: [{ secret: SECRET, file: "db" }] }],
    [{ userData: { commands: ["echo ready"] } }],
    [{ imds: "boot-only" }],
    [{ patching: "all" }],
    [{ rebootWindow: { start: "03:30" } }],
    [{ replaceOnNewUserData: true }],
  ])("%j never reaches it", (args) => {
    expect(wrong({ adopt: "old", ...args })).toEqual(Object.keys(args));
  });

  test("the rest does", () => {
    expect(wrong({ adopt: "old", patching: "off", sessionManager: false, imds: "required" })).toEqual([]);
  });
});

test.each<[keyof typeof PLANS, object, string[]]>([
  ["HardenedInstance", { image: "windows-2025", rebootWindow: { start: "03:30" } }, ["rebootWindow"]],
  ["HardenedInstance", { imds: "off", rebootWindow: { start: "03:30" } }, ["rebootWindow"]],
  ["HardenedAutoScalingGroup", { subnetIds: [] }, ["subnetIds"]],
  ["HardenedAutoScalingGroup", { subnetIds: undefined }, ["subnetIds"]],
  ["HardenedAutoScalingGroup", { healthCheckGracePeriod: -1 }, ["healthCheckGracePeriod"]],
  [
    "HardenedAutoScalingGroup",
    { instanceRefresh: { minHealthyPercentage: 101 } },
    ["instanceRefresh.minHealthyPercentage"],
  ],
  ["HardenedAutoScalingGroup", { instanceRefresh: { instanceWarmup: 0.5 } }, ["instanceRefresh.instanceWarmup"]],
  ["HardenedAutoScalingGroup", { instanceRefresh: true }, ["instanceRefresh"]],
  ["HardenedAutoScalingGroup", { template: { urn }, ami: "ami-0abc", tags: {} }, ["ami"]],
  ["HardenedInstance", { rootVolume: { type: "io2" } }, ["rootVolume.iops"]],
  ["HardenedInstance", { rootVolume: { type: "io1", iops: 0 } }, ["rootVolume.iops"]],
  ["HardenedInstance", { rootVolume: { type: "gp2", iops: 3000 } }, ["rootVolume.iops"]],
  ["HardenedInstance", { rootVolume: { type: "io2", iops: 4000 } }, []],
  ["HardenedInstance", { profile: "arn:aws:iam::111122223333:instance-profile/web" }, ["profile"]],
  ["HardenedInstance", { profile: "" }, ["profile"]],
  ["HardenedInstance", { architecture: "arm64" }, ["architecture"]],
  ["HardenedInstance", { architecture: "x86_64", instanceType: "t4g.small" }, ["architecture"]],
  ["HardenedInstance", { architecture: "arm64", instanceType: "mac2.metal" }, []],
  ["HardenedInstance", { architecture: "arm64", ami: "ami-0abc" }, []],
  [
    "HardenedInstance",
    { containerHost: true, containerInterfaces: ["br-apps", "eth0", "e*", "ens*", "eni*"] },
    [1, 2, 3].map((index) => `containerInterfaces[${String(index)}]`),
  ],
  ["HardenedInstance", { userData: { cloudConfig: { cloud_final_modules: [] } } }, ["userData.cloudConfig"]],
  ["HardenedInstance", { userData: { cloudConfig: "cloud_init_modules: []\n" } }, ["userData.cloudConfig"]],
  ["HardenedInstance", { userData: { cloudConfig: { packages: () => [] } } }, ["userData.cloudConfig"]],
  ["HardenedInstance", { userData: { cloudConfig: { users: [{ uid: 1001n }] } } }, ["userData.cloudConfig"]],
  ["HardenedInstance", { userData: { cloudConfig: { packages: undefined } } }, []],
])("%s with %j", (component, args, expected) => {
  expect(wrong(args, component)).toEqual(expected);
});

test.each([
  [10, []],
  [20, ["grants"]],
])("%i secrets that a customer managed key encrypts, by the policies that a role takes", (count, expected) => {
  const secrets = Array.from({ length: count }, (_, index) => SECRET.replace("db", `db${String(index)}`));
  const grants = secrets.map((arn) => components.grantReadSecret(arn, { kmsKey: KEY }));
  expect(wrong({ grants }, "HardenedInstanceProfile")).toEqual(expected);
});

test("values of one secret for many variables take one permission of the role", () => {
  const values = Array.from({ length: 30 }, (_, index) => `VALUE_${String(index)}`);
  const secrets = values.map((variable) => ({
    secret: SECRET,
    kmsKey: KEY,
    key: variable,
    environment: { unit: "web.service", variable },
  }));
  const { needs } = planInstance({ secrets }, "web");
  const { problems, inline } = planProfile({ grants: needs, sessionManager: false });
  expect([problems, inline?.Statement.length]).toEqual([[], 2]);
});
