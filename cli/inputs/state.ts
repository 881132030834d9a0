/** States: `pulumi stack export`, and the files of a backend that is a directory or a bucket. */
import { isRecord, type Properties } from "../../policies/machine/resource";
import { CheckError } from "../errors";
import { plural } from "../render/names";
import { text, type Content, type Written } from "./written";

const OLDEST_VERSION = 3;

/** Reads a state from its deployment: what the stack holds, without what only waits to be deleted. */
export function readState(deployment: Properties, version: unknown): Content {
  if (typeof version === "number" && version < OLDEST_VERSION) {
    throw new CheckError(
      `the state is of version ${String(version)}, from before Pulumi 1.0. Export it anew: pulumi stack export`,
    );
  }
  const written = resourcesIn(deployment).flatMap((state): [string, Written][] => {
    const urn = isRecord(state) ? text(state["urn"]) : undefined;
    if (!isRecord(state) || urn === undefined) throw broken();
    return state["delete"] === true ? [] : [[urn, { state, created: false }]];
  });
  const pending = deployment["pending_operations"];
  const open = Array.isArray(pending) ? pending.length : 0;
  return {
    kind: "state",
    resources: new Map(written),
    config: new Map(),
    errors: [],
    complete: true,
    notes: open === 0 ? [] : [`${plural(open, "operation")} had not ended when the state was written: pulumi refresh`],
  };
}

/** A stack without resources has no list of them. */
function resourcesIn({ resources }: Properties): readonly unknown[] {
  if (Array.isArray(resources)) return resources;
  if (resources === undefined || resources === null) return [];
  throw broken();
}

/** A hole in a state may be a machine. */
function broken(): CheckError {
  return new CheckError("the state has something that is no resource. Export it anew: pulumi stack export");
}
