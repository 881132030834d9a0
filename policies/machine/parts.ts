/** Building blocks that the readers of the resource types share. */
import { parseArn } from "./arn";
import { boolean, integer, type Cursor } from "./cursor";
import { isKnown, type Fact, type Source } from "./fact";
import {
  ATTRIBUTES,
  type Attribute,
  type Launch,
  type Network,
  type Options,
  type Reading,
  type Reference,
  type Setter,
  type Tags,
  type Target,
  type UserData,
} from "./launch";
import { isRecord } from "./resource";

/** Turns a resource's properties into the provider-free view; outputs only where nothing else can tell. */
export type Reader = (properties: Cursor, outputs: Cursor) => Reading;

/** Resource types by token, each with its reader. */
export type Readers = Readonly<Record<string, Reader>>;

const EVERYTHING: ReadonlySet<Attribute> = new Set(ATTRIBUTES);
export const NOTHING: ReadonlySet<Attribute> = new Set();

/** Numbers and booleans may arrive as strings and mean the same. */
function normalise(attribute: Attribute, fact: Fact): Fact {
  if (fact.state !== "known" || attribute !== "httpPutResponseHopLimit") return fact;
  return { ...fact, value: integer(fact.value) ?? fact.value };
}

/** The options of a `metadataOptions` block. */
export function optionsOf(block: Cursor): Options {
  return eachAttribute((attribute) => normalise(attribute, block.at(attribute).fact));
}

/** Options of which only some are set by the type; the others are absent. */
export function onlyOptions(at: Cursor, options: Partial<Options>): Options {
  return eachAttribute((attribute) => {
    const fact = options[attribute];
    return fact ? normalise(attribute, fact) : { state: "absent", source: at.source };
  });
}

function eachAttribute(fact: (attribute: Attribute) => Fact): Options {
  return {
    httpTokens: fact("httpTokens"),
    httpEndpoint: fact("httpEndpoint"),
    httpPutResponseHopLimit: fact("httpPutResponseHopLimit"),
    httpProtocolIpv6: fact("httpProtocolIpv6"),
    instanceMetadataTags: fact("instanceMetadataTags"),
  };
}

/** Sets options in a block such as `metadataOptions`, at a path such as `configs[0].metadataOptions`. */
export function blockSetter(path: string): Setter {
  return {
    block: path,
    describe: (attribute, value) => `${path}.${attribute}: ${JSON.stringify(value)}`,
    apply: (inputs, attribute, value) => setIn(inputs, path, { [attribute]: value }),
  };
}

/** A copy of the properties with more keys in the object at the path. A list of one stays a list of one. */
export function setIn(
  properties: Readonly<Record<string, unknown>>,
  path: string,
  more: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return setAt(properties, path.match(/[^.[\]]+/g) ?? [], more) as Record<string, unknown>;
}

function setAt(value: unknown, [key, ...rest]: readonly string[], more: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) {
    const isIndex = key !== undefined && /^\d+$/.test(key);
    const items = value as readonly unknown[];
    if (isIndex) return items.map((item, i) => (i === Number(key) ? setAt(item, rest, more) : item));
    if (items.length === 1) return [setAt(items[0], key === undefined ? [] : [key, ...rest], more)];
  }
  const record = isRecord(value) ? value : {};
  return key === undefined ? { ...record, ...more } : { ...record, [key]: setAt(record[key], rest, more) };
}

/** The setter of types whose options cannot be written by us, only named. */
export function describeOnly(describe: Setter["describe"]): Setter {
  return { describe };
}

interface ReferenceParts {
  readonly id?: Cursor;
  readonly name?: Cursor;
  readonly arn?: Cursor;
  readonly version?: Cursor;
  readonly oneOfMany?: boolean;
}

/** A reference at a place; undefined where nothing is referred to. */
export function reference(target: Target, at: Cursor, parts: ReferenceParts): Reference | undefined {
  if (at.isAbsent) return undefined;
  const fact = (cursor: Cursor | undefined): Fact => cursor?.fact ?? { state: "absent", source: at.source };
  const name = parts.name === undefined || parts.name.isAbsent ? nameIn(parts.arn) : parts.name;
  return {
    target,
    property: topProperty(at.path),
    source: at.source,
    id: fact(parts.id),
    name: fact(name),
    arn: fact(parts.arn),
    version: fact(parts.version),
    oneOfMany: parts.oneOfMany ?? false,
  };
}

