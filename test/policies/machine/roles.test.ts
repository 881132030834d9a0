import type { MachineRole, PolicySource, Role } from "../../../policies/iam/role";
import { Model } from "../../../policies/machine/model";
import type { Properties } from "../../../policies/machine/resource";
import { resource, stack, unknown, type Written } from "../harness";

const ACCOUNT = "123456789012";
const TRUST = '{"Statement":[]}';
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
type Extra = Parameters<typeof resource>[3];

const arn = (rest: string): string => `arn:aws:iam::${ACCOUNT}:${rest}`;
const web = (profile: unknown, extra: Extra = {}) =>
  resource("Instance", "web", { iamInstanceProfile: profile }, extra);
const profile = (role: unknown, extra: Extra = {}) =>
  resource("InstanceProfile", "profile", { name: "profile-1a", role }, extra);
const role = (inputs: Properties = {}, extra: Extra = {}) =>
  resource(
    "Role",
    "app",
    { name: "app-1a", assumeRolePolicy: TRUST, ...inputs },
    { outputs: { arn: unknown }, ...extra },
  );
const policy = (name: string, inputs: Properties = {}, extra: Extra = {}) =>
  resource("Policy", name, { name: `${name}-1a`, path: "/", policy: `{"${name}":1}`, ...inputs }, extra);
const inline = (name: string, inputs: Properties, extra: Extra = {}) =>
  resource("RolePolicy", name, { name, policy: `{"${name}":1}`, ...inputs }, extra);
const attached = (inputs: Properties, extra: Extra = {}) => resource("RolePolicyAttachment", "attached", inputs, extra);
const component = (name: string) => resource("acme:index:Thing", name, {});
const native = (type: string, name: string, inputs: Properties, extra: Extra = {}) =>
  resource(`aws-native:${type}`, name, inputs, extra);
const provider = (name: string) => ({ urn: `urn:pulumi:dev::test::pulumi:providers:aws::${name}`, name, props: {} });

/** Machine, profile and role, linked by known names, with more resources. */
const chain = (inputs: Properties = {}, ...more: Written[]): Written[] => [
  web("profile-1a"),
  profile("app-1a"),
  role(inputs),
  ...more,
];

function policyLine({ label, document, managed, unseen }: PolicySource): string {
  if (unseen) return `${label} waits for ${unseen.waitsFor ?? `${unseen.source.path}'s dependencies`}`;
  if (managed !== undefined) return label;
  return `${label} ${typeof document === "string" ? document : JSON.stringify(document)}`;
}

function lines(each: Role): string[] {
  return [
    ...each.policies.map(policyLine),
    ...(each.boundary ? [policyLine(each.boundary)] : []),
    ...each.unseen.map(
      ({ source: { urn, path }, waitsFor }) =>
        `${path || String(urn.split("::").at(-1))} waits for ${waitsFor ?? "its dependencies"}`,
    ),
  ];
}

function summary(each: MachineRole): string[] {
  const machines = each.machines.map(({ resource: { name } }) => name).join(" ");
  const at = each.at.map(({ name }) => name).join(" ");
  return [`at ${at}: ${each.certain ? "" : "perhaps "}${machines}`.trim(), ...lines(each)];
}

function rolesIn(written: readonly Written[]): readonly MachineRole[] {
  return Model.ofStack(stack(written)).machineRoles;
}

