/**
 * What is generated: a page for every rule and every component, their indexes, the components' schema, and the blocks of
 * the README and of the pages that are written by hand.
 */
import { readFileSync } from "node:fs";
import { renderProject } from "../../cli/render/text";
import type { Report } from "../../cli/report";
import {
  exemptionExample,
  frameworkOf,
  optionRowsOf,
  optionsExample,
  remediationOf,
  type OptionRow,
} from "../../cli/rule-facts";
import { RULES } from "../../policies/rules";
import type { Rule } from "../../policies/rules/rule";
import type { Api } from "../api/model";
import { argumentTable } from "../api/arguments";
import { readApi } from "../api/read";
import { schema } from "../api/schema";
import { componentPages } from "./components";
import { cookbookPage, recipes } from "./cookbook";
import { explained } from "./explained";
import { guideNames, guidePage, runGuide, type Guide } from "./guides";
import { code, json, replaceBlock, table } from "./markdown";
import {
  componentSample,
  mapConcurrently,
  runPrograms,
  runSamples,
  samplesOf,
  type Recipe,
  type Sample,
} from "./samples";

/** What the documents show of programs that were run. */
export interface Runs {
  readonly samples: ReadonlyMap<Sample, Report>;
  readonly recipes: readonly Recipe[];
  readonly examples: ReadonlyMap<string, Report>;
  /** A command and its output. */
  readonly explained: string;
  readonly api: Api;
  /** Pages that are written by hand, with what their commands did. */
  readonly guides: readonly Guide[];
}

const VULNERABLE = "examples/vulnerable";
const HARDENED = "examples/hardened";
/** What the plugin for other languages answers with. */
const SCHEMA = "components/package/schema.json";
/** What the plans check arguments by. */
const ARGUMENTS = "components/plan/arguments.json";

/** Runs everything that the documents show. */
export async function runAll(): Promise<Runs> {
  const api = readApi();
  const shown = api.components.map(({ name }) => componentSample(name));
  const cookbook = recipes();
  const samples = await runSamples([...RULES.flatMap((rule) => samplesOf(rule.name)), ...shown, ...cookbook]);
  const guides = await mapConcurrently(guideNames(), runGuide);
  return {
    samples,
    recipes: cookbook,
    examples: await runPrograms([VULNERABLE, HARDENED]),
    explained: await explained(),
    api,
    guides: [...guides.values()],
  };
}

/** Every generated file, by its path. */
export function pages(runs: Runs): ReadonlyMap<string, string> {
  const files = new Map(RULES.map((rule) => [`docs/rules/${rule.name}.md`, page(rule, runs.samples)]));
  files.set("docs/rules/README.md", index());
  for (const [file, content] of componentPages(runs.api)) files.set(file, content);
  files.set("docs/cookbook.md", cookbookPage(runs.recipes, runs.api));
  for (const guide of runs.guides) files.set(guide.file, guidePage(guide));
  const { withoutFunctions } = runs.api;
  files.set(SCHEMA, jsonFile(schema(withoutFunctions)));
  files.set(ARGUMENTS, jsonFile(argumentTable(withoutFunctions)));
  files.set("README.md", readme(readFileSync("README.md", "utf8"), runs));
  return files;
}

