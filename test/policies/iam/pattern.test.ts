import {
  completed,
  covers,
  intersection,
  intersects,
  matches,
  substituted,
  type Variables,
} from "../../../policies/iam/pattern";

test.each([
  ["s3:*", "s3:GetObject", true],
  ["s3:Get?bject", "s3:GetObject", true],
  ["s3:Get?", "s3:GetObject", false],
  ["arn:aws:s3:::a/*", "arn:aws:s3:::a/", true],
  ["arn:aws:s3:::a/?*", "arn:aws:s3:::a/", false],
  ["*", "", true],
  ["", "", true],
  ["a", "A", false],
  ["a.c", "abc", false],
  ["[ab]", "a", false],
])("%j matches %j: %s", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

/** Every text of a few letters, up to a length. */
function texts(letters: string, longest: number): string[] {
  const all = [""];
  for (let from = 0, length = 0; length < longest; length++) {
    const end = all.length;
    for (const text of all.slice(from, end)) for (const letter of letters) all.push(text + letter);
    from = end;
  }
  return all;
}

// Whatever two patterns of four characters tell apart, a text of six does; c occurs in no pattern.
const PATTERNS = texts("ab*?", 4);
const TEXTS = texts("abc", 6);

/** Numbers of the texts that a pattern matches. */
const matched = new Map(
  PATTERNS.map((pattern) => {
    const form = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
    return [pattern, new Set(TEXTS.flatMap((text, index) => (form.test(text) ? [index] : [])))];
  }),
);
const of = (pattern: string): ReadonlySet<number> => matched.get(pattern) ?? new Set();
const some = PATTERNS.filter((_, index) => index % 7 === 0);

test("patterns match what a regular expression does", () => {
  for (const pattern of some)
    for (const [index, text] of TEXTS.entries())
      if (matches(pattern, text) !== of(pattern).has(index)) throw new Error(`${pattern} and ${text}`);
});

const isSubset = (part: ReadonlySet<number>, whole: ReadonlySet<number>): boolean => {
  for (const each of part) if (!whole.has(each)) return false;
  return true;
};
const meet = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean => {
  for (const each of a) if (b.has(each)) return true;
  return false;
};

test("two patterns intersect exactly where some text is matched by both", () => {
  for (const a of some)
    for (const b of PATTERNS) if (intersects(a, b) !== meet(of(a), of(b))) throw new Error(`${a} and ${b}`);
});

test("a pattern covers another only where it matches all of its texts", () => {
  for (const a of some)
    for (const b of PATTERNS) if (covers(a, b) && !isSubset(of(b), of(a))) throw new Error(`${a} and ${b}`);
});

test("without question marks, it covers whatever it matches all texts of", () => {
  const plain = PATTERNS.filter((pattern) => !pattern.includes("?"));
  for (const a of plain)
    for (const b of plain) if (covers(a, b) !== isSubset(of(b), of(a))) throw new Error(`${a} and ${b}`);
});

test("the intersection matches whatever both do, and nothing where they do not meet", () => {
  for (const a of some)
    for (const b of some) {
      const both = intersection(a, b);
      if ((both === undefined) === meet(of(a), of(b))) throw new Error(`${a} and ${b}`);
      for (const index of of(a))
        if (of(b).has(index) && !of(both ?? "").has(index)) throw new Error(`${a} and ${b}: ${String(both)}`);
    }
});

test.each([
  ["*", "*"],
  ["***", "*"],
  ["arn:aws:s3", "arn:aws:s3:*:*:*"],
  ["arn:aws:s3:*", "arn:aws:s3:*:*:*"],
  ["arn:*", "arn:*:*:*:*:*"],
  ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket"],
  ["arn:aws:logs:a:b:log-group:x:*", "arn:aws:logs:a:b:log-group:x:*"],
  ["bucket", "bucket"],
  ["a".repeat(2048), "a".repeat(2048)],
  ["a".repeat(2049), undefined],
])("case %# of short ARNs and stars", (pattern, expected) => {
  expect(completed(pattern)).toBe(expected);
});

const VARIABLES: Readonly<Record<string, ReturnType<Variables>>> = {
  "aws:principaltag/team": { text: "web" },
  "aws:principaltag/star": { text: "*" },
  "aws:username": "nothing",
};
const fill = (pattern: string) => substituted(pattern, (name) => VARIABLES[name] ?? "one value");

test.each([
  ["no variable", "arn:aws:s3:::a/*", "arn:aws:s3:::a/*"],
  ["a known one", "a/${aws:PrincipalTag/team}/*", "a/web/*"],
  ["in any case, with white space", "${ AWS:principaltag/TEAM }", "web"],
  ["a known one with a default", "${aws:PrincipalTag/team, 'x'}", "web"],
  ["one that is never there", "a/${aws:username}", undefined],
  ["one that is never there, with a default", "a/${aws:username, 'guest'}", "a/guest"],
  ["one of several that is never there", "${aws:PrincipalTag/team}/${aws:username}", undefined],
  ["an end that is missing", "a/${aws:username", "a/${aws:username"],
])("%s", (_, pattern, expected) => {
  expect(fill(pattern)).toBe(expected);
});

test.each([
  ["a value that is not known", "a${aws:userid}", ["a*", "*", "a?"], ["a", "aa", "a/b"]],
  ["a star that is meant", "a${*}b", ["a*b", "a?b"], ["ab", "axb"]],
  ["a star in a value", "a${aws:PrincipalTag/star}", ["a*"], ["ab"]],
])("%s is one value, and no wildcard", (_, pattern, covering, others) => {
  const filled = fill(pattern) ?? "";
  for (const each of covering) expect(covers(each, filled)).toBe(true);
  for (const each of others) expect(intersects(filled, each)).toBe(false);
});

test.each([
  ["*?".repeat(500), "a".repeat(2000)],
  ["*a".repeat(1000), `${"a".repeat(2000)}b`],
  ["*?*?".repeat(400), "*?b".repeat(500)],
])("patterns that are made to take long do not", (a, b) => {
  const begun = performance.now();
  matches(a, b);
  covers(a, b);
  intersects(a, b);
  intersection(b, a);
  expect(performance.now() - begun).toBeLessThan(2000);
});
