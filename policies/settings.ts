/** Levels and options of every policy, validated before anything is judged. */
import type * as AjvModule from "ajv";
import { isRecord } from "./machine/resource";
import { RULES } from "./rules";
import { COMMON_OPTIONS } from "./rules/options";
import type { JoinedOptions, Level, OptionSchema, Rule, RuleOptions } from "./rules/rule";

/** A resource that a policy does not judge, until the last day it holds (YYYY-MM-DD, UTC). */
export interface Exemption {
  readonly resource: string;
  readonly reason: string;
  readonly expires: string;
}

/** One policy as configured. */
export interface PolicySettings {
  readonly rule: Rule;
  readonly level: Level;
  readonly options: RuleOptions;
  readonly joined: JoinedOptions;
  readonly exemptions: readonly Exemption[];
  readonly onUnverified: "report" | "violation";
}

/** Every policy by name, in the order in which they are judged. */
export type PackSettings = ReadonlyMap<string, PolicySettings>;

/** Wrong options: what is wrong, where, and a correct example. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

/** JSON schema of all options of a rule, its own and the common ones. */
export function schemaOf(rule: Rule): Readonly<Record<string, OptionSchema>> {
  return { ...rule.options, ...COMMON_OPTIONS };
}

/** Defaults of all options that have one. */
function defaultsOf(rule: Rule): RuleOptions {
  const entries = Object.entries(schemaOf(rule)).filter(([, schema]) => schema.default !== undefined);
  return Object.fromEntries(entries.map(([name, schema]) => [name, schema.default]));
}

/** The level that examples show: a policy that is off by default is configured to be on. */
export function exampleLevel({ level }: Rule): Level {
  return level === "disabled" ? "advisory" : level;
}

/** Completes and validates the options of one policy. Throws OptionsError. */
export function policySettings(rule: Rule, level: Level, given: RuleOptions): PolicySettings {
  const defaults = defaultsOf(rule);
  const changed = Object.entries(given).filter(([name, value]) => !isDefault(defaults, name, value));
  if (changed.length > 0) validate(rule, Object.fromEntries(changed));
  const { exemptions, onUnverified, ...options } = { ...defaults, ...given };
  return {
    rule,
    level,
    options,
    joined: {},
    exemptions: exemptions as readonly Exemption[],
    onUnverified: onUnverified as PolicySettings["onUnverified"],
  };
}

/** The same settings with the options of the policies that its rule joins; its own stand where they are set. */
export function withJoined(settings: PolicySettings, of: (name: string) => PolicySettings | undefined): PolicySettings {
  const { rule, options } = settings;
  if (!rule.joins) return settings;
  const defaults = defaultsOf(rule);
  const own = Object.fromEntries(Object.entries(options).filter(([name, value]) => !isDefault(defaults, name, value)));
  const joined = rule.joins.flatMap((name) => {
    const other = of(name);
    return other && other.level !== "disabled" ? [[name, { ...other.options, ...own }] as const] : [];
  });
  return { ...settings, joined: Object.fromEntries(joined) };
}

function isDefault(defaults: RuleOptions, name: string, value: unknown): boolean {
  return Object.hasOwn(defaults, name) && JSON.stringify(defaults[name]) === JSON.stringify(value);
}

