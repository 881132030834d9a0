/** Resources of a network that decide how machines can be reached, free of how the providers spell them. */
import { boolean, integer, type Cursor } from "./cursor";
import type { Fact, Source } from "./fact";
import type { Network, Reference } from "./launch";
import { byId, networkOf } from "./parts";

/** Addresses of the whole internet that a rule lets in, or may. */
export interface Opening {
  readonly state: "open" | "unknown";
  readonly family: 4 | 6;
  /** For a message: `0.0.0.0/0:443`. */
  readonly shown: string;
  readonly source: Source;
}

/** What a resource says about how machines can be reached; each says only some of it. */
export interface NetworkPart {
  /** Default security groups: machines that name none have it. */
  readonly isDefault?: true;
  /** What a security group lets in. */
  readonly openings?: readonly Opening[];
  /** Rules: the group they belong to. */
  readonly group?: Reference | undefined;
  /** Subnets: whether machines in it get addresses that they do not ask for. */
  readonly gives?: { readonly publicAddress: Fact; readonly ipv6: Fact };
  /** What it gives a fixed public address to. */
  readonly fixes?: readonly Reference[];
  /** Interfaces: their own network. */
  readonly network?: () => Network;
  /** A security group that is put on an interface, be it one that a machine is made with. */
  readonly puts?: { readonly group: Reference; readonly on: readonly Reference[] } | undefined;
  /** Interfaces that are put on a machine. */
  readonly joins?: readonly { readonly machine: Reference; readonly interface: Reference | "itself" }[];
}

type NetworkReader = (properties: Cursor) => NetworkPart;

/** How a type spells the sources of a rule. */
const AWS_SOURCES = { v4: "cidrBlocks", v6: "ipv6CidrBlocks" };
const VPC_SOURCES = { v4: "cidrIpv4", v6: "cidrIpv6" };
const NATIVE_SOURCES = { v4: "cidrIp", v6: "cidrIpv6" };
type Sources = typeof AWS_SOURCES;

function openingsIn(rule: Cursor, sources: Sources): readonly Opening[] {
  if (answersPingOnly(rule)) return [];
  return [
    ...rule.items(sources.v4).flatMap((cidr) => opening(rule, cidr, 4)),
    ...rule.items(sources.v6).flatMap((cidr) => opening(rule, cidr, 6)),
  ];
}

function opening(rule: Cursor, cidr: Cursor, family: 4 | 6): readonly Opening[] {
  const { source } = cidr;
  if (cidr.isUnknown) return [{ state: "unknown", family, shown: "", source }];
  const { text } = cidr;
  if (text === undefined || !isWorld(text, family)) return [];
  return [{ state: "open", family, shown: `${family === 6 ? `[${text}]` : text}${portsOf(rule)}`, source }];
}

const PING = /^(icmp|icmpv6|1|58)$/i;

function protocolOf(rule: Cursor): unknown {
  return [rule.at("protocol"), rule.at("ipProtocol")].find((each) => !each.isAbsent)?.value;
}

function answersPingOnly(rule: Cursor): boolean {
  const protocol = protocolOf(rule);
  return PING.test(typeof protocol === "number" ? String(protocol) : typeof protocol === "string" ? protocol : "");
}

function portsOf(rule: Cursor): string {
  const [from, to] = [integer(rule.at("fromPort").value), integer(rule.at("toPort").value)];
  if (from === undefined || to === undefined || isEveryPort(protocolOf(rule), from, to)) return ", all ports";
  return from === to ? `:${String(from)}` : `:${String(from)}-${String(to)}`;
}

function isEveryPort(protocol: unknown, from: number, to: number): boolean {
  return integer(protocol) === -1 || protocol === "all" || (from <= 0 && to === 65535);
}

const V4 = /^(\d{1,3})\.\d{1,3}\.\d{1,3}\.\d{1,3}\/(\d{1,2})$/;
const V6 = /^([\da-f]{0,4}):[\da-f:.]{1,41}\/(\d{1,3})$/i;

/**
 * Whether a block is a good part of the internet. Of IPv4, whatever is wider than any one holder's: /0, its halves and
 * so on, but multicast and reserved blocks. Of IPv6, whatever is half or more of the 2000::/3 that is given out.
 */
function isWorld(cidr: string, family: 4 | 6): boolean {
  const [, start = "", bits = ""] = (family === 4 ? V4 : V6).exec(cidr) ?? [];
  if (bits === "") return false;
  const length = Number(bits);
  if (family === 4) return length < 8 && Number(start) < 224;
  const common = 16 - Math.min(length, 3);
  return length <= 4 && parseInt(`0${start}`, 16) >> common === 0x2000 >> common;
}

