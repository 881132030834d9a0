/** Every way to ask for a machine, as JSON. */
import fc from "fast-check";
import type { HardenedAutoScalingGroupArgs } from "../../components";
import * as grants from "../../components/plan/grants";
import type { PlannedArgs } from "../../components/plan/launched-by";
import { IMAGES } from "../../components/plan/images";
import type { Case } from "./harness";

const later = (name: string) => fc.constant({ later: name });
const optional = { requiredKeys: [] as [] };

const SECRET_ARN = "arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-AbCdEf";
const PARAMETER_ARN = "arn:aws:ssm:us-west-2:111122223333:parameter/shop/db";
const KEY_ARN = "arn:aws:kms:us-west-2:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";

const UNSEEN = { apply: null };

const grant = fc.oneof(
  fc.constant({ grant: "grantReadSecret", with: [SECRET_ARN] }),
  fc.constant({ grant: "grantReadSecret", with: [{ later: "secretArn" }, { kmsKey: { later: "keyArn" } }] }),
  fc.constant({ grant: "grantReadParameter", with: [PARAMETER_ARN, { kmsKey: KEY_ARN }] }),
  fc.constant({ grant: "grantReadBucket", with: [{ later: "bucketArn" }, "releases/"] }),
  fc.constant({ grant: "grantReadBucket", with: ["arn:aws:s3:::releases", "", { kmsKey: { later: "keyArn" } }] }),
  fc.constant({ grant: "grantPutMetrics", with: ["Shop/Web"] }),
  fc.constant({ grant: "grantSessionManager", with: [] }),
  fc.constant({
    grant: "grantStatements",
    with: [[{ Action: ["sqs:ReceiveMessage"], Resource: "arn:aws:sqs:us-west-2:111122223333:jobs" }]],
  }),
  fc.constant({
    grant: "grantManagedPolicies",
    with: [["arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"]],
  }),
  // Broad ones, which are refused.
  fc.constant({ grant: "grantManagedPolicies", with: [["arn:aws:iam::aws:policy/AmazonS3FullAccess"]] }),
  fc.constant({ grant: "grantStatements", with: [[{ Action: "*", Resource: "*" }]] }),
);

const place = {
  neededBy: fc.constantFrom([], ["web.service", "jobs@1.service"]),
  group: fc.constantFrom("web", "1001"),
  key: fc.constant("password"),
  kmsKey: fc.oneof(fc.constant(KEY_ARN), later("keyArn")),
  file: fc.constantFrom("db-password", "/run/secrets/app/db"),
  environment: fc.constant({ unit: "web.service", variable: "DATABASE_PASSWORD" }),
  owner: fc.constantFrom("root", "web"),
  mode: fc.constantFrom("0600", "0640", "0644"),
};

const secret = fc.oneof(
  fc.record({ secret: fc.oneof(fc.constant(SECRET_ARN), later("secretArn")), ...place }, { requiredKeys: ["secret"] }),
  fc.record({ parameter: fc.constant(PARAMETER_ARN), ...place }, { requiredKeys: ["parameter"] }),
);

const userData = fc.record(
  {
    files: fc.array(
      fc.record(
        {
          path: fc.constantFrom("/etc/app.conf", "etc/app.conf"),
          content: fc.oneof(
            fc.string({ maxLength: 200 }),
            fc.string({ unit: "binary", maxLength: 9000 }),
            later("text"),
          ),
          contentBase64: fc.constantFrom("AP8=", "not base64"),
          owner: fc.constantFrom("root:root", "web"),
          permissions: fc.constant("0640"),
        },
        { requiredKeys: ["path"] },
      ),
      { maxLength: 2 },
    ),
    cloudConfig: fc.oneof(
      fc.constant({ packages: ["nginx"] }),
      fc.constant("packages: [nginx]\n"),
      fc.constant({ users: ["default", { name: "web" }], write_files: [{ path: "/etc/web", content: "a\r\nb" }] }),
      fc.constant({ hostname: { later: "name" } }),
      later("settings"),
    ),
    scripts: fc.array(fc.oneof(fc.constant("#!/bin/bash\necho ready\n"), later("text"), later("promise")), {
      maxLength: 2,
    }),
    commands: fc.array(
      fc.oneof(
        fc.constantFrom(
          "systemctl restart nginx",
          "echo 'it''s done'",
          "cat << 'END'\n--==ec2-hardening-1==\nEND",
          "a\0b",
        ),
        later("name"),
      ),
      { maxLength: 2 },
    ),
  },
  optional,
);

const often = <T>(likely: T, ...others: T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(likely) }, { weight: 1, arbitrary: fc.constantFrom(likely, ...others) });

const machine = fc.record(
  {
    image: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...IMAGES.slice(0, 5)) }, fc.constantFrom(...IMAGES)),
    ami: fc.constant("ami-0123456789abcdef0"),
    instanceType: fc.oneof(fc.constantFrom("t3.micro", "m7gd.large", "g4dn.xlarge"), later("size")),
    architecture: fc.constantFrom("x86_64", "arm64"),
    imds: fc.constantFrom("required", "required", "required", "off", "boot-only"),
    allowedUsers: fc.constantFrom([], ["web"], ["web", "jobs"]),
    containerHost: often(false, true),
    containerInterfaces: fc.constantFrom(["br-apps"], ["eni*"]),
    userData,
    secrets: fc.array(secret, { maxLength: 2 }),
    profile: later("profile"),
    grants: fc.array(grant, { maxLength: 3 }),
    permissionsBoundary: fc.oneof(
      fc.constant("arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"),
      later("boundaryArn"),
    ),
    sessionManager: fc.boolean(),
    patching: fc.constantFrom("security", "all", "off"),
    rebootWindow: fc.constantFrom({ start: "03:30" }, { days: ["Sun"], start: "24:00" }),
    rootVolume: fc.record(
      { size: fc.constantFrom(20, 0), type: fc.constant("gp3"), kmsKeyId: later("keyArn") },
      optional,
    ),
    monitoring: fc.boolean(),
    tags: fc.constantFrom({ Team: "shop" }, { Name: "other" }),
    keyName: fc.constant("ops"),
    associatePublicIpAddress: fc.boolean(),
    securityGroupIds: fc.oneof(fc.constant(["sg-0123456789abcdef0"]), fc.constant([{ later: "groupId" }])),
  },
  optional,
);