/** What the machines carry: where each role is judged, its machines, its policies and what is not seen of it. */
test.each<[string, Written[], string[]]>([
  ["no profile", [resource("Instance", "web", {}), role()], []],
  ["an empty profile", [web("")], []],
  ["by known names alone", chain(), ["at app: web"]],
  [
    "by dependencies, with everything unknown",
    [
      web(unknown, { edges: { iamInstanceProfile: ["profile"] } }),
      profile(unknown, { edges: { role: ["app"] } }),
      role(),
    ],
    ["at app: web"],
  ],
  [
    "by an ARN of which only the name is known here",
    [web("profile-1a"), profile(arn("role/app-1a")), role()],
    ["at app: web"],
  ],
  [
    "an ARN in another account is another role",
    [
      web("profile-1a"),
      profile(arn("role/app-1a")),
      role({}, { outputs: { arn: "arn:aws:iam::999999999999:role/app-1a" } }),
    ],
    ["at web: web", "role waits for a role that is set outside this stack"],
  ],
  ["a profile without a role", [web("profile-1a"), profile("")], []],
  ["a profile that no machine of the stack has", [profile("app-1a"), role()], ["at app:"]],
  ["a role that no profile has", [role()], []],
  [
    "the name of a resource is not its physical name",
    [web("profile"), profile("app-1a"), role()],
    ["at web: web", "iamInstanceProfile waits for an instance profile that is set outside this stack", "at app:"],
  ],
  [
    "dependsOn is no link",
    [web("other", { dependsOn: ["profile"] }), profile("app-1a"), role()],
    ["at web: web", "iamInstanceProfile waits for an instance profile that is set outside this stack", "at app:"],
  ],
  [
    "two absent names",
    [web("profile-1a"), profile(unknown), resource("Role", "app", { assumeRolePolicy: TRUST })],
    ["at web: web", "role waits for a role that is not known yet"],
  ],
  [
    "a name of another provider is another account's",
    [web("profile-1a"), profile("app-1a"), role({}, { provider: provider("other") })],
    ["at web: web", "role waits for a role that is set outside this stack"],
  ],
  [
    "edges wiped by a transform: plain dependencies",
    [web(unknown, { dependsOn: ["profile"] }), profile("app-1a"), role()],
    ["at app: web"],
  ],
  [
    "an edge to a component means what it made",
    [
      web(unknown, { edges: { iamInstanceProfile: ["thing"] } }),
      component("thing"),
      profile(unknown, { parent: "thing", edges: { role: ["app"] } }),
      role({}, { parent: "thing" }),
    ],
    ["at app: web"],
  ],
  [
    "a profile read with .get() that the engine does not show",
    [web("profile-1a", { edges: { iamInstanceProfile: [] } })],
    ["at web: web", "iamInstanceProfile waits for an instance profile that is set outside this stack"],
  ],
  [
    "a profile and a role read with .get() that it shows",
    [
      web("profile-1a"),
      profile("app-1a", { read: true }),
      role({ managedPolicyArns: [READ_ONLY], inlinePolicies: [] }, { read: true }),
    ],
    ["at web: web", "AWS managed policy ReadOnlyAccess"],
  ],
  [
    "a profile that this run does not evaluate",
    [web(unknown, { edges: { iamInstanceProfile: ["profile"] } }), resource("InstanceProfile", "profile", {})],
    ["at web: web", "profile waits for instance profile profile, which this run does not evaluate"],
  ],
  [
    "a role that this run does not evaluate",
    [web("profile-1a"), profile(unknown, { edges: { role: ["app"] } }), resource("Role", "app", {})],
    ["at web: web", "app waits for role app, which this run does not evaluate"],
  ],
  [
    "several profiles, one of which is meant: the role that both have",
    [
      web(unknown, { edges: { iamInstanceProfile: ["profile", "second"] } }),
      profile("app-1a"),
      resource("InstanceProfile", "second", { name: "second-1a", role: "app-1a" }),
      role(),
    ],
    ["at app:"],
  ],
  [
    "several roles, one of which is meant",
    [
      resource("NodeGroup", "nodes", { nodeRoleArn: unknown }, { edges: { nodeRoleArn: ["app", "second"] } }),
      role(),
      resource("Role", "second", { name: "second", assumeRolePolicy: TRUST }),
    ],
    ["at app: perhaps", "at second: perhaps"],
  ],
  [
    "a template is named by its machines",
    [
      resource(
        "LaunchTemplate",
        "lt",
        { name: "lt-1a", iamInstanceProfile: { name: "profile-1a" } },
        { outputs: { id: unknown } },
      ),
      resource("Instance", "web", { launchTemplate: { name: "lt-1a", version: "$Latest" } }),
      resource("Group", "group", { launchTemplate: { name: "lt-1a", version: "$Latest" } }),
      profile("app-1a"),
      role(),
    ],
    ["at app: group web"],
  ],
  [
    "a template that nothing launches, and a machine with a profile of its own",
    [
      resource("LaunchTemplate", "lt", {
        name: "lt-1a",
        iamInstanceProfile: { arn: arn("instance-profile/x/profile-1a") },
      }),
      resource("Instance", "web", {
        iamInstanceProfile: "other",
        launchTemplate: { name: "lt-1a", version: "$Latest" },
      }),
      profile("app-1a"),
      role(),
    ],
    ["at web: web", "iamInstanceProfile waits for an instance profile that is set outside this stack", "at app: lt"],
  ],
  [
    "a profile outside, named by a template: at the template",
    [
      resource(
        "LaunchTemplate",
        "lt",
        { name: "lt-1a", iamInstanceProfile: { name: "x" } },
        { outputs: { id: unknown } },
      ),
      resource("Instance", "web", { launchTemplate: { name: "lt-1a", version: "$Latest" } }),
    ],
    ["at lt: web", "iamInstanceProfile waits for an instance profile that is set outside this stack"],
  ],
  [
    "a template outside",
    [resource("Instance", "web", { launchTemplate: { name: "golden" } })],
    ["at web: web", "launchTemplate waits for a launch template that is set outside this stack"],
  ],
  [
    "a security configuration outside gives no profile",
    [resource("Cluster", "emr", { securityConfiguration: "golden" })],
    [],
  ],
  [
    "a group that is made from an instance",
    [resource("Group", "group", { instanceId: "i-1" })],
    ["at group: group", "instanceId waits for the instance that the group is made from"],
  ],
])("%s", (_, written, expected) => {
  expect(rolesIn(written).flatMap(summary)).toEqual(expected);
});

