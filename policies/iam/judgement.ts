/** The verdict on a role: what is certainly wrong, and what cannot be judged yet. */
import { alternatives } from "./alternatives";
import { isOpen, refusal } from "./document";
import { issuesOf } from "./judgements";
import { keyOf, type Concern, type Issue } from "./judgements/issue";
import type { Program } from "./judgements/program";
import { sourcesOf, type PolicySource, type Role, type Unseen } from "./role";
import { isReadable, statementsOf } from "./statements";

/** Something that a concern hangs on and that is not known. */
export interface OpenQuestion extends Unseen {
  readonly concern: Concern;
}

export interface Judgement {
  readonly issues: readonly Issue[];
  readonly open: readonly OpenQuestion[];
}

/** Concerns that a mandatory policy judges: of the others nothing is asked. */
const MANDATORY = ["administration", "escalation", "credentials"] as const satisfies readonly Concern[];
const CONCERNS: readonly Concern[] = [...MANDATORY, "scope"];

/**
 * Judges a role within its program. What is not known of it is asked once for each concern that it bears on. Where one of
 * several policies is meant, what holds for each of them stands.
 */
export function judgeRole(role: Role, program: Program): Judgement {
  const all = alternatives(role).map((each) => judged(each, program));
  const [only] = all;
  if (only && all.length === 1) return only;
  const open = CONCERNS.flatMap((concern) => openIn(concern, role, all));
  return { issues: CONCERNS.flatMap((concern) => agreedOn(concern, all)), open };
}

/** Issues that stand whatever is meant: those that are always there, or else one of each where there always is one. */
function agreedOn(concern: Concern, all: readonly Judgement[]): readonly Issue[] {
  const found = all.map(({ issues }) => new Map(issues.filter(isOf(concern)).map((issue) => [keyOf(issue), issue])));
  const every = new Map(found.flatMap((each) => [...each]));
  const shared = [...every].filter(([key]) => found.every((each) => each.has(key)));
  if (shared.length > 0) return shared.map(([, issue]) => issue);
  return all.every((each) => breaks(each, concern)) ? [...every.values()] : [];
}

function openIn(concern: Concern, role: Role, all: readonly Judgement[]): readonly OpenQuestion[] {
  const breaking = all.filter((each) => breaks(each, concern));
  if (breaking.length === all.length) return [];
  const asked = all.flatMap(({ open }) => open).filter(isOf(concern));
  if (breaking.length === 0) return asked;
  return [
    ...asked,
    ...sourcesOf(role).flatMap(({ oneOf, unseen }) => (oneOf && unseen ? [{ ...unseen, concern }] : [])),
  ];
}

/** An administrator breaks the other policies too, without a finding of its own. */
function breaks({ issues }: Judgement, concern: Concern): boolean {
  return issues.some((issue) => isOf(concern)(issue) || isOf("administration")(issue));
}

function isOf(concern: Concern): (each: { readonly concern: Concern }) => boolean {
  return (each) => each.concern === concern;
}

function judged(role: Role, program: Program): Judgement {
  const issues = issuesOf(role, "lower", program);
  if (issues.some(({ code }) => code === "full-admin")) return { issues, open: [] };
  const hidden = [...role.unseen, ...role.policies.flatMap(hiddenIn)];
  const always = MANDATORY.flatMap((concern) => hidden.map((unseen) => ({ ...unseen, concern })));
  return { issues, open: [...always, ...possible(role, program, issues)].filter((each) => !isAnswered(each, issues)) };
}

/** A concern with a finding needs no question. */
function isAnswered({ concern }: OpenQuestion, issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.concern === concern);
}

/** What of a policy is not there at all, or would be refused. */
export function hiddenIn(policy: PolicySource): readonly Unseen[] {
  const { source, unseen, managed } = policy;
  if (unseen) return [unseen];
  if (!isReadable(policy)) {
    const waitsFor = managed === undefined ? undefined : "an AWS managed policy that is not in the data about AWS";
    return [{ source, waitsFor }];
  }
  const waitsFor = refusal(statementsOf(policy));
  return waitsFor === undefined ? [] : [{ source, waitsFor }];
}

/** Issues that an unknown leaf or boundary may hide. */
function possible(role: Role, program: Program, certain: readonly Issue[]): readonly OpenQuestion[] {
  const { boundary } = role;
  const isBounded = boundary !== undefined && !isReadable(boundary);
  if (!isBounded && !sourcesOf(role).some(hasOpenLeaf)) return [];
  const known = new Set(certain.map(({ concern }) => concern));
  const source = isBounded ? boundary : undefined;
  return issuesOf(role, "upper", program).flatMap((issue) => {
    const place = source ?? issue.clauses[0].policy;
    const unseen = { source: place.source, waitsFor: place.unseen?.waitsFor };
    return concernsOf(issue).flatMap((concern) => (known.has(concern) ? [] : [{ ...unseen, concern }]));
  });
}

/** Who may be an administrator may do whatever the other policies look for. */
function concernsOf({ concern }: Issue): readonly Concern[] {
  if (concern === "administration") return MANDATORY;
  return concern === "scope" ? [] : [concern];
}

function hasOpenLeaf(policy: PolicySource): boolean {
  return statementsOf(policy).statements.some(isOpen);
}
