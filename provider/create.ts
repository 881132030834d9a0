import { type Properties, UNKNOWN } from "../policies/machine/resource";
import { derivedHex } from "./hash";
import { renderedConfig } from "./invokes/cloudinit";
import { createAws } from "./outputs";
import type { CreateRequest, CreateResult } from "./provider";
import { createRandom } from "./random";
import { containsUnknown } from "./values";

/** What the real provider's Create answers, in a preview or, with plausible values for what AWS decides, in an update. */
export function create(request: CreateRequest): CreateResult {
  if (/^aws(?:-native)?:/.test(request.type)) return createAws(request);
  return createRandom(request) ?? createOther(request);
}

/** A resource of any other package: what it was given, under an id. */
function createOther({ urn, type, inputs, mode }: CreateRequest): CreateResult {
  const rendered = type === "cloudinit:index/config:Config" ? rendering(inputs, mode) : {};
  if (mode === "preview") return { id: "", outputs: { ...inputs, ...rendered, id: UNKNOWN } };
  const id = derivedHex(urn, 16);
  return { id, outputs: { ...inputs, id, ...rendered } };
}

function rendering(inputs: Properties, mode: CreateRequest["mode"]): Properties {
  return mode === "preview" || containsUnknown(inputs) ? { rendered: UNKNOWN } : (renderedConfig(inputs) ?? {});
}