/** The policies of the role that a machine carries. */
test.each<[string, Written[], string[]]>([
  [
    "inline policies of the role; an item without a document deletes",
    chain({ inlinePolicies: [{ name: "a", policy: "{}" }, { name: "b", policy: "" }, {}] }),
    ["inline policy inlinePolicies[0] {}"],
  ],
  [
    "inline policies that are not known",
    chain({ inlinePolicies: [{ name: "a", policy: unknown }] }),
    ["inline policy inlinePolicies[0] waits for inlinePolicies[0].policy's dependencies"],
  ],
  [
    "computed outputs say nothing",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({}, { outputs: { inlinePolicies: unknown, managedPolicyArns: unknown, permissionsBoundary: unknown } }),
    ],
    [],
  ],
  ["RolePolicy by name", chain({}, inline("more", { role: "app-1a" })), ['inline policy more {"more":1}']],
  [
    "RolePolicy by dependency, its document unknown",
    chain({}, inline("more", { role: unknown, policy: unknown }, { edges: { role: ["app"] } })),
    ["inline policy more waits for policy's dependencies"],
  ],
  [
    "RolePolicy with an object and an unknown leaf",
    chain({}, native("iam:RolePolicy", "more", { roleName: "app-1a", policyDocument: { Statement: [unknown] } })),
    [`inline policy more {"Statement":["${unknown}"]}`],
  ],
  ["RolePolicy of another role", chain({}, inline("more", { role: "other" })), []],
  [
    "RolePolicy of one of several roles",
    chain(
      {},
      resource("Role", "second", { name: "second" }),
      inline("more", { role: unknown }, { edges: { role: ["app", "second"] } }),
    ),
    ["policy of more waits for several roles, one of which is meant"],
  ],
  [
    "RolePolicy of a role that nothing tells",
    chain({}, inline("more", { role: unknown })),
    ["role waits for the role of more"],
  ],
  ["RolePolicy of a role outside", chain({}, inline("more", { role: unknown }, { edges: { role: [] } })), []],
  [
    "RolePolicy that this run does not evaluate",
    chain({}, resource("RolePolicy", "more", {}, { edges: { role: ["app"], policy: [] } })),
    ["inline policy more waits for policy's dependencies"],
  ],
  [
    "AWS managed policies in every partition and path",
    chain(
      { managedPolicyArns: ["arn:aws-cn:iam::aws:policy/service-role/AmazonEC2RoleforSSM"] },
      attached({ role: "app-1a", policyArn: READ_ONLY }),
    ),
    ["AWS managed policy service-role/AmazonEC2RoleforSSM", "AWS managed policy ReadOnlyAccess"],
  ],
  [
    "a policy of an account that is named like AWS's",
    chain({}, attached({ role: "app-1a", policyArn: arn("policy/AdministratorAccess") })),
    ["an attached policy waits for a policy that is set outside this stack"],
  ],
  [
    "RolePolicyAttachment of a policy by dependency, by ARN and by a name in an ARN",
    chain(
      {},
      policy("a"),
      policy("b", {}, { outputs: { arn: arn("policy/b-1a") } }),
      policy("c", { path: "/team/" }),
      attached({ role: unknown, policyArn: unknown }, { edges: { role: ["app"], policyArn: ["a"] } }),
      resource("RolePolicyAttachment", "b2", { role: "app-1a", policyArn: arn("policy/b-1a") }),
      resource("RolePolicyAttachment", "c2", { role: arn("role/app-1a"), policyArn: arn("policy/team/c-1a") }),
    ),
    ['policy a {"a":1}', 'policy b {"b":1}', 'policy c {"c":1}'],
  ],
  [
    "one of several policies",
    chain(
      {},
      policy("a"),
      policy("b"),
      attached({ role: "app-1a", policyArn: unknown }, { edges: { policyArn: ["a", "b"] } }),
    ),
    ["an attached policy waits for several policies, one of which is meant"],
  ],
  [
    "a list takes all that it depends on",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({ managedPolicyArns: [unknown, READ_ONLY, unknown] }, { edges: { managedPolicyArns: ["a", "b"] } }),
      policy("a"),
      policy("b"),
    ],
    ["AWS managed policy ReadOnlyAccess", 'policy a {"a":1}', 'policy b {"b":1}'],
  ],
  [
    "a list with more than it depends on",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({ managedPolicyArns: [unknown, unknown] }, { edges: { managedPolicyArns: ["a"] } }),
      policy("a"),
    ],
    ['policy a {"a":1}', "an attached policy waits for a policy that is not known yet"],
  ],
  [
    "a list that is not known may hold others",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({ managedPolicyArns: unknown }, { edges: { managedPolicyArns: ["a"] } }),
      policy("a"),
    ],
    ['policy a {"a":1}', "an attached policy waits for a policy that is not known yet"],
  ],
  [
    "a policy that is attached twice",
    chain(
      { managedPolicyArns: [READ_ONLY] },
      attached({ role: "app-1a", policyArn: READ_ONLY }),
      resource("PolicyAttachment", "everywhere", { roles: ["other", "app-1a"], policyArn: READ_ONLY }),
    ),
    ["AWS managed policy ReadOnlyAccess"],
  ],
  [
    "PolicyAttachment: each role of the list",
    chain(
      {},
      resource("Role", "second", { name: "second" }),
      resource(
        "PolicyAttachment",
        "everywhere",
        { roles: [unknown, unknown], policyArn: READ_ONLY },
        { edges: { roles: ["second", "app"] } },
      ),
    ),
    ["AWS managed policy ReadOnlyAccess"],
  ],
  [
    "exclusive lists: attachments count, names grant nothing",
    chain(
      {},
      resource("RolePolicyAttachmentsExclusive", "only", { roleName: "app-1a", policyArns: [READ_ONLY] }),
      resource("RolePoliciesExclusive", "names", { roleName: "app-1a", policyNames: ["more"] }),
      inline("more", { role: "app-1a" }),
    ),
    ['inline policy more {"more":1}', "AWS managed policy ReadOnlyAccess"],
  ],
  [
    "a boundary of the program, from AWS, and outside",
    chain({ permissionsBoundary: unknown }, policy("edge")).map((each) =>
      each.name === "app" ? { ...each, edges: { permissionsBoundary: ["edge"] } } : each,
    ),
    ['permissions boundary policy edge {"edge":1}'],
  ],
  [
    "a boundary from AWS",
    chain({ permissionsBoundary: READ_ONLY }),
    ["permissions boundary AWS managed policy ReadOnlyAccess"],
  ],
  [
    "a boundary outside",
    chain({ permissionsBoundary: arn("policy/edge") }),
    ["permissions boundary waits for a policy that is set outside this stack"],
  ],
  ["an empty boundary", chain({ permissionsBoundary: "" }), []],
  [
    "a policy that this run does not evaluate",
    chain(
      {},
      resource("Policy", "a", {}),
      attached({ role: "app-1a", policyArn: unknown }, { edges: { policyArn: ["a"] } }),
    ),
    ["policy a waits for policy a, which this run does not evaluate"],
  ],
  [
    "a role outside, with what the program attaches to it",
    [
      web("profile-1a"),
      profile("shared"),
      inline("more", { role: "shared" }),
      attached({ role: "shared", policyArn: READ_ONLY }),
    ],
    [
      'inline policy more {"more":1}',
      "AWS managed policy ReadOnlyAccess",
      "role waits for a role that is set outside this stack",
    ],
  ],
  [
    "a role read with .get() of which only the name is shown",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({ inlinePolicies: unknown, managedPolicyArns: unknown, permissionsBoundary: unknown }, { read: true }),
      inline("more", { role: "app-1a" }),
    ],
    ['inline policy more {"more":1}', "app waits for a role that is set outside this stack"],
  ],
  [
    "a role outside, of which both lists are exclusive",
    [
      web("profile-1a"),
      profile("shared"),
      inline("more", { role: "shared" }),
      resource("RolePolicyAttachmentsExclusive", "only", { roleName: "shared", policyArns: [READ_ONLY] }),
      resource("RolePoliciesExclusive", "names", { roleName: "shared", policyNames: ["more"] }),
    ],
    ['inline policy more {"more":1}', "AWS managed policy ReadOnlyAccess"],
  ],
  [
    "a role outside, with an inline policy that the program does not have",
    [
      web("profile-1a"),
      profile("shared"),
      resource("RolePolicyAttachmentsExclusive", "only", { roleName: "shared", policyArns: [] }),
      resource("RolePoliciesExclusive", "names", { roleName: "shared", policyNames: ["more"] }),
    ],
    ["role waits for a role that is set outside this stack"],
  ],
  [
    "aws-native: profile, role, policies in and beside it",
    [
      native("ec2:Instance", "web", { iamInstanceProfile: "profile-1a" }),
      native("iam:InstanceProfile", "profile", { instanceProfileName: "profile-1a", roles: ["app-1a"] }),
      native("iam:Role", "app", {
        roleName: "app-1a",
        assumeRolePolicyDocument: {},
        policies: [{ policyName: "a", policyDocument: { a: 1 } }],
        managedPolicyArns: [READ_ONLY],
      }),
      native("iam:RolePolicy", "b", { roleName: "app-1a", policyName: "b", policyDocument: { b: 1 } }),
      native("iam:Policy", "c", { roles: ["app-1a"], policyName: "c", policyDocument: { c: 1 } }),
      native("iam:ManagedPolicy", "d", { roles: [unknown], policyDocument: { d: 1 } }, { edges: { roles: ["app"] } }),
    ],
    [
      'inline policy policies[0] {"a":1}',
      "AWS managed policy ReadOnlyAccess",
      'inline policy b {"b":1}',
      'inline policy c {"c":1}',
      'policy d {"d":1}',
    ],
  ],
  [
    "both providers",
    [
      web("profile-1a"),
      native("iam:InstanceProfile", "profile", { instanceProfileName: "profile-1a", roles: ["app-1a"] }),
      role(),
      native("iam:RolePolicy", "b", { roleName: "app-1a", policyDocument: { b: 1 } }),
    ],
    ['inline policy b {"b":1}'],
  ],
])("%s", (_, written, expected) => {
  expect(rolesIn(written).flatMap(lines)).toEqual(expected);
});