/** Names of IAM are unique in an account, whatever their path: the end of an ARN is as good as all of it. */
function nameIn(arn: Cursor | undefined): Cursor | undefined {
  const parsed = arn?.text === undefined ? undefined : parseArn(arn.text);
  return parsed?.service === "iam" ? arn?.replace(parsed.resource.split("/").at(-1)) : undefined;
}

/** The top-level property a path begins with. */
export function topProperty(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** A reference to a launch template by id or name, however the type spells the two. */
export function templateReference(at: Cursor, oneOfMany = false): Reference | undefined {
  if (at.isAbsent) return undefined;
  const either = (short: string, long: string): Cursor => (at.at(short).isAbsent ? at.at(long) : at.at(short));
  return reference("launch template", at, {
    id: either("id", "launchTemplateId"),
    name: either("name", "launchTemplateName"),
    version: at.at("version"),
    oneOfMany,
  });
}

/** A reference by name, where some programs pass an ARN. */
export function byName(target: Target, at: Cursor, oneOfMany = false): Reference | undefined {
  const part = at.text?.startsWith("arn:") === true ? "arn" : "name";
  return reference(target, at, { [part]: at, oneOfMany });
}

/** A reference by id alone, e.g. an image. */
export function byId(target: Target, at: Cursor): Reference | undefined {
  return reference(target, at, { id: at });
}

/** References by id or name: a list, a text of several with commas, or blocks of CloudFormation with the id in them. */
function listOf(target: Target, properties: Cursor, key: string, oneOfMany = true): Reference[] {
  return properties.items(key).flatMap((item) => {
    const id = isRecord(item.value) ? item.at("groupId") : item;
    const each = id.text?.includes(",") === true ? id.text.split(",").map((text) => id.replace(text.trim())) : [id];
    return each.flatMap((one) => reference(target, one, { id: one, name: one, oneOfMany }) ?? []);
  });
}

/** Tags written as a map, `{ Name: "web" }`. */
export function mapTags(...maps: readonly Cursor[]): Tags {
  return mergeTags(
    maps.map((map) => ({
      ...NO_TAGS,
      known: new Map(map.keys.map((key) => [key, map.at(key).fact] as const)),
      unknown: map.isUnknown ? map.source : undefined,
    })),
  );
}

/** Tags written as a list of `{ key, value }`, of which a group passes on only some. */
export function listTags(items: readonly Cursor[], propagates = false): Tags {
  const known = new Map<string, Fact>();
  const uncertain = new Map<string, Source>();
  let unknown: Tags["unknown"];
  for (const item of items) {
    const [key, passedOn] = [item.at("key"), item.at("propagateAtLaunch")];
    if (propagates && boolean(passedOn.value) !== true && !passedOn.isUnknown) continue;
    if (key.isUnknown) unknown ??= key.source;
    else if (key.text !== undefined && propagates && passedOn.isUnknown) uncertain.set(key.text, passedOn.source);
    else if (key.text !== undefined) known.set(key.text, item.at("value").fact);
  }
  return { known, uncertain, unknown };
}

/** Tags that a template or fleet gives to instances; those for volumes and others are passed over. */
export function tagSpecifications(owner: Cursor, key = "tagSpecifications"): Tags {
  return mergeTags(
    owner.items(key).map((specification) => {
      const type = specification.at("resourceType");
      if (type.isUnknown) return { ...NO_TAGS, unknown: type.source };
      if (type.value !== "instance") return NO_TAGS;
      const tags = specification.at("tags");
      return Array.isArray(tags.value) ? listTags(specification.items("tags")) : mapTags(tags);
    }),
  );
}

export const NO_TAGS: Tags = { known: new Map(), uncertain: new Map(), unknown: undefined };

/** Tags of several places; a later place wins. */
export function mergeTags(all: readonly Tags[]): Tags {
  return {
    known: new Map(all.flatMap((tags) => [...tags.known])),
    uncertain: new Map(all.flatMap((tags) => [...tags.uncertain])),
    unknown: all.find((tags) => tags.unknown)?.unknown,
  };
}

/** User data in a property; undefined where none is given. */
export function userData(at: Cursor, encoding: UserData["encoding"]): UserData | undefined {
  return at.isAbsent ? undefined : { fact: at.fact, encoding };
}

/** The user data of an instance: plain, or base64 in a property of its own. */
export function eitherUserData(properties: Cursor): UserData | undefined {
  return userData(properties.at("userData"), "plain") ?? userData(properties.at("userDataBase64"), "base64");
}

/** A profile in a block `{ name }` or `{ arn }`. */
export function profileBlock(at: Cursor, oneOfMany = false): Reference | undefined {
  const isEmpty = isRecord(at.value) && at.at("name").isAbsent && at.at("arn").isAbsent;
  return isEmpty ? undefined : reference("instance profile", at, { name: at.at("name"), arn: at.at("arn"), oneOfMany });
}

/** How a type spells where its machines are. */
interface NetworkKeys {
  readonly securityGroups: readonly string[];
  /** A property with one subnet. */
  readonly subnet?: string;
  readonly subnets?: readonly string[];
}

/** What decides how a machine can be reached: properties at these places, and those of network interfaces in them. */
export function networkOf(keys: NetworkKeys, first: Cursor, ...others: readonly Cursor[]): () => Network {
  return () => readNetwork(keys, first, others);
}

function readNetwork(keys: NetworkKeys, first: Cursor, others: readonly Cursor[]): Network {
  const { securityGroups, subnet, subnets = [] } = keys;
  const owners = [first, ...others];
  const places = owners.flatMap((owner) => [owner, ...owner.items("networkInterfaces")]);
  const made = [...places, ...owners.map((owner) => owner.block("primaryNetworkInterface"))];
  const list = (target: Target, names: readonly string[], all = places): readonly Reference[] =>
    all.flatMap((place) => names.flatMap((key) => listOf(target, place, key)));
  return {
    publicAddress: anyOf(
      first,
      places.map((place) => place.at("associatePublicIpAddress").fact),
    ),
    ipv6: anyOf(
      first,
      places.flatMap((place) => IPV6_KEYS.map((key) => isGiven(place.at(key).fact))),
    ),
    sourceDestCheck: first.at("sourceDestCheck").fact,
    securityGroups: list("security group", securityGroups),
    subnets: [
      // Only at the top of a resource does the property have its dependencies to itself.
      ...places.flatMap((place) => (subnet === undefined ? [] : listOf("subnet", place, subnet, place.path !== ""))),
      ...list("subnet", subnets),
    ],
    interfaces: list("network interface", ["networkInterfaceId"], made),
  };
}

const IPV6_KEYS = ["ipv6Addresses", "ipv6AddressCount", "ipv6PrefixCount", "ipv6Prefixes"];

/** A list with something in it, or a number above 0. */
function isGiven(fact: Fact): Fact {
  if (fact.state !== "known") return fact;
  const { value } = fact;
  return { ...fact, value: Array.isArray(value) ? value.length > 0 : (integer(value) ?? 0) > 0 };
}

/** Of facts of several places: one that says yes, else one that may, else one that says no. */
function anyOf({ source }: Cursor, facts: readonly Fact[]): Fact {
  const yes = facts.find((fact) => isKnown(fact) && boolean(fact.value) === true);
  const rest = facts.find(({ state }) => state === "unknown") ?? facts.find(isKnown);
  return yes ?? rest ?? facts[0] ?? { state: "absent", source };
}

/** A launch with everything that a type does not set left empty. */
export function launch(at: Cursor, parts: Partial<Launch> & Pick<Launch, "options" | "setter">): Launch {
  return {
    path: at.path,
    expresses: EVERYTHING,
    alternative: undefined,
    saysNothing: false,
    template: undefined,
    ignoresAccount: false,
    madeBy: undefined,
    service: undefined,
    userData: undefined,
    profile: undefined,
    image: undefined,
    keyName: { state: "absent", source: at.source },
    detailedMonitoring: { state: "absent", source: at.source },
    tags: () => NO_TAGS,
    network: undefined,
    ...parts,
  };
}

/** A launch that takes every option from a template. */
export function launchFrom(
  at: Cursor,
  template: Reference | undefined,
  parts: Partial<Launch> = {},
  /** Where the template would be named, where none is. */
  missing: Cursor = at,
): Launch {
  return launch(at, {
    options: onlyOptions(template ? at.replace(at.value, template.source.path) : missing, {}),
    setter: blockSetter("metadataOptions"),
    saysNothing: true,
    template,
    ...parts,
  });
}

/** A resource that launches machines in these ways. */
export function machine(...launches: readonly Launch[]): Reading {
  return { role: "machine", launches };
}
