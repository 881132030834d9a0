/** Where the two differ on purpose, and documents without what makes the difference. */
import { variablesOf } from "../../policies/iam/conditions";
import { completed, matches, substituted } from "../../policies/iam/pattern";
import { ROLE, type Document, type Statement, type Triple } from "./triples";

export interface Difference {
  readonly reason: string;
  /** The same without what differs, so that the two have to agree. */
  readonly without: (triple: Triple) => Triple;
  /** Documents to which iam-simulate has to give the same answer, where the change only writes them otherwise. */
  readonly sameAs?: (triple: Triple) => Triple;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    reason: "a Deny with a condition takes nothing away: whoever holds the credentials may avoid it",
    without: (triple) => keep(triple, ({ Effect, Condition }) => Effect === "Allow" || !Condition),
  },
  {
    reason: "and a statement whose condition never holds for a machine's role grants nothing",
    without: cleared,
  },
  {
    reason: "and a document of version 2008-10-17 has no variables: `${…}` stands for itself",
    without: (triple) => withoutVariables(cleared(triple)),
  },
  {
    reason: "and a short ARN in NotResource excepts what the long one does",
    without: (triple) => withLongArns(withoutVariables(cleared(triple))),
  },
  {
    reason: "and of two patterns that overlap in part, the first stands for what both name",
    without: (triple) => withoutOverlaps(withLongArns(withoutVariables(cleared(triple)))),
    sameAs: (triple) => withLongArns(withoutVariables(cleared(triple))),
  },
];

/** Without conditional Denies and what never holds. */
function cleared(triple: Triple): Triple {
  return keep(triple, (statement) => isLive(statement) && !isConditionalDeny(statement));
}

function keep(triple: Triple, isKept: (statement: Statement) => boolean): Triple {
  const kept = (document: Document): Document => ({
    ...document,
    Statement: [NEUTRAL, ...document.Statement.filter(isKept)],
  });
  return { ...triple, documents: triple.documents.map(kept), boundary: triple.boundary && kept(triple.boundary) };
}

/** A document has a statement; this one is about none of the requests. */
const NEUTRAL: Statement = { Effect: "Deny", Action: "a4b:GetRoom", Resource: "*" };

function isConditionalDeny({ Effect, Condition }: Statement): boolean {
  return Effect === "Deny" && Condition !== undefined;
}

/** Conditions of the generated documents that a role on a machine, with its tag, never meets. */
function isLive({ Condition = {} }: Statement): boolean {
  return !Object.entries(Condition).some(
    ([operator, keys]) =>
      (operator === "Bool" && "aws:MultiFactorAuthPresent" in keys) ||
      (operator === "Null" && "aws:TokenIssueTime" in keys) ||
      operator === "DateLessThan" ||
      (operator === "StringLike" && "aws:PrincipalTag/team" in keys),
  );
}

function withoutVariables(triple: Triple): Triple {
  const literal = (text: string): string => text.replaceAll(/\$\{[^}]*\}/g, "-literal-");
  return mapped(triple, (document) => (document.Version === "2012-10-17" ? document : rewritten(document, literal)));
}

function withLongArns(triple: Triple): Triple {
  return mapped(triple, (document) => rewritten(document, (resource) => completed(resource) ?? resource));
}

/** Every pattern of a resource by what it says of the one that is asked for. */
function withoutOverlaps(triple: Triple): Triple {
  const { resource } = triple;
  const whether = (pattern: string): string => {
    const filled = substituted(pattern, variablesOf(ROLE));
    // What cannot be filled in stays: it makes a whole statement void.
    if (filled === undefined) return pattern;
    return matches(completed(filled) ?? "", resource) ? resource : "arn:aws:a4b:::none";
  };
  return mapped(triple, (document) => rewritten(document, whether));
}

function mapped(triple: Triple, change: (document: Document) => Document): Triple {
  return { ...triple, documents: triple.documents.map(change), boundary: triple.boundary && change(triple.boundary) };
}

function rewritten(document: Document, change: (resource: string) => string): Document {
  const all = (of: string | readonly string[]): string | string[] =>
    typeof of === "string" ? change(of) : of.map(change);
  return {
    ...document,
    Statement: document.Statement.map((statement) => ({
      ...statement,
      ...(statement.Resource && { Resource: all(statement.Resource) }),
      ...(statement.NotResource && { NotResource: all(statement.NotResource) }),
    })),
  };
}
