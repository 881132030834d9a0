import type { Fix, Fixes, ShownChange } from "../fixes/fixes";
import type { Colors } from "./colors";
import { plural, shortType } from "./names";
import { printable, printableLine } from "./sanitize";

/** What settles findings, as a diff of each resource's inputs, and what was edited; undefined where there is nothing. */
export function fixesBlock({ items, diffs }: Fixes, colors: Colors): string | undefined {
  if (items.length === 0) return undefined;
  const blocks = items.filter(({ state }) => state !== "fixed").map((fix) => fixBlock(fix, colors));
  const fixed = items.filter(({ state }) => state === "fixed");
  const summary = fixed.length === 0 ? [] : [colors.green(`✔ fixed in ${plural(fixed.length, "resource")}`)];
  return [colors.bold("Fixes"), ...diffs.map((diff) => painted(diff, colors)), ...summary, ...blocks].join("\n\n");
}

function fixBlock({ resource, location, state, reason, changes }: Fix, colors: Colors): string {
  const place = location && `  ${printableLine(location.file)}:${String(location.line)}`;
  const title = `${colors.underline(printableLine(resource.name))} ${colors.dim(`(${shortType(resource.type)})`)}`;
  const why = state === "left" ? [`  ${colors.yellow("left:")} ${printableLine(reason ?? "")}`] : [];
  return [title + colors.dim(place ?? ""), ...changes.flatMap((change) => changeLines(change, colors)), ...why].join(
    "\n",
  );
}

function changeLines({ path, before, after, policies }: ShownChange, colors: Colors): string[] {
  const line = (value: string): string => printableLine(`${path}: ${value}`);
  return [
    ...(before === undefined ? [] : [`  ${colors.red(`- ${line(before)}`)}`]),
    `  ${colors.green(`+ ${line(after)}`)}  ${colors.dim(policies.join(", "))}`,
  ];
}

/** A unified diff as git shows it. */
function painted(diff: string, colors: Colors): string {
  const paint = (line: string): string => {
    if (/^(---|\+\+\+) /.test(line)) return colors.bold(line);
    if (line.startsWith("@@")) return colors.cyan(line);
    return line.startsWith("+") ? colors.green(line) : line.startsWith("-") ? colors.red(line) : line;
  };
  return printable(diff).trimEnd().split("\n").map(paint).join("\n");
}
