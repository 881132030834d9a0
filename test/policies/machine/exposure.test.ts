import { exposureOf, type Answer } from "../../../policies/machine/exposure";
import { Model } from "../../../policies/machine/model";
import type { Properties } from "../../../policies/machine/resource";
import { resource, stack, unknown, type Written } from "../harness";

type Extra = Parameters<typeof resource>[3];

const WORLD = "0.0.0.0/0";
const native = (type: string, name: string, inputs: Properties, extra: Extra = {}) =>
  resource(`aws-native:ec2:${type}`, name, inputs, extra);
const ec2 = (type: string, name: string, inputs: Properties, extra: Extra = {}) =>
  resource(`aws:ec2/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`, name, inputs, extra);

/** A machine; names in its properties are ids. */
const web = (inputs: Properties, extra: Extra = {}) =>
  resource("Instance", "web", { ami: "ami-0a1b", ...inputs }, extra);
const inPublic = (inputs: Properties = {}, extra: Extra = {}) =>
  web({ associatePublicIpAddress: true, ...inputs }, extra);
const tcp = (cidrBlocks: unknown, more: Properties = {}) => ({
  ...{ protocol: "tcp", fromPort: 443, toPort: 443 },
  ...{ cidrBlocks, ...more },
});
const sg = (ingress: unknown, name = "sg") => ec2("SecurityGroup", name, { ingress }, { outputs: { id: `${name}-1` } });
const subnet = (inputs: Properties, name = "subnet") => ec2("Subnet", name, inputs, { outputs: { id: `${name}-1` } });
const inGroup = (...ids: unknown[]) => inPublic({ vpcSecurityGroupIds: ids });

function exposure(written: readonly Written[], name = "web") {
  const model = Model.ofStack(stack(written));
  const subject = model.subjects.find((each) => each.resource.name === name);
  const [machine] = subject ? model.machinesOf(subject.resource) : [];
  if (!machine) throw new Error("no machine");
  return exposureOf(machine, model);
}

function told(answer: Answer): string {
  if (answer.state === "no") return "no";
  return answer.state === "yes"
    ? `yes: ${answer.by}`
    : `unknown: ${answer.source.path} ${answer.waitsFor ?? ""}`.trim();
}

/** A security group on an interface that exists. */
const put = (extra: Extra, inputs: Properties = {}) =>
  ec2(
    "NetworkInterfaceSecurityGroupAttachment",
    "put",
    { securityGroupId: "sg-1", networkInterfaceId: unknown, ...inputs },
    extra,
  );

const nic = { edges: { networkInterface: ["nic"] } };

