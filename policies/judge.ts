/** Runs the rules over a model and turns their verdicts into findings: each once, exemptions applied, nothing thrown. */
import { groupedBy } from "./collections";
import { componentOf } from "./component";
import { rememberingLess } from "./memo";
import type { Unseen } from "./iam/role";
import { topProperty } from "./machine/parts";
import { Model, type Machine, type Subject } from "./machine/model";
import { label, type StackResource } from "./machine/resource";
import type { SecretValue } from "./machine/secrets";
import { pathFrom, roleOutcomes } from "./judge-roles";
import {
  applyExemptions,
  exemptionNotices,
  exemptionOf,
  exemptionUses,
  type Exempted,
  type ExemptionUse,
  type Finding,
} from "./exemptions";
import { failed, PASS, type Level, type Rule, type Severity, type Verdict } from "./rules/rule";
import type { Exemption, PackSettings, PolicySettings } from "./settings";
import { UNVERIFIED } from "./unverified";

export type { Exempted, Finding } from "./exemptions";

/** Something that could not be judged, for one finding a resource. */
export interface Unverified {
  readonly policy: string;
  readonly resource: StackResource;
  readonly path: string;
  readonly waitsFor: string;
}

/** What one policy makes of a model. */
export interface PolicyJudgement {
  readonly findings: readonly Finding[];
  readonly exempted: readonly Exempted[];
  readonly unverified: readonly Unverified[];
  /** Exemptions that cover something that could not be judged. */
  readonly silencing: readonly Exemption[];
}

const NOTHING: PolicyJudgement = { findings: [], exempted: [], unverified: [], silencing: [] };

/** Runs one rule over everything in the model. `today` is YYYY-MM-DD in UTC. */
export function judgePolicy(rule: Rule, model: Model, settings: PolicySettings, today: string): PolicyJudgement {
  const run = new PolicyRun(rule, model, settings);
  for (const subject of model.subjects) run.take(subject);
  return run.end(today);
}

/** One rule on its way through a model. */
class PolicyRun {
  private readonly found: Finding[] = [];
  private readonly unverified: Unverified[] = [];
  private readonly judge: PolicyJudge;

  constructor(
    private readonly rule: Rule,
    private readonly model: Model,
    private readonly settings: PolicySettings,
  ) {
    this.judge = new PolicyJudge(rule, model, settings);
  }

  take(subject: Subject): void {
    if (!this.rule.roles.includes(subject.reading.role)) return;
    for (const { machine, verdict } of this.judge.outcomes(subject)) {
      this.add(subject.resource, verdict, (place) => pathIn(machine, place));
    }
  }

  /** What the rule makes of the model, once it has seen every subject. */
  end(today: string): PolicyJudgement {
    const { rule, model, settings, found, unverified } = this;
    for (const { resource, verdict } of roleOutcomes(rule, model, settings.options)) {
      this.add(resource, verdict, ({ source }) => pathFrom(model, resource, source));
    }
    if (rule.roles.includes("machine") || rule.checkRole) unverified.push(...unbuiltQuestions(rule, model));
    if (found.length === 0 && unverified.length === 0) return NOTHING;
    const strict = settings.onUnverified === "violation";
    const questions = distinct(unverified, (u) => `${u.resource.urn} ${u.path} ${u.waitsFor}`);
    const all = strict ? [...found, ...questions.map((question) => asFinding(question))] : found;
    const [findings, exempted] = applyExemptions(distinct(all, keyOf), settings.exemptions, today);
    if (strict) return { findings, exempted, unverified: [], silencing: [] };
    const asked = questions.map((question) => ({
      question,
      exemption: exemptionOf(question.resource, settings.exemptions, today),
    }));
    return {
      findings,
      exempted,
      unverified: asked.filter(({ exemption }) => !exemption).map(({ question }) => question),
      silencing: asked.flatMap(({ exemption }) => exemption ?? []),
    };
  }

