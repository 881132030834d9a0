/** What a rule is: metadata, options and a pure check, side by side in one file. */
import type { MachineRole, StatementRef } from "../iam/role";
import { accountDefault } from "../machine/defaults";
import { is, type Fact, type Known, type Source } from "../machine/fact";
import type { Attribute } from "../machine/launch";
import type { Machine, Model } from "../machine/model";
import { label, type StackResource } from "../machine/resource";

export type Severity = "low" | "medium" | "high" | "critical";
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** A control of a published framework that a rule covers. */
export interface Framework {
  readonly name: string;
  readonly version?: string;
  readonly reference?: string;
  readonly specification?: string;
}

/** JSON schema of one option, with its meaning, unit and default in the description. */
export interface OptionSchema {
  readonly type: "boolean" | "integer" | "string" | "array" | "object";
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly items?: Omit<OptionSchema, "description">;
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
  readonly not?: { readonly const: unknown };
}

/** Metadata of a policy, as CrossGuard, the rule page and the reports show it. */
export interface RuleMetadata {
  /** Name of rule, policy, test and page. */
  readonly name: string;
  readonly displayName: string;
  /** One sentence that the Pulumi CLI prints above every message. */
  readonly description: string;
  readonly level: Level;
  readonly severity: Severity;
  /** Why it matters, for the rule page. */
  readonly rationale: string;
  readonly remediationSteps: string;
  readonly tags: readonly string[];
  readonly framework?: Framework;
  /** Page about a rule of another package; those of this one have theirs. */
  readonly url?: string;
  /** Policies whose verdicts it joins: their options count where its own of the same name have their defaults. */
  readonly joins?: readonly string[];
  /** Options besides the common ones. */
  readonly options: Readonly<Record<string, OptionSchema>>;
  /** A correct configuration, shown when options are wrong. */
  readonly example: Readonly<Record<string, unknown>>;
}

export type RuleOptions = Readonly<Record<string, unknown>>;

/** Options of the policies that a rule joins, by the names of those that are on. */
export type JoinedOptions = Readonly<Record<string, RuleOptions>>;

/** Where a finding is. */
export interface Place {
  readonly source: Source;
  /** The value is taken from a template: reported once, there. */
  readonly inherited: boolean;
}

/** What a rule makes of one machine. */
export type Verdict =
  | { readonly kind: "pass" }
  /** Resource pass only: the rest of the stack decides. */
  | { readonly kind: "open" }
  | (Place & {
      readonly kind: "violation";
      /** Where and what was seen, and why it matters in one clause. */
      readonly reason: string;
      /** The exact property to set. */
      readonly fix: string;
      /** Statements of IAM policies that cause it, the one to change first. */
      readonly statements?: readonly StatementRef[];
      /** The way of an attack from outside to its prize, a step each. */
      readonly steps?: readonly string[];
      /** What a remediation sets. */
      readonly set?: { readonly attribute: Attribute; readonly value: string | number };
    })
  | (Place & { readonly kind: "unverified"; readonly waitsFor: string | undefined });

/** Nothing to report. */
export const PASS: Verdict = { kind: "pass" };
/** The stack pass decides. */
export const OPEN: Verdict = { kind: "open" };

/** A rule over machines or their roles: pure, of the model alone. */
export interface Rule<O = RuleOptions> extends RuleMetadata {
  /** Machines, templates and account defaults that the rule has something to say about. */
  readonly roles: readonly Machine["role"][];
  /** One verdict, or several where one machine has several findings: the first one decides between templates. */
  check(machine: Machine, model: Model, options: O, joined: JoinedOptions): Verdict | readonly Verdict[];
  /**
   * What it makes of a role that machines carry. Verdicts are told apart by their place, which may be in another
   * resource than the role.
   */
  readonly checkRole?: (role: MachineRole, model: Model, options: RuleOptions) => readonly Verdict[];
  /** Whether it can run at level `remediate`. */
  readonly remediates: boolean;
}

/** Declares a rule; its options are validated before it runs, so that the check can trust their type. */
export function defineRule<O>(rule: Rule<O>): Rule {
  return { ...rule, check: (machine, model, options, joined) => rule.check(machine, model, options as O, joined) };
}

/** A rule over roles: what a machine's own properties say does not matter to it. */
export interface RoleRule<O> extends RuleMetadata {
  readonly check: (role: MachineRole, model: Model, options: O) => readonly Verdict[];
}

/** Declares a rule over roles. */
export function defineRoleRule<O>({ check, ...metadata }: RoleRule<O>): Rule {
  return {
    ...metadata,
    roles: [],
    check: () => PASS,
    checkRole: (role, model, options) => check(role, model, options as O),
    remediates: false,
  };
}

