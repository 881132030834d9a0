/** What conditions on metadata options leave of the right to change them. */
import type { Grant } from "../permissions";

/**
 * Whether the statement allows only what makes the metadata service stricter. A call that does not give an option has no
 * key for it: tokens that must be required where they are given stay so, while an endpoint that must be off where it is
 * given says nothing about a call that gives tokens alone.
 */
export function onlyHardens({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(({ operator, key, values }) => {
    if (!IS_ONE_OF.test(operator) || STRICT[key] === undefined) return false;
    return values.every((value) => value === STRICT[key]) && (key === TOKENS || !HOLDS_WITHOUT.test(operator));
  });
}

/** Whether a condition names a metadata option that is changed. */
export function setsAttribute({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(({ key }) => key.startsWith("ec2:attribute/"));
}

const IS_ONE_OF = /^(?:forallvalues:|foranyvalue:)?string(?:equals|like)/;
/** Operators that hold where the key is not there. */
const HOLDS_WITHOUT = /^forallvalues:|ifexists$/;

const TOKENS = "ec2:attribute/httptokens";
/** The strict value of each option. Keys such as `ec2:MetadataHttpTokens` tell what the machine has, not what it gets. */
const STRICT: Readonly<Record<string, string | undefined>> = {
  [TOKENS]: "required",
  "ec2:attribute/httpendpoint": "disabled",
};
