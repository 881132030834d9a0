import { judgePolicy, judgeStack } from "../../../policies/judge";
import { Model } from "../../../policies/machine/model";
import type { Properties } from "../../../policies/machine/resource";
import { policies } from "../../../policies/pack";
import { RULES } from "../../../policies/rules";
import { policySettings, readSettings } from "../../../policies/settings";
import { HARDENED, messages, resource, stack, TODAY, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-attack-path";
const V1 = { ...HARDENED, httpTokens: "optional" };
const ADMIN = { Effect: "Allow", Action: "*", Resource: "*" };
const READ_ALL = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const NARROW = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" };

const open = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
const sg = (ingress: unknown = [open]) =>
  resource("aws:ec2/securityGroup:SecurityGroup", "sg", { ingress }, { outputs: { id: "sg-1" } });
const admits = (...statements: unknown[]) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ...statements,
    ],
  });

/** A role with these statements behind the profile `app`. */
function role(...statements: unknown[]): Written[] {
  return [
    resource("InstanceProfile", "profile", { name: "app", role: "app" }),
    resource("Role", "app", { name: "app", assumeRolePolicy: admits() }),
    resource("RolePolicy", "inline", { role: "app", policy: JSON.stringify({ Statement: statements }) }),
  ];
}

const on = (Action: string) => ({ ...READ_ALL, Action });

/** The administrator `app` behind the profile, taken by this principal, or by everyone but that one. */
function untaken(Principal: unknown, except?: string): Written[] {
  const who = except === undefined ? { Principal } : { NotPrincipal: { AWS: except } };
  const assumeRolePolicy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...who }] });
  return role(ADMIN).map((each) =>
    each.name === "app" ? resource("Role", "app", { name: "app", assumeRolePolicy }) : each,
  );
}

const web = (inputs: Properties = {}, extra: Parameters<typeof resource>[3] = {}) =>
  resource(
    "Instance",
    "web",
    {
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: ["sg-1"],
      iamInstanceProfile: "app",
      metadataOptions: V1,
      ...inputs,
    },
    extra,
  );
const nat = (inputs: Properties = {}) => web({ associatePublicIpAddress: false, sourceDestCheck: false, ...inputs });
const lt = (inputs: Properties = {}) =>
  resource("LaunchTemplate", "lt", {
    name: "lt",
    metadataOptions: V1,
    iamInstanceProfile: { name: "app" },
    networkInterfaces: [{ associatePublicIpAddress: "true", securityGroups: ["sg-1"] }],
    ...inputs,
  });
const group = (name = "group", more: Properties = {}) =>
  resource("Group", name, { launchTemplate: { name: "lt", version: "$Latest" }, ...more });

const FOUND = ["violation web"];
const OPEN_QUESTION = ["unverified web"];

