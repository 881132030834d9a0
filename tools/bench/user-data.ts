/** What judging user data for credentials costs, beside the least that reads it: a parser, and a scanner of tokens. */
import type { SecretLintRuleCreator } from "@secretlint/types" with { "resolution-mode": "import" };
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { credentialsIn } from "../../policies/userdata/credentials";
import { decode } from "../../policies/userdata/decode";
import { ratio, reported, type Figure } from "./figures";
import { FULL, HOSTILE, typical } from "./user-data-texts";

type Scan = (text: string) => number;

/** A number that no text had before, so that nothing is remembered from one run to the next. */
let runs = 0;

function judge(text: string): void {
  credentialsIn(
    decode({ fact: { state: "known", value: text, source: { urn: "", path: "userData" } }, encoding: "plain" }),
  );
}

/**
 * The text with a comment behind its first line, where it has more than one: long texts that differ only at their end
 * cost a map of them more than they are worth here.
 */
function fresh(text: string): string {
  const end = text.indexOf("\n");
  const at = end < 0 ? text.length : end;
  return `${text.slice(0, at)}\n# ${String(++runs)}${text.slice(at)}`;
}

/** The parser with all parts of words, and all rules of the scanner. */
function floor(): Scan {
  /* eslint-disable @typescript-eslint/no-require-imports -- modules of another kind */
  const { parse, forEachChild } = require("unbash") as typeof Unbash;
  const preset = require("@secretlint/secretlint-rule-preset-recommend") as { rules: readonly SecretLintRuleCreator[] };
  /* eslint-enable @typescript-eslint/no-require-imports */
  const context = {
    sharedOptions: {},
    createTranslator: () => () => ({ message: "", messageId: "", data: {} }),
    report: () => undefined,
    ignore: () => undefined,
  } as unknown as Parameters<SecretLintRuleCreator["create"]>[0];
  const rules = preset.rules.map((rule) => rule.create(context, {}));
  return (text) => {
    const words = partsOf(parse(text), forEachChild);
    const source = { content: text, filePath: "user-data", ext: "", contentType: "text" as const, hasBOM: false };
    for (const rule of rules) void rule.file?.(source as Parameters<NonNullable<(typeof rule)["file"]>>[0]);
    return words;
  };
}

/** The parser works parts of words out where they are asked for. */
function partsOf(node: Unbash.SyntaxNode, forEachChild: typeof Unbash.forEachChild): number {
  let parts = node.type === "Word" ? (node.parts?.length ?? 0) : 0;
  forEachChild(node, (child) => {
    parts += partsOf(child, forEachChild);
  });
  return parts;
}

/** Milliseconds of the least disturbed runs of each, which take turns. */
function compare(rounds: number, actions: readonly (() => void)[]): number[] {
  const least = actions.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [index, action] of actions.entries()) {
      const begun = performance.now();
      action();
      least[index] = Math.min(least[index] ?? Infinity, performance.now() - begun);
    }
  }
  return least;
}

/** How long a text takes, as a multiple of the floor. */
function overFloor(text: string, base: Scan, rounds: number): number {
  const [ours = 0, theirs = 1] = compare(rounds, [
    () => {
      judge(fresh(text));
    },
    () => {
      base(fresh(text));
    },
  ]);
  return ours / theirs;
}

/** The parser gives up early on some of the texts: there a boot script of the same length is the floor. */
function worstHostile(base: Scan): Figure {
  const script = typical(FULL);
  let [worst, named] = [0, ""];
  for (const [name, text] of HOSTILE) {
    const [ours = 0, own = 1, usual = 1] = compare(40, [
      () => {
        judge(fresh(text));
      },
      () => {
        base(fresh(text));
      },
      () => {
        base(fresh(script));
      },
    ]);
    const value = ours / Math.max(own, usual);
    if (value > worst) [worst, named] = [value, name];
  }
  return ratio(`user data: worst hostile (${named}) / floor`, worst, 26);
}

function linearity(): Figure {
  const [quarter, whole] = [typical(1 << 18).slice(0, 1 << 18), typical(1 << 20).slice(0, (1 << 20) - 32)];
  const [ofQuarter = 1, ofWhole = 0] = compare(5, [
    () => {
      judge(fresh(quarter));
    },
    () => {
      judge(fresh(whole));
    },
  ]);
  return ratio("user data: 1 MB / four times 256 KB", ofWhole / ofQuarter / 4, 1.6);
}

/** As many machines with the same text as with one: each has an object of its own. */
function repeated(): Figure[] {
  const machines = 10_000;
  const text = typical(FULL);
  const all = (): void => {
    const same = fresh(text);
    for (let machine = 0; machine < machines; machine++) judge(same);
  };
  const [one = 1, many = 0] = compare(8, [
    () => {
      judge(fresh(text));
    },
    all,
  ]);
  return [
    ratio(`user data: ${String(machines)} machines with one text / one machine`, many / one, 3.5),
    reported("user data: a machine more with the same text", ((many - one) / machines) * 1000, "µs"),
  ];
}

export function userDataFigures(): Figure[] {
  const base = floor();
  const text = typical(FULL);
  for (let run = 0; run < 300; run++) {
    judge(fresh(text));
    base(fresh(text));
  }
  return [
    ratio("user data: 16 KB of a boot script / floor", overFloor(text, base, 200), 6),
    worstHostile(base),
    linearity(),
    ...repeated(),
  ];
}
