import { printableLine } from "./sanitize";

/** `aws:ec2/instance:Instance` as Pulumi prints it: `aws:ec2:Instance`. */
export function shortType(type: string): string {
  return printableLine(type).replace(/\/[^:]*(?=:)/, "");
}

/** `1 role`, `2 roles`; `many` where an s does not do. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${String(count)} ${count === 1 ? noun : many}`;
}