  private add(resource: StackResource, verdict: Verdict, path: (place: Place) => string): void {
    const { rule, model } = this;
    if (verdict.kind === "violation") this.found.push(finding(rule, resource, verdict, path(verdict)));
    else if (verdict.kind === "unverified" && model.complete) {
      this.unverified.push(openQuestion(rule, model, resource, verdict, path(verdict)));
    }
  }
}

/** Identifies a finding across both passes. */
export function keyOf(finding: Finding): string {
  return `${finding.policy} ${finding.urn} ${finding.path}`;
}

type Violation = Extract<Verdict, { kind: "violation" }>;
type Question = Extract<Verdict, { kind: "unverified" }>;
type Place = Pick<Violation, "source">;

interface Outcome {
  /** Undefined where the resource could not be read at all. */
  readonly machine: Machine | undefined;
  readonly verdict: Verdict;
}

/** Verdicts of one machine; the first one stands for all where templates are compared. */
type Verdicts = readonly [Verdict, ...Verdict[]];

/** One rule on one model; what it makes of a template is kept for the machines that launch from it. */
class PolicyJudge {
  private readonly known = new Map<Machine, Verdicts>();

  constructor(
    private readonly rule: Rule,
    private readonly model: Model,
    private readonly settings: PolicySettings,
  ) {}

  /** What there is to say of a resource, less what its template already gets. */
  outcomes({ resource, fault }: Subject): readonly Outcome[] {
    if (fault !== undefined) return [{ machine: undefined, verdict: failed(this.rule, resource, fault) }];
    const machines = this.model.machinesOf(resource);
    if (machines.length === 1) return machines.flatMap((machine) => this.reported(machine));
    // Several machines come from one launch where one reference has several candidates.
    return groupedBy(machines, ({ launch }) => launch).flatMap((group) => this.launched(group));
  }

  /** Machines that one launch may mean: all of them, or one that is not known, judged where they agree. */
  private launched(machines: readonly Machine[]): readonly Outcome[] {
    const [first] = machines;
    const verdicts = machines.map((machine) => this.verdicts(machine));
    const kinds = new Set(verdicts.map(([{ kind }]) => kind));
    if (first?.ambiguous === true && kinds.size > 1) return [{ machine: first, verdict: ambiguous(first) }];
    return machines.flatMap((machine, index) => this.reported(machine, verdicts[index]));
  }

  private reported(machine: Machine, verdicts: readonly Verdict[] = this.verdicts(machine)): readonly Outcome[] {
    return verdicts.flatMap((verdict) =>
      verdict.kind === "pass" || this.isReportedAtTemplate(machine, verdict) ? [] : [{ machine, verdict }],
    );
  }

  private isReportedAtTemplate(machine: Machine, verdict: Verdict): boolean {
    if (verdict.kind !== "violation" && verdict.kind !== "unverified") return false;
    if (!verdict.inherited || machine.origin.kind !== "template") return false;
    const { template } = machine.origin;
    if (template.subject.isRead || !this.rule.roles.includes(template.role)) return false;
    const [{ kind }] = this.verdicts(template);
    return kind === "violation" || kind === verdict.kind;
  }

  private verdicts(machine: Machine): Verdicts {
    const known = this.known.get(machine);
    if (known) return known;
    const verdicts = check(this.rule, machine, this.model, this.settings);
    if (machine.role === "template") this.known.set(machine, verdicts);
    return verdicts;
  }
}

/** Runs a rule on one machine. A fault becomes a finding that names the rule: the rest of the stack is still judged. */
export function check(rule: Rule, machine: Machine, model: Model, settings: PolicySettings): Verdicts {
  try {
    const made = rule.check(machine, model, settings.options, settings.joined);
    if ("kind" in made) return [made];
    const [first = PASS, ...others] = made;
    return [first, ...others];
  } catch (error) {
    return [failed(rule, machine.resource, error instanceof Error ? error.name : typeof error)];
  }
}

function ambiguous(machine: Machine): Verdict {
  const source = machine.launch.template?.source ?? { urn: machine.resource.urn, path: "" };
  return {
    kind: "unverified",
    source,
    inherited: false,
    waitsFor: "several templates that differ, one of them is meant",
  };
}

