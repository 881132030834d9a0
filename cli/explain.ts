/** `explain`: everything that the program says about one role, from the machines that carry it to what it may do. */
import path from "node:path";
import { judgeModel, waitText, type GradedFinding } from "../policies/judge";
import { explainRole, statementIds, type PolicyRow, type RoleExplanation } from "../policies/iam/explain";
import type { MachineRole, Role } from "../policies/iam/role";
import type { Source } from "../policies/machine/fact";
import { Model, type Machine } from "../policies/machine/model";
import type { StackResource } from "../policies/machine/resource";
import { RULES } from "../policies/rules";
import type { PackSettings } from "../policies/settings";
import { UNVERIFIED } from "../policies/unverified";
import { today } from "./check";
import { CheckError } from "./errors";
import type { Outcome, Stack } from "./host";
import { ExitCode, kindOf, type ResourceRef } from "./report";
import { runInput } from "./inputs";
import { projectFile } from "./project";
import type { DirectoryRun, RunOptions } from "./run";
import { findTarget } from "./target";

/** Where something is written. */
export interface Place {
  readonly resource: string;
  readonly path: string;
}

/** A finding, and the statements that cause it. */
export interface ExplainedFinding {
  readonly policy: string;
  readonly level: GradedFinding["level"];
  readonly severity: GradedFinding["severity"];
  readonly message: string;
  /** Ids; none where the finding is about the role, or about what is not known. */
  readonly statements: readonly string[];
  /** The exemption that covers it. */
  readonly exempted: { readonly reason: string; readonly expires: string } | undefined;
}

export interface ExplainedPolicy extends Omit<PolicyRow, "source"> {
  readonly place: Place;
}

export interface ExplainedRole extends Pick<RoleExplanation, "label" | "services"> {
  readonly resource: ResourceRef | undefined;
  /** Whether policies judge it: some machine or profile carries it. */
  readonly judged: boolean;
  /** Whether machines carry it, and not one of several that may be meant. */
  readonly certain: boolean;
  /** From each machine, or else profile, to the role: machine, template, profile, role. */
  readonly chains: readonly (readonly ResourceRef[])[];
  /** Services that must be able to take it. */
  readonly expected: readonly string[];
  readonly trust: (Omit<NonNullable<RoleExplanation["trust"]>, "source"> & { readonly place: Place }) | undefined;
  readonly boundary: ExplainedPolicy | undefined;
  readonly policies: readonly ExplainedPolicy[];
  readonly unknown: readonly {
    readonly policy: string | undefined;
    readonly place: Place;
    readonly waitsFor: string;
  }[];
  readonly findings: readonly ExplainedFinding[];
}

/** What `explain` prints. */
export interface Explanation {
  readonly asked: string;
  readonly directory: string;
  readonly stack: Stack;
  readonly outcome: Outcome;
  /** What the name stands for. */
  readonly matched: readonly ResourceRef[];
  readonly roles: readonly ExplainedRole[];
  /** What the run could not do as Pulumi would. */
  readonly notices: readonly string[];
}

/** An explanation, and what the run that it rests on could not do. */
export interface Explained {
  readonly explanation: Explanation;
  readonly run: DirectoryRun;
}

/** Runs a program and explains the role that a name of it leads to. */
export async function explainProgram(
  asked: string,
  directory: string,
  settings: PackSettings,
  options: RunOptions,
): Promise<Explained> {
  const run = await runIn(directory, asked, options).catch((error: unknown) => {
    throw error instanceof CheckError ? new CheckError(error.message + policiesLike(asked)) : error;
  });
  const { parts, resources, secrets } = run;
  const model = Model.ofStack(resources, () => secrets);
  const target = findTarget(model, asked);
  if (typeof target === "string") {
    const failed = parts.outcome.kind === "completed" ? "" : " The program did not run to its end (check tells why).";
    throw new CheckError(target + failed + policiesLike(asked));
  }
  const { findings, exempted } = judgeModel(model, settings, today());
  const graded = [
    ...findings.map((finding) => ({ finding, exempted: undefined })),
    ...exempted.map((finding) => ({ finding, exempted: { ...finding.exemption } })),
  ];
  const explanation: Explanation = {
    asked,
    directory,
    stack: parts.stack,
    outcome: parts.outcome,
    matched: target.matched.map(refOf),
    roles: target.roles.map((role) => explained(role, model, graded)),
    notices: run.notes,
  };
  const redactor = run.redactor.and(model.secrets.map(({ value }) => value));
  return { explanation: redactor.redactIn(explanation), run };
}

