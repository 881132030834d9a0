/** Findings, and the exemptions under which they do not stand. */
import type { StatementRef } from "./iam/role";
import type { StackResource } from "./machine/resource";
import { matchesGlob } from "./glob";
import type { Exemption, PackSettings } from "./settings";

/** Something that a policy reports about a resource. */
export interface Finding {
  readonly policy: string;
  /** Name of the resource the finding is about. */
  readonly resource: string;
  readonly urn: string;
  /** Property path it is at. */
  readonly path: string;
  /** What was seen, why it matters, what to set. Never a secret. */
  readonly message: string;
  /** Statements of IAM policies that cause it, the one to change first. */
  readonly statements?: readonly StatementRef[];
  /** The way of an attack from outside to its prize, a step each. */
  readonly steps?: readonly string[];
  /** The exemption that covered it, and holds no longer. */
  readonly expired?: Exemption;
}

/** A finding that an exemption covers. */
export interface Exempted extends Finding {
  readonly exemption: Exemption;
}

type Holder = Pick<StackResource, "urn" | "name">;

function isExempt({ urn, name }: Holder, { resource }: Exemption): boolean {
  return matchesGlob(resource, urn) || matchesGlob(resource, name);
}

/** The exemption that holds for a resource on that day. */
export function exemptionOf(holder: Holder, exemptions: readonly Exemption[], today: string): Exemption | undefined {
  return exemptions.find((exemption) => exemption.expires >= today && isExempt(holder, exemption));
}

/** Splits findings into those that stand and those that are exempted; an expired exemption says so. */
export function applyExemptions(
  findings: readonly Finding[],
  exemptions: readonly Exemption[],
  today: string,
): [Finding[], Exempted[]] {
  const stand: Finding[] = [];
  const exempted: Exempted[] = [];
  for (const each of findings) {
    const holder = { urn: each.urn, name: each.resource };
    const exemption = exemptionOf(holder, exemptions, today);
    const expired = exemptions.find((other) => isExempt(holder, other));
    if (exemption) exempted.push({ ...each, exemption });
    else stand.push(withExpired(each, expired));
  }
  return [stand, exempted];
}

function withExpired(finding: Finding, expired: Exemption | undefined): Finding {
  if (!expired) return finding;
  return {
    ...finding,
    expired,
    message: `${finding.message}\nThe exemption for ${expired.resource} expired on ${expired.expires}.`,
  };
}

/** An exemption of an enabled policy that may be about resources of a program, and whether anything there needs it. */
export interface ExemptionUse extends Exemption {
  readonly policy: string;
  /** Whether it covers, or covered until it expired, something that the policy would report. */
  readonly isNeeded: boolean;
}

/** The exemptions that may be about a program, which `scope` is a resource of. */
export function exemptionUses(
  settings: PackSettings,
  needed: ReadonlySet<Exemption>,
  scope: string | undefined,
): readonly ExemptionUse[] {
  return [...settings].flatMap(([policy, { exemptions, level }]) =>
    (level === "disabled" ? [] : exemptions)
      .filter(({ resource }) => isInScope(resource, scope))
      .map((exemption) => ({ ...exemption, policy, isNeeded: needed.has(exemption) })),
  );
}

/** A URN in full names its stack and project: of other programs it says nothing. */
function isInScope(glob: string, scope: string | undefined): boolean {
  const [stack, project, ...rest] = glob.split("::");
  if (scope === undefined || !glob.startsWith("urn:pulumi:") || rest.length < 2) return true;
  const [ofStack, ofProject] = scope.split("::");
  return matchesGlob(stack ?? "", ofStack ?? "") && matchesGlob(project ?? "", ofProject ?? "");
}

/** How many exemptions a notice names. */
const MOST_NAMED = 10;

/** Exemptions that do nothing, or that leave nothing to judge. */
export function exemptionNotices(
  holders: (policy: string) => readonly Holder[],
  uses: readonly ExemptionUse[],
): string[] {
  const idle: string[] = [];
  const wide: string[] = [];
  for (const use of uses) {
    const subjects = holders(use.policy);
    const matched = subjects.filter((resource) => isExempt(resource, use)).length;
    const name = `${use.resource} in ${use.policy}`;
    if (matched === 0) idle.push(name);
    else if (matched === subjects.length && matched > 1) {
      wide.push(`The exemption for ${name} matched every machine of the stack.`);
    }
  }
  return [...(idle.length === 0 ? [] : [idleNotice(idle)]), ...wide];
}

function idleNotice(names: readonly string[]): string {
  const [only = ""] = names;
  if (names.length === 1) return `The exemption for ${only} matched nothing.`;
  const more = names.length - MOST_NAMED;
  const listed = names.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
  return `${String(names.length)} exemptions matched nothing: ${listed}.`;
}
