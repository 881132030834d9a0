import { messages, resource, unknown, verdicts, type Written } from "../harness";
import {
  ACCOUNT,
  admit,
  arn,
  document,
  EC2,
  judges,
  PASS,
  program,
  UNVERIFIED,
  VIOLATION,
  type Given,
  type Row,
} from "./roles";

const POLICY = "profile-trust-policy";
type Statement = ReturnType<typeof admit>;

const trust = (...statements: Statement[]): Given => ({ trust: document(...statements) });
const refuse = (Principal: unknown, Condition?: Record<string, unknown>): Statement => ({
  ...admit(Principal, Condition),
  Effect: "Deny",
});
const service = (...names: string[]) => ({ Service: names.map((name) => `${name}.amazonaws.com`) });
const GITHUB = { Federated: arn("oidc-provider/token.actions.githubusercontent.com") };

const PRINCIPALS: readonly Row[] = [
  ["EC2", trust(EC2), PASS],
  ["EC2 in China", trust(admit({ Service: "ec2.amazonaws.com.cn" })), PASS],
  ["EC2 twice", trust(EC2, EC2), PASS],
  ["EC2 and another service", trust(admit(service("ec2", "lambda"))), VIOLATION],
  ["EC2 and another service in a statement of its own", trust(EC2, admit(service("ssm"))), VIOLATION],
  ["another service alone", trust(admit(service("lambda"))), VIOLATION],
  ["nobody", trust(), VIOLATION],
  ["a service that only sounds like EC2", trust(admit({ Service: "ec2.amazonaws.com.example.org" })), VIOLATION],
  ["everyone", trust(EC2, admit("*")), VIOLATION],
  ["everyone of AWS", trust(EC2, admit({ AWS: "*" })), VIOLATION],
  ["its own account", trust(EC2, admit({ AWS: arn("root") })), VIOLATION],
  ["another account by its number", trust(EC2, admit({ AWS: "444455556666" })), VIOLATION],
  ["a role", trust(EC2, admit({ AWS: arn("role/deploy") })), VIOLATION],
  [
    "several strangers, which are one finding",
    trust(EC2, admit({ AWS: arn("root") }), admit(service("ssm"))),
    VIOLATION,
  ],
  ["an identity provider", trust(EC2, { ...admit(GITHUB), Action: "sts:AssumeRoleWithWebIdentity" }), VIOLATION],
  [
    "everyone but one",
    trust(EC2, { Effect: "Allow", NotPrincipal: { AWS: arn("user/a") }, Action: "sts:AssumeRole" }),
    VIOLATION,
  ],
  ["an action that takes no role", trust(EC2, { ...admit({ AWS: arn("root") }), Action: "sts:TagSession" }), PASS],
  ["every action of STS", trust(EC2, { ...admit({ AWS: arn("root") }), Action: "sts:*" }), VIOLATION],
];