/** What an instance alone takes. */
const ofInstance = fc.record(
  {
    subnetId: fc.oneof(fc.constant("subnet-0123456789abcdef0"), later("subnetId")),
    replaceOnNewImage: fc.boolean(),
    replaceOnNewUserData: fc.boolean(),
    adopt: often<string | undefined>(undefined, "old"),
  },
  optional,
);

/** Fewer of the arguments at once, so that most of what is asked for can be had. */
const sparse = fc
  .tuple(machine, fc.uniqueArray(fc.nat(30), { maxLength: 5 }))
  .map(([args, picks]) => Object.fromEntries(Object.entries(args).filter((_, index) => picks.includes(index))));

/** Machines with and without public addresses do not share the one profile that is given. */
const anyMachine = fc
  .oneof({ weight: 4, arbitrary: sparse }, { weight: 1, arbitrary: machine })
  .map((args) => ("profile" in args ? { ...args, associatePublicIpAddress: false } : args));

/** A template of a service, with what it takes and a little that it may refuse. */
const launched = fc
  .tuple(sparse, fc.constantFrom("eks", "batch"), fc.nat(3))
  .map(([args, launchedBy, odd]) => ({ ...(odd === 0 ? args : accepted(args)), launchedBy }));

const OF_SERVICE = [
  "image",
  "instanceType",
  "imds",
  "grants",
  "permissionsBoundary",
  "sessionManager",
  "profile",
  "associatePublicIpAddress",
];

function accepted(args: object): object {
  const kept = Object.entries(args).filter(([name]) => !OF_SERVICE.includes(name));
  const { secrets, ...rest } = Object.fromEntries(kept) as Record<string, unknown>;
  return { ...rest, ...(secrets !== undefined && { secrets, profile: { later: "profile" } }) };
}

const group = fc.record(
  {
    subnetIds: fc.oneof(fc.constant(["subnet-0123456789abcdef0"]), fc.constant([{ later: "subnetId" }])),
    targetGroupArns: fc.constant([{ later: "targetGroupArn" }]),
    healthCheckGracePeriod: fc.constantFrom(0, 600),
    minSize: fc.constantFrom(0, 1, 3),
    maxSize: fc.constantFrom(2, 4),
    desiredCapacity: fc.constantFrom(1, 5),
    healthCheckType: fc.constantFrom("EC2", "ELB"),
    instanceRefresh: fc.constantFrom(false, {}, { minHealthyPercentage: 50, instanceWarmup: 60 }),
  },
  { requiredKeys: ["subnetIds"] },
);

const profile = fc.record(
  {
    grants: fc.array(grant, { maxLength: 4 }),
    sessionManager: fc.boolean(),
    permissionsBoundary: later("boundaryArn"),
    tags: fc.constantFrom({ Team: "shop" }, { Name: "other" }),
  },
  optional,
);

const shape: fc.Arbitrary<Omit<Case, "name">> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyMachine, ofInstance)
      .map(([args, others]) => ({ component: "HardenedInstance", args: { ...args, ...others } })),
  },
  { weight: 1, arbitrary: fc.record({ component: fc.constant("HardenedInstanceProfile"), args: profile }) },
  { weight: 2, arbitrary: fc.record({ component: fc.constant("HardenedLaunchTemplate"), args: anyMachine }) },
  { weight: 1, arbitrary: fc.record({ component: fc.constant("HardenedLaunchTemplate"), args: launched }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyMachine, group)
      .map(([args, ofGroup]) => ({ component: "HardenedAutoScalingGroup", args: { ...args, ...ofGroup } })),
  },
);

/** Components of different names. */
export function components(count: number, seed: number): readonly Case[] {
  return fc.sample(shape, { seed, numRuns: count }).map((each, index) => ({ ...each, name: `m${String(index)}` }));
}

/** Arguments as the plan sees them: what a program knows only later is an output that nobody may look into. */
export function planArguments(args: object): HardenedAutoScalingGroupArgs & PlannedArgs {
  return revived(args) as HardenedAutoScalingGroupArgs & PlannedArgs;
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  if ("later" in value) return LATER[String(value.later)] ?? { apply: null };
  if ("grant" in value && "with" in value) return GRANTS[String(value.grant)]?.(...(revived(value.with) as unknown[]));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner)]));
}

/** The profile has the grants of that in programs/machines. */
const LATER: Readonly<Record<string, unknown>> = {
  promise: { then: null },
  profile: {
    urn: { apply: null },
    grants: [
      grants.grantReadSecret(SECRET_ARN, { kmsKey: KEY_ARN }),
      grants.grantReadSecret(UNSEEN, { kmsKey: UNSEEN }),
      grants.grantBootOnly(),
    ],
  },
};

const GRANTS = grants as unknown as Readonly<Record<string, (...args: unknown[]) => grants.Grant>>;

/** Arguments of one machine, as the plan sees them. */
export const machineArguments = fc.oneof({ weight: 3, arbitrary: anyMachine }, launched).map(planArguments);
