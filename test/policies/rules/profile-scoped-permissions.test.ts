import { createHash } from "node:crypto";
import { catalogue } from "../../../policies/iam/catalogue";
import { messages, unknown, verdicts } from "../harness";
import {
  allow,
  arn,
  deny,
  document,
  exempts,
  inline,
  judges,
  judgesObjects,
  managed,
  PASS,
  program,
  VIOLATION,
  type Row,
} from "./roles";

const POLICY = "profile-scoped-permissions";
const BUCKET = "arn:aws:s3:::logs";
const OBJECTS = `${BUCKET}/*`;
const twice = [...VIOLATION, ...VIOLATION];
const ec2 = (resource: string): string => `arn:aws:ec2:*:*:${resource}`;
const tagged = (value: string) => ({ StringEquals: { "aws:ResourceTag/app": value } });

const WILDCARDS: readonly Row[] = [
  [
    "reads and writes of one bucket",
    inline(allow(["s3:GetObject", "s3:PutObject"], OBJECTS), allow("s3:ListBucket", BUCKET)),
    PASS,
  ],
  ["a whole service on one bucket", inline(allow("s3:*", [BUCKET, OBJECTS])), PASS],
  ["a whole service", inline(allow("sqs:*", "*"), deny("sqs:ReceiveMessage")), VIOLATION],
  ["a whole service that is denied again", inline(allow("sqs:*"), deny("sqs:*")), PASS],
  [
    "everything but two services, on one bucket",
    inline({ Effect: "Allow", NotAction: ["iam:*", "kms:*"], Resource: OBJECTS }),
    PASS,
  ],
  [
    "what is left of NotAction, on everything",
    inline({
      Effect: "Allow",
      NotAction: catalogue()
        .services.filter((service) => /^[a-eikls]/.test(service))
        .map((service) => `${service}:*`),
      Resource: "*",
    }),
    twice,
  ],
  ["everything but one resource", inline({ Effect: "Allow", Action: "s3:PutObject", NotResource: OBJECTS }), VIOLATION],
];

const CHANGES: readonly Row[] = [
  ["writes on everything", inline(allow("dynamodb:PutItem")), VIOLATION],
  [
    "writes on everything of one account",
    inline(allow("dynamodb:PutItem", "arn:aws:dynamodb:*:111122223333:table/*")),
    VIOLATION,
  ],
  ["writes by a prefix", inline(allow("dynamodb:PutItem", "arn:aws:dynamodb:*:*:table/shop-*")), PASS],
  ["writes on what carries a tag", inline(allow("ec2:StopInstances", "*", tagged("shop"))), PASS],
  ["writes that cannot be limited", inline(allow(["cloudwatch:PutMetricData", "ssm:UpdateInstanceInformation"])), PASS],
  ["writes that cannot be limited to resources at all", inline(allow("ec2:DescribeInstances")), PASS],
  ["tags on everything", inline(allow("ec2:CreateTags")), VIOLATION],
  [
    "tags on what a call creates",
    inline(allow("ec2:CreateTags", "*", { StringEquals: { "ec2:CreateAction": "RunInstances" } })),
    PASS,
  ],
  ["opens every bucket", inline(allow("s3:PutBucketPolicy")), VIOLATION],
  ["opens its bucket", inline(allow("s3:PutBucketPolicy", BUCKET)), PASS],
  ["shares every snapshot", inline(allow("ec2:ModifySnapshotAttribute")), VIOLATION],
  ["puts any address on any machine", inline(allow("ec2:AssociateAddress")), VIOLATION],
  [
    "puts any address on any machine, written as ARNs",
    inline(allow("ec2:AssociateAddress", [ec2("elastic-ip/*"), ec2("instance/*")])),
    VIOLATION,
  ],
  [
    "puts one address on any machine",
    inline(
      allow("ec2:AssociateAddress", [ec2("elastic-ip/eipalloc-1"), ec2("instance/*"), ec2("network-interface/*")]),
    ),
    PASS,
  ],
  ["puts an address on machines, and has none", inline(allow("ec2:AssociateAddress", ec2("instance/*"))), PASS],
  ["tags every machine", inline(allow("ec2:CreateTags", ec2("instance/*"))), VIOLATION],
  ["writes every object, written as an ARN", inline(allow("s3:PutObject", "arn:aws:s3:::*/*")), VIOLATION],
];

