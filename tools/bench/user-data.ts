/** What judging user data for credentials costs, beside the least that reads it: a parser, and a scanner of tokens. */
import type * as Unbash from "unbash" with { "resolution-mode": "import" };
import { credentialsIn } from "../../policies/userdata/credentials";
import { decode } from "../../policies/userdata/decode";
import { oldMetadataUses } from "../../policies/userdata/metadata-calls";
import type { Decoded } from "../../policies/userdata/parts";
import { untrustedSources } from "../../policies/userdata/sources";
import { compare, ratio, reported, type Figure } from "./figures";
import { FULL, HOSTILE, typical } from "./user-data-texts";

type Scan = (text: string) => unknown;

/** A number that no text had before, so that no text is remembered from one run to the next. */
let runs = 0;

function decoded(text: string): Decoded {
  return decode({ fact: { state: "known", value: text, source: { urn: "", path: "userData" } }, encoding: "plain" });
}

function judge(text: string): void {
  credentialsIn(decoded(text));
}

/** What the other two rules add. */
function judgeAll(text: string): void {
  const userData = decoded(text);
  for (const find of [credentialsIn, untrustedSources, oldMetadataUses]) find(userData);
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

/** The parser with all parts of words, and the scanner with all of its recommended rules, as its users run it. */
async function floor(): Promise<Scan> {
  const { parse, forEachChild } = await import("unbash");
  const { lintSource } = await import("@secretlint/core");
  const { creator } = await import("@secretlint/secretlint-rule-preset-recommend");
  const options = { config: { rules: [{ id: creator.meta.id, rule: creator, rules: [] }] } };
  return async (text) => {
    partsOf(parse(text), forEachChild);
    await lintSource({ source: { content: text, filePath: "user-data", contentType: "text" }, options });
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

/** Scans the text as one that was not seen before. */
function on(text: string, scan: Scan): () => unknown {
  return () => scan(fresh(text));
}

async function ofBootScript(base: Scan): Promise<Figure[]> {
  const text = typical(FULL);
  const [ours = 0, all = 0, theirs = 1] = await compare(200, [on(text, judge), on(text, judgeAll), on(text, base)]);
  return [
    ratio("user data: 16 KB of a boot script / floor", ours / theirs, 3.5),
    reported("user data: the same, judged by all rules", all / theirs, "ratio"),
  ];
}

/** The parser gives up early on some of the texts: there a boot script of the same length is the floor. */
async function worstHostile(base: Scan): Promise<Figure> {
  const script = typical(FULL);
  let [worst, named] = [0, ""];
  for (const [name, text] of HOSTILE) {
    const [ours = 0, own = 1, usual = 1] = await compare(40, [on(text, judge), on(text, base), on(script, base)]);
    const value = ours / Math.max(own, usual);
    if (value > worst) [worst, named] = [value, name];
  }
  return ratio(`user data: worst hostile (${named}) / floor`, worst, 12);
}

async function linearity(): Promise<Figure> {
  const [quarter, whole] = [typical(1 << 18).slice(0, 1 << 18), typical(1 << 20).slice(0, (1 << 20) - 32)];
  const [ofQuarter = 1, ofWhole = 0] = await compare(5, [on(quarter, judge), on(whole, judge)]);
  return ratio("user data: 1 MB / four times 256 KB", ofWhole / ofQuarter / 4, 1.6);
}

/** As many machines with the same text as with one: each has an object of its own. */
async function repeated(): Promise<Figure[]> {
  const machines = 10_000;
  const text = typical(FULL);
  const [one = 1, many = 0] = await compare(8, [
    on(text, judge),
    on(text, (same) => {
      for (let machine = 0; machine < machines; machine++) judge(same);
    }),
  ]);
  return [
    ratio(`user data: ${String(machines)} machines with one text / one machine`, many / one, 3.5),
    reported("user data: a machine more with the same text", ((many - one) / machines) * 1000, "µs"),
  ];
}

export async function userDataFigures(): Promise<Figure[]> {
  const base = await floor();
  await compare(300, [on(typical(FULL), judge), on(typical(FULL), base)]);
  return [...(await ofBootScript(base)), await worstHostile(base), await linearity(), ...(await repeated())];
}