/** Every way in which a resource takes a role. */
test.each<[string, Properties]>([
  ["Instance", { iamInstanceProfile: "profile-1a" }],
  ["SpotInstanceRequest", { iamInstanceProfile: "profile-1a" }],
  ["LaunchTemplate", { iamInstanceProfile: { name: "profile-1a" } }],
  ["LaunchTemplate", { iamInstanceProfile: { arn: arn("instance-profile/profile-1a") } }],
  ["aws-native:ec2:LaunchTemplate", { launchTemplateData: { iamInstanceProfile: { name: "profile-1a" } } }],
  ["LaunchConfiguration", { iamInstanceProfile: "profile-1a" }],
  ["SpotFleetRequest", { launchSpecifications: [{ iamInstanceProfile: "profile-1a" }, { ami: "ami-1" }] }],
  ["SpotFleetRequest", { launchSpecifications: [{ iamInstanceProfileArn: arn("instance-profile/profile-1a") }] }],
  [
    "aws-native:ec2:SpotFleet",
    {
      spotFleetRequestConfigData: {
        launchSpecifications: [{ iamInstanceProfile: { arn: arn("instance-profile/profile-1a") } }],
      },
    },
  ],
  ["NodeGroup", { nodeRoleArn: arn("role/app-1a") }],
  ["aws-native:eks:Nodegroup", { nodeRole: arn("role/app-1a") }],
  ["ComputeEnvironment", { computeResources: { instanceRole: "profile-1a" } }],
  ["ComputeEnvironment", { computeResources: { instanceRole: arn("instance-profile/profile-1a") } }],
  [
    "CapacityProvider",
    {
      managedInstancesProvider: {
        infrastructureRoleArn: arn("role/other"),
        instanceLaunchTemplate: { ec2InstanceProfileArn: arn("instance-profile/profile-1a") },
      },
    },
  ],
  ["Cluster", { serviceRole: "other", ec2Attributes: { instanceProfile: "profile-1a" } }],
  ["NotebookInstance", { roleArn: arn("role/app-1a") }],
  ["InfrastructureConfiguration", { instanceProfileName: "profile-1a" }],
  [
    "Environment",
    {
      settings: [
        { namespace: "aws:autoscaling:launchconfiguration", name: "IamInstanceProfile", value: "profile-1a" },
        { namespace: "aws:elasticbeanstalk:environment", name: "ServiceRole", value: "other" },
      ],
    },
  ],
])("the role of %s", (type, inputs) => {
  const [only, ...others] = rolesIn([resource(type, "taker", inputs), profile("app-1a"), role()]);
  expect(others).toEqual([]);
  expect(only?.at.map(({ name }) => name)).toEqual(["app"]);
  expect(only?.machines.map(({ resource: { name } }) => name)).toEqual(["taker"]);
});

