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
    message: `${finding.message}\nThe exemption for ${expired.resource} expired on ${expired.expires}.`,
  };
}

/** Exemptions that do nothing, or that leave nothing to judge. */
export function exemptionNotices(holders: (policy: string) => readonly Holder[], settings: PackSettings): string[] {
  return [...settings].flatMap(([policy, { exemptions, level }]) =>
    (level === "disabled" ? [] : exemptions).flatMap((exemption) => {
      const subjects = holders(policy);
      const matched = subjects.filter((resource) => isExempt(resource, exemption)).length;
      const name = `The exemption for ${exemption.resource} in ${policy}`;
      if (matched === 0) return [`${name} matched nothing.`];
      return matched === subjects.length && matched > 1 ? [`${name} matched every machine of the stack.`] : [];
    }),
  );
}
