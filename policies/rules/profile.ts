/** What the rules about instance profiles share: the judgement on a role, and how it is put into words. */
import { perObject } from "../memo";
import { alternatives } from "../iam/alternatives";
import { judgeRole, type Judgement, type OpenQuestion } from "../iam/judgement";
import { issuesOf } from "../iam/judgements";
import type { Cause, Concern, Issue } from "../iam/judgements/issue";
import type { Carrier, Program } from "../iam/judgements/program";
import type { MachineRole, Role } from "../iam/role";
import { isKnown } from "../machine/fact";
import { arnPart } from "../machine/links";
import type { Machine, Model } from "../machine/model";
import { label } from "../machine/resource";
import { narrower } from "./narrower";
import type { Verdict } from "./rule";

const NO_PROGRAM: Program = { roles: [], carriers: [], isStrong: () => false };

/** Whether its policies alone break a mandatory rule, whatever its program holds. */
const isStrong = perObject((role: Role) =>
  alternatives(role).every((each) => issuesOf(each, "lower", NO_PROGRAM).some(({ concern }) => concern !== "scope")),
);

const programOf = perObject((model: Model): Program => {
  const roles = model.graph.ofTarget("role").map((resource) => model.roleOf(resource));
  const carriers = model.machineRoles.flatMap((role) => role.machines.map((machine) => carrier(machine, role)));
  return { roles, carriers, isStrong };
});

function carrier(machine: Machine, role: Role): Carrier {
  const tags = [...machine.tags.known].flatMap(([key, fact]) =>
    isKnown(fact) && typeof fact.value === "string" ? [[key.toLowerCase(), fact.value] as const] : [],
  );
  const templates = machine.named ? [machine.named.resource] : [];
  const ids = [machine.resource, ...templates].flatMap((resource) => arnPart(resource) ?? []);
  return { label: label(machine.resource), role, tags: new Map(tags), ids };
}

const judgementsIn = perObject((model: Model) => perObject((role: MachineRole) => judgeRole(role, programOf(model))));

/** The judgement on a role, made once a model. */
export function judgementOf(role: MachineRole, model: Model): Judgement {
  return judgementsIn(model)(role);
}

/** What one policy reports of a role. */
export function verdictsOn(concern: Concern, role: MachineRole, model: Model): readonly Verdict[] {
  const { issues, open } = judgementOf(role, model);
  return [
    ...issues.filter((issue) => issue.concern === concern).map((issue) => violation(issue, role, model)),
    ...open.filter((question) => question.concern === concern).map(unverified),
  ];
}

function violation(issue: Issue, role: MachineRole, model: Model): Verdict {
  const [cause] = issue.clauses;
  return {
    kind: "violation",
    source: { urn: cause.policy.source.urn, path: pathOf(issue) },
    inherited: false,
    reason: reasonOf(issue, role),
    fix: fixOf(issue, role, model),
    statements: issue.clauses.map(({ policy, statement: { index } }) => ({ policy, index })),
  };
}

/** What to write instead; the reason before it names the statement. */
function fixOf(issue: Issue, role: MachineRole, model: Model): string {
  const statement = narrower(issue, role, model, (resource) => !isStrong(model.roleOf(resource)));
  return sentence(statement === undefined ? `${issue.fix}.` : `${issue.fix}, e.g. ${statement}.`);
}

/** The statement, and which of its faults. */
function pathOf({ code, clauses: [{ policy, statement }] }: Issue): string {
  return `${policy.source.path}.Statement[${String(statement.index)}] (${code})`;
}

function unverified({ source, waitsFor }: OpenQuestion): Verdict {
  return { kind: "unverified", source, inherited: false, waitsFor };
}

function reasonOf(issue: Issue, role: MachineRole): string {
  const [cause, ...others] = issue.clauses;
  const place = sentence(placeOf(cause));
  if (issue.target === "") return `${place} ${issue.gain}`;
  const also = others.length === 0 ? "" : ` (with ${others.slice(0, 2).map(placeOf).join(" and ")})`;
  const who = `whoever has the credentials of ${role.label}${carriedBy(role)}`;
  return `${place} allows ${listed(issue.actions)} on ${issue.target}${also}: ${who} ${issue.gain}`;
}

/** What people call statements: words, which have vowels, and short names of services: `ReadS3Logs`. A token is none. */
const WORDS = new RegExp(
  [
    "^(?=.{1,40}$)(?:",
    "(?:All|And|Any|App|At|By|For|Get|In|Key|Log|Of|On|Ops|Or|Own|Put|Run|Set|Tag|To|Use|Web)(?![a-z])|",
    "(?=[A-Z]?[a-z]*[aeiouy]|[AEIOU])(?:[A-Z][a-z]{3,14}|[a-z]{4,15})(?![a-z])|",
    "(?<![A-Z])[A-Z]{1,4}\\d?(?=$|[A-Z][a-z])",
    ")+\\d{0,2}$",
  ].join(""),
);

/** `statement 2 (DeployOnly) of inline policy app`. */
function placeOf({ policy, statement: { index, sid } }: Cause): string {
  const named = sid !== undefined && WORDS.test(sid) ? ` (${sid})` : "";
  return `statement ${String(index)}${named} of ${policy.label}`;
}

const MOST_NAMED = 3;

/** The first of a list, and how many more there are. */
export function listed(items: readonly string[], separator = ", "): string {
  const distinct = [...new Set(items)];
  const more = distinct.length - MOST_NAMED;
  return distinct.slice(0, MOST_NAMED).join(separator) + (more > 0 ? ` and ${String(more)} more` : "");
}

/** The machines that carry the role, for a message: ` (on web, api)`. */
export function carriedBy({ machines }: MachineRole): string {
  const names = [...new Set(machines.map(({ resource }) => label(resource)))].sort();
  return names.length === 0 ? "" : ` (on ${listed(names)})`;
}

/** A text that begins a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
