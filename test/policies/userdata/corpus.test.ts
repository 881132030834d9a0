import { createHash } from "node:crypto";
import { credentialsIn } from "../../../policies/userdata/credentials";
import { decode } from "../../../policies/userdata/decode";
import { oldMetadataUses } from "../../../policies/userdata/metadata-calls";
import type { Decoded } from "../../../policies/userdata/parts";
import { untrustedSources } from "../../../policies/userdata/sources";
import { Made, type Case } from "../../corpus/corpus";
import { credentials } from "../../corpus/credentials";
import { leaked } from "../../corpus/leaks";
import { metadataCalls } from "../../corpus/metadata";
import { sources } from "../../corpus/sources";
import { WRAPPINGS, type Wrapping } from "../../corpus/wrap";
import { userData } from "./harness";

interface Table {
  readonly rule: string;
  readonly file: string;
  readonly cases: readonly Case[];
  readonly judge: (decoded: Decoded) => readonly unknown[];
}

/** The tables of a folder of the corpus; a file is named with it where that is not the one of credentials. */
function tables(
  rule: string,
  folder: string,
  files: Readonly<Record<string, readonly Case[]>>,
  judge: Table["judge"],
): readonly Table[] {
  return Object.entries(files).map(([file, cases]) => ({ rule, file: folder + file, cases, judge }));
}

const TABLES: readonly Table[] = [
  ...tables("userdata-no-credentials", "", credentials, credentialsIn),
  ...tables("userdata-trusted-sources", "sources/", sources, untrustedSources),
  ...tables("userdata-imdsv2-ready", "metadata/", metadataCalls, oldMetadataUses),
];

/**
 * Cases of a file that are known to be judged wrongly, with the reason. What is right again has to be taken out. A
 * title alone is the case as it stands, and its wrappings are not looked at.
 */
const OPEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stores: {
    "console user of a broker replaced by sed": "the file's layout tells, and sed writes a line of it",
  },
};

const PLAIN = WRAPPINGS[0];

/** Two ways to wrap a text that differ from one title to the next, the same in every run. */
function wrappingsOf(title: string, text: string): readonly Wrapping[] {
  const taking = WRAPPINGS.filter((each) => each !== PLAIN && each.takes(text));
  const hash = createHash("sha256").update(title).digest();
  const first = hash.readUInt32BE(0) % taking.length;
  const second = (first + 1 + (hash.readUInt32BE(4) % Math.max(1, taking.length - 1))) % taking.length;
  return [...new Set([first, second])].flatMap((index) => taking[index] ?? []);
}

interface Outcome {
  readonly title: string;
  readonly found: boolean;
  readonly right: boolean;
  readonly leaks: readonly string[];
  readonly wrapping: string;
}

function outcome(
  { found, title }: Case,
  text: string,
  secrets: readonly string[],
  judge: Table["judge"],
  how?: Wrapping,
): Outcome {
  const decoded = decode(how ? userData(how.wrap(text), how.encoding) : userData(text));
  const result = judge(decoded);
  return {
    title: how ? `${title} [${how.name}]` : title,
    found,
    right: result.length > 0 === found,
    leaks: leaked([result, decoded.problems], secrets),
    wrapping: how?.name ?? "plain",
  };
}

/** The case as it stands, then wrapped unless that is open. */
function outcomes(each: Case, { file, judge }: Table): readonly Outcome[] {
  const made = new Made(each.title);
  const text = each.text(made);
  const plain = outcome(each, text, made.secrets, judge);
  if (Object.hasOwn(OPEN[file] ?? {}, each.title)) return [plain];
  return [plain, ...wrappingsOf(each.title, text).map((how) => outcome(each, text, made.secrets, judge, how))];
}

const judged = new Map<Table, readonly Outcome[]>();

function all(each: Table): readonly Outcome[] {
  const known = judged.get(each) ?? each.cases.flatMap((one) => outcomes(one, each));
  judged.set(each, known);
  return known;
}

function titles(wrong: readonly Outcome[], found: boolean): string[] {
  return wrong.flatMap((each) => (each.found === found && !each.right ? [each.title] : [])).sort();
}

describe.each(TABLES)("$rule: $file", (each) => {
  const open = OPEN[each.file] ?? {};
  const isOpen = (title: string): boolean => Object.hasOwn(open, title);

  test("what has to be found is found", () => {
    expect(titles(all(each), true).filter((title) => !isOpen(title))).toEqual([]);
  });

  test("what is clean is clean", () => {
    expect(titles(all(each), false).filter((title) => !isOpen(title))).toEqual([]);
  });

  test("what is open is still wrong", () => {
    const wrong = new Set([...titles(all(each), true), ...titles(all(each), false)]);
    expect(Object.keys(open).filter((title) => !wrong.has(title))).toEqual([]);
  });

  test("no result holds a secret", () => {
    expect(all(each).filter(({ leaks }) => leaks.length > 0)).toEqual([]);
  });

  test("titles are unique", () => {
    expect(new Set(each.cases.map(({ title }) => title)).size).toBe(each.cases.length);
  });
});

function share(outcomesOfRule: readonly Outcome[], found: boolean): number {
  const of = outcomesOfRule.filter((each) => each.found === found);
  return of.filter(({ right }) => right).length / of.length;
}

test.each([...new Set(TABLES.map(({ rule }) => rule))])("%s is right nearly always", (rule) => {
  const ofRule = TABLES.filter((each) => each.rule === rule).flatMap(all);
  expect(share(ofRule, true)).toBeGreaterThanOrEqual(0.98);
  expect(share(ofRule, false)).toBeGreaterThanOrEqual(0.99);
});

test("every wrapping has a text that is found and one that is clean", () => {
  const covered = (found: boolean): Set<string> =>
    new Set(TABLES.flatMap(all).flatMap((each) => (each.found === found ? [each.wrapping] : [])));
  const names = WRAPPINGS.map(({ name }) => name);
  expect(names.filter((name) => !covered(true).has(name) || !covered(false).has(name))).toEqual([]);
});
