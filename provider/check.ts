import type { Properties } from "../policies/machine/resource";
import { coerce } from "./coerce";
import { violations } from "./constraints";
import { applyDefaults, applyProviderInputs, markBlocks } from "./defaults";
import { encodeDocuments } from "./documents";
import { autoname, nameProperty } from "./names";
import type { CheckFailure, CheckRequest, CheckResult } from "./provider";
import { shapeOf } from "./schema";
import { listOf, withoutNulls } from "./values";

/**
 * What the real provider's Check answers. The order is the bridge's: validation precedes the Terraform defaults, so no
 * failure ever stems from one, and failures come together with the inputs.
 */
export function check(request: CheckRequest): CheckResult {
  const { type, config } = request;
  const failures: CheckFailure[] = [];
  const shape = shapeOf(type);
  const given = applyProviderInputs(type, withoutNulls(request.inputs), config);
  const encoded = encodeDocuments(type, given, failures);
  const typed = shape === undefined ? encoded : coerce(encoded, shape, failures);
  const named = autoname(request, typed, failures);
  failures.push(...violations(request, named, shape));
  const filled = applyDefaults(type, markBlocks(type, named), "check");
  return { inputs: noteAutoname(type, typed, filled), failures };
}

/** The autoname is one of the defaults that the provider keeps a list of. */
function noteAutoname(type: string, before: Properties, after: Properties): Properties {
  const name = nameProperty(type);
  if (name === undefined || Object.hasOwn(before, name) || !Object.hasOwn(after, name)) return after;
  if (!Object.hasOwn(after, "__defaults")) return after;
  return { ...after, __defaults: [...listOf(after.__defaults), name].sort() };
}
