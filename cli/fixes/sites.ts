/** Plans the edits of a program: what is to be set on the resources that one expression creates. */
import { isDeepStrictEqual } from "node:util";
import { groupedBy } from "../../policies/collections";
import type { StackResource } from "../../policies/machine/resource";
import type { Position } from "../host";
import { plural } from "../render/names";
import type { DirectoryRun, ProgramSource } from "../run";
import { pathOf, type Change, type ResourceChanges } from "./changes";
import { argumentsAt } from "./creation";
import { editsFor } from "./edit";
import type { Files } from "./files";
import type { Edit } from "./layout";
import { Left } from "./left";
import { isEditable, loadParser, parse } from "./typescript";

/** The edits of one place, and the resources they are for. */
export interface Plan {
  readonly fixes: readonly ResourceChanges[];
  /** Absolute path. */
  readonly file: string;
  readonly edits: readonly Edit[];
}

/** What is not edited, and why. */
export interface LeftFix {
  readonly fix: ResourceChanges;
  readonly reason: string;
}

/** Plans what can be edited for certain; everything else is left with a reason. */
export function planEdits(
  run: DirectoryRun,
  source: ProgramSource,
  files: Files,
  fixes: readonly ResourceChanges[],
): { readonly plans: readonly Plan[]; readonly left: readonly LeftFix[] } {
  const plans: Plan[] = [];
  const left: LeftFix[] = [];
  for (const site of sitesOf(source, fixes)) {
    try {
      plans.push(plan(site, run, source, files));
    } catch (error) {
      if (!(error instanceof Left)) throw error;
      left.push(...site.fixes.map((fix) => ({ fix, reason: error.message })));
    }
  }
  return { plans, left };
}

interface Site {
  readonly fixes: readonly ResourceChanges[];
  readonly position: Position | undefined;
}

/** One class is called at one place; what a package creates besides stands at the same one. */
function sitesOf({ positions }: ProgramSource, fixes: readonly ResourceChanges[]): readonly Site[] {
  const siteOf = ({ urn, type }: ResourceChanges): string => {
    const position = positions.get(urn);
    return position ? `${placeOf(position)} ${type}` : urn;
  };
  return groupedBy(fixes, siteOf).map((group) => ({ position: positions.get(group[0].urn), fixes: group }));
}

function placeOf({ file, line, column }: Position): string {
  return `${file}:${String(line)}:${String(column)}`;
}

function plan({ position, fixes }: Site, run: DirectoryRun, source: ProgramSource, files: Files): Plan {
  if (!position) throw new Left("the program does not tell where it creates it");
  const { file } = position;
  if (!isEditable(file)) throw new Left("only TypeScript and JavaScript are edited");
  const text = files.read(file);
  const type = fixes[0]?.type ?? "";
  const created = createdAt(position, run, source).filter((each) => each.type === type);
  const ts = loadParser(file, source.root);
  const target = { type, names: created.map(({ name }) => name) };
  const literal = argumentsAt(ts, parse(ts, file, text), position, target);
  const changes = sharedChanges(fixes, created);
  const edits = editsFor(
    ts,
    literal,
    changes,
    fixes.map(({ inputs }) => inputs),
  );
  return { fixes, file, edits };
}

/** All resources of a run that the same expression creates. */
function createdAt(position: Position, run: DirectoryRun, { positions }: ProgramSource): readonly StackResource[] {
  const place = placeOf(position);
  return run.resources.filter(({ urn }) => {
    const own = positions.get(urn);
    return own !== undefined && placeOf(own) === place;
  });
}

/** What all of them want: an edit is for all of them or for none. */
function sharedChanges(fixes: readonly ResourceChanges[], created: readonly StackResource[]): readonly Change[] {
  const [first, ...others] = fixes.map(({ changes }) => changes);
  const wanted = (changes: readonly Change[]): unknown => changes.map(({ keys, after }) => [pathOf(keys), after]);
  const agree = others.every((changes) => isDeepStrictEqual(wanted(changes), wanted(first ?? [])));
  if (first && agree && created.length === fixes.length) return first;
  throw new Left(`the same line creates ${plural(created.length, "resource")}, which are not to be set alike`);
}