/** A rule or a reader that failed: nothing of the error but its name: its message may quote a value. */
export function failed(rule: RuleMetadata, { urn }: StackResource, fault: string): Verdict {
  return {
    kind: "violation",
    source: { urn, path: "" },
    inherited: false,
    reason: `${rule.name} failed on this resource (${fault}), so it was not judged`,
    fix: "Please report this with the resource's type and the names of the properties it sets.",
  };
}

/** Where a page about the rule is. */
export function ruleUrl(name: string): string {
  return `https://github.com/ec2-hardening/ec2-hardening/blob/main/docs/rules/${name}.md`;
}

/** An option that is not known where the rule needs it. */
export function unverified(machine: Machine, attribute: Attribute, fact: Fact): Verdict {
  // What an account default leaves open is open at the machine's own option.
  const isOwn = fact.source.urn === machine.resource.urn || machine.takes(attribute);
  return {
    kind: "unverified",
    source: isOwn ? fact.source : machine.option(attribute).source,
    inherited: machine.takes(attribute),
    waitsFor: fact.state === "unknown" ? fact.waitsFor : undefined,
  };
}

/** A value is right, if only it reaches EC2. */
export function ifSent(machine: Machine, attribute: Attribute, fact: Known): Verdict {
  if (fact.mayBeDropped === undefined) return PASS;
  return { kind: "unverified", source: fact.mayBeDropped, inherited: machine.takes(attribute), waitsFor: undefined };
}

/** A violation in an option, with what a remediation would set. */
export function violation(
  machine: Machine,
  attribute: Attribute,
  reason: string,
  how: string,
  value?: string | number,
): Verdict {
  const { source } = machine.option(attribute);
  return {
    kind: "violation",
    source,
    inherited: machine.takes(attribute),
    reason,
    fix: how,
    ...(value !== undefined && { set: { attribute, value } }),
  };
}

/** Whether the endpoint is off: then no other option matters. */
export function endpoint(machine: Machine): "on" | "off" | "absent" | "unknown" | "pending" {
  const fact = machine.option("httpEndpoint");
  switch (fact.state) {
    case "known":
      return fact.value === "disabled" ? "off" : "on";
    case "absent":
      return "absent";
    case "unknown":
      return "unknown";
    case "inherited":
      return "pending";
  }
}

/** The same with what the account's defaults turn off. */
export function effectiveEndpoint(machine: Machine, model: Model): ReturnType<typeof endpoint> {
  const state = endpoint(machine);
  if (state !== "absent") return state;
  if (!model.complete) return "pending";
  return is(accountDefault(model, machine, "httpEndpoint"), "disabled") ? "off" : state;
}

/** Where a fact was seen and what it says: path, and the value where it is a boolean, a number or one of the enum. */
export function seen(machine: Machine, fact: Fact, values: readonly unknown[] = []): string {
  const from = origin(machine, fact);
  switch (fact.state) {
    case "known": {
      const by = fact.setBy === undefined ? "" : ` by ${fact.setBy}`;
      return `${fact.source.path} ${fact.shown ?? predicate(fact.value, values)}${by}${from}`;
    }
    case "absent":
      return `${fact.source.path} is not set${from}`;
    case "unknown":
    case "inherited":
      return `${fact.source.path} is not known yet${from}`;
  }
}

function predicate(value: unknown, values: readonly unknown[]): string {
  const shown = typeof value === "number" || typeof value === "boolean" || values.includes(value);
  return `is ${shown ? JSON.stringify(value) : "no valid value"}`;
}

/** The template a value came from, where that is another resource. */
function origin(machine: Machine, fact: Fact): string {
  if (fact.source.urn === machine.resource.urn || machine.origin.kind !== "template") return "";
  return ` in ${machine.launch.template?.target ?? "template"} ${label(machine.origin.template.resource)}`;
}

/** Where an option is set: the machine itself, or the template that it takes the option from. */
export function ownerOf(machine: Machine, attribute: Attribute): Machine {
  return machine.takes(attribute) && machine.origin.kind === "template" ? machine.origin.template : machine;
}

/** Names the template, where a finding at a machine is about one. */
export function onTemplate(machine: Machine, owner: Machine): string {
  return owner === machine ? "" : ` on ${machine.launch.template?.target ?? "template"} ${label(owner.resource)}`;
}

/** The property to set, where the machine's option comes from, as a sentence. */
export function fix(machine: Machine, attribute: Attribute, value: string | number, more = ""): string {
  const owner = ownerOf(machine, attribute);
  return `Set ${owner.launch.setter.describe(attribute, value)}${onTemplate(machine, owner)}${more}.`;
}