/** The schema library is loaded only where some option differs from its default. */
function validate(rule: Rule, options: RuleOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(schemaOf(rule), name));
  if (unknown !== undefined) {
    throw wrong(rule, `unknown option ${JSON.stringify(unknown)}; it has ${Object.keys(schemaOf(rule)).join(", ")}`);
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { default: Ajv } = require("ajv") as typeof AjvModule;
  const check = new Ajv({ strict: false, verbose: true }).compile({
    type: "object",
    properties: schemaOf(rule),
  });
  if (!check(options)) throw wrong(rule, describe(check.errors?.at(-1)));
  for (const [i, exemption] of ((options["exemptions"] as readonly Exemption[] | undefined) ?? []).entries()) {
    if (!isDate(exemption.expires)) {
      throw wrong(rule, `exemptions[${String(i)}].expires is no day of the calendar. Write it as YYYY-MM-DD`);
    }
  }
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Keywords whose own messages say nothing. */
const ALTERNATIVES: ReadonlySet<string> = new Set(["anyOf", "not"]);

function describe(error: AjvModule.ErrorObject | undefined): string {
  if (!error) return "not valid";
  const path = error.instancePath
    .replaceAll(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".")
    .replace(/^\./, "");
  const params = error.params as Readonly<Record<string, unknown>>;
  const { description } = (error.parentSchema ?? {}) as { readonly description?: string };
  if (ALTERNATIVES.has(error.keyword) && description !== undefined)
    return `${path} is not valid: ${description.replace(/\.$/, "")}`;
  if (params["pattern"] === "\\S") return `${path} must not be empty`;
  const detail = params["additionalProperty"] ?? params["allowedValues"];
  return `${path} ${error.message ?? "is not valid"}${detail === undefined ? "" : ` (${JSON.stringify(detail)})`}`;
}

function wrong(rule: Rule, what: string): OptionsError {
  const exemptions = [{ resource: "legacy-*", reason: "Vendor appliance, replaced in June", expires: "2027-06-30" }];
  const example = JSON.stringify({
    [rule.name]: { enforcementLevel: exampleLevel(rule), ...rule.example, exemptions },
  });
  return new OptionsError(`${rule.name}: ${what}. A correct example: ${example}`);
}

const LEVELS: readonly unknown[] = ["advisory", "mandatory", "remediate", "disabled"] satisfies Level[];

/**
 * Settings of every policy from the parsed JSON of a `--policy-pack-config` file, defaults included. Throws
 * OptionsError on an unknown policy or level, a misspelt option, a wrong type or a bad date.
 *
 * @param rules the rules of the pack; those of this package by default
 */
export function readSettings(config: unknown = {}, rules: readonly Rule[] = RULES): PackSettings {
  if (!isRecord(config)) throw new OptionsError(`The configuration is no JSON object. A correct example: ${EXAMPLE}`);
  const policies = config["version"] === 2 && isRecord(config["policies"]) ? config["policies"] : config;
  const unknown = Object.keys(policies).find((name) => !NOT_POLICIES.has(name) && !rules.some((r) => r.name === name));
  if (unknown !== undefined) {
    const names = rules.map((rule) => rule.name).join(", ");
    throw new OptionsError(
      `There is no policy ${JSON.stringify(unknown)}; there are ${names}. A correct example: ${EXAMPLE}`,
    );
  }
  const all = policies["all"];
  if (all !== undefined) checkLevel("all", all);
  const each = rules.map((rule) => fromEntry(rule, policies[rule.name], all as Level | undefined));
  const byName = new Map(each.map((settings) => [settings.rule.name, settings]));
  return new Map(each.map((settings) => [settings.rule.name, withJoined(settings, (name) => byName.get(name))]));
}

/** Keys of a configuration that name no policy. */
export const NOT_POLICIES: ReadonlySet<string> = new Set(["all", "environments", "version", "policies", "exceptions"]);
const EXAMPLE =
  '{"all": "advisory", "imds-require-v2": {"enforcementLevel": "mandatory", "acceptAccountDefault": true}}';

function fromEntry(rule: Rule, entry: unknown, all: Level | undefined): PolicySettings {
  if (entry !== undefined && typeof entry !== "string" && !isRecord(entry)) {
    throw wrong(rule, "neither a level nor an object with options");
  }
  const { enforcementLevel, ...options } = isRecord(entry) ? entry : { enforcementLevel: entry };
  if (enforcementLevel !== undefined) checkLevel(rule.name, enforcementLevel);
  return policySettings(rule, (enforcementLevel as Level | undefined) ?? all ?? rule.level, options);
}

function checkLevel(name: string, level: unknown): void {
  if (LEVELS.includes(level)) return;
  throw new OptionsError(
    `${name}: the level given is no enforcement level; it is one of ${LEVELS.join(", ")}. A correct example: ${EXAMPLE}`,
  );
}
