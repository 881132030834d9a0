import { messages, resource, unknown, verdicts } from "../harness";
import {
  admit,
  allow,
  arn,
  deny,
  document,
  exempts,
  inline,
  judges,
  judgesObjects,
  managed,
  otherMachine,
  otherRole,
  PASS,
  program,
  UNVERIFIED,
  VIOLATION,
  type Given,
  type Row,
} from "./roles";

const POLICY = "profile-no-privilege-escalation";
const OWN = arn("role/app-1a");
const OTHER = arn("role/deploy");
const passedTo = (...services: string[]) => ({ StringEquals: { "iam:PassedToService": services } });
const policyArn = (...arns: string[]) => ({ ArnLike: { "iam:PolicyARN": arns } });
const tagged = (value: string) => ({ StringEquals: { "aws:ResourceTag/app": value } });

const REWRITES: readonly Row[] = [
  ["writes any role", inline(allow("iam:PutRolePolicy")), VIOLATION],
  ["writes its own role", inline(allow("iam:PutRolePolicy", OWN)), VIOLATION],
  ["writes roles by a prefix that its own has", inline(allow("iam:PutRolePolicy", arn("role/app-*"))), VIOLATION],
  [
    "writes its own role in an account that is not named",
    inline(allow("iam:PutRolePolicy", "arn:aws:iam::*:role/app-1a")),
    VIOLATION,
  ],
  ["writes another role by name", inline(allow("iam:PutRolePolicy", OTHER)), PASS],
  [
    "writes another role and lets itself in",
    inline(allow(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"], OTHER)),
    VIOLATION,
  ],
  [
    "writes another role and assumes it",
    inline(allow("iam:PutRolePolicy", OTHER), allow("sts:AssumeRole", OTHER)),
    VIOLATION,
  ],
  [
    "several ways in one statement are one",
    inline(allow(["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"])),
    VIOLATION,
  ],
  [
    "attaches whatever AWS manages",
    inline(allow("iam:AttachRolePolicy", OWN, policyArn("arn:aws:iam::aws:policy/*"))),
    VIOLATION,
  ],
  ["attaches one policy", inline(allow("iam:AttachRolePolicy", OWN, policyArn(arn("policy/logs")))), PASS],
  [
    "writes roles within a boundary",
    inline(allow("iam:PutRolePolicy", "*", { ArnEquals: { "iam:PermissionsBoundary": arn("policy/limit") } })),
    PASS,
  ],
  [
    "writes a policy that it has",
    { attached: [document(allow("iam:CreatePolicyVersion", arn("policy/policy-0")))] },
    VIOLATION,
  ],
  ["writes a policy that it does not have", inline(allow("iam:CreatePolicyVersion", arn("policy/other"))), PASS],
  [
    "writes AWS's own policies, which nobody can",
    inline(allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*")),
    PASS,
  ],
  ["takes its boundary off", inline(allow("iam:DeleteRolePermissionsBoundary")), VIOLATION],
  ["makes keys of any user", inline(allow("iam:CreateAccessKey")), VIOLATION],
  [
    "makes keys of one's own user, which a role is not",
    inline(allow("iam:CreateAccessKey", arn("user/${aws:username}"))),
    PASS,
  ],
  [
    "all but one role is denied again",
    inline(allow("iam:PutRolePolicy"), deny("iam:PutRolePolicy", arn("role/*"))),
    PASS,
  ],
];

const PASSES: readonly Row[] = [
  ["passes every role to a machine of its making", inline(allow(["iam:PassRole", "ec2:RunInstances"])), VIOLATION],
  [
    "the same in two policies",
    { inline: [document(allow("iam:PassRole")), document(allow("ec2:RunInstances"))] },
    VIOLATION,
  ],
  ["passes every role, and can make nothing", inline(allow("iam:PassRole")), PASS],
  [
    "passes every role of its account",
    inline(allow("iam:PassRole", arn("role/*")), allow("ec2:RunInstances")),
    VIOLATION,
  ],
  [
    "passes every role to EC2 alone, and runs machines",
    inline(allow("iam:PassRole", "*", passedTo("ec2.amazonaws.com")), allow("ec2:RunInstances")),
    VIOLATION,
  ],
  [
    "passes every role to EC2 alone, and makes functions",
    inline(
      allow("iam:PassRole", "*", passedTo("ec2.amazonaws.com")),
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
    ),
    PASS,
  ],
  [
    "passes every role to functions, and makes functions",
    inline(
      allow("iam:PassRole", "*", passedTo("lambda.amazonaws.com")),
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
    ),
    VIOLATION,
  ],
  [
    "passes roles by their tag, which IAM does not support",
    inline(allow("iam:PassRole", "*", { StringEquals: { "iam:ResourceTag/app": "shop" } }), allow("ec2:RunInstances")),
    VIOLATION,
  ],
  ["passes its own role", inline(allow("iam:PassRole", OWN), allow("ec2:RunInstances")), PASS],
  ["passes a role outside the program", inline(allow("iam:PassRole", OTHER), allow("ec2:RunInstances")), PASS],
  ["a Deny of passing", inline(allow(["iam:PassRole", "ec2:RunInstances"]), deny("iam:PassRole")), PASS],
  [
    "a boundary without passing",
    { ...inline(allow(["iam:PassRole", "ec2:RunInstances"])), boundary: document(allow("ec2:*")) },
    PASS,
  ],
];

/** A role of the program that the machine's role may pass or assume. */
const beside = (
  written: Given,
  statements: Parameters<typeof otherRole>[1],
  trust?: Parameters<typeof otherRole>[2],
): Given => ({
  ...written,
  more: otherRole("deploy", statements, trust),
});
const runs = inline(allow("iam:PassRole", OTHER), allow("ec2:RunInstances"));
const assumes = inline(allow("sts:AssumeRole", OTHER));

const REACH: readonly Row[] = [
  ["passes a stronger role of the program", beside(runs, [allow("*")]), VIOLATION],
  ["passes a harmless role of the program", beside(runs, [allow("s3:GetObject", "arn:aws:s3:::logs/*")]), PASS],
  [
    "passes a stronger role that EC2 may not take",
    beside(runs, [allow("*")], [admit({ Service: "lambda.amazonaws.com" })]),
    PASS,
  ],
  ["assumes every role", inline(allow("sts:AssumeRole")), VIOLATION],
  [
    "assumes a role of another account by name",
    inline(allow("sts:AssumeRole", "arn:aws:iam::444455556666:role/audit")),
    PASS,
  ],
  ["assumes a stronger role that trusts it", beside(assumes, [allow("*")], [admit({ AWS: OWN })]), VIOLATION],
  [
    "assumes a stronger role that trusts its account",
    beside(assumes, [allow("*")], [admit({ AWS: arn("root") })]),
    VIOLATION,
  ],
  ["assumes a stronger role that does not trust it", beside(assumes, [allow("*")]), PASS],
  [
    "assumes a harmless role",
    beside(assumes, [allow("s3:GetObject", "arn:aws:s3:::logs/*")], [admit({ AWS: OWN })]),
    PASS,
  ],
];

const machineOf = (tag: string, statements: Parameters<typeof otherRole>[1]) => [
  ...otherRole("deploy", statements),
  ...otherMachine("ops", "deploy", { tags: { app: tag } }),
];
const sendTo = (tag: string, ...more: ReturnType<typeof allow>[]) =>
  inline(
    allow("ssm:SendCommand", "arn:aws:ec2:*:*:instance/*", tagged(tag)),
    allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/*"),
    ...more,
  );

const COMMANDS: readonly Row[] = [
  ["runs commands on every machine", inline(allow("ssm:SendCommand")), VIOLATION],
  ["opens sessions on every machine", inline(allow("ssm:StartSession")), VIOLATION],
  ["runs commands on machines with a tag", sendTo("shop"), PASS],
  ["and may set that tag", sendTo("shop", allow("ec2:CreateTags")), VIOLATION],
  [
    "runs commands on a machine with a stronger role",
    { ...sendTo("ops"), more: machineOf("ops", [allow("iam:*")]) },
    VIOLATION,
  ],
  ["rewrites every function", inline(allow("lambda:UpdateFunctionCode")), VIOLATION],
  [
    "rewrites one function",
    inline(allow("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:a")),
    PASS,
  ],
  ["turns version 1 back on", inline(allow("ec2:ModifyInstanceMetadataOptions")), VIOLATION],
  [
    "of the machine itself",
    inline(
      allow("ec2:ModifyInstanceMetadataOptions", "*", {
        StringEquals: { "ec2:SourceInstanceARN": "${ec2:SourceInstanceARN}" },
      }),
    ),
    VIOLATION,
  ],
  [
    "turns version 1 off, and only that",
    inline(
      allow("ec2:ModifyInstanceMetadataOptions", "*", { StringEquals: { "ec2:Attribute/HttpTokens": "required" } }),
    ),
    PASS,
  ],
  ["sets the account's default", inline(allow("ec2:ModifyInstanceMetadataDefaults")), VIOLATION],
];

const PRESCRIBED: readonly Row[] = [
  "AmazonSSMManagedInstanceCore",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "service-role/AmazonEC2ContainerServiceforEC2Role",
  "CloudWatchAgentServerPolicy",
  "AmazonEC2ContainerRegistryReadOnly",
].map((name) => [`carries ${name}`, managed(name), PASS] as const);

const MANAGED: readonly Row[] = [
  ["carries AmazonSSMFullAccess", managed("AmazonSSMFullAccess"), VIOLATION],
  ["is an administrator, which says it all", managed("AdministratorAccess"), PASS],
  ["has the Action in capitals", inline(allow("IAM:PUTROLEPOLICY")), VIOLATION],
];

const NOT_KNOWN: readonly Row[] = [
  ["a document that is not known", { inline: [unknown] }, UNVERIFIED],
  ["one that is not known beside a finding", { inline: [document(allow("iam:PutRolePolicy")), unknown] }, VIOLATION],
  ["a boundary that is not known, over much", { ...inline(allow("iam:PutRolePolicy")), boundary: unknown }, UNVERIFIED],
  ["a boundary that is not known, over little", { ...inline(allow("s3:GetObject")), boundary: unknown }, PASS],
];

judges(POLICY, [...REWRITES, ...PASSES, ...REACH, ...COMMANDS, ...PRESCRIBED, ...MANAGED, ...NOT_KNOWN]);

judgesObjects(POLICY, [
  ["an unknown resource", [allow("iam:PutRolePolicy", unknown)], UNVERIFIED],
  ["an unknown resource of a harmless action", [allow("s3:GetObject", unknown)], PASS],
  ["an unknown resource to pass", [allow("iam:PassRole", unknown), allow("ec2:RunInstances")], UNVERIFIED],
  ["an unknown Deny", [allow("iam:PutRolePolicy"), deny("iam:PutRolePolicy", unknown)], UNVERIFIED],
]);

exempts(POLICY, inline(allow("iam:PutRolePolicy")));

test("onUnverified", () => {
  expect(verdicts(POLICY, program("aws", { inline: [unknown] }), { onUnverified: "violation" })).toEqual(VIOLATION);
});

test("a document whose statements are not known is not said to have none", () => {
  const given = { inline: [{ Version: "2012-10-17", Statement: unknown }] };
  expect(verdicts(POLICY, program("aws-native", given))).toEqual(UNVERIFIED);
  const [message] = messages(POLICY, program("aws-native", given), { onUnverified: "violation" });
  expect(message).toMatch(/waits for a value that is not known yet\./);
});

test("the message names both statements, what is called, who can, and the way out", () => {
  const given = { inline: [document(allow("iam:PassRole")), document(allow("ec2:RunInstances"))] };
  const [message] = messages(POLICY, program("aws", given));
  expect(message).toContain("iam:PassRole + ec2:RunInstances");
  expect(message).toContain("Statement 0 of inline policy inline-0");
  expect(message).toContain("statement 0 of inline policy inline-1");
  expect(message).toContain("role app (on web)");
  expect(message).toMatch(/\nName the roles it may pass/);
});

test("the message names the stronger role, and no account", () => {
  const [message] = messages(POLICY, program("aws", beside(runs, [allow("*")])));
  expect(message).toMatch(/ on .*stronger.* role deploy /);
  expect(message).not.toContain("111122223333");
});

test("a role outside the stack is judged by what the program attaches to it, at the machine", () => {
  const written = [
    resource("InstanceProfile", "p", { name: "p-1", role: "shared" }),
    resource("Instance", "a", { iamInstanceProfile: "p-1" }),
    resource("RolePolicy", "more", { role: "shared", policy: JSON.stringify(document(allow("iam:PutRolePolicy"))) }),
  ];
  expect(verdicts(POLICY, written)).toEqual(["violation a"]);
});