const READS: readonly Row[] = [
  ["every object", inline(allow("s3:GetObject")), VIOLATION],
  ["every object, written as an ARN", inline(allow("s3:GetObject", "arn:aws:s3:::*/*")), VIOLATION],
  ["every object of one bucket", inline(allow("s3:GetObject", OBJECTS)), PASS],
  ["every item", inline(allow(["dynamodb:GetItem", "dynamodb:Query"])), VIOLATION],
  [
    "items by the caller's choice of region",
    inline(allow("dynamodb:Query", "*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } })),
    VIOLATION,
  ],
  ["every message", inline(allow("sqs:ReceiveMessage")), VIOLATION],
  ["copies of every snapshot", inline(allow("ec2:CopySnapshot")), VIOLATION],
  ["a copy of one snapshot", inline(allow("ec2:CopySnapshot", "arn:aws:ec2:*::snapshot/snap-1")), PASS],
  ["every disk from its snapshots", inline(allow(["ebs:ListSnapshotBlocks", "ebs:GetSnapshotBlock"])), VIOLATION],
  [
    "names and states",
    inline(allow(["ec2:DescribeInstances", "s3:ListAllMyBuckets", "cloudwatch:GetMetricData"])),
    PASS,
  ],
  ["every description of EC2, user data among them", inline(allow("ec2:Describe*")), VIOLATION],
  [
    "every secret from one network",
    inline(allow("secretsmanager:GetSecretValue", "*", { StringEquals: { "aws:SourceVpc": "vpc-1" } })),
    VIOLATION,
  ],
];

const STEPPED_DOWN: readonly Row[] = [
  ["writes another role by name", inline(allow("iam:PutRolePolicy", arn("role/deploy"))), VIOLATION],
  ["passes every role, and can make nothing", inline(allow("iam:PassRole")), VIOLATION],
  [
    "passes a role outside the program to a machine by tag",
    inline(allow("iam:PassRole", arn("role/deploy")), allow("ec2:RunInstances", "*", tagged("x"))),
    VIOLATION,
  ],
  [
    "runs commands on machines with a tag",
    inline(allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/shop-*"], tagged("shop"))),
    VIOLATION,
  ],
  [
    "runs commands on one machine",
    inline(allow("ssm:SendCommand", ["arn:aws:ec2:*:*:instance/i-0", "arn:aws:ssm:*::document/AWS-RunShellScript"])),
    VIOLATION,
  ],
  [
    "assumes a role of another account by name",
    inline(allow("sts:AssumeRole", "arn:aws:iam::444455556666:role/audit")),
    VIOLATION,
  ],
];

const DEAD: readonly Row[] = [
  ["the list of buckets, on every bucket", inline(allow("s3:ListAllMyBuckets", "arn:aws:s3:::*")), PASS],
  ["the list of buckets, on one", inline(allow("s3:ListAllMyBuckets", BUCKET)), VIOLATION],
  ["the list of buckets, on every queue", inline(allow("s3:ListAllMyBuckets", "arn:aws:sqs:::*")), VIOLATION],
  ["an action without its service, for which IAM refuses the document", inline(allow("GetObject", OBJECTS)), PASS],
  ["an action with a typing mistake", inline(allow("s3:GetObjects", OBJECTS)), VIOLATION],
  ["an action with a space around it", inline(allow("s3:GetObject ", OBJECTS)), VIOLATION],
  [
    "a statement that needs MFA",
    inline(allow("s3:GetObject", OBJECTS, { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
    VIOLATION,
  ],
  ["a statement for its user's name", inline(allow("s3:GetObject", `${BUCKET}/\${aws:username}/*`)), VIOLATION],
  ["resources of another service", inline(allow("s3:GetObject", "arn:aws:sqs:eu-west-1:111122223333:jobs")), VIOLATION],
  [
    "a statement that is over",
    inline(allow("s3:GetObject", OBJECTS, { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })),
    VIOLATION,
  ],
];

const MANAGED: readonly Row[] = [
  ["AmazonSSMManagedInstanceCore, which reads every parameter", managed("AmazonSSMManagedInstanceCore"), VIOLATION],
  [
    "AmazonSSMManagedEC2InstanceDefaultPolicy, which does not",
    managed("AmazonSSMManagedEC2InstanceDefaultPolicy"),
    PASS,
  ],
  ["AmazonS3FullAccess, once", managed("AmazonS3FullAccess"), VIOLATION],
  ["AmazonEC2RoleforSSM, which AWS has given up", managed("service-role/AmazonEC2RoleforSSM"), VIOLATION],
  ["AWSXRayDaemonWriteAccess", managed("AWSXRayDaemonWriteAccess"), PASS],
  ["AmazonEKSWorkerNodeMinimalPolicy", managed("AmazonEKSWorkerNodeMinimalPolicy"), PASS],
  ["two broad policies, each once", managed("AmazonS3FullAccess", "AmazonSQSFullAccess"), twice],
  ["an administrator, which says it all", managed("AdministratorAccess"), PASS],
];

const NOT_KNOWN: readonly Row[] = [
  ["a document that is not known, which is for the mandatory policies", { inline: [unknown] }, PASS],
  ["a boundary that is not known, as well", { ...inline(allow("s3:GetObject")), boundary: unknown }, PASS],
  [
    "a boundary within which nothing is left",
    { ...inline(allow("s3:PutObject")), boundary: document(allow("sqs:SendMessage")) },
    PASS,
  ],
  ["one statement with two faults, which are two", inline(allow(["s3:GetObject", "s3:PutObject"])), twice],
  ["two that one wildcard brings about, which are one", inline(allow("s3:*Object*")), VIOLATION],
  ["a service that reads and writes", inline(allow("s3:*")), VIOLATION],
  ["one of two services that reads", inline(allow(["s3:*", "ecs:*"])), VIOLATION],
];

judges(POLICY, [...WILDCARDS, ...CHANGES, ...READS, ...STEPPED_DOWN, ...DEAD, ...MANAGED, ...NOT_KNOWN]);

judgesObjects(POLICY, [
  ["an unknown resource", [allow("s3:PutObject", unknown)], PASS],
  ["an unknown resource beside a fault", [allow("s3:PutObject", unknown), allow("sqs:SendMessage")], VIOLATION],
]);

exempts(POLICY, inline(allow("sqs:*"), deny("sqs:ReceiveMessage")));

test("the message about an AWS managed policy names the narrower one", () => {
  const [message] = messages(POLICY, program("aws", managed("AmazonSSMManagedInstanceCore")));
  expect(message).toContain(
    "AWS managed policy AmazonSSMManagedInstanceCore allows ssm:GetParameter, ssm:GetParameters",
  );
  expect(message).toContain("role app (on web) reads every parameter");
  expect(message).toContain("`AmazonSSMManagedEC2InstanceDefaultPolicy`");
});

test.each<[string, ReturnType<typeof allow>, string]>([
  [
    "a write",
    allow("sqs:SendMessage"),
    "Statement 0 of inline policy inline-0 allows sqs:SendMessage on everything: whoever has the credentials of role app (on web) acts on what belongs to every other workload in the account.",
  ],
  [
    "NotResource",
    { Effect: "Allow", Action: "s3:ListBucket", NotResource: BUCKET },
    "Statement 0 of inline policy inline-0 allows its actions on everything but what `NotResource` names: whoever has the credentials of role app (on web) reaches whatever is made tomorrow as well.",
  ],
  [
    "one wildcard that reads and opens",
    allow("s3:*Object*"),
    "Statement 0 of inline policy inline-0 allows s3:GetObject, s3:GetObjectVersion on everything: whoever has the credentials of role app (on web) reads every object, and opens resources to other accounts, or to everyone.",
  ],
])("the message about %s", (_, statement, expected) => {
  const [message = ""] = messages(POLICY, program("aws", inline(statement)));
  expect(message.split("\n")[0]).toBe(expected);
});

describe("a Sid", () => {
  const place = (Sid: string): string => {
    const [message = ""] = messages(POLICY, program("aws", inline({ ...allow("sqs:SendMessage"), Sid })));
    return message.slice(0, message.indexOf(" of inline policy"));
  };

  test.each(["Queues", "SendToQueues", "AllowSQS", "EC2AndS3Access", "S3", "VisualEditor0", "sendJobs", "OpsLogs2"])(
    "of words is shown: %s",
    (sid) => {
      expect(place(sid)).toBe(`Statement 0 (${sid})`);
    },
  );

  test("that may be a token is not", () => {
    const digest = (seed: number, encoding: "hex" | "base64") =>
      createHash("sha256").update(String(seed)).digest(encoding).replaceAll(/\W/g, "");
    for (let seed = 0; seed < 200; seed++) {
      const letters = digest(seed, "base64");
      const tokens = [
        letters.slice(0, 20),
        letters.slice(0, 40),
        digest(seed, "hex").slice(0, 32),
        `AKIA${letters.toUpperCase().slice(0, 16)}`,
        `Token${letters.slice(0, 16)}`,
        String(1e12 + seed),
      ];
      for (const token of tokens) expect(place(token)).toBe("Statement 0");
    }
  });

  test("as long as a key is not", () => {
    expect(place("Word".repeat(11))).toBe("Statement 0");
  });
});

test("a document that IAM refuses is one finding, of the policy that lists what is open", () => {
  const written = program("aws", inline(allow("GetObject", OBJECTS)));
  expect(verdicts("profile-no-admin", written)).toEqual(["unverified app"]);
  expect(verdicts(POLICY, written)).toEqual([]);
});

test("the message about an action that does not exist does not repeat it", () => {
  const [message] = messages(POLICY, program("aws", inline(allow("s3:GetObjects", OBJECTS))));
  expect(message).toMatch(/^Statement 0 of inline policy inline-0 /);
  expect(message).not.toContain("GetObjects");
});
