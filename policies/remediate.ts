/** Setting the one property that a rule asks for, leaving every other input, unknown and secret as it was. */
import { check, judgePolicy, type Finding } from "./judge";
import { Model } from "./machine/model";
import type { Properties, StackResource } from "./machine/resource";
import { RULES } from "./rules";
import type { Rule } from "./rules/rule";
import type { PackSettings, PolicySettings } from "./settings";

/**
 * New inputs for a resource, or undefined where nothing is to be changed: what is unknown, inherited, left to the
 * stack, not expressible or exempted is never rewritten.
 */
export function remediate(
  rule: Rule,
  resource: StackResource,
  inputs: Properties,
  settings: PolicySettings,
  today: string,
): Record<string, unknown> | undefined {
  const model = Model.ofResource(resource);
  const { findings } = judgePolicy(rule, model, settings, today);
  return findings.length === 0 ? undefined : rewrite(rule, model, resource, inputs, settings);
}

/** What settles the findings of one policy on one resource of a stack. */
export interface Remedy {
  readonly policy: string;
  readonly resource: StackResource;
  /** The resource's inputs with the properties set. */
  readonly inputs: Properties;
}

/** The remedies of a whole stack, whose findings those are; in their order. */
export function remediesIn(model: Model, settings: PackSettings, findings: readonly Finding[]): readonly Remedy[] {
  const seen = new Set<string>();
  return findings.flatMap(({ policy, urn }) => {
    const rule = RULES.find(({ name, remediates }) => remediates && name === policy);
    const resource = model.graph.get(urn);
    const configured = settings.get(policy);
    if (!rule || !configured || !resource?.inputs || seen.has(`${policy} ${urn}`)) return [];
    seen.add(`${policy} ${urn}`);
    const inputs = rewrite(rule, model, resource, resource.inputs, configured);
    return inputs ? [{ policy, resource, inputs }] : [];
  });
}

function rewrite(
  rule: Rule,
  model: Model,
  resource: StackResource,
  inputs: Properties,
  settings: PolicySettings,
): Record<string, unknown> | undefined {
  let changed: Record<string, unknown> | undefined;
  for (const machine of model.machinesOf(resource)) {
    const [verdict] = check(rule, machine, model, settings);
    // What a template sets wrongly is set right there.
    if (verdict.kind !== "violation" || !verdict.set || verdict.inherited) continue;
    const { attribute, value } = verdict.set;
    changed = machine.launch.setter.apply?.(changed ?? inputs, attribute, value) ?? changed;
  }
  return changed;
}
