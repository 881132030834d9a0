import { secretProblems, secretStatements, type SecretArgs } from "../../../components/boot/secrets";
import { resource, verdicts } from "../../policies/harness";
import { PARAMETER, SECRET } from "./fixtures";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const LATER = { apply: () => undefined };
/** A name may end like what AWS puts behind it. */
const EITHER = [SECRET, `${SECRET}-??????`];
const good: SecretArgs = { secret: SECRET, file: "db" };

test.each<[string, SecretArgs, string[]]>([
  ["a secret", good, []],
  ["a parameter", { parameter: PARAMETER, file: "/run/secrets/app/token", owner: "app", mode: "0440" }, []],
  ["known later", { secret: LATER, kmsKey: LATER, file: "db" }, []],
  ["a variable", { secret: SECRET, key: "password", environment: { unit: "web@1.service", variable: "PW" } }, []],
  ["neither", { file: "db" }, ["at[0]"]],
  ["both", { ...good, parameter: PARAMETER }, ["at[0]"]],
  ["a value", { secret: "hunter2", file: "db" }, ["at[0].secret"]],
  ["the other service", { secret: PARAMETER, file: "db" }, ["at[0].secret"]],
  ["a pattern of all secrets", { secret: SECRET.replace(/db-.*/, "*"), file: "db" }, ["at[0].secret"]],
  ["an alias", { ...good, kmsKey: "alias/app" }, ["at[0].kmsKey"]],
  ["no place", { secret: SECRET }, ["at[0]"]],
  ["on disk", { ...good, file: "/etc/db" }, ["at[0].file"]],
  ["the folder itself", { ...good, file: "/run/secrets" }, ["at[0].file"]],
  ["a folder of another", { ...good, file: "/run/app/db" }, ["at[0].file"]],
  ["a place of the system", { ...good, file: "/run/nologin" }, ["at[0].file"]],
  ["its user's own group", { ...good, owner: "nobody" }, []],
  ["an option for a unit", { ...good, neededBy: ["-x.service"] }, ["at[0].neededBy"]],
  ["a hidden unit", { ...good, neededBy: [".x.service"] }, ["at[0].neededBy"]],
  ["out of memory by a detour", { ...good, file: "/run/../etc/db" }, ["at[0].file"]],
  ["a detour in a name", { ...good, file: "../db" }, ["at[0].file"]],
  ["for everyone", { ...good, mode: "0644" }, ["at[0].mode"]],
  ["set-uid", { ...good, mode: "4600" }, ["at[0].mode"]],
  ["a command for a user", { ...good, owner: "$(id)", group: "a b" }, ["at[0].owner", "at[0].group"]],
  [
    "a unit that is none",
    { secret: SECRET, environment: { unit: "web", variable: "A-B" }, neededBy: ["../x.service"] },
    ["at[0].environment.unit", "at[0].environment.variable", "at[0].neededBy"],
  ],
  ["a template of units", { ...good, neededBy: ["web@.service"] }, ["at[0].neededBy"]],
  ["an empty key", { ...good, key: "" }, ["at[0].key"]],
])("mistakes: %s", (_, secret, expected) => {
  const mistakes = secretProblems("at", [secret]);
  expect(mistakes.map(({ property }) => property)).toEqual(expected);
  expect(JSON.stringify(mistakes)).not.toContain("hunter2");
});

test("two secrets in one place", () => {
  const environment = { unit: "web.service", variable: "A" };
  const given = [good, { ...good, file: "/run/secrets/db", environment }, { parameter: PARAMETER, environment }];
  expect(secretProblems("at", given).map(({ property }) => property)).toEqual(["at[1].file", "at[2].environment"]);
});

test("a secret in another one's place as a folder", () => {
  const given = ["app/db", "app/dbs", "app"].map((file) => ({ ...good, file }));
  expect(secretProblems("at", given).map(({ property }) => property)).toEqual(["at[2].file"]);
});

