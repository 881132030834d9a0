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
  const { resources } = deployment;
  const written = (Array.isArray(resources) ? resources : []).flatMap((state: unknown): [string, Written][] => {
    const urn = isRecord(state) && state["delete"] !== true ? text(state["urn"]) : undefined;
    return isRecord(state) && urn !== undefined ? [[urn, { state, created: false }]] : [];
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