function jsonFile(document: object): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function page(rule: Rule, runs: Runs["samples"]): string {
  const [judges, notes] = notesOf(rule);
  const sections = [
    `<!-- Made by \`npm run docs\` from policies/rules/${rule.name}.ts and docs/samples/${rule.name}/. -->`,
    `# \`${rule.name}\`: ${rule.displayName}`,
    rule.description,
    table(["", ""], facts(rule)),
    "## Why",
    rule.rationale,
    "## What it judges",
    judges,
    "## Examples",
    ...[...runs].filter(([sample]) => sample.rule === rule.name).flatMap(([sample, report]) => example(sample, report)),
    "## How to fix it",
    rule.remediationSteps,
    ...configuration(rule),
    notes,
    "[All policies](README.md)",
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** The hand-written notes: what is judged stands before their first heading. */
function notesOf(rule: Rule): [string, string] {
  const text = readFileSync(`docs/samples/${rule.name}/notes.md`, "utf8").trim();
  const heading = text.indexOf("\n## ");
  return heading < 0 ? [text, ""] : [text.slice(0, heading).trim(), text.slice(heading).trim()];
}

function facts(rule: Rule): [string, string][] {
  const framework = frameworkOf(rule);
  return [
    ["Level", `\`${rule.level}\``],
    ["Severity", rule.severity],
    ["Tags", rule.tags.join(", ")],
    ...(framework === undefined ? [] : [["Framework", framework] as [string, string]]),
    ["Remediation", remediationOf(rule)],
  ];
}

const MARK = { bad: "❌", good: "✅" } as const;

function example(sample: Sample, report: Report): string[] {
  const config = sample.config === undefined ? [] : ["With this configuration:", code("json", sample.config)];
  return [
    `### ${MARK[sample.kind]} ${sample.caption}`,
    code("ts", sample.code),
    ...config,
    ...(sample.kind === "bad" ? ["`ec2-hardening check` says:", code("text", textOf(report))] : []),
  ];
}

function textOf(report: Report): string {
  return renderProject(report, { color: false, quiet: false, verbose: false }).trim();
}

function configuration(rule: Rule): string[] {
  const example = optionsExample(rule);
  return [
    "## Options",
    table(["option", "type", "default", "meaning"], optionRowsOf(rule).map(optionCells)),
    ...(example ? ["For example:", json(example)] : []),
    "## Exempting a resource",
    "Each exemption needs a reason and the last day it holds. Reports list what is exempted; after that day the finding is back.",
    json(exemptionExample(rule)),
  ];
}

function optionCells({ name, type, initial, required, meaning }: OptionRow): string[] {
  const shown = initial === undefined ? (required ? "required" : "") : `\`${initial}\``;
  return [`\`${name}\``, type.replaceAll(/"[^"]*"/g, "`$&`"), shown, meaning];
}

function ruleTable(folder: string): string {
  const rows = RULES.map((rule) => [
    `[\`${rule.name}\`](${folder}${rule.name}.md)`,
    rule.level,
    rule.severity,
    rule.description,
  ]);
  return table(["policy", "level", "severity", "holds when"], rows);
}

function index(): string {
  const remediable = RULES.filter((rule) => rule.remediates).map((rule) => `\`${rule.name}\``);
  const sections = [
    "<!-- Made by `npm run docs`. -->",
    "# Policies",
    ruleTable(""),
    `At level \`remediate\`, ${remediable.slice(0, -1).join(", ")} and ${remediable.at(-1) ?? ""} set the property themselves.`,
    "Every policy takes `exemptions` and `onUnverified`; the pages list the options of each.",
  ];
  return `${sections.join("\n\n")}\n`;
}

/** Resources of the demo that the README shows. */
const SHOWN = ["web", "deployer"];

function readme(text: string, { examples, explained: role }: Runs): string {
  const blocks = { rules: ruleTable("docs/rules/"), demo: code("text", demo(examples)), explain: code("text", role) };
  return Object.entries(blocks).reduce((before, [name, content]) => replaceBlock(before, name, content), text);
}

function demo(examples: Runs["examples"]): string {
  const [vulnerable, hardened] = [examples.get(VULNERABLE), examples.get(HARDENED)];
  if (!vulnerable || !hardened) throw new Error("the examples were not run");
  const blocks = textOf(vulnerable).split(/\n\n(?=\S)/);
  const shown = blocks.filter((block) => SHOWN.some((name) => block.startsWith(`${name} (`)));
  return [
    `$ ec2-hardening check ${VULNERABLE}`,
    ...shown,
    "[…]",
    blocks.at(-1) ?? "",
    `$ ec2-hardening check ${HARDENED}`,
    textOf(hardened),
  ].join("\n\n");
}
