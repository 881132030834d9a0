/** One wildcard of a statement is one fault of a policy: where one issue says it all, it stands alone. */
import { isWild, matches } from "../pattern";
import type { Cause, Code, Issue } from "./issue";

/** Codes of which an earlier one stands for the later ones. */
const STANDING_FOR: readonly (readonly Code[])[] = [
  // Who is root on every machine needs no version 1 to get at their credentials.
  ["privesc-lateral", "imds-downgrade"],
  ["service-wildcard", "exfil-data", "resource-exposure", "write-star", "tag-star"],
];

/** The issues, with those that one wildcard brings about put together. */
export function perWildcard(issues: readonly Issue[]): readonly Issue[] {
  const hosts = new Map(issues.map((issue) => [issue, hostOf(issue, issues)]));
  return issues
    .filter((issue) => hosts.get(issue) === undefined)
    .map((host) =>
      joined(
        host,
        issues.filter((issue) => hosts.get(issue) === host),
      ),
    );
}

/** The gravest issue that stands for another. */
function hostOf(guest: Issue, issues: readonly Issue[]): Issue | undefined {
  const codes = STANDING_FOR.find((each) => each.includes(guest.code)) ?? [];
  const written = wildcardsOf(guest);
  if (!written) return undefined;
  const graver = codes
    .slice(0, codes.indexOf(guest.code))
    .flatMap((code) => issues.filter((each) => each.code === code && each.concern === guest.concern));
  return graver.find((host) => {
    const theirs = isOfOneStatement(host.clauses[0], guest.clauses[0]) ? wildcardsOf(host) : undefined;
    return theirs && written.every((pattern) => theirs.includes(pattern));
  });
}

function isOfOneStatement(a: Cause, b: Cause): boolean {
  return a.policy === b.policy && a.statement === b.statement;
}

/** With more wildcards than these, no single one is the cause. */
const MOST_WILDCARDS = 50;

/** Wildcards of the statement that grant all that the issue is about; undefined where more is needed for it. */
function wildcardsOf({ actions, clauses, target }: Issue): readonly string[] | undefined {
  const [{ policy, statement }] = clauses;
  if (target !== "everything" || clauses.length > 1 || policy.managed !== undefined) return undefined;
  const names = actions.flatMap((text) => text.split(" + "));
  const wild = statement.actions.negated ? [] : statement.actions.patterns.filter(isWild);
  if (wild.length > MOST_WILDCARDS) return undefined;
  const grants = (pattern: string, name: string): boolean => matches(pattern.toLowerCase(), name.toLowerCase());
  if (!names.every((name) => wild.some((pattern) => grants(pattern, name)))) return undefined;
  return wild.filter((pattern) => names.some((name) => grants(pattern, name)));
}

/** What a service can do, or root on every machine, goes without saying; of what is left both are said. */
function joined(host: Issue, guests: readonly Issue[]): Issue {
  if (guests.length === 0) return host;
  const readsEverything = [host, ...guests].some((each) => each.readsEverything);
  const words =
    host.code === "exfil-data"
      ? { gain: [host, ...guests].map(({ gain }) => gain).join(", and "), fix: LIST_THEM }
      : undefined;
  return { ...host, ...words, ...(readsEverything && { readsEverything }) };
}

const LIST_THEM = "list the actions that the machine calls, and the resources it calls them on";
