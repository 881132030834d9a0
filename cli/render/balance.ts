import pc from "picocolors";
import { balanceOf } from "../balance";
import type { RunReport } from "../run-report";
import type { RenderOptions } from "./index";
import { printableLine } from "./sanitize";

/** How many exemptions are listed. */
const MOST_LISTED = 10;

/** What is new, known, fixed and expired, in one line; empty where the configuration has no exemptions. */
export function balanceLine(run: RunReport): string {
  const balance = balanceOf(run);
  if (balance === undefined) return "";
  const { fixed, ...counts } = balance;
  return `${String(counts.new)} new, ${String(counts.known)} known, ${String(fixed.length)} fixed, ${String(counts.expired)} expired`;
}

/** The same for people, with the exemptions that nothing needs. */
export function renderBalance(run: RunReport, { color, quiet }: RenderOptions): string {
  const balance = balanceOf(run);
  if (balance === undefined) return "";
  const { fixed } = balance;
  const colors = pc.createColors(color);
  const more = fixed.length - MOST_LISTED;
  const lines = [
    colors.dim("Fixed, so that these exemptions can go"),
    ...fixed.slice(0, MOST_LISTED).map(({ resource, policy, expires }) => {
      return `  ${printableLine(resource)}  ${policy}  until ${expires}`;
    }),
    ...(more > 0 ? [`  and ${String(more)} more`] : []),
    "",
  ];
  return `\n${fixed.length === 0 || quiet ? "" : `${lines.join("\n")}\n`}Against the exemptions: ${balanceLine(run)}\n`;
}