test.each<[string, Written[], string[]]>([
  ["all three", [web(), sg(), ...role(ADMIN)], FOUND],
  ["not reachable", [web({ associatePublicIpAddress: false }), sg(), ...role(ADMIN)], []],
  ["not open", [web(), sg([]), ...role(ADMIN)], []],
  ["strong IMDS", [web({ metadataOptions: HARDENED }), sg(), ...role(ADMIN)], []],
  ["endpoint off", [web({ metadataOptions: { httpEndpoint: "disabled" } }), sg(), ...role(ADMIN)], []],
  ["nothing worth stealing", [web(), sg(), ...role(NARROW)], []],
  ["no profile", [web({ iamInstanceProfile: "" }), sg(), ...role(ADMIN)], []],
  ["tokens that nobody sets", [web({ metadataOptions: undefined }), sg(), ...role(ADMIN)], FOUND],
  [
    "a hop limit above the limit",
    [web({ metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 } }), sg(), ...role(ADMIN)],
    FOUND,
  ],
  [
    "a hop limit that is right for a container host",
    [
      web({
        metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 },
        tags: { "ec2-hardening:container-host": "true" },
      }),
      sg(),
      ...role(ADMIN),
    ],
    [],
  ],
  ["a hop limit that nobody sets", [web({ metadataOptions: { httpTokens: "required" } }), sg(), ...role(ADMIN)], []],
  ["a role that reads everything", [web(), sg(), ...role(READ_ALL)], FOUND],
  ["a role that copies every snapshot", [web(), sg(), ...role(on("ec2:CopySnapshot"))], FOUND],
  ["a role that copies every database", [web(), sg(), ...role(on("rds:CopyDBSnapshot"))], FOUND],
  ["a role that copies every cluster", [web(), sg(), ...role(on("rds:CopyDBClusterSnapshot"))], FOUND],
  ["a role that exports every database", [web(), sg(), ...role(on("rds:StartExportTask"))], FOUND],
  [
    "a role that copies every document database",
    [web(), sg(), ...role(on("docdb-elastic:CopyClusterSnapshot"))],
    FOUND,
  ],
  ["a role that reads every log", [web(), sg(), ...role(on("logs:GetLogEvents"))], []],
  [
    "a role that reads everything, and every log as well",
    [web(), sg(), ...role({ ...READ_ALL, Action: ["logs:GetLogEvents", "s3:GetObject"] })],
    FOUND,
  ],
  ["a role that reads and opens everything", [web(), sg(), ...role(on("s3:*Object*"))], FOUND],
  ["a role with a whole service", [web(), sg(), ...role(on("s3:*"))], FOUND],
  ["an administrator that EC2 may not take", [web(), sg(), ...untaken({ Service: "lambda.amazonaws.com" })], []],
  ["an administrator that its account may take", [web(), sg(), ...untaken({ AWS: "111122223333" })], []],
  ["an administrator that everyone may take", [web(), sg(), ...untaken("*")], FOUND],
  ["an administrator that all but one may take", [web(), sg(), ...untaken(undefined, "111122223333")], FOUND],
  ["a role that writes everywhere", [web(), sg(), ...role({ ...READ_ALL, Action: "s3:PutObject" })], []],
  [
    "what AWS prescribes for a machine",
    [
      web(),
      sg(),
      ...role(NARROW),
      resource("RolePolicyAttachment", "core", {
        role: "app",
        policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
      }),
    ],
    [],
  ],
  [
    "a trust policy that admits everyone",
    [
      web(),
      sg(),
      resource("InstanceProfile", "profile", { name: "app", role: "app" }),
      resource("Role", "app", {
        name: "app",
        assumeRolePolicy: admits({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }),
      }),
    ],
    FOUND,
  ],
  ["an address that is not known", [web({ associatePublicIpAddress: unknown }), sg(), ...role(ADMIN)], OPEN_QUESTION],
  [
    "tokens that are not known",
    [web({ metadataOptions: { ...V1, httpTokens: unknown } }), sg(), ...role(ADMIN)],
    OPEN_QUESTION,
  ],
  ["rules that are not known", [web(), sg(unknown), ...role(ADMIN)], OPEN_QUESTION],
  ["a role outside the stack", [web({ iamInstanceProfile: "other" }), sg()], OPEN_QUESTION],
  ["two that are not known", [web({ associatePublicIpAddress: unknown, iamInstanceProfile: "other" }), sg()], []],
  [
    "two that are not known, the first of them the tokens",
    [web({ associatePublicIpAddress: unknown, metadataOptions: unknown }), sg(), ...role(ADMIN)],
    [],
  ],
  [
    "one that is not known and one that is not there",
    [web({ associatePublicIpAddress: unknown }), sg(), ...role(NARROW)],
    [],
  ],
  ["a forwarding host with a role that EC2 may not take", [nat(), ...untaken({ Service: "lambda.amazonaws.com" })], []],
  ["a forwarding host with any role", [nat(), ...role(NARROW)], FOUND],
  ["a forwarding host whose role is not in the stack", [nat({ iamInstanceProfile: "other" })], FOUND],
  ["a forwarding host without a profile", [nat({ iamInstanceProfile: undefined })], []],
  [
    "a forwarding host with a hop limit of 2, container host or not",
    [
      nat({
        metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 },
        tags: { "ec2-hardening:container-host": "true" },
      }),
      ...role(NARROW),
    ],
    FOUND,
  ],
  ["a forwarding host with strong IMDS", [nat({ metadataOptions: HARDENED }), ...role(ADMIN)], []],
  ["whether it forwards is not known", [nat({ sourceDestCheck: unknown }), ...role(NARROW)], OPEN_QUESTION],
  ["the template of a group", [lt(), group(), sg(), ...role(ADMIN)], ["violation lt"]],
  ["the template of several groups", [lt(), group("a"), group("b"), sg(), ...role(ADMIN)], ["violation lt"]],
  ["a template that nothing here launches from", [lt(), sg(), ...role(ADMIN)], ["violation lt"]],
  [
    "a group whose subnets give addresses to a template's machines",
    [
      lt({ networkInterfaces: [{ securityGroups: ["sg-1"] }] }),
      group("group", { vpcZoneIdentifiers: ["subnet-1"] }),
      resource("aws:ec2/subnet:Subnet", "subnet", { mapPublicIpOnLaunch: true }, { outputs: { id: "subnet-1" } }),
      sg(),
      ...role(ADMIN),
    ],
    ["violation lt"],
  ],
  [
    "a group whose subnets may give addresses: what is open is the group's",
    [
      lt({ networkInterfaces: [{ securityGroups: ["sg-1"] }] }),
      group("group", { vpcZoneIdentifiers: ["subnet-1"] }),
      resource("aws:ec2/subnet:Subnet", "subnet", { mapPublicIpOnLaunch: unknown }, { outputs: { id: "subnet-1" } }),
      sg(),
      ...role(ADMIN),
    ],
    ["unverified group"],
  ],
  ["what is open in a template", [lt({ metadataOptions: unknown }), group(), sg(), ...role(ADMIN)], ["unverified lt"]],
  [
    "a machine from a template answers for itself",
    [
      lt({ networkInterfaces: undefined, iamInstanceProfile: undefined }),
      web({ metadataOptions: undefined, launchTemplate: { name: "lt", version: "$Latest" } }),
      sg(),
      ...role(ADMIN),
    ],
    FOUND,
  ],
  [
    "a machine that is hardened over its template",
    [
      lt({ networkInterfaces: undefined }),
      web({ metadataOptions: HARDENED, launchTemplate: { name: "lt", version: "$Latest" } }),
      sg(),
      ...role(ADMIN),
    ],
    [],
  ],
  [
    "a template that is only read: at the group",
    [{ ...lt(), read: true }, group(), sg(), ...role(ADMIN)],
    ["violation group"],
  ],
  [
    "a fleet that overrides its template: at the fleet",
    [
      lt({ metadataOptions: HARDENED }),
      resource("aws-native:ec2:Ec2Fleet", "fleet", {
        launchTemplateConfigs: [
          {
            launchTemplateSpecification: { launchTemplateName: "lt", version: "$Latest" },
            overrides: [{ metadataOptions: V1 }],
          },
        ],
      }),
      sg(),
      ...role(ADMIN),
    ],
    ["violation fleet"],
  ],
  [
    "a launch configuration",
    [
      resource("LaunchConfiguration", "lc", {
        ...{ name: "lc", associatePublicIpAddress: true, securityGroups: ["sg-1"], iamInstanceProfile: "app" },
        metadataOptions: V1,
      }),
      resource("Group", "group", { launchConfiguration: "lc" }),
      sg(),
      ...role(ADMIN),
    ],
    ["violation lc"],
  ],
  [
    "one of two roles, which differ",
    [
      web({ iamInstanceProfile: unknown }, { edges: { iamInstanceProfile: ["profiles"] } }),
      resource("acme:index:Profiles", "profiles", {}),
      resource("InstanceProfile", "a", { role: "app" }, { parent: "profiles" }),
      resource("InstanceProfile", "b", { role: "narrow" }, { parent: "profiles" }),
      sg(),
      ...role(ADMIN),
      resource("Role", "narrow", { name: "narrow", assumeRolePolicy: admits() }),
    ],
    OPEN_QUESTION,
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

const twoHops = [web({ metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 } }), sg(), ...role(ADMIN)];
const bare = [web({ metadataOptions: undefined }), sg(), ...role(ADMIN)];