test.each<[string, readonly Written[], string]>([
  ["nothing is said", [web({})], "no"],
  ["its own", [inPublic()], "yes: "],
  ["as a text", [inPublic({ associatePublicIpAddress: "true" })], "yes: "],
  ["not known", [inPublic({ associatePublicIpAddress: unknown })], "unknown: associatePublicIpAddress"],
  ["of a network interface", [web({ networkInterfaces: [{}, { associatePublicIpAddress: true }] })], "yes: "],
  ["interfaces that are not known", [web({ networkInterfaces: unknown })], "unknown: networkInterfaces"],
  ["no network interface after all", [web({ networkInterfaces: [{ associatePublicIpAddress: false }] })], "no"],
  ["IPv6", [web({ ipv6AddressCount: 1 })], "yes: IPv6"],
  ["IPv6 by a list", [web({ ipv6Addresses: ["2001:db8::1"] })], "yes: IPv6"],
  ["no IPv6", [web({ ipv6AddressCount: 0, ipv6Addresses: [] })], "no"],
  ["a subnet that is not in the stack", [web({ subnetId: "subnet-0a1b" })], "no"],
  ["a subnet of the stack", [web({ subnetId: "subnet-1" }), subnet({})], "no"],
  [
    "a subnet that gives them",
    [web({ subnetId: "subnet-1" }), subnet({ mapPublicIpOnLaunch: true })],
    "yes: subnet subnet",
  ],
  [
    "a subnet by its dependency",
    [web({ subnetId: unknown }, { edges: { subnetId: ["subnet"] } }), subnet({ mapPublicIpOnLaunch: true })],
    "yes: subnet subnet",
  ],
  [
    "a subnet that may give them",
    [web({ subnetId: "subnet-1" }), subnet({ mapPublicIpOnLaunch: unknown })],
    "unknown: subnetId what addresses subnet gives",
  ],
  [
    "a subnet that gives them to a machine that wants none",
    [web({ subnetId: "subnet-1", associatePublicIpAddress: false }), subnet({ mapPublicIpOnLaunch: true })],
    "no",
  ],
  [
    "a subnet that gives IPv6",
    [
      web({ subnetId: "subnet-1", associatePublicIpAddress: false }),
      subnet({ mapPublicIpOnLaunch: true, assignIpv6AddressOnCreation: true }),
    ],
    "yes: IPv6 of subnet subnet",
  ],
  [
    "one of the subnets of a component",
    [
      web({ subnetId: unknown }, { edges: { subnetId: ["vpc"] } }),
      resource("acme:index:Vpc", "vpc", {}),
      ec2("Subnet", "a", { mapPublicIpOnLaunch: true }, { parent: "vpc" }),
      ec2("Subnet", "b", { mapPublicIpOnLaunch: false }, { parent: "vpc" }),
    ],
    "unknown: subnetId one of several, which differ",
  ],
  [
    "a default subnet",
    [web({ subnetId: "default-1" }), ec2("DefaultSubnet", "default", {}, { outputs: { id: "default-1" } })],
    "yes: subnet default",
  ],
  [
    "an Elastic IP",
    [
      web({ associatePublicIpAddress: false }),
      ec2("Eip", "ip", { instance: unknown }, { edges: { instance: ["web"] } }),
    ],
    "yes: Elastic IP ip",
  ],
  ["an Elastic IP of another machine", [web({}), ec2("Eip", "ip", { instance: "i-0123" })], "no"],
  [
    "an Elastic IP of one machine of a component",
    [
      resource("acme:index:Pair", "pair", {}),
      web({}, { parent: "pair" }),
      resource("Instance", "other", { ami: "ami-0a1b" }, { parent: "pair" }),
      ec2("Eip", "ip", { instance: unknown }, { edges: { instance: ["pair"] } }),
    ],
    "unknown: associatePublicIpAddress Elastic IP ip",
  ],
  [
    "an association",
    [web({}, { outputs: { id: "i-1" } }), ec2("EipAssociation", "ip", { instanceId: "i-1" })],
    "yes: Elastic IP ip",
  ],
  [
    "an association of CloudFormation",
    [web({}, { outputs: { id: "i-1" } }), native("EipAssociation", "ip", { instanceId: "i-1" })],
    "yes: Elastic IP ip",
  ],
  [
    "an Elastic IP of an interface that the machine names",
    [
      web({ networkInterfaces: [{ networkInterfaceId: unknown }] }, { edges: { networkInterfaces: ["nic"] } }),
      ec2("NetworkInterface", "nic", {}),
      ec2("Eip", "ip", { networkInterface: unknown }, nic),
    ],
    "yes: Elastic IP ip",
  ],
  [
    "an Elastic IP on the machine's first interface",
    [web({}), ec2("Eip", "ip", { networkInterface: unknown }, { edges: { networkInterface: ["web"] } })],
    "yes: Elastic IP ip",
  ],
  [
    "an Elastic IP of an interface that is attached",
    [
      web({}),
      ec2("NetworkInterface", "nic", { attachments: [{ instance: unknown }] }, { edges: { attachments: ["web"] } }),
      ec2("Eip", "ip", { networkInterface: unknown }, nic),
    ],
    "yes: Elastic IP ip",
  ],
  [
    "a launch template",
    [
      web({ launchTemplate: { name: "lt", version: "$Latest" } }),
      resource("LaunchTemplate", "lt", { name: "lt", networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
    ],
    "yes: ",
  ],
  [
    "a launch template that is not in the stack",
    [web({ launchTemplate: { name: "lt", version: "$Latest" } })],
    "unknown: launchTemplate a launch template that is set outside this stack",
  ],
  [
    "the subnets of a group",
    [
      resource("Group", "web", {
        launchTemplate: { name: "lt", version: "$Latest" },
        vpcZoneIdentifiers: ["private-1", "public-1"],
      }),
      resource("LaunchTemplate", "lt", { name: "lt" }),
      subnet({ mapPublicIpOnLaunch: true }, "public"),
      subnet({}, "private"),
    ],
    "yes: subnet public",
  ],
  [
    "the subnets of a fleet's overrides, with commas",
    [
      native("SpotFleet", "web", {
        spotFleetRequestConfigData: {
          launchTemplateConfigs: [
            {
              launchTemplateSpecification: { launchTemplateName: "lt", version: "$Latest" },
              overrides: [{ subnetId: "private-1, public-1" }],
            },
          ],
        },
      }),
      resource("LaunchTemplate", "lt", { name: "lt" }),
      subnet({ mapPublicIpOnLaunch: true }, "public"),
    ],
    "yes: subnet public",
  ],
  [
    "a machine of CloudFormation",
    [native("Instance", "web", { networkInterfaces: [{ associatePublicIpAddress: true, deviceIndex: "0" }] })],
    "yes: ",
  ],
])("public address: %s", (_, written, expected) => {
  expect(told(exposure(written).address)).toBe(expected);
});

const OPEN = "yes: 0.0.0.0/0:443";
const OUTSIDE = "yes: a security group that is set outside this stack";
const group = (ingress: unknown) => [inGroup("sg-1"), sg(ingress)];
const byRule = (type: string, inputs: Properties) => [
  inGroup("sg-1"),
  sg([tcp(["10.0.0.0/8"])]),
  resource(type, "rule", inputs, { edges: { securityGroupId: ["sg"], groupId: ["sg"] } }),
];
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const VPC_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

test.each<[string, readonly Written[], string]>([
  ["a group that is open to the world", group([tcp([WORLD])]), OPEN],
  ["a single block", group(tcp([WORLD])), OPEN],
  ["beside other addresses", group([tcp(["10.0.0.0/8", WORLD])]), OPEN],
  ["a range of ports", group([tcp([WORLD], { fromPort: 80, toPort: 90 })]), "yes: 0.0.0.0/0:80-90"],
  ["all ports", group([tcp([WORLD], { protocol: "-1", fromPort: 0, toPort: 0 })]), "yes: 0.0.0.0/0, all ports"],
  ["a half of the internet", group([tcp(["128.0.0.0/1"])]), "yes: 128.0.0.0/1:443"],
  ["IPv6", group([tcp([], { ipv6CidrBlocks: ["::/0"] })]), "yes: [::/0]:443"],
  ["all of IPv6 that is given out", group([tcp([], { ipv6CidrBlocks: ["2000::/3"] })]), "yes: [2000::/3]:443"],
  ["private IPv6", group([tcp([], { ipv6CidrBlocks: ["fc00::/7", "8000::/1", "2001:db8::/32"] })]), "no"],
  ["private addresses", group([tcp(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"])]), "no"],
  ["one holder's addresses", group([tcp(["52.0.0.0/8", "203.0.113.7/32"])]), "no"],
  ["multicast", group([tcp(["224.0.0.0/4"])]), "no"],
  ["no address at all", group([tcp(["0.0.0.0", "everyone", 0, null])]), "no"],
  ["another group", group([tcp(undefined, { securityGroups: ["sg-2"] })]), "no"],
  ["itself", group([tcp(undefined, { self: true })]), "no"],
  ["a prefix list", group([tcp(undefined, { prefixListIds: ["pl-1"] })]), "no"],
  ["ping", group([tcp([WORLD], { protocol: "icmp", fromPort: -1, toPort: -1 })]), "no"],
  [
    "outwards only",
    [inGroup("sg-1"), ec2("SecurityGroup", "sg", { egress: [tcp([WORLD])] }, { outputs: { id: "sg-1" } })],
    "no",
  ],
  ["rules that are not known", group(unknown), "unknown: vpcSecurityGroupIds[0] what sg lets in"],
  ["an address that is not known", group([tcp([unknown])]), "unknown: vpcSecurityGroupIds[0] what sg lets in"],
  ["an address that is not known beside the world", group([tcp([unknown]), tcp([WORLD])]), OPEN],
  ["a group outside the stack", [inGroup("sg-0a1b2c")], OUTSIDE],
  [
    "a group by an edge that leads nowhere",
    [inPublic({ vpcSecurityGroupIds: [unknown] }, { edges: { vpcSecurityGroupIds: [] } })],
    OUTSIDE,
  ],
  [
    "a group of another stack",
    [
      inPublic({ vpcSecurityGroupIds: [unknown] }, { edges: { vpcSecurityGroupIds: ["net"] } }),
      resource("pulumi:pulumi:StackReference", "net", {}),
    ],
    OUTSIDE,
  ],
  [
    "a group of the stack and one of another stack",
    [
      inPublic({ vpcSecurityGroupIds: [unknown, unknown] }, { edges: { vpcSecurityGroupIds: ["a", "net"] } }),
      sg([], "a"),
      resource("pulumi:pulumi:StackReference", "net", {}),
    ],
    OUTSIDE,
  ],
  [
    "a group of the stack in a network of another stack",
    [
      inPublic({ vpcSecurityGroupIds: [unknown] }, { edges: { vpcSecurityGroupIds: ["a", "net"] } }),
      sg([], "a"),
      resource("pulumi:pulumi:StackReference", "net", {}),
    ],
    "no",
  ],
  [
    "a group that something else makes",
    [
      inPublic({ vpcSecurityGroupIds: [unknown] }, { edges: { vpcSecurityGroupIds: ["cluster"] } }),
      resource("aws:eks/cluster:Cluster", "cluster", {}),
    ],
    "unknown: vpcSecurityGroupIds[0]",
  ],
  ["several groups, one of them open", [inGroup("a-1", "b-1"), sg([], "a"), sg([tcp([WORLD])], "b")], OPEN],
  ["several groups, one of them outside", [inGroup("a-1", "sg-0a1b2c"), sg([], "a")], OUTSIDE],
  [
    "groups by their dependencies",
    [
      inPublic({ vpcSecurityGroupIds: [unknown, unknown] }, { edges: { vpcSecurityGroupIds: ["a", "b"] } }),
      sg([], "a"),
      sg([tcp([WORLD])], "b"),
    ],
    OPEN,
  ],
  [
    "a list of groups that is not known",
    [
      inPublic({ vpcSecurityGroupIds: unknown }, { edges: { vpcSecurityGroupIds: ["a", "b"] } }),
      sg([], "a"),
      sg([tcp([WORLD])], "b"),
    ],
    OPEN,
  ],
  [
    "a group by its name",
    [
      inPublic({ securityGroups: ["closed"] }, { edges: { securityGroups: ["sg"] } }),
      ec2("SecurityGroup", "sg", { name: "closed", ingress: [] }),
    ],
    "no",
  ],
  ["a rule", byRule(RULE, tcp([WORLD], { type: "ingress", securityGroupId: "sg-1" })), OPEN],
  ["a rule outwards", byRule(RULE, tcp([WORLD], { type: "egress", securityGroupId: "sg-1" })), "no"],
  [
    "a rule of the group that is let in",
    [
      inGroup("a-1"),
      sg([], "a"),
      sg([], "b"),
      resource(RULE, "rule", tcp([WORLD], { type: "ingress", securityGroupId: "b-1", sourceSecurityGroupId: "a-1" })),
    ],
    "no",
  ],
  [
    "a rule of a group of a component",
    [
      inGroup("a-1"),
      resource("acme:index:Groups", "groups", {}),
      ec2("SecurityGroup", "a", {}, { parent: "groups", outputs: { id: "a-1" } }),
      ec2("SecurityGroup", "b", {}, { parent: "groups", outputs: { id: "b-1" } }),
      resource(RULE, "rule", tcp([WORLD], { type: "ingress", securityGroupId: unknown }), {
        edges: { securityGroupId: ["groups"] },
      }),
    ],
    "unknown: vpcSecurityGroupIds[0] what a lets in",
  ],
  [
    "an ingress rule",
    byRule(VPC_RULE, { securityGroupId: "sg-1", cidrIpv4: WORLD, ipProtocol: "tcp", fromPort: 443, toPort: 443 }),
    OPEN,
  ],
  [
    "an ingress rule for IPv6",
    byRule(VPC_RULE, { securityGroupId: "sg-1", cidrIpv6: "::/0", ipProtocol: "-1" }),
    "yes: [::/0], all ports",
  ],
  [
    "an ingress rule that is not known",
    byRule(VPC_RULE, { securityGroupId: "sg-1", cidrIpv4: unknown }),
    "unknown: vpcSecurityGroupIds[0] what sg lets in",
  ],
  [
    "a rule of CloudFormation",
    byRule("aws-native:ec2:SecurityGroupIngress", {
      groupId: "sg-1",
      cidrIp: WORLD,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    }),
    OPEN,
  ],
  [
    "a group of CloudFormation",
    [
      native("Instance", "web", { networkInterfaces: [{ associatePublicIpAddress: true, groupSet: ["sg-1"] }] }),
      native(
        "SecurityGroup",
        "sg",
        { securityGroupIngress: [{ cidrIp: WORLD, ipProtocol: "tcp", fromPort: 443, toPort: 443 }] },
        { outputs: { id: "sg-1" } },
      ),
    ],
    OPEN,
  ],
  [
    "groups of a launch specification of CloudFormation",
    [
      native("SpotFleet", "web", {
        spotFleetRequestConfigData: {
          launchSpecifications: [
            {
              networkInterfaces: [{ associatePublicIpAddress: true }],
              securityGroups: [{ groupId: "sg-1" }],
            },
          ],
        },
      }),
      sg([]),
    ],
    "no",
  ],
  ["no group: the default one is closed", [inPublic()], "no"],
  [
    "no group, and the default one is opened",
    [inPublic(), ec2("DefaultSecurityGroup", "default", { ingress: [tcp([WORLD])] })],
    OPEN,
  ],
  [
    "no group, and the default one may be open",
    [inPublic(), ec2("DefaultSecurityGroup", "default", { ingress: unknown })],
    "unknown: associatePublicIpAddress what the default security group lets in",
  ],
  ["open, but no address", [web({ vpcSecurityGroupIds: ["sg-1"] }), sg([tcp([WORLD])])], "no"],
  [
    "open, and an address that is not known",
    [inPublic({ associatePublicIpAddress: unknown, vpcSecurityGroupIds: ["sg-1"] }), sg([tcp([WORLD])])],
    "unknown: associatePublicIpAddress",
  ],
  [
    "an IPv6 address alone, open to IPv4 alone",
    [web({ ipv6AddressCount: 1, vpcSecurityGroupIds: ["sg-1"] }), sg([tcp([WORLD])])],
    "no",
  ],
  [
    "an IPv6 address, open to IPv6",
    [web({ ipv6AddressCount: 1, vpcSecurityGroupIds: ["sg-1"] }), sg([tcp([], { ipv6CidrBlocks: ["::/0"] })])],
    "yes: IPv6, [::/0]:443",
  ],
  [
    "a subnet's address and the template's group",
    [
      resource("Group", "web", {
        launchTemplate: { name: "lt", version: "$Latest" },
        vpcZoneIdentifiers: ["subnet-1"],
      }),
      resource("LaunchTemplate", "lt", { name: "lt", vpcSecurityGroupIds: ["sg-1"] }),
      subnet({ mapPublicIpOnLaunch: true }),
      sg([tcp([WORLD])]),
    ],
    "yes: subnet subnet, 0.0.0.0/0:443",
  ],
  [
    "a machine's own group replaces the template's",
    [
      inPublic({ launchTemplate: { name: "lt", version: "$Latest" }, vpcSecurityGroupIds: ["a-1"] }),
      resource("LaunchTemplate", "lt", { name: "lt", vpcSecurityGroupIds: ["sg-1"] }),
      sg([], "a"),
      sg([tcp([WORLD])]),
    ],
    "no",
  ],
  [
    "the group of an interface",
    [
      web({ networkInterfaces: [{ networkInterfaceId: "nic-1" }] }),
      ec2("NetworkInterface", "nic", { securityGroups: ["sg-1"] }, { outputs: { id: "nic-1" } }),
      ec2("Eip", "ip", { networkInterface: "nic-1" }),
      sg([tcp([WORLD])]),
    ],
    "yes: Elastic IP ip, 0.0.0.0/0:443",
  ],
  [
    "a group that is put on the machine's first interface",
    [inGroup("a-1"), sg([], "a"), sg([tcp([WORLD])]), put({ edges: { networkInterfaceId: ["web"] } })],
    "yes: 0.0.0.0/0:443",
  ],
  [
    "that interface by its id",
    [
      inPublic({}, { outputs: { primaryNetworkInterfaceId: "eni-1" } }),
      sg([tcp([WORLD])]),
      put({}, { networkInterfaceId: "eni-1" }),
    ],
    "yes: 0.0.0.0/0:443",
  ],
  [
    "a group that is put on an interface of its own",
    [
      inPublic({ networkInterfaces: [{ networkInterfaceId: "nic-1" }] }),
      ec2("NetworkInterface", "nic", {}, { outputs: { id: "nic-1" } }),
      sg([tcp([WORLD])]),
      put({}, { networkInterfaceId: "nic-1" }),
    ],
    "yes: 0.0.0.0/0:443",
  ],
  [
    "a group from outside that is put on it",
    [inGroup("a-1"), sg([], "a"), put({ edges: { networkInterfaceId: ["web"] } }, { securityGroupId: "sg-0a1b" })],
    "yes: a security group that is set outside this stack",
  ],
  [
    "a group that is put on another machine",
    [
      inGroup("a-1"),
      sg([], "a"),
      sg([tcp([WORLD])]),
      resource("Instance", "other", {}),
      put({ edges: { networkInterfaceId: ["other"] } }),
    ],
    "no",
  ],
])("reachable: %s", (_, written, expected) => {
  expect(told(exposure(written).reachable)).toBe(expected);
});

test.each<[string, readonly Written[], string]>([
  ["not set", [web({})], "no"],
  ["on", [web({ sourceDestCheck: true })], "no"],
  ["off", [web({ sourceDestCheck: false })], "yes: "],
  ["off, as a text", [web({ sourceDestCheck: "false" })], "yes: "],
  ["not known", [web({ sourceDestCheck: unknown })], "unknown: sourceDestCheck"],
  [
    "off on its interface",
    [
      web({ primaryNetworkInterface: { networkInterfaceId: "nic-1" } }),
      ec2("NetworkInterface", "nic", { sourceDestCheck: false }, { outputs: { id: "nic-1" } }),
    ],
    "yes: ",
  ],
])("forwards: %s", (_, written, expected) => {
  expect(told(exposure(written).forwards)).toBe(expected);
});

test("takes time in proportion to the machines and the rules", () => {
  const rules = Array.from({ length: 2000 }, (_, i) => tcp([`10.0.${String(i % 256)}.0/24`]));
  const machines = Array.from({ length: 2000 }, (_, i) =>
    resource("Instance", `web-${String(i)}`, { associatePublicIpAddress: true, vpcSecurityGroupIds: ["sg-1"] }),
  );
  const model = Model.ofStack(stack([...machines, sg(rules)]));
  const started = performance.now();
  const all = model.subjects.flatMap(({ resource: each }) => model.machinesOf(each));
  expect(all.every((machine) => exposureOf(machine, model).reachable.state === "no")).toBe(true);
  expect(performance.now() - started).toBeLessThan(2000);
});
