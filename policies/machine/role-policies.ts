/** From the role to the documents: inline, attached and AWS managed policies, and the permissions boundary. */
import { pushTo } from "../collections";
import type { PolicySource, Role, Unseen } from "../iam/role";
import { parseArn } from "./arn";
import {
  attachmentOf,
  ATTACHMENT_TYPES,
  documentKey,
  roleSpelling,
  rolesNamed,
  type Attachment,
  type RoleSpelling,
} from "./attachments";
import { Cursor } from "./cursor";
import { isKnown, type Source } from "./fact";
import { completed, identityIn, Accounts, tagsOf, type Account } from "./identity";
import type { Reference } from "./launch";
import { MAX_CANDIDATES, outside, providerOf, type Graph } from "./links";
import { reference } from "./parts";
import { isRead, label, shownOf, UNKNOWN, type Properties, type StackResource } from "./resource";

/** Something that is attached to a role. */
interface Attached {
  readonly resource: StackResource;
  readonly properties: Cursor;
  readonly attachment: Attachment;
  /** Where the role is named. */
  readonly source: Source;
  /** Why it is not certain that it is attached. */
  readonly doubt: string | undefined;
  /** Whether it stands for others that are as doubtful. */
  readonly isOneOfMany: boolean;
}

const ATTACHED = "managedPolicyArns";
const BOUNDARY = "permissionsBoundary";
const OUTSIDE = "a role that is set outside this stack";

/** Every role of a stack with what is attached to it, and the roles outside of it that the stack attaches something to. */
export class RolePolicies {
  private readonly accounts: Accounts;
  private readonly made = new Map<string, Role>();
  private readonly gifts = new Map<Attached, readonly PolicySource[]>();
  private attached: ReadonlyMap<string, readonly Attached[]> | undefined;

  constructor(private readonly graph: Graph) {
    this.accounts = new Accounts(graph);
  }

  /** A role of the program. */
  of(resource: StackResource): Role {
    const known = this.made.get(resource.urn) ?? this.read(resource);
    this.made.set(resource.urn, known);
    return known;
  }

  /** A role that is set outside the program and named by it, with what the program attaches to it. */
  outside(from: StackResource, to: Reference): Role {
    const attached = this.attachedTo(outsideKey(from, to));
    const policies = distinct(attached.flatMap((each) => this.given(each)));
    const name = isKnown(to.name) && typeof to.name.value === "string" ? to.name.value : undefined;
    const arn = parseArn(isKnown(to.arn) && typeof to.arn.value === "string" ? to.arn.value : "");
    const own = arn ? identityIn(arn) : { name, path: undefined, ...this.accounts.of(from) };
    const isComplete = provesAll(attached);
    return {
      resource: undefined,
      label: OUTSIDE,
      identity: { ...completed(own, told(policies)), tags: undefined },
      trust: undefined,
      policies,
      boundary: undefined,
      unseen: isComplete ? [] : [{ source: to.source, waitsFor: outside(from, to) }],
    };
  }

  private read(resource: StackResource): Role {
    const spelling = roleSpelling(resource.type);
    const shown = shownProperties(resource, spelling.trust);
    const properties = Cursor.of(resource.urn, shown);
    const open = openReason(resource, properties, spelling);
    const own = this.own(resource, properties, spelling).filter(({ unseen }) => !open || !unseen);
    const attached = this.attachedTo(resource.urn).flatMap((each) => this.given(each));
    const policies = distinct([...own, ...attached]);
    // As for a role that is only named, a boundary that nobody sees counts for none.
    const isBound = !(isRead(resource) && properties.at(BOUNDARY).isUnknown);
    const [boundary] = isBound ? this.referred(resource, properties, BOUNDARY, false) : [];
    const identity = completed(this.accounts.identityOf(resource, "role"), told([...policies, boundary]));
    return {
      resource,
      label: `role ${label(resource)}`,
      identity: { ...identity, tags: tagsOf(resource) },
      trust: written(properties.at(spelling.trust), `trust policy of role ${label(resource)}`),
      policies,
      boundary: boundary && { ...boundary, label: `permissions boundary${namedIn(boundary)}` },
      unseen: [...(open ? [open] : []), ...this.lost(resource)],
    };
  }

  /** The policies in the role itself. */
  private own(resource: StackResource, properties: Cursor, spelling: RoleSpelling): readonly PolicySource[] {
    const inline = properties.items(spelling.inline).flatMap((item) => {
      const document = item.at(spelling.document);
      // An item without a document stands for the deletion of all inline policies.
      return document.isAbsent ? [] : [written(document, `inline policy ${item.path}`)];
    });
    return [...inline, ...this.referred(resource, properties, ATTACHED, true)];
  }

  /** The policies that an attachment gives, the same to each of its roles. */
  private given(attached: Attached): readonly PolicySource[] {
    const known = this.gifts.get(attached) ?? this.giving(attached);
    this.gifts.set(attached, known);
    return known;
  }

