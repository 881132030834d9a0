/** How much of a resource type a resource pattern names. */
import type { ActionInfo, ResourceType } from "./catalogue";
import { intersects, isWild, matches } from "./pattern";

/**
 * - `all`: every resource of the type, be it in one account and region;
 * - `some`: a prefix, or whatever a tag picks out;
 * - `named`: single resources;
 * - `none`: nothing of the type.
 */
export type Breadth = "none" | "named" | "some" | "all";

const ORDER: readonly Breadth[] = ["none", "named", "some", "all"];

export function wider(a: Breadth, b: Breadth): Breadth {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

export function narrower(a: Breadth, b: Breadth): Breadth {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

/** A resource pattern less what is taken from it. */
export interface Resources {
  readonly pattern: string;
  readonly except: readonly string[];
}

/** Names that no pattern is written for: one that matches them all matches every name. */
const ANY_NAMES = ["Zq9xv0kJ", "k-7w_3.mT/0b", "4"];

/** What the resources are of a type. */
export function breadthOf({ pattern, except }: Resources, type: ResourceType): Breadth {
  const forms = type.arns.filter((arn) => touches(pattern, arn));
  if (forms.length === 0) return "none";
  if (except.some((each) => coversType(each, type))) return "none";
  if (forms.some((arn) => coversForm(pattern, arn))) return "all";
  return isWild(resourcePart(pattern)) ? "some" : "named";
}

/** Whether the pattern matches every resource of the type in one account and region. */
export function coversType(pattern: string, { arns }: ResourceType): boolean {
  return pattern === "*" || arns.some((arn) => coversForm(pattern, arn));
}

/** Actions without a resource are granted by `*` alone. */
export function breadthOfAnything({ pattern, except }: Resources): Breadth {
  return matches(pattern, "*") && !except.some((each) => matches(each, "*")) ? "all" : "none";
}

function touches(pattern: string, arn: string): boolean {
  return pattern === "*" || (mayBeOfService(pattern, arn) && intersects(pattern, arn.replaceAll(/\$\{[^}]*\}/g, "*")));
}

/** A quick look: most patterns name another service. */
function mayBeOfService(pattern: string, arn: string): boolean {
  const service = pattern.split(":", 3)[2] ?? "*";
  return isWild(service) || service === arn.split(":", 3)[2];
}

function coversForm(pattern: string, arn: string): boolean {
  if (pattern === "*") return true;
  if (!isWild(pattern) || !mayBeOfService(pattern, arn)) return false;
  const [, partition = "", , region = "", account = ""] = pattern.split(":");
  const place = (name: string): string | undefined => {
    if (name === "Partition") return literal(partition, "aws");
    if (name === "Region") return literal(region, "eu-west-1");
    return name === "Account" ? literal(account, "123456789012") : undefined;
  };
  return ANY_NAMES.every((any) =>
    matches(
      pattern,
      arn.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => place(name) ?? any),
    ),
  );
}

/** The part of an ARN as the pattern has it, where that is no pattern itself. */
function literal(part: string, other: string): string {
  return part === "" || isWild(part) ? other : part;
}

/** What follows account and region, or the whole of what is no ARN. */
function resourcePart(pattern: string): string {
  return pattern.split(":").slice(5).join(":") || pattern;
}

/** What the resources are to an action, where nothing tells which of its resource types decides. */
export function breadthForAction(resources: readonly Resources[], action: ActionInfo): Breadth {
  const best = (type: ResourceType): Breadth => widest(resources.map((each) => breadthOf(each, type)));
  if (action.required.length > 0) return action.required.map(best).reduce(narrower);
  const anything = widest(resources.map(breadthOfAnything));
  return action.optional.map(best).reduce(wider, anything);
}

export function widest(all: readonly Breadth[]): Breadth {
  return all.reduce(wider, "none");
}