const forwardsTwo = [nat({ metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 } }), ...role(NARROW)];
const OTHER = "111122223333";
const taken = [
  web(),
  sg(),
  resource("InstanceProfile", "profile", { name: "app", role: "app" }),
  resource("Role", "app", {
    name: "app",
    assumeRolePolicy: admits({ Effect: "Allow", Principal: { AWS: OTHER }, Action: "sts:AssumeRole" }),
  }),
];

type Config = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function found(written: readonly Written[], config: Config): string[] {
  const { findings } = judgeStack(stack(written), readSettings(config), TODAY);
  return findings.filter(({ policy }) => policy === POLICY).map((finding) => `violation ${finding.resource}`);
}

function foundByPack(written: readonly Written[], config: Config): string[] {
  const resources = stack(written).map((each) => ({ ...each, props: each.inputs, opts: {} }));
  return policies().flatMap((policy) => {
    const { enforcementLevel, ...options } = config[policy.name] ?? {};
    if (enforcementLevel === "disabled") return [];
    const urns: string[] = [];
    const getConfig = () => options;
    const { validateResource, validateStack } = policy as unknown as Passes;
    for (const each of resources) validateResource({ ...each, getConfig }, () => undefined);
    validateStack({ resources, getConfig }, (_message, urn) => urns.push(urn));
    return policy.name === POLICY ? urns.map((urn) => `violation ${urn.slice(urn.lastIndexOf(":") + 1)}`) : [];
  });
}

interface Passes {
  readonly validateResource: (args: object, report: () => void) => void;
  readonly validateStack: (args: object, report: (message: string, urn: string) => void) => void;
}

test.each<[string, Written[], Record<string, unknown>, string[]]>([
  ["a higher limit", twoHops, { maxHopLimit: 2 }, []],
  ["a named container host", twoHops, { containerHosts: ["we*"] }, []],
  ["the account's default", bare, { account: { httpTokens: "required" } }, []],
  ["an exemption", bare, { exemptions: [{ resource: "web", reason: "honeypot", expires: "2099-12-31" }] }, []],
])("options: %s", (_, written, options, expected) => {
  expect(verdicts(POLICY, written)).toEqual(FOUND);
  expect(verdicts(POLICY, written, options)).toEqual(expected);
});