test("the services that take a role", () => {
  const notebook = resource("NotebookInstance", "book", { roleArn: arn("role/app-1a") });
  const services = (...written: Written[]) => rolesIn([...written, role()]).map((each) => each.services);
  expect(services(notebook)).toEqual([["sagemaker"]]);
  expect(services(notebook, profile("app-1a"))).toEqual([["ec2", "sagemaker"]]);
});

test("the roles of a machine are those of the model", () => {
  const model = Model.ofStack(stack(chain()));
  const [machine] = model.subjects.flatMap(({ resource: each }) => model.machinesOf(each));
  expect(machine && model.rolesOf(machine)).toEqual(model.machineRoles);
  expect(machine && model.rolesOf(machine)[0]).toBe(model.machineRoles[0]);
});

test("any role of the program can be asked for, in the resource pass too", () => {
  const [alone] = stack([role({ managedPolicyArns: [READ_ONLY] })]);
  if (!alone) throw new Error("no role");
  expect(lines(Model.ofStack([alone]).roleOf(alone))).toEqual(["AWS managed policy ReadOnlyAccess"]);
  expect(Model.ofResource(alone).machineRoles).toEqual([]);
});

/** Names and places of the role that a machine carries. */
test.each<[string, Written[], Partial<Role["identity"]>]>([
  ["only its name", chain(), { name: "app-1a", path: "/", account: undefined, partition: undefined }],
  [
    "its own ARN",
    [web("profile-1a"), profile("app-1a"), role({}, { outputs: { arn: arn("role/team/app-1a") } })],
    { name: "app-1a", path: "/team/", account: ACCOUNT, partition: "aws" },
  ],
  [
    "the region of its provider",
    [
      web("profile-1a"),
      profile("app-1a"),
      role({}, { provider: { ...provider("default"), props: { region: "us-gov-west-1" } } }),
    ],
    { partition: "aws-us-gov", account: undefined },
  ],
  [
    "an ARN of the same provider",
    [...chain({ path: "/x/" }), policy("a", {}, { outputs: { arn: arn("policy/a") } })],
    { path: "/x/", account: ACCOUNT, partition: "aws" },
  ],
  [
    "the ARN of a policy that is attached to it",
    chain({}, attached({ role: "app-1a", policyArn: "arn:aws-cn:iam::111111111111:policy/x" })),
    { account: "111111111111", partition: "aws-cn" },
  ],
  ["a path that is not known", chain({ path: unknown }), { path: undefined }],
  [
    "tags",
    chain({ tags: { team: "a" }, tagsAll: { team: "a", all: "b" } }),
    {
      tags: new Map([
        ["team", "a"],
        ["all", "b"],
      ]),
    },
  ],
  ["no tags", chain(), { tags: new Map() }],
  ["a tag that is not known", chain({ tags: { team: unknown } }), { tags: undefined }],
  [
    "a role outside",
    [web("profile-1a"), profile(arn("role/x/shared"))],
    { name: "shared", path: "/x/", account: ACCOUNT, partition: "aws", tags: undefined },
  ],
])("identity: %s", (_, written, expected) => {
  expect(rolesIn(written)[0]?.identity).toMatchObject(expected);
});

