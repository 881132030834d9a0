/** How much of a resource type a resource pattern names. */
import type { Bits } from "./bits";
import { catalogue, type ActionInfo, type ResourceType } from "./catalogue";
import { parseArn } from "../machine/arn";
import { memoized } from "../memo";
import { covers, intersects, isAnything, isWild, matches } from "./pattern";

/**
 * - `all`: every resource of the type, be it in one account and region;
 * - `some`: a prefix, or whatever a tag picks out;
 * - `named`: single resources;
 * - `none`: nothing of the type.
 */
export type Breadth = "none" | "named" | "some" | "all";

const ORDER: readonly Breadth[] = ["none", "named", "some", "all"];

function wider(a: Breadth, b: Breadth): Breadth {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

export function narrower(a: Breadth, b: Breadth): Breadth {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

/** A resource pattern less what is taken from it. */
export interface Resources {
  readonly pattern: string;
  readonly except: readonly string[];
  /** The account of the role that is judged, where it is known. */
  readonly account?: string | undefined;
}

/** What the resources are of a type. */
export function breadthOf({ pattern, except, account }: Resources, type: ResourceType): Breadth {
  const named = patternOf(pattern);
  const breadth = named.breadth(type);
  return breadth !== "none" && except.some((each) => patternOf(each).takes(type, named, account)) ? "none" : breadth;
}

/**
 * Whether a pattern is about some regions only, or about another account than the role's: of everything, what it takes
 * away is left elsewhere. An account that is written is the role's own unless that is known to be another.
 */
export function isPartial(pattern: string, account: string | undefined): boolean {
  return !patternOf(pattern).spans(ANYWHERE, account);
}

/** Actions without a resource are granted by `*` alone. */
function breadthOfAnything({ pattern, except }: Resources): Breadth {
  return matches(pattern, "*") && !except.some((each) => matches(each, "*")) ? "all" : "none";
}

/** Parts of an ARN: partition, service, region, account, and the resource with whatever colons it has. */
type Parts = readonly [partition: string, service: string, region: string, account: string, resource: string];
const ANYWHERE: Parts = ["*", "*", "*", "*", "*"];

/** A part that is left empty is of a type without it. */
function coversPart(whole: string, part: string): boolean {
  return whole === "" || isAnything(whole) || covers(whole, part);
}

function partsOf(text: string): Parts {
  const { partition = "", service = "", region = "", account = "", resource = "" } = parseArn(text) ?? {};
  return [partition, service, region, account, resource];
}

/** Names that no pattern is written for: one that matches them all matches every name. */
const ANY_NAMES = ["Zq9xv0kJ", "k-7w_3.mT/0b", "4"];
const PLACEHOLDER = /\$\{[^}]*\}/g;

/** Names of buckets have no slash: a pattern with one is about objects (Amazon S3 User Guide, "Bucket naming rules"). */
const BUCKET = "${BucketName}";

/**
 * What AWS itself puts into every name of a type, by the type's service and placeholder: what a pattern says of it narrows
 * nothing. (Secrets Manager User Guide, "What's in a Secrets Manager secret?": a hyphen and six characters; EC2 API
 * Reference: prefixes of ids.)
 */
const MADE_BY_AWS: Readonly<Record<string, (name: string) => string>> = {
  "secretsmanager ${SecretId}": (name) => `${name}-x4Kq9Z`,
  "ec2 ${InstanceId}": (name) => `i-${name}`,
  "ec2 ${VolumeId}": (name) => `vol-${name}`,
  "ec2 ${SnapshotId}": (name) => `snap-${name}`,
  "ec2 ${ImageId}": (name) => `ami-${name}`,
};

/** A pattern, compared with ARNs part by part; what it is of a type is worked out once. */
class Pattern {
  private readonly parts: Parts;
  private readonly known = new Map<ResourceType, Breadth>();
  private actions: Bits | undefined;

  constructor(private readonly text: string) {
    this.parts = partsOf(text);
  }

  breadth(type: ResourceType): Breadth {
    if (this.text === "*") return "all";
    const known = this.known.get(type) ?? this.compare(type);
    this.known.set(type, known);
    return known;
  }

  /** Whether it takes away all that another names of a type, wherever that is. */
  takes(type: ResourceType, other: Pattern, account: string | undefined): boolean {
    return this.breadth(type) === "all" && this.spans(other.text === "*" ? ANYWHERE : other.parts, account);
  }

  /** Whether it is about every region and account that an ARN's parts may be of. */
  spans([, , region, owner]: Parts, account: string | undefined): boolean {
    const [, , ownRegion, ownOwner] = this.parts;
    const isOwn = isWild(owner) && (account === undefined || matches(ownOwner, account));
    return coversPart(ownRegion, region) && (isOwn || coversPart(ownOwner, owner));
  }

  /** Actions of which it names everything they take. */
  get whole(): Bits {
    this.actions ??= this.allOf();
    return this.actions;
  }

  private allOf(): Bits {
    const isAnything = matches(this.text, "*");
    if (!isAnything && !isWild(this.parts[4])) return catalogue().none;
    const isAll = (type: ResourceType): boolean => this.breadth(type) === "all";
    const all = this.candidates(isAnything, isAll).filter(({ required, optional }) =>
      required.length > 0 ? required.every(isAll) : isAnything || optional.some(isAll),
    );
    return all.length === 0 ? catalogue().none : catalogue().set(all);
  }

  /** Actions of which it may name everything. */
  private candidates(isAnything: boolean, isAll: (type: ResourceType) => boolean): readonly ActionInfo[] {
    const service = this.parts[1];
    if (isAnything || isWild(service)) return [...catalogue().actions(catalogue().expand("*"))];
    return catalogue()
      .takingArnsOf(service)
      .flatMap(({ type, actions }) => (isAll(type) ? actions : []));
  }

  private compare({ arns }: ResourceType): Breadth {
    const forms = arns.map(partsOf).filter((form) => this.touches(form));
    if (forms.length === 0) return "none";
    if (forms.some((form) => this.covers(form))) return "all";
    return isWild(this.parts[4]) ? "some" : "named";
  }

  private touches(form: Parts): boolean {
    const [, service, , , resource] = form;
    if (service === "s3" && resource === BUCKET && this.parts[4].includes("/")) return false;
    return this.parts.every((part, i) => {
      const other = form[i] ?? "";
      return other === part || (/[*?$]/.test(other + part) && intersects(part, other.replaceAll(PLACEHOLDER, "*")));
    });
  }

  /** Whether it matches every name, be it in one account and region. */
  private covers([, service, , , form]: Parts): boolean {
    const [, , , , resource] = this.parts;
    const named = (any: string): string =>
      form.replaceAll(PLACEHOLDER, (placeholder) => MADE_BY_AWS[`${service} ${placeholder}`]?.(any) ?? any);
    return isWild(resource) && ANY_NAMES.every((any) => matches(resource, named(any)));
  }
}

const patternOf = memoized((text) => new Pattern(text), 1 << 20);

/** What the resources are to an action, where nothing tells which of its resource types decides. */
export function breadthForAction(resources: readonly Resources[], action: ActionInfo): Breadth {
  const best = (type: ResourceType): Breadth => widest(resources.map((each) => breadthOf(each, type)));
  if (action.required.length > 0) return action.required.map(best).reduce(narrower);
  const anything = widest(resources.map(breadthOfAnything));
  return action.optional.map(best).reduce(wider, anything);
}

/** Of all actions, those of which a pattern names everything. */
export function namedWhole(pattern: string): Bits {
  return patternOf(pattern).whole;
}

export function widest(all: readonly Breadth[]): Breadth {
  return all.reduce(wider, "none");
}
