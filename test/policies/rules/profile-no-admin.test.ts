import { judgePolicy } from "../../../policies/judge";
import { Model } from "../../../policies/machine/model";
import { profileNoAdmin } from "../../../policies/rules/profile-no-admin";
import { policySettings } from "../../../policies/settings";
import { messages, resource, stack, TODAY, unknown, verdicts, type Written } from "../harness";
import {
  allow,
  arn,
  deny,
  document,
  EC2,
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
  type Row,
} from "./roles";

const POLICY = "profile-no-admin";
const everything = allow("*");

const ADMINISTRATORS: readonly Row[] = [
  ["no policy", {}, PASS],
  ["everything on everything", inline(everything), VIOLATION],
  ["every action of every service", inline(allow("*:*")), VIOLATION],
  ["in a customer managed policy", { attached: [document(everything)] }, VIOLATION],
  ["AdministratorAccess", managed("AdministratorAccess"), VIOLATION],
  ["administrator twice, which is one", { ...managed("AdministratorAccess"), ...inline(everything) }, VIOLATION],
  ["everything but IAM", inline({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), VIOLATION],
  ["PowerUserAccess", managed("PowerUserAccess"), VIOLATION],
  ["all of IAM", inline(allow("iam:*")), VIOLATION],
  ["all of IAM in its own account", inline(allow("iam:*", arn("*"))), VIOLATION],
  ["IAMFullAccess", managed("IAMFullAccess"), VIOLATION],
  [
    "two halves in two policies, which are one administrator",
    { inline: [document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), document(allow("iam:*"))] },
    VIOLATION,
  ],
  ["ReadOnlyAccess", managed("ReadOnlyAccess"), PASS],
  ["a whole service", inline(allow("s3:*")), PASS],
  ["everything on one bucket", inline(allow("*", ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"])), PASS],
  ["reads of IAM", inline(allow(["iam:Get*", "iam:List*"])), PASS],
];

const CONDITIONS: readonly Row[] = [
  ["over TLS only", inline(allow("*", "*", { Bool: { "aws:SecureTransport": "true" } })), VIOLATION],
  ["in one region", inline(allow("*", "*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } })), VIOLATION],
  ["from one network", inline(allow("*", "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })), VIOLATION],
  ["on what carries a tag", inline(allow("*", "*", { StringEquals: { "aws:ResourceTag/team": "shop" } })), PASS],
  ["where any tag will do", inline(allow("*", "*", { StringLike: { "aws:ResourceTag/team": "*" } })), VIOLATION],
  [
    "with MFA, which a machine never has",
    inline(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
    PASS,
  ],
  [
    "until a day that is over",
    inline(allow("*", "*", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })),
    PASS,
  ],
];

const LIMITS: readonly Row[] = [
  ["an unconditional Deny of everything", inline(everything, deny("*")), PASS],
  ["a Deny of all but a read", inline(everything, { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" }), PASS],
  ["a Deny of one action", inline(everything, deny("iam:CreateUser")), VIOLATION],
  ["a Deny of IAM, which leaves everything else", inline(everything, deny("iam:*")), VIOLATION],
  [
    "a Deny with a condition",
    inline(everything, deny("*", "*", { Bool: { "aws:SecureTransport": "false" } })),
    VIOLATION,
  ],
  ["a Deny on one bucket", inline(everything, deny("*", "arn:aws:s3:::logs/*")), VIOLATION],
  ["a Deny in another policy", { ...managed("AdministratorAccess"), ...inline(deny("*")) }, PASS],
  ["a boundary of one read", { ...inline(everything), boundary: document(allow("s3:GetObject")) }, PASS],
  ["a boundary of everything", { ...inline(everything), boundary: document(everything) }, VIOLATION],
  ["a boundary that denies everything", { ...inline(everything), boundary: document(everything, deny("*")) }, PASS],
  ["a boundary grants nothing", { boundary: document(everything) }, PASS],
];

const NOT_KNOWN: readonly Row[] = [
  ["a document that is not known", { inline: [unknown] }, UNVERIFIED],
  ["a policy that is not known", { attached: [unknown] }, UNVERIFIED],
  ["no JSON", { inline: ["{"] }, UNVERIFIED],
  ["no statements", { inline: [{ Version: "2012-10-17" }] }, UNVERIFIED],
  ["one that is not known beside an administrator", { inline: [document(everything), unknown] }, VIOLATION],
  ["a boundary that is not known", { ...inline(everything), boundary: unknown }, UNVERIFIED],
  ["a boundary that is not known, over little", { ...inline(allow("s3:GetObject")), boundary: unknown }, PASS],
  ["an AWS managed policy that the data lacks", managed("MadeUpTomorrow"), UNVERIFIED],
];

judges(POLICY, [...ADMINISTRATORS, ...CONDITIONS, ...LIMITS, ...NOT_KNOWN]);

judgesObjects(POLICY, [
  ["an unknown resource", [allow("*", unknown)], UNVERIFIED],
  ["an unknown resource among others", [allow("*", ["arn:aws:s3:::logs/*", unknown])], UNVERIFIED],
  ["an unknown resource of one action", [allow("s3:GetObject", unknown)], PASS],
  ["an unknown Deny", [everything, deny(unknown)], UNVERIFIED],
  ["an unknown statement beside an administrator", [everything, allow("s3:GetObject", unknown)], VIOLATION],
]);

const admin = otherRole("deploy", [everything]);
const node = resource("NodeGroup", "nodes", { nodeRoleArn: arn("role/deploy"), clusterName: "apps" });

test.each<[string, Written[], string[]]>([
  ["a role that no machine carries", admin, []],
  [
    "a profile without a machine",
    [...admin, resource("InstanceProfile", "p", { role: "deploy" })],
    ["violation deploy"],
  ],
  [
    "two machines with one role: once, at the role",
    [...admin, ...otherMachine("a", "deploy"), ...otherMachine("b", "deploy")],
    ["violation deploy"],
  ],
  ["the node role of a cluster", [...admin, node], ["violation deploy"]],
  [
    "the role of the cluster itself",
    [...admin, resource("aws:eks/cluster:Cluster", "apps", { roleArn: arn("role/deploy") })],
    [],
  ],
  [
    "a role outside the stack",
    [
      resource("InstanceProfile", "p", { name: "p-1", role: "shared" }),
      resource("Instance", "a", { iamInstanceProfile: "p-1" }),
    ],
    ["unverified a"],
  ],
  ["a profile outside the stack", [resource("Instance", "a", { iamInstanceProfile: "shared" })], ["unverified a"]],
  ["a machine without a profile", [resource("Instance", "a", {})], []],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

const administrator = program("aws", inline(everything));
const exemption = (name: string, expires = "2099-12-31") => ({
  exemptions: [{ resource: name, reason: "Builds the account", expires }],
});

test.each<[string, Written[], object, readonly string[]]>([
  ["an exemption names the role", administrator, exemption("app"), PASS],
  ["an exemption that names the machine is none", administrator, exemption("web"), VIOLATION],
  ["an exemption that is over", administrator, exemption("app", "2026-01-01"), VIOLATION],
  ["an exemption covers what is not known too", program("aws", { inline: [unknown] }), exemption("app"), PASS],
  ["onUnverified", program("aws", { inline: [unknown] }), { onUnverified: "violation" }, VIOLATION],
])("%s", (_, written, options, expected) => {
  expect(verdicts(POLICY, written, { ...options })).toEqual(expected);
});

test("the message names statement, policy, role and machines, and what to write", () => {
  const statement = { ...everything, Sid: "Deploy" };
  const written = program("aws", { inline: [document(allow("s3:GetObject", "arn:aws:s3:::logs/*"), statement)] });
  const [message] = messages(POLICY, [...written, ...otherMachine("batch", "app-1a")]);
  expect(message).toMatch(/^Statement 1 \(Deploy\) of inline policy inline-0 allows \* on everything/);
  expect(message).toContain("role app (on batch, web)");
  expect(message).toContain("owns the account");
  expect(message).toMatch(/\nName the actions/);
});

test("the fault is at the statement, in the policy that grants it", () => {
  const settings = policySettings(profileNoAdmin, "mandatory", {});
  const model = Model.ofStack(stack(program("aws", { attached: [document(everything)] })));
  const [finding] = judgePolicy(profileNoAdmin, model, settings, TODAY).findings;
  expect(finding?.resource).toBe("app");
  expect(finding?.path).toMatch(/^policy-0\.policy\.Statement\[0\]/);
});

test("names of accounts, roles and policies stay out of the message", () => {
  const written = program("aws", { ...inline({ ...everything, Sid: "x\u001b[31m; not a Sid" }), trust: document(EC2) });
  const text = messages(POLICY, written).join();
  for (const value of ["111122223333", "app-1a", "profile-1a", "\u001b"]) expect(text).not.toContain(value);
});

test("an AWS managed policy that the data lacks is not named: it may be no policy at all", () => {
  const [message] = messages(POLICY, program("aws", managed("MadeUpTomorrow")), { onUnverified: "violation" });
  expect(message).toContain("waits for an AWS managed policy that is not in the data about AWS.");
  expect(message).not.toContain("MadeUp");
});
