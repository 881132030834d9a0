/** Where an estate stands against the exemptions of its configuration: what is new, known, fixed and expired. */
import type { ExemptionUse } from "../policies/exemptions";
import { findingsOf, type RunReport } from "./run-report";

export interface Balance {
  /** Findings that no exemption ever covered. */
  readonly new: number;
  /** Findings that an exemption covers. */
  readonly known: number;
  /** Findings whose exemption holds no longer. */
  readonly expired: number;
  /** Exemptions that cover nothing: what they were for is fixed, or gone. */
  readonly fixed: readonly ExemptionUse[];
}

/** Undefined where the configuration has no exemptions that may be about these programs. */
export function balanceOf(run: RunReport): Balance | undefined {
  const uses = run.projects.flatMap(({ exemptions }) => exemptions);
  if (uses.length === 0) return undefined;
  const placed = findingsOf(run);
  const standing = placed.filter(({ exempted }) => exempted === undefined);
  const expired = standing.filter(({ finding }) => finding.expired !== undefined).length;
  return {
    new: standing.length - expired,
    known: placed.length - standing.length,
    expired,
    fixed: fixedOf(uses, run.failed.length > 0),
  };
}

/** A program that was not judged may need an exemption by name; one by URN is about a program that was. */
function fixedOf(uses: readonly ExemptionUse[], isOpen: boolean): readonly ExemptionUse[] {
  const byKey = new Map<string, ExemptionUse>();
  for (const use of uses) {
    const key = JSON.stringify([use.policy, use.resource, use.expires, use.reason]);
    if (byKey.get(key)?.isNeeded !== true) byKey.set(key, use);
  }
  return [...byKey.values()].filter(({ isNeeded, resource }) => {
    return !isNeeded && !(isOpen && !resource.startsWith("urn:"));
  });
}
