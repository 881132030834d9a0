/** Names, paths, accounts, partitions and tags of what IAM holds, from whatever of the program tells them. */
import type { Identity, RoleIdentity } from "../iam/role";
import { parseArn, partitionOf, type Arn } from "./arn";
import { Cursor } from "./cursor";
import { isKnown, type Fact } from "./fact";
import type { Target } from "./launch";
import { arnOf, physicalName, providerOf, regionOf, type Graph } from "./links";
import { listTags, mapTags } from "./parts";
import { shownOf, type StackResource } from "./resource";

/** Where something of IAM is. */
export type Account = Pick<Identity, "account" | "partition">;

const TARGETS = ["role", "instance profile", "policy"] as const satisfies readonly Target[];
const NOWHERE: Account = { account: undefined, partition: undefined };

/** The accounts of a stack's providers, as far as the ARNs of what they made tell them. */
export class Accounts {
  private byProvider: ReadonlyMap<string, Account> | undefined;

  constructor(private readonly graph: Graph) {}

  /** Where the provider of a resource makes what IAM holds. */
  of(resource: StackResource): Account {
    this.byProvider ??= this.read();
    const { account, partition } = this.byProvider.get(providerOf(resource)) ?? NOWHERE;
    const region = regionOf(resource);
    return { account, partition: region === undefined || region === "unknown" ? partition : partitionOf(region) };
  }

  /** What is known of a role or policy of the program. */
  identityOf(resource: StackResource, target: Target): Identity {
    const arn = parseArn(arnOf(resource, target) ?? "");
    if (arn) return identityIn(arn);
    const path = Cursor.of(resource.urn, shownOf(resource) ?? {}).at("path");
    return {
      name: physicalName(resource, target),
      path: path.isAbsent ? "/" : path.text,
      ...this.of(resource),
    };
  }

  private read(): ReadonlyMap<string, Account> {
    const found = new Map<string, Account>();
    for (const target of TARGETS) {
      for (const resource of this.graph.ofTarget(target)) {
        const arn = parseArn(arnOf(resource, target) ?? "");
        if (arn) found.set(providerOf(resource), placeOf(arn));
      }
    }
    return found;
  }
}

/** The identity that an ARN of IAM spells out. */
export function identityIn(arn: Arn): Identity {
  const [, ...path] = arn.resource.split("/");
  const name = path.pop();
  return { name, path: path.length === 0 ? "/" : `/${path.join("/")}/`, ...placeOf(arn) };
}

function placeOf({ account, partition }: Arn): Account {
  return { account: /^\d{12}$/.test(account) ? account : undefined, partition };
}

/** The same identity with what others tell of its account, where it does not say so itself. */
export function completed<I extends Identity>(identity: I, others: readonly Account[]): I {
  return {
    ...identity,
    account: identity.account ?? others.find(({ account }) => account !== undefined)?.account,
    partition: identity.partition ?? others.find(({ partition }) => partition !== undefined)?.partition,
  };
}

/** The tags of a role; undefined where one of them is not known, or where a provider's defaults may add others. */
export function tagsOf(resource: StackResource): RoleIdentity["tags"] {
  const shown = shownOf(resource);
  if (!shown) return undefined;
  const properties = Cursor.of(resource.urn, shown);
  const [all, own] = [properties.at("tagsAll"), properties.at("tags")];
  const { known, unknown } = Array.isArray(own.value) ? listTags(properties.items("tags")) : mapTags(all, own);
  const hasDefaults = all.isAbsent && resource.provider?.props["defaultTags"] !== undefined;
  if (unknown || hasDefaults || [...known.values()].some((fact) => !isText(fact))) return undefined;
  return new Map(
    [...known].map(([key, fact]) => [key, isKnown(fact) && typeof fact.value === "string" ? fact.value : ""]),
  );
}

function isText(fact: Fact): boolean {
  return fact.state === "absent" || (isKnown(fact) && typeof fact.value === "string");
}