const CONDITIONS: readonly Row[] = [
  [
    "an account with an external id",
    trust(EC2, admit({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": "x" } })),
    VIOLATION,
  ],
  ["everyone of an organisation", trust(EC2, admit("*", { StringEquals: { "aws:PrincipalOrgID": "o-1" } })), VIOLATION],
  [
    "a provider with a subject",
    trust(EC2, {
      ...admit(GITHUB, { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:a/b" } }),
      Action: "sts:AssumeRoleWithWebIdentity",
    }),
    VIOLATION,
  ],
  ["a Deny of the same principal", trust(EC2, admit({ AWS: arn("root") }), refuse({ AWS: ACCOUNT })), PASS],
  ["a Deny of everyone of AWS", trust(EC2, admit({ AWS: arn("root") }), refuse({ AWS: "*" })), PASS],
  [
    "a Deny with a condition",
    trust(EC2, admit({ AWS: arn("root") }), refuse({ AWS: ACCOUNT }, { Bool: { "aws:SecureTransport": "false" } })),
    VIOLATION,
  ],
  [
    "a Deny of another action",
    trust(EC2, admit({ AWS: arn("root") }), { ...refuse({ AWS: ACCOUNT }), Action: "sts:TagSession" }),
    VIOLATION,
  ],
  [
    "a Deny with NotPrincipal, which takes nothing back",
    trust(EC2, admit({ AWS: arn("root") }), {
      Effect: "Deny",
      NotPrincipal: EC2["Principal"],
      Action: "sts:AssumeRole",
    }),
    VIOLATION,
  ],
];

const NOT_KNOWN: readonly Row[] = [
  ["a trust policy that is not known", { trust: unknown }, UNVERIFIED],
  ["no JSON", { trust: "{" }, UNVERIFIED],
];

judges(POLICY, [...PRINCIPALS, ...CONDITIONS, ...NOT_KNOWN]);

test.each<[string, Given, readonly string[]]>([
  ["a principal that is not known", trust(EC2, admit({ AWS: unknown })), UNVERIFIED],
  ["a principal that is not known beside a stranger", trust(EC2, admit({ AWS: unknown }), admit("*")), VIOLATION],
])("an object document with %s", (_, given, expected) => {
  expect(verdicts(POLICY, program("aws-native", given))).toEqual(expected);
});

const ssm = trust(admit(service("ec2", "ssm")));
const account = trust(EC2, admit({ AWS: arn("root") }));
const breakGlass = trust(EC2, admit({ AWS: arn("role/break-glass") }));
const exempt = (name: string) => ({ exemptions: [{ resource: name, reason: "known", expires: "2099-12-31" }] });

test.each<[string, Given, Record<string, unknown>, readonly string[]]>([
  ["a service that is allowed", ssm, { allowedServices: ["ssm.amazonaws.com"] }, PASS],
  ["a service by a glob", ssm, { allowedServices: ["ss?.amazonaws.com"] }, PASS],
  ["another service than the allowed one", ssm, { allowedServices: ["lambda.amazonaws.com"] }, VIOLATION],
  ["an account that is allowed by its number", account, { allowedPrincipals: [ACCOUNT] }, PASS],
  ["an account that is allowed by its ARN", account, { allowedPrincipals: [arn("root")] }, PASS],
  ["a role that is allowed", breakGlass, { allowedPrincipals: [arn("role/break-*")] }, PASS],
  ["a role of an account that is allowed", breakGlass, { allowedPrincipals: [ACCOUNT] }, VIOLATION],
  ["everyone is never allowed", trust(EC2, admit("*")), { allowedPrincipals: ["*"] }, VIOLATION],
  ["an exemption names the role", account, exempt("app"), PASS],
  ["an exemption that names the machine is none", account, exempt("web"), VIOLATION],
  ["onUnverified", { trust: unknown }, { onUnverified: "violation" }, VIOLATION],
])("%s", (_, given, options, expected) => {
  expect(verdicts(POLICY, program("aws", given), options)).toEqual(expected);
});

const role = (...statements: Statement[]) =>
  resource(
    "Role",
    "work",
    { name: "work", assumeRolePolicy: JSON.stringify(document(...statements)) },
    {
      outputs: { arn: arn("role/work") },
    },
  );
const notebook = resource("NotebookInstance", "notebook", { roleArn: arn("role/work") });
const node = resource("NodeGroup", "nodes", { nodeRoleArn: arn("role/work"), clusterName: "apps" });

test.each<[string, Written[], string[]]>([
  ["a notebook's role that SageMaker may take", [notebook, role(admit(service("sagemaker")))], []],
  ["a notebook's role that EC2 may take", [notebook, role(EC2)], ["violation work"]],
  ["a node's role", [node, role(EC2)], []],
  ["a node's role that the cluster takes as well", [node, role(admit(service("ec2", "eks")))], ["violation work"]],
  ["a role that no machine carries", [role(admit("*"))], []],
  ["a role outside the stack", [resource("Instance", "a", { iamInstanceProfile: "shared" })], ["unverified a"]],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("the message names the service that must be able to take it", () => {
  const [message] = messages(POLICY, program("aws", trust()));
  expect(message).toMatch(/^assumeRolePolicy does not let ec2\.amazonaws\.com take role app \(on web\)/);
});

test("the message says who, without naming them, and what to write", () => {
  const [message] = messages(POLICY, program("aws", account));
  expect(message).toContain("assumeRolePolicy");
  expect(message).toContain("an account");
  expect(message).toContain("role app (on web)");
  expect(message).toContain('Service: "ec2.amazonaws.com"');
  expect(message).not.toContain(ACCOUNT);
});
