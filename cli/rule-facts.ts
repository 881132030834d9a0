/** What pages about a rule say of it, in plain data: the page in docs/rules and the one that `explain` prints. */
import { COMMON_OPTIONS } from "../policies/rules/options";
import type { OptionSchema, Rule } from "../policies/rules/rule";
import { exampleLevel } from "../policies/settings";

/** An option, or what an object or a list of objects holds. */
export interface OptionRow {
  /** Such as `account.regions` or `exemptions[].reason`. */
  readonly name: string;
  readonly type: string;
  /** As JSON; undefined where there is none. */
  readonly initial: string | undefined;
  readonly required: boolean;
  readonly meaning: string;
}

type Schema = Omit<OptionSchema, "description"> & { readonly description?: string };

/** The rule's own options, then those of every rule. */
export function optionRowsOf(rule: Rule): readonly OptionRow[] {
  return Object.entries({ ...rule.options, ...COMMON_OPTIONS }).flatMap(([name, schema]) => rowsOf(name, schema));
}

function rowsOf(name: string, schema: Schema, required = false): OptionRow[] {
  const { items, properties = items?.properties ?? {}, required: needed = items?.required ?? [] } = schema;
  const inside = items === undefined ? name : `${name}[]`;
  const initial = schema.default === undefined ? undefined : JSON.stringify(schema.default);
  return [
    { name, type: typeOf(schema), initial, required, meaning: schema.description ?? "" },
    ...Object.entries(properties).flatMap(([key, property]) =>
      rowsOf(`${inside}.${key}`, property, needed.includes(key)),
    ),
  ];
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(", ");
  if (schema.type === "array") return `list of ${schema.items?.type ?? "value"}s`;
  const { minimum, maximum } = schema;
  return minimum === undefined || maximum === undefined
    ? schema.type
    : `${schema.type}, ${String(minimum)} to ${String(maximum)}`;
}

/** The published control that a rule covers; undefined where there is none. */
export function frameworkOf({ framework: control }: Rule): string | undefined {
  if (!control) return undefined;
  const version = control.version === undefined ? "" : ` ${control.version}`;
  const reference = control.reference === undefined ? "" : `, ${control.reference}`;
  const specification = control.specification === undefined ? "" : `: ${control.specification}`;
  return `${control.name}${version}${reference}${specification}`;
}

/** What a rule does at level `remediate`. */
export function remediationOf(rule: Rule): string {
  return rule.remediates ? "sets the property at level `remediate`" : "reports only";
}

const EXEMPTIONS = [{ resource: "legacy-*", reason: "Vendor appliance, replaced in June", expires: "2027-06-30" }];

/** A correct configuration with the rule's own options; undefined where it has none. */
export function optionsExample(rule: Rule): object | undefined {
  const own = Object.entries(rule.example).filter(([name]) => name !== "exemptions");
  return own.length === 0 ? undefined : entry(rule, Object.fromEntries(own));
}

/** A correct configuration with an exemption. */
export function exemptionExample(rule: Rule): object {
  return entry(rule, { exemptions: rule.example["exemptions"] ?? EXEMPTIONS });
}

function entry(rule: Rule, options: object): object {
  return { [rule.name]: { enforcementLevel: exampleLevel(rule), ...options } };
}
