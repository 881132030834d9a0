import { readFileSync } from "node:fs";
import path from "node:path";
import type { ArtifactChange, Log, Replacement } from "sarif";
import { groupedBy } from "../../../policies/collections";
import { Fixable } from "../fixable";
import { command } from "../harness";

jest.setTimeout(600_000);

interface Document {
  readonly projects: readonly {
    readonly fixes: readonly { readonly reason?: string; readonly location?: { readonly file: string } }[];
  }[];
}

const made: Fixable[] = [];
afterAll(() => {
  for (const program of made) program.remove();
  delete process.env["PULUMI_NODEJS_TRANSPILE_ONLY"];
});
beforeAll(() => {
  process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
});

/** A program with everything that an edit has to get along with, line ends and byte order marks included. */
function program(): Fixable {
  const fixable = new Fixable("fixable");
  made.push(fixable);
  fixable.write("crlf.ts", fixable.read("crlf.ts").replaceAll("\n", "\r\n"));
  fixable.write("bom.ts", `\uFEFF${fixable.read("bom.ts")}`);
  return fixable;
}

/** Replaces a region as an editor does: lines and UTF-16 columns from 1, a byte order mark not counted. */
function replaced(text: string, { deletedRegion, insertedContent }: Replacement): string {
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const lines = text.slice(mark).split("\n");
  const offset = (line = 1, column = 1): number =>
    mark + lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const { startLine, startColumn, endLine, endColumn } = deletedRegion;
  const end = offset(endLine, endColumn);
  return text.slice(0, offset(startLine, startColumn)) + (insertedContent?.text ?? "") + text.slice(end);
}

/** Applies fixes that are all of the files as they were. */
function apply(changes: readonly ArtifactChange[], fixable: Fixable): void {
  const startOf = ({ deletedRegion: { startLine = 1, startColumn = 1 } }: Replacement): number =>
    startLine * 10_000 + startColumn;
  for (const group of groupedBy(changes, ({ artifactLocation: { uri } }) => uri)) {
    const file = decodeURIComponent(group[0].artifactLocation.uri ?? "");
    const replacements = group.flatMap((change) => change.replacements).sort((a, b) => startOf(b) - startOf(a));
    fixable.write(file, replacements.reduce(replaced, fixable.read(file)));
  }
}

test("the fixes of a report, applied by whoever reads it, are what --fix writes", async () => {
  const [shown, edited] = [program(), program()];
  const sources = shown.sources();
  const file = path.join(shown.directory, "preview.sarif");
  await command("check", "--fix-preview", "--report", `sarif=${file}`, shown.directory);
  expect(shown.sources()).toEqual(sources);
  const results = (JSON.parse(readFileSync(file, "utf8")) as Log).runs[0]?.results ?? [];
  const changes = results.flatMap(({ fixes = [] }) => fixes.flatMap(({ artifactChanges }) => artifactChanges));
  // Each finding of a resource has the same fix, since it sets all that is wrong there.
  apply([...new Map(changes.map((each) => [JSON.stringify(each), each])).values()], shown);
  const { stdout } = await command("check", "--fix", "--format", "json", edited.directory);
  // What only the second run of --fix can tell, it takes back; a report cannot.
  const [project] = (JSON.parse(stdout) as Document).projects;
  const takenBack = new Set(
    project?.fixes.filter(({ reason }) => reason?.endsWith("taken back")).map(({ location }) => location?.file),
  );
  const compared = Object.keys(sources).filter((name) => !takenBack.has(name));
  const written = edited.sources();
  expect(compared.filter((name) => written[name] !== sources[name]).length).toBeGreaterThan(3);
  const applied = shown.sources();
  for (const name of compared) expect([name, applied[name]]).toEqual([name, written[name]]);
});

test("without --fix-preview nothing has a fix", async () => {
  const fixable = new Fixable("fixable");
  made.push(fixable);
  const run = async (...flags: string[]): Promise<string> =>
    (await command("check", ...flags, "--format", "sarif", fixable.directory)).stdout;
  expect(await run()).not.toContain('"fixes"');
});
