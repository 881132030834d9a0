/** What conditions on metadata options leave of the right to change them. */
import type { Grant } from "../permissions";

/** Whether the statement allows only what makes the metadata service stricter. */
export function onlyHardens({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(
    ({ operator, key, values }) =>
      IS_ONE_OF.test(operator) && STRICT[key] !== undefined && values.every((value) => value === STRICT[key]),
  );
}

/** Whether a condition names the metadata option that is changed. */
export function setsAttribute({ clause: { statement } }: Grant): boolean {
  return statement.conditions.some(({ operator, key }) => IS_ONE_OF.test(operator) && STRICT[key] !== undefined);
}

const IS_ONE_OF = /^(?:forallvalues:|foranyvalue:)?string(?:equals|like)/;

/** The strict value of each option, by the key of a condition on it. */
const STRICT: Readonly<Record<string, string | undefined>> = {
  "ec2:attribute/httptokens": "required",
  "ec2:metadatahttptokens": "required",
  "ec2:attribute/httpendpoint": "disabled",
  "ec2:metadatahttpendpoint": "disabled",
};
