import { printableLine } from "./sanitize";

/** `aws:ec2/instance:Instance` as Pulumi prints it: `aws:ec2:Instance`. */
export function shortType(type: string): string {
  return printableLine(type).replace(/\/[^:]*(?=:)/, "");
}

/** `1 role`, `2 roles`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
