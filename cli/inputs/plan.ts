/** Update plans: what `pulumi preview --save-plan` writes. */
import { isRecord, type Properties } from "../../policies/machine/resource";
import { CheckError } from "../errors";
import { unknownProperties } from "./unknown";
import { text, textsOf, type Content, type Written } from "./written";
import { PREVIEW } from "../preview-command";

/**
 * Reads a plan. It says all of a resource that is to be created, and of others only what changes: the rest of their
 * inputs is unknown.
 */
export function readPlan(plans: Properties): Content {
  let partial = 0;
  const written = Object.entries(plans).flatMap(([urn, plan]): [string, Written][] => {
    if (!isRecord(plan)) throw broken();
    const { goal } = plan;
    // What is deleted has none.
    if (!isRecord(goal)) return [];
    const created = textsOf(plan["steps"]).includes("create");
    if (!created && goal["custom"] === true) partial += 1;
    return [[urn, { state: stateOf(urn, goal, created), created }]];
  });
  return {
    kind: "update plan",
    resources: new Map(written),
    config: new Map(),
    errors: [],
    complete: true,
    notes:
      partial === 0
        ? []
        : [
            `of the ${String(partial)} resources that exist already, a plan says only what changes: all else of them is ` +
              `unverified. Judge the preview instead: ${PREVIEW} > preview.json`,
          ],
  };
}

function broken(): CheckError {
  return new CheckError("the plan has something that is no resource. Make it anew: pulumi preview --save-plan FILE");
}

function stateOf(urn: string, goal: Properties, created: boolean): Properties {
  const type = text(goal["type"]) ?? "";
  const diff = isRecord(goal["inputDiff"]) ? goal["inputDiff"] : {};
  const set = { ...propertiesIn(diff["adds"]), ...propertiesIn(diff["updates"]) };
  const kept = created || goal["custom"] !== true ? {} : unknownProperties(urn, type);
  const removed = new Set(textsOf(diff["deletes"]));
  const inputs = Object.fromEntries(Object.entries({ ...kept, ...set }).filter(([key]) => !removed.has(key)));
  return { ...goal, urn, inputs };
}

function propertiesIn(value: unknown): Properties {
  return isRecord(value) ? value : {};
}