test("a thousand roles among ten thousand resources are linked in no time", () => {
  const names = Array.from({ length: 1000 }, (_, i) => `r${String(i)}`);
  const written = names.flatMap((name) => [
    resource(
      "Instance",
      `i-${name}`,
      { iamInstanceProfile: unknown },
      { edges: { iamInstanceProfile: [`p-${name}`] } },
    ),
    resource("InstanceProfile", `p-${name}`, { name: `p-${name}`, role: name }),
    resource("Role", name, { name, assumeRolePolicy: TRUST }),
    ...["a", "b", "c", "d", "e", "f"].map((each) => inline(`${name}${each}`, { role: name })),
    resource("RolePolicyAttachment", `x-${name}`, { role: name, policyArn: READ_ONLY }),
  ]);
  const resources = stack(written);
  const start = process.hrtime.bigint();
  const roles = Model.ofStack(resources).machineRoles;
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  expect(roles.map(({ policies, machines }) => policies.length + machines.length)).toEqual(names.map(() => 8));
  expect(milliseconds).toBeLessThan(2000);
});

test("attachments to many roles are linked in no time, each of them", () => {
  const names = Array.from({ length: 300 }, (_, i) => `r${String(i)}`);
  const all = names.map(() => unknown);
  const attachments = ["a", "b"].map((name) =>
    resource(
      "PolicyAttachment",
      name,
      { roles: all, policyArn: `arn:aws:iam::aws:policy/${name}` },
      { edges: { roles: names } },
    ),
  );
  const roles = names.flatMap((name) => [
    resource("Role", name, { name, assumeRolePolicy: TRUST }),
    resource("InstanceProfile", `p-${name}`, { name: `p-${name}`, role: name }),
  ]);
  expect(rolesIn([...attachments, ...roles]).map(({ policies }) => policies.length)).toEqual(names.map(() => 2));
});
