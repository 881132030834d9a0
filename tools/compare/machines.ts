/** Which of the machines and roles each tool reports: this project's own judge, and checkov on the same in Terraform. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { judgeStack, readSettings } from "../../rules";
import { UNKNOWN, type Properties } from "../../policies/machine/resource";
import { resource, stack } from "../../test/policies/harness";
import { CASES, Ref, TYPES, type CaseResource, type MachineCase } from "./machine-cases";
import { checkovReports, CHECKOV_VERSION } from "./programs";
import type { Places } from "./scanner";

/** A tool over cases. */
export interface MachineTool {
  readonly name: string;
  readonly prepare: (places: Places) => { readonly version: string; readonly scan: () => readonly number[] };
}

function isFound({ resources }: MachineCase): boolean {
  const written = resources.map(({ type, name, inputs }) => {
    const edges = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, refsIn(value)]));
    return resource(TYPES[type], name, asUnknown(inputs) as Properties, { edges });
  });
  const { findings } = judgeStack(stack(written), readSettings(), "2026-01-01");
  return findings.some(({ policy }) => policy !== "unverified-at-preview");
}

function refsIn(value: unknown): string[] {
  if (value instanceof Ref) return [value.name];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

/** What a reference is at preview. */
function asUnknown(value: unknown): unknown {
  if (value instanceof Ref) return UNKNOWN;
  if (Array.isArray(value)) return value.map(asUnknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asUnknown(each)]));
}

export const ours: MachineTool = {
  name: "ec2-hardening",
  prepare: ({ root }) => ({
    version: (JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string }).version,
    scan: () => CASES.flatMap((each, index) => (isFound(each) ? [index] : [])),
  }),
};

/** Its checks of metadata options, and of what roles may do and who may take them. */
const CHECKS = [
  ...[79, 341, 371, 60, 61, 62, 63, 107, 108, 109, 110, 111, 274, 275, 286, 287, 288, 289, 290, 355, 356].map(
    (id) => `CKV_AWS_${String(id)}`,
  ),
  "CKV2_AWS_40",
  "CKV2_AWS_56",
];

export const checkov: MachineTool = {
  name: "checkov",
  prepare: (places) => ({
    version: CHECKOV_VERSION,
    scan: () => {
      for (const [index, { resources }] of CASES.entries()) {
        const folder = path.join(places.temporary, String(index));
        mkdirSync(folder);
        writeFileSync(path.join(folder, "main.tf"), resources.map(terraform).join("\n"));
      }
      return checkovReports(places, ["--framework", "terraform", "--check", CHECKS.join(",")]);
    },
  }),
};

function terraform({ type, name, inputs }: CaseResource): string {
  return `resource "aws_${type}" "${name}" {\n${body(inputs, "  ")}}\n`;
}

function body(properties: Properties, indent: string): string {
  return Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => entry(snake(key), value, indent))
    .join("");
}

function entry(key: string, value: unknown, indent: string): string {
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  if (items.every(isBlock)) {
    return items.map((item) => `${indent}${key} {\n${body(item, `${indent}  `)}${indent}}\n`).join("");
  }
  const text = Array.isArray(value) ? `[${value.map(scalar).join(", ")}]` : scalar(value);
  return `${indent}${key} = ${text}\n`;
}

function isBlock(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !(value instanceof Ref);
}

function scalar(value: unknown): string {
  if (!(value instanceof Ref)) return JSON.stringify(value).replaceAll("${", "$${");
  return `aws_${value.type}.${value.name}.${snake(value.property)}`;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
