/** Credentials in base64 that no command of the text decodes. */
import { fromBase64, toText } from "../encodings";
import { lettersAnd, matchesAtRuns } from "../runs";
import { addresses, basic, headers } from "./formats";
import { settingsIn, type Hit } from "./settings";

/** `auth: base64` of registries. */
export function authsIn(text: string): Hit[] {
  if (!text.includes("auth")) return [];
  return [...text.matchAll(/["']?auth["']?\s*[:=]\s*["']?([A-Za-z\d+/=]{8,})/g)].flatMap(({ 1: value = "", index }) => {
    const hit = basic(value);
    return hit ? [{ ...hit, offset: index }] : [];
  });
}

const RUN = {
  pattern: /(?<![A-Za-z\d+/=])[A-Za-z\d+/]{24,}={0,2}(?![A-Za-z\d+/=])/y,
  characters: lettersAnd("+/"),
  least: 24,
};
const RUNS = 300;

/** Settings in base64 that no command of the text decodes: fields of documents, variables. */
export function encodedIn(text: string, texts: ReadonlySet<string>): Hit[] {
  const hits: Hit[] = [];
  for (const { run, index } of runsIn(text).slice(0, RUNS)) {
    const inner = run.length % 4 === 0 ? textOf(run) : undefined;
    if (inner === undefined || texts.has(inner.trim())) continue;
    for (const { kind, value } of deeper(inner)) hits.push({ value, kind, offset: index });
  }
  return hits;
}

/** Base64 in lines is one run. */
function runsIn(text: string): { run: string; index: number }[] {
  const runs: { run: string; index: number; end: number }[] = [];
  for (const { 0: line, index } of matchesAtRuns(text, RUN)) {
    const last = runs.at(-1);
    if (last && !last.run.endsWith("=") && index - last.end < 80 && /^\n[ \t]*$/.test(text.slice(last.end, index))) {
      last.run += line;
      last.end = index + line.length;
    } else runs.push({ run: line, index, end: index + line.length });
  }
  return runs.map(({ run, index, end }) => ({ run: run + restOf(text, run, end), index }));
}

/** The last line of base64, which may be short. */
function restOf(text: string, run: string, end: number): string {
  if (run.length < 40 || run.length % 4 !== 0) return "";
  const rest = /^\n[ \t]*([A-Za-z\d+/]{2,23}={0,2})(?=\s|$)/.exec(text.slice(end, end + 80))?.[1] ?? "";
  return rest.length % 4 === 0 ? rest : "";
}

function textOf(run: string): string | undefined {
  const bytes = fromBase64(run);
  // Most runs are keys or digests: the first bytes tell.
  if (!bytes || /[^\t\n\r -~\0]/.test(bytes.toString("latin1", 0, 24))) return undefined;
  return toText(bytes);
}

function deeper(text: string): Hit[] {
  const again = matchesAtRuns(text, RUN)
    .slice(0, 10)
    .flatMap(({ 0: run }) => {
      const inner = run.length % 4 === 0 ? textOf(run) : undefined;
      const hit = basic(run);
      return [
        ...(inner === undefined ? [] : settingsIn(inner, "configuration")),
        ...(hit && /"auth"/.test(text) ? [{ ...hit, offset: 0 }] : []),
      ];
    });
  return [...settingsIn(text, "configuration"), ...authsIn(text), ...addresses(text), ...headers(text), ...again];
}
