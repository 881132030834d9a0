import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { applied, unifiedDiff } from "../../cli/fixes/diff";

const directory = mkdtempSync(path.join(tmpdir(), "fix-diff-"));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What git makes of a text and a diff. */
function patched(text: string, diff: string): string {
  const file = path.join(directory, "program.ts");
  writeFileSync(file, text);
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: directory, input: diff });
  return readFileSync(file, "utf8");
}

const line = fc.constantFrom("a", "bb", "", "  c,", "// d", "é");
const texts = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 30 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, eol, ended]) => lines.join(eol) + (ended ? eol : ""))
  .filter((text) => text !== "");

test("git applies the diff, and gets what the edits make", () => {
  const cases = texts.chain((text) =>
    fc.record({
      text: fc.constant(text),
      cuts: fc.uniqueArray(fc.nat(text.length), { minLength: 2, maxLength: 6 }),
      put: fc.constantFrom("x", "x\ny", "\nz", "{\n  w\n}"),
    }),
  );
  fc.assert(
    fc.property(cases, ({ text, cuts, put }) => {
      const [...places] = cuts.sort((a, b) => a - b);
      const edits = places.flatMap((start, i) =>
        i % 2 === 0 ? [{ start, end: places[i + 1] ?? start, text: put }] : [],
      );
      const changed = applied(text, edits);
      fc.pre(changed !== text);
      expect(patched(text, unifiedDiff("program.ts", text, edits))).toBe(changed);
    }),
    { numRuns: 150, seed: 1 },
  );
});

test("edits at one place stand in their order", () => {
  const edits = [
    { start: 1, end: 1, text: "," },
    { start: 1, end: 1, text: "b" },
  ];
  expect(applied("ac", edits)).toBe("a,bc");
});