/** For a policy that is misspelt. */
function policiesLike(asked: string): string {
  if (!/[-_ ]/.test(asked)) return "";
  const letters = lettersOf(asked);
  const alike = RULES.map(({ name }) => ({ name, shared: sharedLetters(letters, lettersOf(name)) }));
  const most = Math.max(...alike.map(({ shared }) => shared));
  const names = alike.flatMap(({ name, shared }) => (shared === most ? [name] : []));
  return most < 4 ? "" : ` Policies that are named alike: ${names.join(", ")}.`;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** How much of a name is in another one: where they begin alike, or the whole of it. */
function sharedLetters(asked: string, name: string): number {
  if (name.includes(asked)) return asked.length;
  let shared = 0;
  while (shared < asked.length && asked[shared] === name[shared]) shared += 1;
  return shared;
}

/** Runs the program; where the two arguments stand in the wrong order, the message says so. */
async function runIn(directory: string, asked: string, options: RunOptions): Promise<DirectoryRun> {
  if (isProject(asked) && !isProject(directory)) {
    throw new CheckError(`the name comes before the directory: ec2-hardening explain ${directory} ${asked}`);
  }
  return runInput(directory, options);
}

function isProject(directory: string): boolean {
  return projectFile(path.resolve(directory)) !== undefined;
}

/** The exit code: violations of the roles outweigh a program that could not be judged to its end. */
export function explainExitCode({ roles, outcome }: Explanation): number {
  const found = roles.flatMap(({ findings }) => findings.filter((finding) => finding.exempted === undefined));
  if (found.some((finding) => kindOf(finding) === "mandatory")) return ExitCode.VIOLATIONS;
  return outcome.kind === "completed" ? ExitCode.CLEAN : ExitCode.NOT_JUDGED;
}

interface Graded {
  readonly finding: GradedFinding;
  readonly exempted: ExplainedFinding["exempted"];
}

function explained(role: Role | MachineRole, model: Model, graded: readonly Graded[]): ExplainedRole {
  const carried = "at" in role ? role : undefined;
  const { label, services, trust, boundary, policies, unknown } = explainRole(role);
  const place = placer(model);
  const policy = ({ source, ...row }: PolicyRow): ExplainedPolicy => ({ ...row, place: place(source) });
  const [here] = carried?.at ?? [role.resource];
  return {
    label,
    resource: role.resource && refOf(role.resource),
    judged: carried !== undefined,
    certain: carried?.certain ?? true,
    chains: carried ? chainsOf(carried, model) : [],
    expected: carried?.services ?? [],
    trust: trust && { place: place(trust.source), admits: trust.admits },
    boundary: boundary && policy(boundary),
    policies: policies.map(policy),
    services,
    unknown: unknown.map((each) => ({
      policy: each.policy,
      place: place(each.source),
      waitsFor: here ? waitText(model, here, each) : (each.waitsFor ?? ""),
    })),
    findings: carried ? findingsOn(carried, graded) : [],
  };
}

const ABOUT_ROLES: ReadonlySet<string> = new Set([
  UNVERIFIED,
  ...RULES.filter((rule) => rule.checkRole).map(({ name }) => name),
]);

function findingsOn(role: MachineRole, graded: readonly Graded[]): readonly ExplainedFinding[] {
  const urns = new Set(role.at.map(({ urn }) => urn));
  const idOf = statementIds(role);
  return graded.flatMap(({ finding, exempted }) => {
    const { policy, level, severity, message, urn, statements } = finding;
    if (!urns.has(urn) || !ABOUT_ROLES.has(policy)) return [];
    const ids = [...new Set(statements?.flatMap((ref) => idOf(ref) ?? []))];
    // Several roles that are set outside the program may be reported at one machine.
    if (statements && ids.length === 0) return [];
    const covered = exempted && { reason: exempted.reason, expires: exempted.expires };
    return [{ policy, level, severity, message, statements: ids, exempted: covered }];
  });
}

/** The ways on which machines come to a role; where there is no machine, the profiles that hold it. */
function chainsOf(role: MachineRole, model: Model): readonly (readonly ResourceRef[])[] {
  const end = role.resource ? [refOf(role.resource)] : [];
  const chains = role.machines.map((machine) => [...wayOf(machine, model), ...end]);
  if (chains.length > 0) return chains;
  const profiles = model.graph.ofTarget("instance profile").filter((each) => model.rolesOfProfile(each).includes(role));
  return profiles.map((profile) => [refOf(profile), ...end]);
}

function wayOf(machine: Machine, model: Model): readonly ResourceRef[] {
  const { profile, resource } = machine;
  const owner = profile && profile !== "hidden" ? model.graph.get(profile.source.urn) : undefined;
  const [held] = model.profilesOf(machine);
  return [resource, ...(owner && owner !== resource ? [owner] : []), ...(held ? [held] : [])].map(refOf);
}

function refOf({ name, type, urn }: StackResource): ResourceRef {
  return { name, type, urn };
}

function placer(model: Model): (source: Source) => Place {
  return ({ urn, path }) => ({ resource: model.graph.get(urn)?.name ?? "", path });
}
