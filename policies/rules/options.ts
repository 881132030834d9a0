/** Options that several policies share. */
import type { StatedAccount } from "../machine/defaults";
import type { Machine } from "../machine/model";
import type { OptionSchema } from "./rule";

const PREFERENCE = { type: "string" } as const;

/** What the organisation sets for its accounts outside the program. */
export const ACCOUNT_OPTION: OptionSchema = {
  type: "object",
  description:
    "Account defaults that are set outside this program, at least one of httpTokens, httpPutResponseHopLimit and httpEndpoint: they count like an InstanceMetadataDefaults under acceptAccountDefault, in all regions or in those named.",
  anyOf: [{ required: ["httpTokens"] }, { required: ["httpPutResponseHopLimit"] }, { required: ["httpEndpoint"] }],
  additionalProperties: false,
  properties: {
    httpTokens: {
      ...PREFERENCE,
      enum: ["required", "optional", "no-preference"],
      description: "The account's default for httpTokens.",
    },
    httpPutResponseHopLimit: {
      type: "integer",
      minimum: -1,
      maximum: 64,
      not: { const: 0 },
      description: "The account's default hop limit, 1 to 64; -1 for no preference.",
    },
    httpEndpoint: {
      ...PREFERENCE,
      enum: ["enabled", "disabled", "no-preference"],
      description: "The account's default for httpEndpoint.",
    },
    regions: {
      type: "array",
      minItems: 1,
      items: { type: "string", minLength: 1 },
      description: "Regions that these defaults hold for; all of them where absent.",
    },
  },
};

/** Whether what the account sets may decide for a machine. */
export function asksAccount(
  machine: Machine,
  options: { readonly acceptAccountDefault: boolean; readonly account?: StatedAccount },
): boolean {
  return !machine.launch.ignoresAccount && (options.acceptAccountDefault || options.account !== undefined);
}

/** Options of every policy. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSchema>> = {
  exemptions: {
    type: "array",
    default: [],
    description: "Resources that this policy does not judge, each with a reason and a last day.",
    items: {
      type: "object",
      additionalProperties: false,
      required: ["resource", "reason", "expires"],
      properties: {
        resource: {
          type: "string",
          pattern: "\\S",
          description: "Glob on the whole URN or name: * any characters, ? one.",
        },
        reason: { type: "string", pattern: "\\S", description: "Why, for whoever reads the report." },
        expires: {
          type: "string",
          pattern: "^\\d{4}-\\d{2}-\\d{2}$",
          description: "The last day it holds, YYYY-MM-DD in UTC.",
        },
      },
    },
  },
  onUnverified: {
    type: "string",
    enum: ["report", "violation"],
    default: "report",
    description:
      "What becomes of a value that is not known yet: a line in unverified-at-preview, or a finding of its own.",
  },
};
