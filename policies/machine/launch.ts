/** The provider-free view of what a resource launches, or sets for others to launch with. */
import type { Fact, Source } from "./fact";
import type { Properties } from "./resource";

/** The metadata options of EC2, by the name its API gives them. */
export const ATTRIBUTES = [
  "httpTokens",
  "httpEndpoint",
  "httpPutResponseHopLimit",
  "httpProtocolIpv6",
  "instanceMetadataTags",
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];
export type Options = Readonly<Record<Attribute, Fact>>;

/** Kinds of resources that a machine refers to. */
export type Target =
  | "launch template"
  | "launch configuration"
  | "configuration template"
  | "security configuration"
  | "image"
  | "auto scaling group"
  | "instance"
  | "maintenance window"
  | "maintenance window target"
  | "instance profile"
  | "role"
  | "policy"
  | "security group"
  | "subnet"
  | "network interface"
  | "lifecycle configuration";

/** A reference to another resource, as the program writes it. */
export interface Reference {
  readonly target: Target;
  /** Top-level input property, by which Pulumi records dependencies. */
  readonly property: string;
  readonly source: Source;
  /** What identifies the other resource; absent where the reference does not use it. */
  readonly id: Fact;
  readonly name: Fact;
  readonly arn: Fact;
  /** Launch templates: the version that is launched. */
  readonly version: Fact;
  /** Several references stand in the same property, and each of what the property depends on is meant. */
  readonly oneOfMany: boolean;
}

/** User data as written, and how the property encodes it. */
export interface UserData {
  readonly fact: Fact;
  readonly encoding: "plain" | "base64";
}

/** Tags that the launched machines carry. */
export interface Tags {
  /** Known tags, by key; the value of a tag may itself be unknown. */
  readonly known: ReadonlyMap<string, Fact>;
  /** Tags that may or may not reach the machine, by key. */
  readonly uncertain: ReadonlyMap<string, Source>;
  /** Where tags are set that cannot be read yet. */
  readonly unknown: Source | undefined;
}

/** What decides how a machine can be reached. */
export interface Network {
  /** Whether it asks for a public IPv4 address. */
  readonly publicAddress: Fact;
  /** Whether it asks for IPv6 addresses. */
  readonly ipv6: Fact;
  readonly sourceDestCheck: Fact;
  readonly securityGroups: readonly Reference[];
  readonly subnets: readonly Reference[];
  /** Interfaces that are made apart from the machine. */
  readonly interfaces: readonly Reference[];
}

/** How to set an option on this resource. */
export interface Setter {
  /** The block that holds the options, where they stand in one that can be pasted whole. */
  readonly block?: string;
  /** The property and value as a program writes them. */
  readonly describe: (attribute: Attribute, value: string | number) => string;
  /** New inputs with the option set; undefined where it cannot be rewritten. */
  readonly apply?: (inputs: Properties, attribute: Attribute, value: string | number) => Record<string, unknown>;
}

/** One way in which a resource launches machines. */
export interface Launch {
  /** Path of this launch within its resource; empty for the whole resource. */
  readonly path: string;
  readonly options: Options;
  /** Options that this resource can set, itself or through a template. The others never reach EC2. */
  readonly expresses: ReadonlySet<Attribute>;
  /** The resource to use instead, where the options cannot be set on this one. */
  readonly alternative: string | undefined;
  readonly setter: Setter;
  /** Whether the program says anything about metadata options here. */
  readonly saysNothing: boolean;
  /** What sets the options that this launch leaves open. */
  readonly template: Reference | undefined;
  /** The service decides what nobody sets, whatever the account's defaults say. */
  readonly ignoresAccount: boolean;
  /** What decides where the program names no template: "a launch template that Amazon EKS makes by itself". */
  readonly madeBy: string | undefined;
  /** The service that runs the machines: it adds a role and a boot script, and runs containers on them. */
  readonly service: Service | undefined;
  readonly userData: UserData | undefined;
  readonly profile: Reference | undefined;
  readonly image: Reference | undefined;
  readonly keyName: Fact;
  /** Whether metrics come every minute: only then are they part of those over all machines. */
  readonly detailedMonitoring: Fact;
  /** Tags and network are read when asked for: most machines never are. */
  readonly tags: () => Tags;
  readonly network: (() => Network) | undefined;
}

export interface Service {
  readonly name: string;
  readonly runsContainers: boolean;
  /** The service that takes the machine's role, where that is not EC2. */
  readonly principal?: string;
  /** Whether it keeps the machines patched by itself; absent where that is left to others. */
  readonly patches?: boolean | "unknown";
  /** Its machines run in another account, or for a single build: no metrics of theirs can be watched. */
  readonly isHidden?: true;
}

/** What a resource is to the machine model. */
export type Role =
  /** Launches machines. */
  | "machine"
  /** Sets what other resources launch with. */
  | "template"
  /** Sets an account's default for one region. */
  | "account default"
  /** Evidence only: images, groups' users and other things that machines refer to. */
  | "context";

/** What a reader makes of one resource. */
export interface Reading {
  readonly role: Role;
  readonly launches: readonly Launch[];
  /** Groups whose machines this resource takes over, e.g. an ECS capacity provider. */
  readonly takesOver?: Reference;
  /** Tags that this resource adds to the machines of a group. */
  readonly addsTags?: { readonly to: Reference; readonly tags: Tags };
  /** Images: what `imdsSupport` says. */
  readonly imdsSupport?: Fact;
  /** Launch templates of providers that can: whether a new version becomes the default one. */
  readonly updatesDefaultVersion?: Fact;
}
