import { standingOf, STANDINGS, type PlacedFinding } from "../run-report";
import { SEVERITIES } from "../selection";
import { shortType } from "./names";
import { printable, printableLine } from "./sanitize";

/** A place in a file, for formats that take one: the program's own file where nobody knows better. */
export interface FilePlace {
  readonly file: string;
  readonly line: number;
  /** Undefined where the line is not known either. */
  readonly column: number | undefined;
}

/** Where a finding is shown: where the program creates the resource, or else at its Pulumi.yaml. */
export function placeOf({ resource: { location }, project }: Pick<PlacedFinding, "resource" | "project">): FilePlace {
  const { file, line, column } = location ?? { file: project.file, line: 1, column: undefined };
  return { file: printableLine(file), line, column };
}

/** `web (aws:ec2:Instance)`. */
export function subjectOf({ resource: { name, type } }: Pick<PlacedFinding, "resource">): string {
  return `${printableLine(name)} (${shortType(type)})`;
}

/** What a finding says, with the exemption that covers it. */
export function textOf({ finding, exempted }: Pick<PlacedFinding, "finding" | "exempted">): string {
  const text = printable(finding.message);
  return exempted === undefined
    ? text
    : `Exempted until ${exempted.expires}: ${printableLine(exempted.reason)}\n${text}`;
}

/** The first line of a text. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** What weighs most first, whatever stands for it: readers cut lists off at their end. */
export function byWeight(a: PlacedFinding, b: PlacedFinding): number {
  const standing = (placed: PlacedFinding): number => STANDINGS.indexOf(standingOf(placed));
  const severity = ({ finding }: PlacedFinding): number => SEVERITIES.indexOf(finding.severity);
  return standing(a) - standing(b) || severity(a) - severity(b);
}