/** The place in the resource itself: of what another one sets, the reference to it. */
function pathIn(machine: Machine | undefined, { source }: Place): string {
  const isForeign = machine !== undefined && source.urn !== machine.resource.urn;
  return isForeign ? (machine.launch.template?.source.path ?? machine.launch.path) : source.path;
}

function finding(rule: Rule, resource: StackResource, verdict: Violation, path: string): Finding {
  const component = componentOf(resource.urn, path);
  return {
    policy: rule.name,
    resource: resource.name,
    urn: resource.urn,
    path,
    message: [`${verdict.reason}.`, verdict.fix, ...(component === undefined ? [] : [component])].join("\n"),
    ...(verdict.statements && { statements: verdict.statements }),
    ...(verdict.steps && { steps: verdict.steps }),
  };
}

/** Machines that nobody sees leave every rule open. */
function unbuiltQuestions(rule: Rule, model: Model): Unverified[] {
  const waitsFor = "its machines, which its plugin makes and a preview shows";
  return model.unbuilt.map((resource) => ({ policy: rule.name, resource, path: "", waitsFor }));
}

function openQuestion(rule: Rule, model: Model, resource: StackResource, verdict: Question, path: string): Unverified {
  return { policy: rule.name, resource, path, waitsFor: waitText(model, resource, verdict) };
}

/** What something unknown waits for: the resources that its property depends on, where nothing else tells. */
export function waitText(model: Model, resource: StackResource, { source, waitsFor }: Unseen): string {
  const owner = model.graph.get(source.urn) ?? resource;
  const depends = model.graph.dependenciesOf(owner, topProperty(source.path)).map(label);
  return waitsFor ?? (depends.length > 0 ? depends.join(", ") : "a value that is not known yet");
}

function asFinding({ policy, resource, path, waitsFor }: Unverified): Finding {
  const how = "Set it to a value that is known at preview, or show in this program what sets it.";
  const what = path === "" ? "The component" : path;
  const message = `${what} cannot be judged: it waits for ${waitsFor}.\n${how}`;
  return { policy, resource: resource.name, urn: resource.urn, path, message };
}

/** One finding a resource for all that could not be judged: properties, what they wait for, policies concerned. */
export function unverifiedFindings(all: readonly Unverified[]): readonly Finding[] {
  const byUrn = new Map<string, Unverified[]>();
  for (const each of all) byUrn.set(each.resource.urn, [...(byUrn.get(each.resource.urn) ?? []), each]);
  return [...byUrn].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, questions]) => unverifiedFinding(questions));
}

function unverifiedFinding(questions: readonly Unverified[]): Finding {
  const byQuestion = new Map<string, Set<string>>();
  for (const { path, waitsFor, policy } of questions) {
    const question = `${path === "" ? "the component" : path} waits for ${waitsFor}`;
    byQuestion.set(question, (byQuestion.get(question) ?? new Set()).add(policy));
  }
  const lines = [...byQuestion].map(([question, policies]) => `${question}: ${[...policies].join(", ")}`);
  const [first] = questions;
  return {
    policy: UNVERIFIED,
    resource: first?.resource.name ?? "",
    urn: first?.resource.urn ?? "",
    path: "",
    message: [
      "Not judged yet:",
      ...lines.map((line) => `- ${line}`),
      "Correct, set or show these in this program; what only the update can tell is judged there, before it is created.",
    ].join("\n"),
  };
}

function distinct<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

/** A finding with the level and severity of its policy. */
export interface GradedFinding extends Finding {
  readonly level: Exclude<Level, "disabled">;
  readonly severity: Severity;
}

/** What a program gets. */
export interface Judgement {
  readonly findings: readonly GradedFinding[];
  readonly exempted: readonly (Exempted & GradedFinding)[];
  /** Things to tell once: exemptions that matched nothing, or every machine. */
  readonly notices: readonly string[];
  /** The exemptions that may be about this program, and whether it needs them. */
  readonly exemptions: readonly ExemptionUse[];
  /** How many machines, templates and roles were judged. */
  readonly judged: number;
}

/**
 * Judges a whole program at once, each finding once, in an order that does not depend on the input's. `secrets` are
 * values of the configuration that must not end up in user data.
 */
