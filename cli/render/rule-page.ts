import pc from "picocolors";
import { ruleUrl, type Rule } from "../../policies/rules/rule";
import type { PolicySettings } from "../../policies/settings";
import { exemptionExample, frameworkOf, optionRowsOf, optionsExample, remediationOf } from "../rule-facts";
import type { Colors } from "./colors";
import { wrapped } from "./wrap";

interface PageOptions {
  readonly color: boolean;
  readonly width?: number | undefined;
}

/** The page about a rule, for a terminal. `settings` is what the configuration makes of it. */
export function renderRulePage(rule: Rule, settings: PolicySettings | undefined, options: PageOptions): string {
  const { color, width } = options;
  const colors = pc.createColors(color);
  const text = (content: string): string[] => wrapped(`  ${content}`, width);
  const example = optionsExample(rule);
  const blocks = [
    [`${colors.bold(rule.name)}: ${rule.displayName}`, ...wrapped(rule.description, width)],
    facts(rule, settings),
    [colors.underline("Why"), ...text(rule.rationale)],
    [colors.underline("How to fix it"), ...text(rule.remediationSteps)],
    [colors.underline("Options"), ...optionRowsOf(rule).flatMap((row) => optionLines(row, settings, width, colors))],
    ...(example ? [[colors.underline("Example"), ...json(example)]] : []),
    [colors.underline("Exempting a resource"), ...json(exemptionExample(rule))],
    [`What it judges, with programs that pass and that do not: ${ruleUrl(rule.name)}`],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function facts(rule: Rule, settings: PolicySettings | undefined): string[] {
  const level = settings?.level ?? rule.level;
  const changed = level === rule.level ? "" : ` (${rule.level} where nothing is configured)`;
  const framework = frameworkOf(rule);
  return [
    `  Level        ${level}${changed}`,
    `  Severity     ${rule.severity}`,
    `  Tags         ${rule.tags.join(", ")}`,
    ...(framework === undefined ? [] : [`  Framework    ${framework}`]),
    `  Remediation  ${remediationOf(rule).replaceAll("`", "")}`,
  ];
}

type Row = ReturnType<typeof optionRowsOf>[number];

function optionLines(
  { name, type, initial, required, meaning }: Row,
  settings: PolicySettings | undefined,
  width: number | undefined,
  colors: Colors,
): string[] {
  const preset = initial === undefined ? (required ? "required" : "") : `default ${initial}`;
  const value = settings?.options[name];
  const given = value === undefined || JSON.stringify(value) === initial ? "" : `set to ${JSON.stringify(value)}`;
  const about = [type, preset, given].filter((each) => each !== "").join("; ");
  return [...wrapped(`  ${colors.bold(name)}  ${about}`, width), ...wrapped(`      ${meaning}`, width)];
}

function json(value: object): string[] {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => `  ${line}`);
}
