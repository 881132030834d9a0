/** Programs with one machine and its role `app`, as both providers write them. */
import type { Properties } from "../../../policies/machine/resource";
import { resource, verdicts, type Written } from "../harness";

export type Provider = "aws" | "aws-native";
const PROVIDERS: readonly Provider[] = ["aws", "aws-native"];

export const ACCOUNT = "111122223333";
export const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;

type Strings = string | readonly string[];
type Statement = Readonly<Record<string, unknown>>;

/** What is written of the role and of what else is in its program. */
export interface Given {
  /** Inline policies, each by its document. */
  readonly inline?: readonly unknown[];
  /** AWS managed policies, by what stands after `policy/`. */
  readonly managed?: readonly string[];
  /** Documents of customer managed policies that are attached: policy-0, policy-1, … */
  readonly attached?: readonly unknown[];
  /** Document of the permissions boundary. */
  readonly boundary?: unknown;
  readonly trust?: unknown;
  readonly tags?: Readonly<Record<string, string>>;
  readonly more?: readonly Written[];
}

export function allow(Action: Strings, Resource: unknown = "*", Condition?: Statement): Statement {
  return { Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

export function deny(Action: Strings, Resource: unknown = "*", Condition?: Statement): Statement {
  return { ...allow(Action, Resource, Condition), Effect: "Deny" };
}

export function document(...statements: readonly Statement[]): Statement {
  return { Version: "2012-10-17", Statement: statements };
}

/** A role with one inline policy. */
export function inline(...statements: readonly Statement[]): Given {
  return { inline: [document(...statements)] };
}

/** A role with AWS managed policies. */
export function managed(...names: readonly string[]): Given {
  return { managed: names };
}

/** A trust policy's statement. */
export function admit(Principal: unknown, Condition?: Statement): Statement {
  return { Effect: "Allow", Principal, Action: "sts:AssumeRole", ...(Condition && { Condition }) };
}

export const EC2 = admit({ Service: "ec2.amazonaws.com" });

/** Another role of the program, with one inline policy. */
export function otherRole(name: string, statements: readonly Statement[], trust: readonly Statement[] = [EC2]) {
  const identity = { name, assumeRolePolicy: JSON.stringify(document(...trust)) };
  return [
    resource("Role", name, identity, { outputs: { arn: arn(`role/${name}`) } }),
    resource("RolePolicy", `${name}-inline`, { role: name, policy: JSON.stringify(document(...statements)) }),
  ];
}

/** Another machine of the program, with a role of that name. */
export function otherMachine(name: string, role: string, inputs: Properties = {}) {
  return [
    resource("InstanceProfile", `${name}-profile`, { name: `${name}-profile`, role }),
    resource("Instance", name, { iamInstanceProfile: `${name}-profile`, ...inputs }),
  ];
}

/** The machine `web`, its profile, and its role, which is called `app-1a` in the account. */
export function program(provider: Provider, given: Given): Written[] {
  const managedPolicyArns = [
    ...(given.managed ?? []).map((name) => `arn:aws:iam::aws:policy/${name}`),
    ...(given.attached ?? []).map((_, i) => arn(`policy/policy-${String(i)}`)),
  ];
  const shared = {
    ...(managedPolicyArns.length > 0 && { managedPolicyArns }),
    ...(given.boundary !== undefined && { permissionsBoundary: arn("policy/limit") }),
  };
  const write = provider === "aws" ? classic : native;
  return [...write({ trust: document(EC2), ...given }, shared), ...(given.more ?? [])];
}

function classic(given: Given, shared: Properties): Written[] {
  const text = (it: unknown): unknown => (isDocument(it) ? JSON.stringify(it) : it);
  const policy = (name: string, it: unknown): Written =>
    resource("Policy", name, { name, policy: text(it) }, { outputs: { arn: arn(`policy/${name}`) } });
  const role = { name: "app-1a", assumeRolePolicy: text(given.trust), tags: given.tags, ...shared };
  return [
    resource("Instance", "web", { iamInstanceProfile: "profile-1a" }),
    resource("InstanceProfile", "profile", { name: "profile-1a", role: "app-1a" }),
    resource("Role", "app", role, { outputs: { arn: arn("role/app-1a") } }),
    ...(given.inline ?? []).map((it, i) =>
      resource("RolePolicy", `inline-${String(i)}`, { role: "app-1a", policy: text(it) }),
    ),
    ...(given.attached ?? []).map((it, i) => policy(`policy-${String(i)}`, it)),
    ...(given.boundary === undefined ? [] : [policy("limit", given.boundary)]),
  ];
}

function native(given: Given, shared: Properties): Written[] {
  const policy = (name: string, policyDocument: unknown): Written =>
    resource(
      "aws-native:iam:ManagedPolicy",
      name,
      { managedPolicyName: name, policyDocument },
      { outputs: { policyArn: arn(`policy/${name}`) } },
    );
  const role = {
    roleName: "app-1a",
    assumeRolePolicyDocument: given.trust,
    policies: (given.inline ?? []).map((policyDocument, i) => ({ policyName: `inline-${String(i)}`, policyDocument })),
    tags: given.tags && Object.entries(given.tags).map(([key, value]) => ({ key, value })),
    ...shared,
  };
  return [
    resource("aws-native:ec2:Instance", "web", { iamInstanceProfile: "profile-1a" }),
    resource("aws-native:iam:InstanceProfile", "profile", { instanceProfileName: "profile-1a", roles: ["app-1a"] }),
    resource("aws-native:iam:Role", "app", role, { outputs: { arn: arn("role/app-1a") } }),
    ...(given.attached ?? []).map((it, i) => policy(`policy-${String(i)}`, it)),
    ...(given.boundary === undefined ? [] : [policy("limit", given.boundary)]),
  ];
}

function isDocument(it: unknown): boolean {
  return typeof it === "object" && it !== null && "Statement" in it;
}

/** What is given, and what a policy makes of it: "violation app", "unverified app", nothing for a pass. */
export type Row = readonly [sentence: string, given: Given, expected: readonly string[]];

export const VIOLATION = ["violation app"] as const;
export const UNVERIFIED = ["unverified app"] as const;
export const PASS = [] as const;

/** Runs a table with the resources of either provider. */
export function judges(policy: string, rows: readonly Row[]): void {
  describe.each(PROVIDERS)("%s", (provider) => {
    test.each(rows)("%s", (_, given, expected) => {
      expect(verdicts(policy, program(provider, given))).toEqual(expected);
    });
  });
}

/** Tests over documents that are objects, whose leaves may be unknown: what an inline policy says, and the verdict. */
export function judgesObjects(
  policy: string,
  rows: readonly (readonly [title: string, statements: readonly Statement[], expected: readonly string[]])[],
): void {
  test.each(rows)("an object document with %s", (_, statements, expected) => {
    expect(verdicts(policy, program("aws-native", inline(...statements)))).toEqual(expected);
  });
}

/** Tests that exemptions are about the role, where it is given what breaks the policy. */
export function exempts(policy: string, given: Given): void {
  test.each([
    ["an exemption names the role", "app", PASS],
    ["an exemption that names the machine is none", "web", VIOLATION],
  ] as const)("%s", (_, named, expected) => {
    const exemptions = [{ resource: named, reason: "known", expires: "2099-12-31" }];
    expect(verdicts(policy, program("aws", given), { exemptions })).toEqual(expected);
  });
}