export function judgeStack(
  resources: readonly StackResource[],
  settings: PackSettings,
  today: string,
  secrets: readonly SecretValue[] = [],
): Judgement {
  return judgeModel(
    Model.ofStack(resources, () => secrets),
    settings,
    today,
  );
}

/** The same for a program whose model is there already. */
export function judgeModel(model: Model, settings: PackSettings, today: string): Judgement {
  const findings: GradedFinding[] = [];
  const exempted: (Exempted & GradedFinding)[] = [];
  const unverified: Unverified[] = [];
  const needed = new Set<Exemption>();
  for (const { rule, policy, run } of runsOver(model, settings)) {
    const grade = { level: policy.level, severity: rule.severity };
    const judgement = rule.name === UNVERIFIED ? judgeUnverified(unverified, policy, today) : run.end(today);
    findings.push(...judgement.findings.map((each) => ({ ...each, ...grade })));
    exempted.push(...judgement.exempted.map((each) => ({ ...each, ...grade })));
    unverified.push(...judgement.unverified);
    for (const each of [
      ...judgement.findings.flatMap(({ expired }) => expired ?? []),
      ...judgement.exempted.map(({ exemption }) => exemption),
      ...judgement.silencing,
    ]) {
      needed.add(each);
    }
  }
  const exemptions = exemptionUses(settings, needed, model.graph.resources[0]?.urn);
  return {
    findings,
    exempted,
    notices: exemptionNotices(holdersIn(model, settings), exemptions),
    exemptions,
    judged: model.subjects.filter(isJudged).length + judgedRoles(model),
  };
}

/** Characters of user data that are kept in mind on the way through a stack. */
const ROOM = 1 << 18;

interface RuleRun {
  readonly rule: Rule;
  readonly policy: PolicySettings & { readonly level: GradedFinding["level"] };
  readonly run: PolicyRun;
}

/** Every policy that is on, taken through the model side by side: what user data says is worked out once, and let go. */
function runsOver(model: Model, settings: PackSettings): readonly RuleRun[] {
  const runs = [...settings.values()].flatMap((policy): RuleRun[] => {
    const { rule, level } = policy;
    if (level === "disabled") return [];
    return [{ rule, policy: { ...policy, level }, run: new PolicyRun(rule, model, policy) }];
  });
  rememberingLess(ROOM, () => {
    for (const subject of model.subjects) for (const { run } of runs) run.take(subject);
  });
  return runs;
}

/** What exemptions may be about: of rules over roles, the roles; of what could not be judged, both. */
function holdersIn(model: Model, settings: PackSettings): (policy: string) => readonly StackResource[] {
  const machines = model.subjects.map(({ resource }) => resource);
  const rules = [...settings.values()].map(({ rule }) => rule);
  const judgesRoles = new Set(rules.filter((rule) => rule.checkRole).map(({ name }) => name));
  const roles =
    judgesRoles.size === 0
      ? []
      : distinct(
          model.machineRoles.flatMap(({ at }) => at),
          ({ urn }) => urn,
        );
  return (policy) => {
    if (policy === UNVERIFIED) return distinct([...machines, ...roles, ...model.unbuilt], ({ urn }) => urn);
    return [...(judgesRoles.has(policy) ? roles : machines), ...model.unbuilt];
  };
}

/** Whether some rule looks at it: not at what launches nothing, nor at what is evidence only. */
function isJudged({ reading }: Subject): boolean {
  return reading.role !== "context" && reading.launches.length > 0;
}

/** How many roles of the program machines carry. */
function judgedRoles(model: Model): number {
  return new Set(model.machineRoles.flatMap(({ resource }) => resource?.urn ?? [])).size;
}

/** The findings of unverified-at-preview, from what the other policies left. */
export function judgeUnverified(all: readonly Unverified[], settings: PolicySettings, today: string): PolicyJudgement {
  const [findings, exempted] = applyExemptions(unverifiedFindings(all), settings.exemptions, today);
  return { findings, exempted, unverified: [], silencing: [] };
}
