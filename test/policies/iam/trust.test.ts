import { accountOf, admitsService, canonical, isEveryone, isService, trustOf } from "../../../policies/iam/trust";
import { unknown } from "../harness";
import { document, role, type Json } from "./roles";

const TAKE = "sts:AssumeRole";
const ACCOUNT = "111122223333";
const admit = (Principal: unknown, more: Json = {}): Json => ({ Effect: "Allow", Action: TAKE, Principal, ...more });
const refuse = (Principal: unknown, more: Json = {}): Json => ({ ...admit(Principal, more), Effect: "Deny" });

function admitted(...statements: readonly unknown[]): string[] {
  return trustOf(role({ trust: document(...statements) })).admitted.map(({ kind, value }) => `${kind} ${value}`);
}

const EC2 = { Service: "ec2.amazonaws.com" };
const ARN = `arn:aws:iam::${ACCOUNT}:role/deploy`;

test.each<[string, readonly unknown[], readonly string[]]>([
  ["a service", [admit(EC2)], ["Service ec2.amazonaws.com"]],
  ["everyone", [admit("*")], ["* *"]],
  ["everyone of AWS", [admit({ AWS: "*" })], ["AWS *"]],
  ["several", [admit({ ...EC2, AWS: [ARN] })], ["Service ec2.amazonaws.com", `AWS ${ARN}`]],
  ["all but some", [{ Effect: "Allow", Action: TAKE, NotPrincipal: { AWS: ARN } }], ["NotPrincipal "]],
  ["another call", [admit(EC2, { Action: "sts:TagSession" })], []],
  ["calls by wildcard", [admit(EC2, { Action: "sts:*" })], ["Service ec2.amazonaws.com"]],
  ["federation", [admit({ Federated: "x" }, { Action: "sts:AssumeRoleWithWebIdentity" })], ["Federated x"]],
  [
    "whatever the condition",
    [admit({ AWS: ARN }, { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })],
    [`AWS ${ARN}`],
  ],
  ["less what is denied", [admit({ AWS: ARN }), refuse({ AWS: ARN })], []],
  ["less what is denied to all", [admit({ AWS: ARN }), refuse("*")], []],
  ["less what is denied to its account", [admit({ AWS: ARN }), refuse({ AWS: ACCOUNT })], []],
  [
    "less what is denied to its account by ARN",
    [admit({ AWS: ARN }), refuse({ AWS: `arn:aws:iam::${ACCOUNT}:root` })],
    [],
  ],
  ["a service is no account", [admit(EC2), refuse({ AWS: ACCOUNT })], ["Service ec2.amazonaws.com"]],
  [
    "a Deny under a condition takes nothing back",
    [admit("*"), refuse("*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })],
    ["* *"],
  ],
  [
    "a Deny under a condition that always holds takes back",
    [admit("*"), refuse("*", { Condition: { StringNotEquals: { "aws:RequestedRegion": [] } } })],
    [],
  ],
  [
    "a Deny of another call takes nothing back",
    [admit(EC2), refuse("*", { Action: "sts:AssumeRoleWithSAML" })],
    ["Service ec2.amazonaws.com"],
  ],
  ["a Deny of one of everyone takes nothing back", [admit("*"), refuse({ AWS: ARN })], ["* *"]],
])("admits %s", (_, statements, expected) => {
  expect(admitted(...statements)).toEqual(expected);
});

test.each<[string, unknown, boolean]>([
  ["all known", admit(EC2), false],
  ["the principal", admit(unknown), true],
  ["one of several", admit({ AWS: [ARN, unknown] }), true],
  ["the effect", admit(EC2, { Effect: unknown }), true],
  ["the call", admit(EC2, { Action: unknown }), true],
])("open where it is not known: %s", (_, statement, expected) => {
  expect(trustOf(role({ trust: document(statement) })).open).toBe(expected);
});

test("nobody where there is no document", () => {
  expect(trustOf(role({}))).toEqual({ admitted: [], open: false, problem: undefined });
  expect(trustOf(role({ trust: "{" })).problem).toMatch(/no valid JSON/);
});

test.each([
  ["ec2.amazonaws.com", "ec2", true],
  ["ec2.amazonaws.com.cn", "ec2", true],
  ["tasks.apprunner.amazonaws.com", "tasks.apprunner", true],
  ["ec2.amazonaws.com.evil.org", "ec2", false],
  ["notec2.amazonaws.com", "ec2", false],
  ["ec2", "ec2", false],
])("%s is the service %s: %s", (value, service, expected) => {
  expect(isService({ kind: "Service", value }, service)).toBe(expected);
  expect(isService({ kind: "AWS", value }, service)).toBe(false);
  expect(admitsService(role({ trust: document(admit({ Service: value })) }), [service])).toBe(expected);
});

test("accounts and everyone, however they are written", () => {
  expect(canonical(`arn:aws-cn:iam::${ACCOUNT}:root`)).toBe(ACCOUNT);
  expect(canonical(ARN)).toBe(ARN);
  expect([accountOf(ARN), accountOf(`arn:aws:sts::${ACCOUNT}:assumed-role/a/b`), accountOf("x")]).toEqual([
    ACCOUNT,
    ACCOUNT,
    undefined,
  ]);
  expect([isEveryone({ kind: "*", value: "*" }), isEveryone({ kind: "Service", value: "*" })]).toEqual([true, false]);
});
