/** Setting the one property that a rule asks for, leaving every other input, unknown and secret as it was. */
import { check, judgePolicy } from "./judge";
import { Model } from "./machine/model";
import type { Properties, StackResource } from "./machine/resource";
import type { Rule } from "./rules/rule";
import type { PolicySettings } from "./settings";

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
    if (verdict.kind !== "violation" || !verdict.set) continue;
    const { attribute, value } = verdict.set;
    changed = machine.launch.setter.apply?.(changed ?? inputs, attribute, value) ?? changed;
  }
  return changed;
}
