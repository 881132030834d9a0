import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { judgePolicy, judgeStack } from "../../policies/judge";
import { Model } from "../../policies/machine/model";
import { policies } from "../../policies/pack";
import { defineRoleRule, type Verdict } from "../../policies/rules/rule";
import { policySettings, readSettings } from "../../policies/settings";
import { resource, stack, TODAY, unknown, type Written } from "./harness";

/** Reports every document, and lists everything that is not seen. */
const every = defineRoleRule<object>({
  name: "every-document",
  displayName: "Every document",
  description: "A machine's role has no policy.",
  level: "mandatory",
  severity: "low",
  rationale: "",
  remediationSteps: "",
  tags: [],
  options: {},
  example: {},
  check: ({ policies, unseen }) => [
    ...policies.map(({ source, unseen: open }): Verdict =>
      open
        ? { kind: "unverified", inherited: false, ...open }
        : { kind: "violation", source, inherited: false, reason: "It is there", fix: "Take it away" },
    ),
    ...unseen.map((each): Verdict => ({ kind: "unverified", inherited: false, ...each })),
  ],
});
const failing = defineRoleRule<object>({
  ...every,
  check: () => {
    throw new TypeError("with a value");
  },
});

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const web = (name: string, profile: string) => resource("Instance", name, { iamInstanceProfile: profile });
const profile = (role: string) => resource("InstanceProfile", "profile", { name: "profile", role });
const role = resource("Role", "app", { name: "app", managedPolicyArns: [READ_ONLY] });
const inline = (to: string, policy: unknown) =>
  resource("RolePolicy", "inline", { role: to, policy }, { edges: { policy: ["bucket"] } });
const bucket = resource("aws:s3/bucket:Bucket", "bucket", {});

function judged(written: readonly Written[], given: object = {}, rule = every): string[] {
  const settings = policySettings(rule, "mandatory", { ...given });
  const { findings, unverified, exempted } = judgePolicy(rule, Model.ofStack(stack(written)), settings, TODAY);
  return [
    ...findings.map((each) => `violation ${each.resource}: ${each.path}`),
    ...unverified.map((each) => `unverified ${each.resource.name}: ${each.path} waits for ${each.waitsFor}`),
    ...exempted.map((each) => `exempted ${each.resource}: ${each.path}`),
  ];
}

const OUTSIDE = "waits for a role that is set outside this stack";
const EXEMPTIONS = { exemptions: [{ resource: "app", reason: "known", expires: "2099-12-31" }] };

test.each<[string, readonly Written[], object, string[]]>([
  [
    "a role of the program: once, at the role, places in other resources by their name",
    [web("a", "profile"), web("b", "profile"), profile("app"), role, inline("app", "{}"), bucket],
    {},
    ["violation app: managedPolicyArns[0]", "violation app: inline.policy"],
  ],
  [
    "what is not known waits for what its property depends on",
    [web("a", "profile"), profile("app"), role, inline("app", unknown), bucket],
    {},
    ["violation app: managedPolicyArns[0]", "unverified app: inline.policy waits for bucket"],
  ],
  [
    "a role outside: a violation at the first machine, what is open at each",
    [web("a", "profile"), web("b", "profile"), profile("shared"), inline("shared", "{}")],
    {},
    ["violation a: inline.policy", `unverified a: profile.role ${OUTSIDE}`, `unverified b: profile.role ${OUTSIDE}`],
  ],
  [
    "onUnverified",
    [web("a", "profile"), profile("shared")],
    { onUnverified: "violation" },
    ["violation a: profile.role"],
  ],
  [
    "one of several roles",
    [
      resource("NodeGroup", "nodes", { nodeRoleArn: unknown }, { edges: { nodeRoleArn: ["app", "other"] } }),
      role,
      resource("Role", "other", { name: "other" }),
    ],
    {},
    ["unverified nodes: nodeRoleArn waits for several roles, one of which is meant"],
  ],
  [
    "an exemption for the role",
    [web("a", "profile"), profile("app"), role],
    EXEMPTIONS,
    ["exempted app: managedPolicyArns[0]"],
  ],
])("%s", (_, written, options, expected) => {
  expect(judged(written, options)).toEqual(expected);
});

test("a rule that fails is a finding", () => {
  expect(judged([web("a", "profile"), profile("app"), role], {}, failing)).toEqual(["violation app: "]);
});

test("the resource pass leaves roles to the stack", () => {
  const settings = policySettings(every, "mandatory", {});
  for (const alone of stack([web("a", "profile"), profile("app"), role])) {
    expect(judgePolicy(every, Model.ofResource(alone), settings, TODAY).findings).toEqual([]);
  }
});

test("the stack pass goes by the inputs that the resource pass has shown, whichever policy asks", async () => {
  const resources = stack([web("a", "profile"), profile("app"), role]);
  const args = resources.map((each) => ({ ...each, props: each.inputs, opts: {}, getConfig: () => ({}) }));
  const computed = args.map((each) => ({ ...each, props: { ...each.props, managedPolicyArns: unknown } }));
  const found: string[] = [];
  for (const policy of policies([failing, every]).slice(1)) {
    const { validateResource, validateStack } = policy as unknown as Passes;
    for (const each of args) await validateResource(each as unknown as ResourceValidationArgs, () => undefined);
    const whole = { resources: computed, getConfig: () => ({}) };
    await validateStack(whole as unknown as StackValidationArgs, (message, urn) =>
      found.push(`${String(urn)}: ${message}`),
    );
  }
  expect(found).toEqual([expect.stringMatching(/::app: It is there/)]);
});

interface Passes {
  readonly validateResource: (args: ResourceValidationArgs, report: () => void) => Promise<void> | void;
  readonly validateStack: (
    args: StackValidationArgs,
    report: (message: string, urn?: string) => void,
  ) => Promise<void> | void;
}

test.each<[string, readonly Written[], number]>([
  ["a machine and its role", [web("web", "profile"), profile("app"), role], 2],
  ["a role of two machines once", [web("a", "profile"), web("b", "profile"), profile("app"), role], 3],
  ["a machine whose role is set elsewhere", [web("web", "profile"), profile("elsewhere")], 1],
  ["no role that neither machine nor profile carries", [role, bucket], 0],
])("counted as judged: %s", (_what, written, count) => {
  expect(judgeStack(stack(written), readSettings(), TODAY).judged).toBe(count);
});