  private giving(attached: Attached): readonly PolicySource[] {
    const { resource, source, doubt, isOneOfMany } = attached;
    const certain = isOneOfMany ? [] : this.givenFor(attached);
    if (doubt === undefined || (certain.length === 0 && !isOneOfMany)) return certain;
    const open = hidden(`policy of ${label(resource)}`, { source, waitsFor: doubt });
    return [isOneOfMany ? open : { ...open, oneOf: [certain, []] }];
  }

  /** What an attachment gives to a role that it is attached to for certain. */
  private givenFor({ resource, properties, attachment: { gives } }: Attached): readonly PolicySource[] {
    if ("inlineNames" in gives) return [];
    if ("document" in gives) return [written(properties.at(gives.document), `inline policy ${label(resource)}`)];
    if ("self" in gives) return [this.managedBy(resource)];
    return this.referred(resource, properties, gives.policies, gives.all === true);
  }

  /** The policies that a property names by their ARNs, one or a list. */
  private referred(from: StackResource, properties: Cursor, key: string, isList: boolean): readonly PolicySource[] {
    const items = properties.items(key);
    const at = (these: readonly Cursor[]): PolicySource[] =>
      these.flatMap((item) => this.policiesAt(from, item, isList));
    const open = items.filter((item) => item.isUnknown);
    // Each that is not known leads to the same: all that the list depends on.
    const [known, linked] = [at(items.filter((item) => !item.isUnknown)), at(open.slice(0, 1))];
    const [first] = open;
    if (!isList || !first || linked.some(({ unseen }) => unseen)) return [...known, ...linked];
    // Each dependency that is a policy is in the list; what is left over is not seen.
    const named = new Set(known.map(keyOf));
    const others = new Set(linked.map(keyOf).filter((each) => !named.has(each)));
    const isShort = properties.at(key).isUnknown || others.size < open.length;
    const rest = { source: first.source, waitsFor: "a policy that is not known yet" };
    return [...known, ...linked, ...(isShort ? [hidden("an attached policy", rest)] : [])];
  }

  private policiesAt(from: StackResource, at: Cursor, isList: boolean): readonly PolicySource[] {
    const to = reference("policy", at, { arn: at, oneOfMany: isList });
    if (!to) return [];
    const arn = parseArn(at.text ?? "");
    if (arn?.service === "iam" && arn.account === "aws" && arn.resource.startsWith("policy/")) {
      const managed = arn.resource.slice("policy/".length);
      return [{ ...EMPTY, label: `AWS managed policy ${managed}`, source: at.source, managed }];
    }
    const { candidates, all } = this.graph.follow(from, to);
    if (candidates.length === 1 || (all && candidates.length > 0))
      return candidates.map((each) => this.managedBy(each));
    if (candidates.length > 1) return [this.oneOf(candidates, at)];
    const policy = arn && { resource: undefined, identity: identityIn(arn) };
    return [{ ...hidden("an attached policy", { source: at.source, waitsFor: outside(from, to) }), policy }];
  }

  /** One of several policies of the program. */
  private oneOf(candidates: readonly StackResource[], { source }: Cursor): PolicySource {
    const open = hidden("an attached policy", { source, waitsFor: "several policies, one of which is meant" });
    if (candidates.length > MAX_CANDIDATES) return open;
    return { ...open, oneOf: candidates.map((each) => [this.managedBy(each)]) };
  }

  /** A customer managed policy of the program. */
  private managedBy(resource: StackResource): PolicySource {
    const policy = { resource, identity: this.accounts.identityOf(resource, "policy") };
    const name = `policy ${label(resource)}`;
    if (!shownOf(resource)) return { ...hidden(name, notEvaluated(resource, "policy")), policy };
    const properties = Cursor.of(resource.urn, shownProperties(resource));
    return { ...written(properties.at(documentKey(resource.type)), name), policy };
  }

  /** An attachment that may be to any role. */
  private lost(resource: StackResource): readonly Unseen[] {
    const [first] = this.attachedTo(lostKey(resource));
    return first ? [{ source: first.source, waitsFor: `the role of ${label(first.resource)}` }] : [];
  }

  private attachedTo(key: string): readonly Attached[] {
    this.attached ??= this.index();
    return this.attached.get(key) ?? [];
  }

