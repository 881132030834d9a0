import { messages, resource, unknown, verdicts } from "../harness";
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
  UNVERIFIED,
  VIOLATION,
  type Row,
} from "./roles";

const POLICY = "profile-no-credential-access";
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:111122223333:parameter/${name}`;
const TAGGED = { StringEquals: { "aws:ResourceTag/app": "shop" } };

const SECRETS: readonly Row[] = [
  ["every secret", inline(allow("secretsmanager:GetSecretValue")), VIOLATION],
  ["every secret of one account and region", inline(allow("secretsmanager:GetSecretValue", secret("*"))), VIOLATION],
  ["secrets by a prefix", inline(allow("secretsmanager:GetSecretValue", secret("shop/*"))), PASS],
  ["one secret", inline(allow("secretsmanager:GetSecretValue", secret("shop-db-AbCdEf"))), PASS],
  ["secrets by a tag", inline(allow("secretsmanager:GetSecretValue", "*", TAGGED)), PASS],
  [
    "secrets by a tag that it may set",
    inline(
      allow(["secretsmanager:GetSecretValue", "secretsmanager:TagResource"], "*", TAGGED),
      allow("secretsmanager:TagResource"),
    ),
    VIOLATION,
  ],
  [
    "every secret from one network, which is left to profile-scoped-permissions",
    inline(allow("secretsmanager:GetSecretValue", "*", { StringEquals: { "aws:SourceVpc": "vpc-1" } })),
    PASS,
  ],
  [
    "every secret over TLS",
    inline(allow("secretsmanager:GetSecretValue", "*", { Bool: { "aws:SecureTransport": "true" } })),
    VIOLATION,
  ],
  ["the names of every secret", inline(allow("secretsmanager:ListSecrets")), PASS],
  ["every parameter", inline(allow("ssm:GetParameters")), VIOLATION],
  ["every parameter of one account and region", inline(allow("ssm:GetParameter*", parameter("*"))), VIOLATION],
  [
    "parameters by their path",
    inline(allow(["ssm:GetParameter", "ssm:GetParametersByPath"], parameter("shop/*"))),
    PASS,
  ],
  ["every key", inline(allow("kms:Decrypt")), VIOLATION],
  ["every key of one account", inline(allow("kms:Decrypt", "arn:aws:kms:*:111122223333:key/*")), VIOLATION],
  [
    "every key, for one service",
    inline(allow("kms:Decrypt", "*", { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } })),
    PASS,
  ],
  [
    "every key of its own account, as the caller says",
    inline(allow("kms:Decrypt", "*", { StringEquals: { "kms:CallerAccount": "111122223333" } })),
    VIOLATION,
  ],
  ["one key", inline(allow("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/0f0f")), PASS],
  [
    "secrets, parameters and keys in one statement, which are one",
    inline(allow(["secretsmanager:GetSecretValue", "ssm:GetParameter", "kms:Decrypt"])),
    VIOLATION,
  ],
];

const KEYS: readonly Row[] = [
  ["access keys for every user", inline(allow("iam:CreateAccessKey")), VIOLATION],
  ["access keys for one user", inline(allow("iam:CreateAccessKey", arn("user/mailer"))), PASS],
  [
    "access keys for its own user, which a role is not",
    inline(allow("iam:CreateAccessKey", arn("user/${aws:username}"))),
    PASS,
  ],
  ["console passwords for every user", inline(allow("iam:CreateLoginProfile")), VIOLATION],
  ["passwords of every Windows machine", inline(allow("ec2:GetPasswordData")), VIOLATION],
  ["logins to every cluster", inline(allow("redshift:GetClusterCredentials")), VIOLATION],
  ["logins to every database", inline(allow("rds-db:connect", "arn:aws:rds-db:*:*:dbuser:*/*")), VIOLATION],
  [
    "a login to one database",
    inline(allow("rds-db:connect", "arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-A/shop")),
    PASS,
  ],
  ["the login to the container registry", inline(allow("ecr:GetAuthorizationToken")), PASS],
  ["its own session", inline(allow(["sts:GetCallerIdentity", "sts:GetSessionToken"])), PASS],
  ["a federation token, which roles do not get", inline(allow("sts:GetFederationToken")), PASS],
];

const LIMITS: readonly Row[] = [
  ["an administrator, which says it all", inline(allow("*")), PASS],
  ["a Deny", inline(allow("ssm:GetParameter*"), deny("ssm:GetParameter*")), PASS],
  ["a Deny on one path", inline(allow("ssm:GetParameter*"), deny("ssm:GetParameter*", parameter("root/*"))), VIOLATION],
  [
    "a boundary",
    { ...inline(allow("ssm:GetParameter*")), boundary: document(allow("ssm:GetParameter*", parameter("shop/*"))) },
    PASS,
  ],
  [
    "two policies that read the same, which are two",
    { inline: [document(allow("kms:Decrypt")), document(allow("ssm:GetParameter"))] },
    [...VIOLATION, ...VIOLATION],
  ],
  ["AmazonSSMManagedInstanceCore, which AWS prescribes", managed("AmazonSSMManagedInstanceCore"), PASS],
  ["AmazonEC2RoleforSSM, which AWS has given up", managed("service-role/AmazonEC2RoleforSSM"), VIOLATION],
  ["CloudWatchAgentServerPolicy", managed("CloudWatchAgentServerPolicy"), PASS],
  ["AmazonEC2ContainerRegistryPullOnly", managed("AmazonEC2ContainerRegistryPullOnly"), PASS],
];

const NOT_KNOWN: readonly Row[] = [
  ["a document that is not known", { inline: [unknown] }, UNVERIFIED],
  ["a boundary that is not known, over much", { ...inline(allow("kms:Decrypt")), boundary: unknown }, UNVERIFIED],
  ["a boundary that is not known, over little", { ...inline(allow("kms:Encrypt")), boundary: unknown }, PASS],
];

judges(POLICY, [...SECRETS, ...KEYS, ...LIMITS, ...NOT_KNOWN]);

judgesObjects(POLICY, [
  ["an unknown resource", [allow("secretsmanager:GetSecretValue", unknown)], UNVERIFIED],
  [
    "an unknown resource beside a known one",
    [allow("secretsmanager:GetSecretValue", [secret("shop/*"), unknown])],
    UNVERIFIED,
  ],
  ["an unknown action", [allow(unknown, secret("shop/*"))], PASS],
]);

exempts(POLICY, inline(allow("kms:Decrypt")));

test("onUnverified", () => {
  expect(verdicts(POLICY, program("aws", { inline: [unknown] }), { onUnverified: "violation" })).toEqual(VIOLATION);
});

test("a key for any user is a finding of both policies that it concerns", () => {
  const written = program("aws", inline(allow("iam:CreateAccessKey")));
  expect(verdicts("profile-no-privilege-escalation", written)).toEqual(VIOLATION);
  expect(verdicts(POLICY, written)).toEqual(VIOLATION);
});

test("a managed policy that is attached by a resource of its own", () => {
  const written = [
    ...program("aws", {}),
    resource("RolePolicyAttachment", "params", {
      role: "app-1a",
      policyArn: "arn:aws-cn:iam::aws:policy/AmazonSSMReadOnlyAccess",
    }),
  ];
  expect(verdicts(POLICY, written)).toEqual(VIOLATION);
});

test("the message names actions, statement, role and machine, and how to confine it", () => {
  const [message] = messages(POLICY, program("aws", inline(allow(["ssm:GetParameter", "ssm:GetParameters"]))));
  expect(message).toMatch(
    /^Statement 0 of inline policy inline-0 allows ssm:GetParameter, ssm:GetParameters on everything/,
  );
  expect(message).toContain("role app (on web) reads every parameter");
  expect(message).toMatch(/\nName /);
});

test("resources that a statement names stay out of the message", () => {
  const written = program("aws", inline(allow("kms:Decrypt", "arn:aws:kms:*:111122223333:key/*")));
  expect(messages(POLICY, written).join()).not.toMatch(/111122223333|kms:\*/);
});
