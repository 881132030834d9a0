import { catalogue } from "../../../policies/iam/catalogue";
import { KINDS } from "../../../policies/rules/narrower";
import { messages, resource, type Written } from "../harness";

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
};

function allow(action: unknown, on: unknown = "*") {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: on }] };
}

/** A machine with a role of one statement, and whatever else its program makes. */
function machine(action: unknown, others: readonly Written[] = [], needs: readonly string[] = []): readonly Written[] {
  return [
    resource("Role", "app", { name: "app", assumeRolePolicy: TRUST }),
    resource("RolePolicy", "access", { role: "app", policy: allow(action) }, { edges: { role: ["app"] } }),
    resource("InstanceProfile", "profile", { name: "profile", role: "app" }, { edges: { role: ["app"] } }),
    resource(
      "Instance",
      "web",
      { iamInstanceProfile: "profile" },
      { edges: { iamInstanceProfile: ["profile"], userData: needs } },
    ),
    ...others,
  ];
}

const parameter = (name: string): Written => resource("aws:ssm/parameter:Parameter", name, { type: "String" });
const bucket = (name: string): Written => resource("aws:s3/bucket:Bucket", name, {});
const CREDENTIALS = "profile-no-credential-access";
const SCOPE = "profile-scoped-permissions";

/** The last line of the only message. */
function fix(policy: string, written: readonly Written[]): string {
  const found = messages(policy, written);
  expect(found).toHaveLength(1);
  const lines = found.join("").split("\n");
  expect(lines).toHaveLength(2);
  return lines[1] ?? "";
}

test.each<[what: string, policy: string, action: unknown, others: Written[], needs: string[], expected: string]>([
  [
    "a template of the ARN where the program makes nothing of the kind",
    CREDENTIALS,
    "ssm:GetParameter",
    [],
    [],
    '{ Action: "ssm:GetParameter", Resource: "arn:aws:ssm:REGION:ACCOUNT:parameter/NAME" }',
  ],
  [
    "what the program makes",
    CREDENTIALS,
    ["ssm:GetParameter", "ssm:GetParameters"],
    [parameter("db-password")],
    [],
    '{ Action: ["ssm:GetParameter", "ssm:GetParameters"], Resource: dbPassword.arn }',
  ],
  [
    "of much, what the machine depends on",
    CREDENTIALS,
    "ssm:GetParameter",
    ["one", "two", "three"].map(parameter),
    ["two"],
    "Resource: two.arn",
  ],
  [
    "a template where there is too much",
    CREDENTIALS,
    "ssm:GetParameter",
    ["one", "two", "three"].map(parameter),
    [],
    "parameter/NAME",
  ],
  [
    "what is below a bucket",
    SCOPE,
    "s3:GetObject",
    [bucket("files")],
    [],
    '{ Action: "s3:GetObject", Resource: pulumi.interpolate`${files.arn}/*` }',
  ],
  [
    "what is usual for a whole service",
    SCOPE,
    "sns:*",
    [],
    [],
    '{ Action: "sns:Publish", Resource: "arn:aws:sns:REGION:ACCOUNT:NAME" }',
  ],
  [
    "what an administrator may need",
    "profile-no-admin",
    "*",
    [bucket("files"), parameter("token")],
    [],
    '`${files.arn}/*` } and { Action: "ssm:GetParameter", Resource: token.arn }',
  ],
  [
    "roles that may be passed, and no stronger one",
    SCOPE,
    "iam:PassRole",
    [
      resource("Role", "job", { name: "job", assumeRolePolicy: TRUST }),
      resource("Role", "root", {
        name: "root",
        assumeRolePolicy: TRUST,
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      }),
    ],
    [],
    '{ Action: "iam:PassRole", Resource: job.arn }',
  ],
  ["every part of an ARN", SCOPE, "s3:PutObject", [], [], '"arn:aws:s3:::BUCKET/OBJECT"'],
])("the message names %s", (_, policy, action, others, needs, expected) => {
  expect(fix(policy, machine(action, others, needs))).toContain(expected);
});

test.each<[string, string, unknown, string]>([
  ["a named role", SCOPE, ["sts:AssumeRole"], "arn:aws:iam::444455556666:role/audit"],
  ["roles by a prefix", SCOPE, ["sts:AssumeRole"], "arn:aws:iam::444455556666:role/audit-*"],
])("of %s, no other name is suggested", (_, policy, action, on) => {
  const written = machine(action).map((each) =>
    each.name === "access" ? { ...each, inputs: { ...each.inputs, policy: allow(action, on) } } : each,
  );
  expect(fix(policy, written)).not.toContain("e.g.");
});

test("a name that is no identifier is left out, however it is made", () => {
  const hostile = ["1", "-", "`${x}`", "a\nb"].map(parameter);
  for (const each of hostile) {
    expect(fix(CREDENTIALS, machine("ssm:GetParameter", [each]))).toMatch(
      /Resource: (?:[A-Za-z]\w*\.arn|"arn:[^"]*") }\.$/,
    );
  }
});

test("what is written about a managed policy is what to attach instead", () => {
  const written = [
    resource("Role", "app", {
      name: "app",
      assumeRolePolicy: TRUST,
      managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"],
    }),
    resource("InstanceProfile", "profile", { role: "app" }, { edges: { role: ["app"] } }),
  ];
  expect(fix(SCOPE, written)).not.toContain("e.g.");
});

test("every kind is a resource type of the data", () => {
  const known = new Set(
    catalogue().services.flatMap((service) =>
      catalogue()
        .ofService(service)
        .flatMap(({ required, optional }) => [...required, ...optional].map((type) => `${type.service}:${type.name}`)),
    ),
  );
  expect(KINDS.map(({ type }) => type).filter((type) => !known.has(type))).toEqual([]);
  const usual = KINDS.flatMap((kind) => kind.usual ?? []);
  expect(usual.filter((name) => catalogue().action(name) === undefined)).toEqual([]);
});
