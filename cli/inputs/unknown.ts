import { UNKNOWN, type Properties } from "../../policies/machine/resource";
import type * as Provider from "../../provider";
import { nameOf } from "../host/urn";
import { mapValues } from "../host/wire";

/** Every property that the provider knows of a type, unknown: what a file does not say must not look absent. */
export function unknownProperties(urn: string, type: string): Properties {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { create } = require("../../provider") as typeof Provider;
  const config = { region: undefined, defaultTags: {}, accountId: "" };
  const { outputs } = create({ type, urn, name: nameOf(urn), inputs: {}, config, mode: "preview" });
  return mapValues(outputs, () => UNKNOWN);
}