function group(properties: Cursor, key: string, sources: Sources): NetworkPart {
  return { openings: properties.items(key).flatMap((rule) => openingsIn(rule, sources)) };
}

function rule(properties: Cursor, key: string, sources: Sources): NetworkPart {
  const isEgress = properties.at("type").value === "egress";
  const openings = isEgress ? [] : openingsIn(properties, sources);
  return { openings, group: byId("security group", properties.at(key)) };
}

function subnet(properties: Cursor, isDefault = false): NetworkPart {
  const mapped = properties.at("mapPublicIpOnLaunch");
  // EC2 makes default subnets with public addresses.
  const publicAddress = isDefault && mapped.isAbsent ? mapped.replace(true).fact : mapped.fact;
  return { gives: { publicAddress, ipv6: properties.at("assignIpv6AddressOnCreation").fact } };
}

function address(properties: Cursor, instanceKey: string, interfaceKey: string): NetworkPart {
  return { fixes: [byId("instance", properties.at(instanceKey)) ?? [], ownersOf(properties.at(interfaceKey))].flat() };
}

/** An interface by its id, or the machine that was made with it. */
function ownersOf(at: Cursor): readonly Reference[] {
  return [byId("network interface", at) ?? [], byId("instance", at) ?? []].flat();
}

function groupAttachment(properties: Cursor): NetworkPart {
  const group = byId("security group", properties.at("securityGroupId"));
  return { puts: group && { group, on: ownersOf(properties.at("networkInterfaceId")) } };
}

function networkInterface(properties: Cursor): NetworkPart {
  const joins = properties.items("attachments").flatMap((attachment) => {
    const machine = byId("instance", attachment.at("instance"));
    return machine ? [{ machine, interface: "itself" } as const] : [];
  });
  const keys = { securityGroups: ["securityGroups", "groupSet"] };
  return { network: networkOf(keys, properties), joins };
}

function attachment(properties: Cursor): NetworkPart {
  const machine = byId("instance", properties.at("instanceId"));
  const joined = byId("network interface", properties.at("networkInterfaceId"));
  return machine && joined ? { joins: [{ machine, interface: joined }] } : {};
}

const READERS: ReadonlyMap<string, NetworkReader> = new Map<string, NetworkReader>([
  ["aws:ec2/securityGroup:SecurityGroup", (at) => group(at, "ingress", AWS_SOURCES)],
  [
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    (at) => ({ ...group(at, "ingress", AWS_SOURCES), isDefault: true }),
  ],
  ["aws-native:ec2:SecurityGroup", (at) => group(at, "securityGroupIngress", NATIVE_SOURCES)],
  ["aws:ec2/securityGroupRule:SecurityGroupRule", (at) => rule(at, "securityGroupId", AWS_SOURCES)],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", (at) => rule(at, "securityGroupId", VPC_SOURCES)],
  ["aws-native:ec2:SecurityGroupIngress", (at) => rule(at, "groupId", NATIVE_SOURCES)],
  ["aws:ec2/subnet:Subnet", (at) => subnet(at)],
  ["aws:ec2/defaultSubnet:DefaultSubnet", (at) => subnet(at, true)],
  ["aws-native:ec2:Subnet", (at) => subnet(at)],
  ["aws:ec2/eip:Eip", (at) => address(at, "instance", "networkInterface")],
  ["aws:ec2/eipAssociation:EipAssociation", (at) => address(at, "instanceId", "networkInterfaceId")],
  ["aws-native:ec2:Eip", (at) => address(at, "instanceId", "networkInterfaceId")],
  ["aws-native:ec2:EipAssociation", (at) => address(at, "instanceId", "networkInterfaceId")],
  ["aws:ec2/networkInterface:NetworkInterface", networkInterface],
  ["aws-native:ec2:NetworkInterface", networkInterface],
  ["aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment", groupAttachment],
  ["aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", attachment],
  ["aws-native:ec2:NetworkInterfaceAttachment", attachment],
]);

/** Every type that says something about how machines can be reached. */
export const NETWORK_TYPES: readonly string[] = [...READERS.keys()];

/** Whether a type says something about how machines can be reached. */
export function isNetworkPart(type: string): boolean {
  return READERS.has(type);
}

/** What a resource of such a type says. */
export function networkPart(type: string, properties: Cursor): NetworkPart {
  return READERS.get(type)?.(properties) ?? {};
}

/** Whether a fact says yes, or no; undefined where it is open. Absent is no. */
export function says(fact: Fact): boolean | undefined {
  if (fact.state === "unknown" || fact.state === "inherited") return undefined;
  return fact.state === "known" && boolean(fact.value) === true;
}