  /** Everything that is attached, by the URN of the role, or by provider and name of one outside. */
  private index(): ReadonlyMap<string, readonly Attached[]> {
    const index = new Map<string, Attached[]>();
    const seen = new Set<readonly StackResource[]>();
    for (const type of ATTACHMENT_TYPES) {
      for (const resource of this.graph.ofType(type)) {
        const attachment = attachmentOf(type);
        if (!attachment) continue;
        const properties = Cursor.of(resource.urn, shownProperties(resource));
        for (const to of rolesNamed(properties, attachment)) {
          const { candidates, all } = this.graph.follow(resource, to);
          const doubt = candidates.length > 1 && !all ? "several roles, one of which is meant" : undefined;
          // Of many, what is open once is open.
          const isOneOfMany = doubt !== undefined && candidates.length > MAX_CANDIDATES;
          if (isOneOfMany && seen.has(candidates)) continue;
          seen.add(candidates);
          const attached = { resource, properties, attachment, source: to.source, doubt, isOneOfMany };
          for (const { urn } of candidates) pushTo(index, urn, attached);
          if (candidates.length === 0) pushTo(index, outsideKey(resource, to), attached);
          if (isLost(resource, to, candidates)) pushTo(index, lostKey(resource), attached);
        }
      }
    }
    return index;
  }
}

/** Tells one role outside the program from another, as long as they are named. */
export function outsideKey(from: StackResource, { name, source }: Reference): string {
  if (isKnown(name) && typeof name.value === "string") return `${providerOf(from)} ${name.value}`;
  return `${source.urn} ${source.path}`;
}

/** Whether nothing tells to which role something is attached: transforms may wipe every dependency. */
function isLost({ propertyDependencies }: StackResource, to: Reference, candidates: readonly StackResource[]): boolean {
  return candidates.length === 0 && to.name.state === "unknown" && propertyDependencies[to.property] === undefined;
}

function lostKey(resource: StackResource): string {
  return `lost ${providerOf(resource)}`;
}

const EMPTY = { document: undefined, unseen: undefined, managed: undefined, policy: undefined };

/** What a boundary is, where that is known. */
function namedIn({ label: name, managed, policy }: PolicySource): string {
  return managed !== undefined || policy?.resource ? ` ${name}` : "";
}

function hidden(name: string, unseen: Unseen): PolicySource {
  return { ...EMPTY, label: name, source: unseen.source, unseen };
}

/** A document in a property; one that is not there says nothing, and no policy is without one. */
function written(at: Cursor, name: string): PolicySource {
  if (at.isUnknown) return hidden(name, { source: at.source, waitsFor: undefined });
  if (at.isAbsent) return hidden(name, { source: at.source, waitsFor: "a document, which is not set" });
  return { ...EMPTY, label: name, source: at.source, document: at.value };
}

/** Why the role itself does not tell all: this run does not evaluate it, or it is only read, and not now. */
function openReason(resource: StackResource, properties: Cursor, { inline }: RoleSpelling): Unseen | undefined {
  if (!shownOf(resource)) return notEvaluated(resource, "role");
  const isOpen = isRead(resource) && [inline, ATTACHED].some((key) => properties.at(key).isUnknown);
  return isOpen ? { source: { urn: resource.urn, path: "" }, waitsFor: OUTSIDE } : undefined;
}

function notEvaluated(resource: StackResource, what: string): Unseen {
  const waitsFor = `${what} ${label(resource)}, which this run does not evaluate`;
  return { source: { urn: resource.urn, path: "" }, waitsFor };
}

/** What is shown of a resource; of one that is not evaluated, what it depends on, and what each of its type has. */
function shownProperties(resource: StackResource, ...always: readonly string[]): Properties {
  const shown = shownOf(resource);
  if (shown) return shown;
  return Object.fromEntries([...Object.keys(resource.propertyDependencies), ...always].map((key) => [key, UNKNOWN]));
}

/** A policy that is attached twice grants nothing more. */
function distinct(policies: readonly PolicySource[]): readonly PolicySource[] {
  return [...new Map(policies.map((policy) => [keyOf(policy), policy])).values()];
}

function keyOf({ managed, policy, source }: PolicySource): string {
  return managed ?? policy?.resource?.urn ?? `${source.urn} ${source.path}`;
}

/** Accounts that the ARNs of policies tell: a role takes only those of its own account, and AWS's own. */
function told(policies: readonly (PolicySource | undefined)[]): readonly Account[] {
  return policies.flatMap((each) => each?.policy?.identity ?? []);
}

/** Whether what is attached rules out anything else: both lists are exclusive, and every inline policy is there. */
function provesAll(attached: readonly Attached[]): boolean {
  const certain = attached.filter(({ doubt }) => doubt === undefined);
  const names = certain.find(({ attachment: { gives } }) => "inlineNames" in gives);
  const isExclusive = certain.some(({ attachment: { gives } }) => "policies" in gives && gives.all === true);
  if (!names || !isExclusive) return false;
  const inline = certain.filter(({ attachment: { gives } }) => "document" in gives);
  const known = new Set(
    inline.flatMap(({ properties }) => ["name", "policyName"].map((key) => properties.at(key).text)),
  );
  const { gives } = names.attachment;
  return names.properties.items("inlineNames" in gives ? gives.inlineNames : "").every((item) => {
    return item.text !== undefined && known.has(item.text);
  });
}
