/**
 * The public rules of gitleaks, run here instead of its program, which npm and PyPI do not have. Keywords, entropy and
 * allowlists count as they do there; names of files do not, since user data has none.
 */
import { indicesOf, type Scanner } from "./scanner";

const VERSION = "8.28.0";
const RULES = `https://raw.githubusercontent.com/gitleaks/gitleaks/v${VERSION}/config/gitleaks.toml`;

interface Allowlist {
  readonly condition?: string;
  readonly regexTarget?: string;
  readonly regexes?: readonly string[];
  readonly stopwords?: readonly string[];
  readonly paths?: readonly string[];
  readonly targetRules?: readonly string[];
}

/** A rule, and in part the file as a whole. */
interface Rule {
  readonly id: string;
  readonly regex?: string;
  readonly secretGroup?: number;
  readonly entropy?: number;
  readonly keywords?: readonly string[];
  readonly allowlist?: Allowlist;
  readonly allowlists?: readonly Allowlist[];
}

type Hit = Readonly<Record<string, string>> & { readonly secret: string };
type Test<T> = (value: T) => boolean;

/** Go's syntax in JavaScript's: where a part ignores case, the whole does, since Node.js 20 has no flags for a part. */
function compiled(regex: string): RegExp {
  const plain = regex.replaceAll(/\(\?-?i\)/g, "").replaceAll(/\(\?-?i:/g, "(?:");
  return new RegExp(plain.replaceAll("(?P<", "(?<").replaceAll("\\z", "$"), regex.includes("(?i") ? "gi" : "g");
}

/** Shannon's, in bits a character. */
function entropy(text: string): number {
  const characters = Array.from(text);
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / characters.length) * Math.log2(n / characters.length), 0);
}

function allowedBy({ condition, regexTarget = "secret", regexes, stopwords, paths }: Allowlist): Test<Hit> {
  const patterns = regexes?.map(compiled);
  const matches = (text: string): boolean | undefined => patterns?.some((pattern) => text.search(pattern) >= 0);
  const holds = (text: string): boolean | undefined => stopwords?.some((word) => text.includes(word.toLowerCase()));
  return (hit) => {
    const answers = [matches(hit[regexTarget] ?? hit.secret), holds(hit.secret.toLowerCase()), paths && false];
    const given = answers.filter((answer) => answer !== undefined);
    return condition === "AND" ? given.every(Boolean) : given.some(Boolean);
  };
}

function allowlists({ allowlist, allowlists = [] }: Pick<Rule, "allowlist" | "allowlists">): readonly Allowlist[] {
  return allowlist ? [allowlist, ...allowlists] : allowlists;
}

function hitOf(found: RegExpExecArray, group: number | undefined): Hit {
  const [match, ...groups] = found;
  const [before, after] = [found.input.slice(0, found.index), found.input.slice(found.index + match.length)];
  const line = `${before.split("\n").at(-1) ?? ""}${match}${after.split("\n", 1)[0] ?? ""}`;
  return { match, line, secret: (group ? found[group] : groups.find(Boolean)) ?? match };
}

/** A rule as a function; throws for what JavaScript cannot compile. */
function detector(rule: Rule, pattern: RegExp, global: readonly Allowlist[]): Test<string> {
  const applying = global.filter(({ targetRules }) => targetRules?.includes(rule.id) ?? true);
  const allowed = [...applying, ...allowlists(rule)].map(allowedBy);
  const keywords = rule.keywords?.map((word) => word.toLowerCase()) ?? [];
  const isReported = (hit: Hit): boolean =>
    (!rule.entropy || entropy(hit.secret) > rule.entropy) && !allowed.some((isAllowed) => isAllowed(hit));
  return (text) => {
    const lower = text.toLowerCase();
    const isLikely = keywords.length === 0 || keywords.some((word) => lower.includes(word));
    return isLikely && [...text.matchAll(pattern)].some((found) => isReported(hitOf(found, rule.secretGroup)));
  };
}

/** Rules that look at texts, and how many of them cannot be used here. */
async function detectors(file: string): Promise<{ detect: readonly Test<string>[]; skipped: number }> {
  const { parse } = await import("smol-toml");
  const config = parse(file) as unknown as Rule & { readonly rules: readonly Rule[] };
  const detect: Test<string>[] = [];
  let skipped = 0;
  for (const rule of config.rules) {
    if (rule.regex === undefined) continue;
    try {
      detect.push(detector(rule, compiled(rule.regex), allowlists(config)));
    } catch {
      skipped++;
    }
  }
  return { detect, skipped };
}

async function download(): Promise<string> {
  const response = await fetch(RULES, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
  if (!response?.ok) throw new Error("its file of rules is not reachable");
  return response.text();
}

export const gitleaks: Scanner = {
  name: "gitleaks, rules",
  prepare: async () => {
    const { detect, skipped } = await detectors(await download());
    const version = `${VERSION}${skipped > 0 ? `, but ${String(skipped)} that do not compile` : ""}`;
    return { version, scan: (texts) => indicesOf(texts, (text) => detect.some((isIn) => isIn(text))) };
  },
};