function regional(partition: string, region: string): string {
  return SECRET.replace("arn:aws:", `arn:${partition}:`).replace("eu-west-1", region);
}

describe("statements", () => {
  test("read what is named, and decrypt only by the service that keeps it", () => {
    const given = [
      { ...good, kmsKey: KEY },
      { parameter: PARAMETER, file: "token", kmsKey: KEY },
    ];
    expect(secretStatements(given)).toEqual([
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: EITHER },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY,
        Condition: {
          StringLike: {
            "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
            "kms:EncryptionContext:SecretARN": EITHER,
          },
        },
      },
      { Effect: "Allow", Action: "ssm:GetParameter", Resource: PARAMETER },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: KEY,
        Condition: {
          StringLike: {
            "kms:ViaService": "ssm.eu-west-1.amazonaws.com",
            "kms:EncryptionContext:PARAMETER_ARN": PARAMETER,
          },
        },
      },
    ]);
  });

  test("need no key where AWS's own encrypts, and come once for a secret that goes to several places", () => {
    expect(secretStatements([good, { ...good, file: "again" }])).toEqual([
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: EITHER },
    ]);
  });

  test("keep what is known later as it is", () => {
    const [read, decrypt] = secretStatements([{ secret: LATER, file: "db", kmsKey: LATER }]);
    expect(read?.Resource).toBe(LATER);
    expect(decrypt?.Resource).toBe(LATER);
    expect(decrypt?.Condition?.["StringLike"]?.["kms:EncryptionContext:SecretARN"]).toBe(LATER);
  });

  test.each<[string, NonNullable<SecretArgs["secret"]>, string]>([
    ["commercial", SECRET, "secretsmanager.eu-west-1.amazonaws.com"],
    ["GovCloud", regional("aws-us-gov", "us-gov-west-1"), "secretsmanager.us-gov-west-1.amazonaws.com"],
    ["China", regional("aws-cn", "cn-north-1"), "secretsmanager.cn-north-1.*"],
    ["isolated", regional("aws-iso-b", "us-isob-east-1"), "secretsmanager.us-isob-east-1.*"],
    ["known later", LATER, "secretsmanager.*"],
  ])("decrypt by the service of the partition: %s", (_, secret, expected) => {
    const [, decrypt] = secretStatements([{ secret, file: "db", kmsKey: LATER }]);
    expect(decrypt?.Condition?.["StringLike"]?.["kms:ViaService"]).toBe(expected);
  });

  test("cover the six characters that Secrets Manager adds, where the ARN lacks them", () => {
    const partial = SECRET.replace("-AbCdEf", "");
    expect(secretStatements([{ secret: partial, file: "db" }])[0]?.Resource).toBe(`${partial}-??????`);
    const ambiguous = `${partial}-secret`;
    expect(secretStatements([{ secret: ambiguous, file: "db" }])[0]?.Resource).toEqual([
      ambiguous,
      `${ambiguous}-??????`,
    ]);
  });

  test.each([
    "profile-no-admin",
    "profile-no-privilege-escalation",
    "profile-no-credential-access",
    "profile-scoped-permissions",
  ])("pass %s", (policy) => {
    const Statement = secretStatements([
      { ...good, kmsKey: KEY },
      { parameter: PARAMETER, file: "token", kmsKey: KEY },
      { secret: regional("aws-cn", "cn-north-1"), file: "cn", kmsKey: KEY.replace("arn:aws:", "arn:aws-cn:") },
      { secret: SECRET.replace("-AbCdEf", "-secret"), file: "short", kmsKey: KEY },
    ]);
    const trust = {
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    };
    const role = resource("Role", "role", {
      name: "role",
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", ...trust }),
      inlinePolicies: [{ name: "secrets", policy: JSON.stringify({ Version: "2012-10-17", Statement }) }],
    });
    const profile = resource("InstanceProfile", "profile", { role: "role" }, { edges: { role: ["role"] } });
    expect(verdicts(policy, [role, profile])).toEqual([]);
  });
});
