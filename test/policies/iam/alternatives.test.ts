/** One of several policies is attached: what holds for each of them stands, else it is open. */
import { explainRole, statementIds } from "../../../policies/iam/explain";
import { judgeStack } from "../../../policies/judge";
import { Model } from "../../../policies/machine/model";
import { readSettings } from "../../../policies/settings";
import { resource, stack, TODAY, unknown, verdicts, type Written } from "../harness";
import { allow, deny, document, inline, program } from "../rules/roles";

type Statement = ReturnType<typeof allow>;

const policy = (name: string, statement: Statement) =>
  resource("Policy", name, { name, policy: JSON.stringify(document(statement)) });
const attachment = (roles: readonly string[], policies: readonly string[], name = "attached") =>
  resource(
    "RolePolicyAttachment",
    name,
    { role: unknown, policyArn: unknown },
    { edges: { role: [...roles], policyArn: [...policies] } },
  );

/** A role with an inline policy, and one of two policies attached. */
function either(first: Statement, second: Statement, own: Statement = LITTLE): Written[] {
  const more = [policy("first", first), policy("second", second), attachment(["app"], ["first", "second"])];
  return [...program("aws", inline(own)), ...more];
}

const LITTLE = allow("s3:GetObject", "arn:aws:s3:::logs/*");
const LESS = allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs");
const EVERYTHING = allow("*");
const ALL_OF_IAM = allow("iam:*");
const SECRETS = allow("secretsmanager:GetSecretValue");
const PARAMETERS = allow("ssm:GetParameter");
const OWN_POLICIES = allow("iam:PutRolePolicy");

const ADMIN = "profile-no-admin";
const ESCALATION = "profile-no-privilege-escalation";
const CREDENTIALS = "profile-no-credential-access";
const SCOPE = "profile-scoped-permissions";

test.each<[string, string, Written[], readonly string[]]>([
  ["both are harmless", ADMIN, either(LITTLE, LESS), []],
  ["both are harmless", ESCALATION, either(LITTLE, LESS), []],
  ["both are harmless", CREDENTIALS, either(LITTLE, LESS), []],
  ["both are harmless", SCOPE, either(LITTLE, LESS), []],
  ["both break the rule", ADMIN, either(EVERYTHING, ALL_OF_IAM), ["violation app", "violation app"]],
  ["both break the rule", CREDENTIALS, either(SECRETS, PARAMETERS), ["violation app", "violation app"]],
  ["both break another rule", ESCALATION, either(SECRETS, PARAMETERS), []],
  ["one breaks the rule", ADMIN, either(EVERYTHING, LESS), ["unverified app"]],
  ["one breaks the rule", CREDENTIALS, either(LITTLE, SECRETS), ["unverified app"]],
  ["one breaks another rule", ADMIN, either(LITTLE, SECRETS), []],
  ["an administrator breaks every rule", CREDENTIALS, either(EVERYTHING, SECRETS), ["violation app"]],
  ["an administrator or nothing", CREDENTIALS, either(EVERYTHING, LESS), ["unverified app"]],
  ["an administrator or another", CREDENTIALS, either(EVERYTHING, ALL_OF_IAM), []],
  ["the role breaks the rule whatever is attached", ESCALATION, either(LITTLE, LESS, OWN_POLICIES), ["violation app"]],
  ["one adds a fault of the same rule", ESCALATION, either(allow("iam:*"), LESS, OWN_POLICIES), ["violation app"]],
  ["one takes it back", ESCALATION, either(deny("iam:*"), LESS, OWN_POLICIES), ["unverified app"]],
  ["both take it back", ESCALATION, either(deny("iam:*"), deny("*"), OWN_POLICIES), []],
  ["one is not known", ADMIN, either(LITTLE, { ...EVERYTHING, Resource: unknown }), ["unverified app"]],
  ["writes on everything in one", SCOPE, either(allow("sqs:SendMessage"), LESS), ["unverified app"]],
])("%s: %s", (_, rule, written, expected) => {
  expect(verdicts(rule, written)).toEqual(expected);
});

test("a boundary is one of two", () => {
  const bounded = (...limits: [Statement, Statement]): string[] => {
    const [web, profile, , ...others] = program("aws", inline(EVERYTHING)) as [Written, Written, ...Written[]];
    const inputs = { name: "app-1a", permissionsBoundary: unknown, assumeRolePolicy: "{}" };
    const role = resource("Role", "app", inputs, { edges: { permissionsBoundary: ["first", "second"] } });
    const made = [policy("first", limits[0]), policy("second", limits[1])];
    return verdicts(ADMIN, [web, profile, role, ...others, ...made]);
  };
  expect(bounded(LITTLE, LESS)).toEqual([]);
  expect(bounded(EVERYTHING, EVERYTHING)).toEqual(["violation app"]);
  expect(bounded(EVERYTHING, LESS)).toEqual(["unverified app"]);
});

describe("what is attached to one of two roles", () => {
  const attached = (statement: Statement): Written[] => [
    ...program("aws", inline(LITTLE)),
    resource("Role", "other", { name: "other" }),
    policy("first", statement),
    attachment(["app", "other"], ["first"]),
  ];

  test.each<[string, string, Written[], readonly string[]]>([
    ["is harmless", ADMIN, attached(LESS), []],
    ["breaks the rule", ADMIN, attached(EVERYTHING), ["unverified app"]],
    ["breaks another rule", ADMIN, attached(SECRETS), []],
  ])("%s: %s", (_, rule, written, expected) => {
    expect(verdicts(rule, written)).toEqual(expected);
  });
});

test("an explanation has the statements that findings are about", () => {
  const resources = stack(either(EVERYTHING, ALL_OF_IAM));
  const [role] = Model.ofStack(resources).machineRoles;
  if (!role) throw new Error("no role");
  const { findings } = judgeStack(resources, readSettings(), TODAY);
  const causes = findings.flatMap(({ policy, statements = [] }) => (policy === ADMIN ? statements : []));
  expect(causes.map(statementIds(role))).toEqual(["C0", "D0"]);
  expect(explainRole(role).policies.map(({ id, label }) => `${id} ${label}`)).toEqual([
    "A inline policy inline-0",
    "B an attached policy",
    "C one of several: policy first",
    "D one of several: policy second",
  ]);
});

test("too many to tell apart are left open", () => {
  const attachments = Array.from({ length: 6 }, (_, i) =>
    attachment(["app"], ["first", "second"], `attached-${String(i)}`),
  );
  const made = [policy("first", LITTLE), policy("second", LESS)];
  expect(verdicts(ADMIN, [...program("aws", inline(LITTLE)), ...made, ...attachments])).toEqual(["unverified app"]);
});