/** Options of the policies that it joins count here too, unless they are off, and unless it has its own. */
describe.each([
  ["settings", found],
  ["the pack, which is told of each policy alone", foundByPack],
])("options of other policies: %s", (_name, judge) => {
  const account = { httpTokens: "required" };
  test.each<[string, Written[], Config, string[]]>([
    ["a higher limit", twoHops, { "imds-hop-limit": { maxHopLimit: 2 } }, []],
    ["a limit that is not high enough", twoHops, { "imds-hop-limit": { containerHosts: ["db"] } }, FOUND],
    ["its own limit stands", twoHops, { [POLICY]: { maxHopLimit: 3 }, "imds-hop-limit": { maxHopLimit: 1 } }, []],
    ["the account's default", bare, { "imds-require-v2": { account } }, []],
    ["the account's default for hop limits says nothing of tokens", bare, { "imds-hop-limit": { account } }, FOUND],
    ["a policy that is off", twoHops, { "imds-hop-limit": { enforcementLevel: "disabled", maxHopLimit: 2 } }, FOUND],
    ["a forwarding host may not have two hops", forwardsTwo, { "imds-hop-limit": { maxHopLimit: 2 } }, FOUND],
    ["a principal that may take the role", taken, { "profile-trust-policy": { allowedPrincipals: [OTHER] } }, []],
  ])("%s", (_, written, config, expected) => {
    expect(judge(written, config)).toEqual(expected);
  });
});

test("the same principal that profile-trust-policy is told to allow", () => {
  expect(verdicts(POLICY, taken)).toEqual(FOUND);
  expect(verdicts(POLICY, taken, { allowedPrincipals: [OTHER] })).toEqual([]);
});

const TOKENS = 'Set metadataOptions.httpTokens: "required".';
const NEXT = "That is the cheapest cut. Narrowing the role and closing the security group are the next cuts.";

test.each<[string, Written[], string]>([
  [
    "escalation",
    [web(), sg(), ...role({ Effect: "Allow", Action: ["iam:PassRole", "ec2:RunInstances"], Resource: "*" })],
    `internet → web (0.0.0.0/0:443) → IMDSv1 → role app → iam:PassRole + ec2:RunInstances → administrator.\n${TOKENS}\n${NEXT}`,
  ],
  [
    "administration",
    [web(), sg(), ...role(ADMIN)],
    `internet → web (0.0.0.0/0:443) → IMDSv1 → role app → * → administrator.\n${TOKENS}\n${NEXT}`,
  ],
  [
    "data, and both weaknesses",
    [web({ metadataOptions: { ...V1, httpPutResponseHopLimit: 3 } }), sg(), ...role(READ_ALL)],
    `internet → web (0.0.0.0/0:443) → IMDSv1 and hop limit 3 → role app → s3:GetObject → reads every object.\n${TOKENS}\nSet metadataOptions.httpPutResponseHopLimit: 1.\n${NEXT}`,
  ],
  [
    "a group",
    [lt(), group(), sg(), ...role(ADMIN)],
    `internet → group (0.0.0.0/0:443) → IMDSv1 → role app → * → administrator.\nSet metadataOptions.httpTokens: "required" on launch template lt.\n${NEXT}`,
  ],
  [
    "a forwarding host",
    [nat(), ...role(NARROW)],
    `forwarded traffic → web (no source/destination check) → IMDSv1 → role app.\n${TOKENS}\nThat is the cheapest cut. Taking the profile off a machine that only forwards is the next cut.`,
  ],
])("message: %s", (_, written, expected) => {
  expect(messages(POLICY, written)).toEqual([expected]);
});

test("does not say that version 1 is on where it is only not ruled out", () => {
  expect(messages(POLICY, bare)[0]).toMatch(
    /^internet → web \(0\.0\.0\.0\/0:443\) → IMDSv1 not ruled out → role app →/,
  );
});

test("says what it waits for, at a property of the machine", () => {
  const rule = RULES.find(({ name }) => name === POLICY);
  if (!rule) throw new Error("no rule");
  const open = (written: readonly Written[]): string[] =>
    judgePolicy(rule, Model.ofStack(stack(written)), policySettings(rule, "advisory", {}), TODAY).unverified.map(
      ({ path, waitsFor }) => `${path}: ${waitsFor}`,
    );
  expect(open([web({ iamInstanceProfile: "other" }), sg()])).toEqual([
    "iamInstanceProfile: what a role that is not known may do",
  ]);
  expect(open([web(), sg(unknown), ...role(ADMIN)])).toEqual(["vpcSecurityGroupIds[0]: what sg lets in"]);
});
