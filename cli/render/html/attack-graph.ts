/** The attack paths of a run as one picture: a lane for each machine, which meet in the roles that they lead to. */
import { label } from "../../../policies/machine/resource";
import { findingsOf, type PlacedFinding, type RunReport } from "../../run-report";
import { element, escapeMarkup } from "../markup";
import { printableLine } from "../sanitize";

/** One path: the machine's place in it is known, so that its name can stand out. */
export interface AttackPath {
  readonly steps: readonly string[];
  /** Name of the machine, with which the second step begins. */
  readonly machine: string;
  /** Tells roles of different programs apart. */
  readonly project: number;
}

/** What each step of a path is. */
export const STEP_NAMES = ["From", "Machine", "Weakness", "Role", "May do", "Which gives"] as const;

const MACHINE = 1;
const WEAKNESS = 2;
const ROLE = 3;

const COLUMN = 152;
const GAP = 34;
const PADDING = 10;
const LINE = 15;
const MOST_LINES = 4;
/** Characters that fit in a line of a box. */
const LINE_LENGTH = 20;
const STRONG_LENGTH = 17;
const LANE_GAP = 14;
const HEADER = 30;
/** More lanes than these are no picture any more; the list has all. */
export const MOST_LANES = 24;

/** The paths of a run, those that end alike next to each other. */
export function attackPathsOf(run: RunReport): readonly AttackPath[] {
  return findingsOf(run)
    .filter(({ exempted }) => exempted === undefined)
    .flatMap((placed) => pathOf(placed, run) ?? [])
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function pathOf({ finding, resource, project }: PlacedFinding, { projects }: RunReport): AttackPath | undefined {
  const steps = finding.steps?.map(printableLine);
  return steps && { steps, machine: printableLine(label(resource)), project: projects.indexOf(project) };
}

function sortKey({ steps, project }: AttackPath): string {
  return JSON.stringify([steps.at(-1), project, ...steps.slice(ROLE), steps]);
}

interface Box {
  readonly column: number;
  readonly lines: readonly string[];
  readonly full: string;
  /** How many of the lines are the name. */
  readonly strong: number;
  /** Middles of the lanes that go through it. */
  readonly lanes: number[];
}

/** The picture, of at most MOST_LANES paths; empty without any. */
export function attackGraph(paths: readonly AttackPath[]): string {
  const shown = paths.slice(0, MOST_LANES);
  if (shown.length === 0) return "";
  const { boxes, edges, height } = laidOut(shown);
  const columns = Math.max(...shown.map(({ steps }) => steps.length));
  const width = columns * COLUMN + (columns - 1) * GAP;
  const description = `${String(shown.length)} ways from outside to what a role gives. The list below tells each in words.`;
  const content = [
    element("title", { id: "graph-title" }, "Attack paths"),
    element("desc", { id: "graph-description" }, description),
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="arrow" d="M0 0 8 4 0 8z"/></marker></defs>`,
    ...STEP_NAMES.slice(0, columns).map((name, column) =>
      element("text", { class: "column", x: left(column), y: 12 }, name),
    ),
    ...edges.map(edge),
    ...boxes.map(box),
  ];
  const attributes = {
    class: "graph",
    role: "img",
    "aria-labelledby": "graph-title graph-description",
    viewBox: `0 0 ${String(width)} ${String(height)}`,
    width,
    height,
  };
  return element("svg", attributes, content.join(""));
}

interface Layout {
  readonly boxes: readonly Box[];
  readonly edges: readonly (readonly [Box, Box])[];
  readonly height: number;
}

function laidOut(paths: readonly AttackPath[]): Layout {
  const boxes = new Map<string, Box>();
  const edges = new Map<string, readonly [Box, Box]>();
  let top = HEADER;
  for (const [lane, path] of paths.entries()) {
    const made = path.steps.map((step, column) => boxOf(step, column, path));
    const tallest = Math.max(...made.map(heightOf));
    const keys = path.steps.map((_, column) => keyOf(path, column, lane));
    const placed = made.map((each, column) => {
      const known = boxes.get(keys[column] ?? "") ?? each;
      boxes.set(keys[column] ?? "", known);
      known.lanes.push(top + tallest / 2);
      return known;
    });
    for (const [column, to] of placed.entries()) {
      const from = placed[column - 1];
      if (from) edges.set(`${keys[column - 1] ?? ""} ${keys[column] ?? ""}`, [from, to]);
    }
    top += tallest + LANE_GAP;
  }
  return { boxes: [...boxes.values()], edges: [...edges.values()], height: top };
}

/**
 * Paths share where they come from, and what follows from one role. What a machine is and what is weak about it is its
 * own: else the picture would show ways that are none.
 */
function keyOf({ steps, project }: AttackPath, column: number, lane: number): string {
  if (column === 0) return JSON.stringify([column, steps[0]]);
  if (column < ROLE) return JSON.stringify([column, lane]);
  const isLast = column === steps.length - 1 && column > ROLE;
  return JSON.stringify(isLast ? [column, "end", steps[column]] : [column, project, ...steps.slice(ROLE)]);
}

function boxOf(step: string, column: number, { machine }: AttackPath): Box {
  const isMachine = column === MACHINE && step.startsWith(`${machine} (`) && step.endsWith(")");
  const name = isMachine ? wrap(machine, 2, STRONG_LENGTH) : [];
  const rest = isMachine ? wrap(step.slice(machine.length + 2, -1), MOST_LINES - 1) : wrap(step, MOST_LINES);
  return { column, lines: [...name, ...rest], full: step, strong: name.length, lanes: [] };
}

/** Words in lines of a box; what does not fit is cut with an ellipsis. */
function wrap(text: string, most: number, length = LINE_LENGTH): readonly string[] {
  const words = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${String(length)}}`, "gu")) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${(lines[most - 1] ?? "").slice(0, length - 1)}…`];
}

function heightOf({ lines }: Box): number {
  return lines.length * LINE + 2 * PADDING;
}

function left(column: number): number {
  return column * (COLUMN + GAP);
}

/** A box that several lanes share stands in their middle. */
function middleOf({ lanes }: Box): number {
  return ((lanes[0] ?? 0) + (lanes.at(-1) ?? 0)) / 2;
}

function edge([from, to]: readonly [Box, Box]): string {
  const [x1, x2] = [left(from.column) + COLUMN, left(to.column) - 2];
  const [y1, y2] = [middleOf(from), middleOf(to)];
  const bend = String((x1 + x2) / 2);
  const d = `M${String(x1)} ${String(y1)}C${bend} ${String(y1)} ${bend} ${String(y2)} ${String(x2)} ${String(y2)}`;
  return element("path", { class: "edge", d, "marker-end": "url(#arrow)" });
}

/** A box is a picture of its own, so that nothing in it gets over its edge. */
function box(each: Box): string {
  const { column, lines, full, strong } = each;
  const height = heightOf(each);
  const rect = element("rect", { x: 0.5, y: 0.5, width: COLUMN - 1, height: height - 1, rx: 6 });
  const text = lines.map((line, i) => {
    const place = { x: PADDING, y: PADDING + LINE * (i + 0.78) };
    return element("text", { ...(i < strong && { class: "name" }), ...place }, escapeMarkup(line));
  });
  const title = element("title", {}, escapeMarkup(full));
  const kind = column === 0 ? "from" : column === WEAKNESS ? "weak" : column > ROLE + 1 ? "gain" : "step";
  const place = { x: left(column), y: middleOf(each) - height / 2, width: COLUMN, height };
  return element("svg", { class: kind, ...place }, [title, rect, ...text].join(""));
}
