/** Patterns of IAM: `*` any characters, `?` one, in actions, resources and the values of conditions. */
import { matchesGlob } from "../glob";

/** Longer patterns are no ARN: IAM takes 2,048 characters at most. */
const LONGEST = 2048;

/** Stands for the one value of a policy variable, which is no wildcard and equals nothing that is written. */
const ONE_VALUE = "\u0001";

/**
 * A resource pattern as IAM reads it: missing parts of an ARN are any (IAM User Guide, "IAM JSON policy elements:
 * Resource"). Undefined where it can name nothing.
 */
export function completed(pattern: string): string | undefined {
  if (pattern.length > LONGEST) return undefined;
  if (/^\*+$/.test(pattern)) return "*";
  const parts = pattern.split(":").length;
  if (!pattern.startsWith("arn:") || parts >= 6) return pattern;
  return pattern + ":*".repeat(6 - parts);
}

/** A policy variable; unclosed ones are passed over at once. */
const VARIABLE = /\$\{([^{}]*)\}/g;

/** The pattern with any text for its variables. */
export function generalized(pattern: string): string {
  return pattern.replaceAll(VARIABLE, "*");
}

/** What a policy variable stands for: its text, one value that is not known, or nothing where it is never there. */
export type Variables = (name: string) => { readonly text: string } | "one value" | "nothing";

/**
 * The pattern with its variables filled in; `${*}`, `${?}` and `${$}` are the characters themselves. Undefined where a
 * variable without a default is not there for this principal: then the statement matches nothing.
 */
export function substituted(pattern: string, variables: Variables): string | undefined {
  if (!pattern.includes("${")) return pattern;
  const missing: string[] = [];
  const filled = pattern.replaceAll(VARIABLE, (_, inside: string) => {
    if (/^[*?$]$/.test(inside)) return ONE_VALUE;
    const [, name = "", fallback] = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)')?\s*$/.exec(inside) ?? [];
    const value = variables(name.toLowerCase());
    if (value === "one value") return ONE_VALUE;
    if (value !== "nothing") return value.text.replaceAll(/[*?]/g, ONE_VALUE);
    if (fallback === undefined) missing.push(name);
    return fallback ?? "";
  });
  return missing.length === 0 ? filled : undefined;
}

/** Whether a pattern matches a text. */
export function matches(pattern: string, text: string): boolean {
  return matchesGlob(pattern, text);
}

/** Whether everything that `part` matches is matched by `whole`. Never true where that is not so. */
export function covers(whole: string, part: string): boolean {
  // A star of the part is a character that only a star of the whole matches; a `?` is matched by `?` as well.
  return matchesGlob(whole.replaceAll("?", NOT_STAR), part.replaceAll("?", NOT_STAR)) || coversAnyOne(whole, part);
}

const NOT_STAR = "\u0002";

/** The same where the whole has a `?`: it stands for any one character, but for no star. */
function coversAnyOne(whole: string, part: string): boolean {
  return whole.includes("?") && !part.includes("*") && matchesGlob(whole, part);
}

/** Whether some text is matched by both. */
export function intersects(a: string, b: string): boolean {
  if (a === "*" || b === "*" || a === b) return true;
  if (!isWild(a)) return matches(b, a);
  if (!isWild(b)) return matches(a, b);
  return endsAgree(a, b) && meet(a, b);
}

/** Whether a pattern has a wildcard. */
export function isWild(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Whether a pattern matches nearly every text, be it not the shortest. */
export function isAnything(pattern: string): boolean {
  return pattern.includes("*") && /^[*?]+$/.test(pattern);
}

/** Of the texts that both match: the narrower pattern where one covers the other, else the first. */
export function intersection(a: string, b: string): string | undefined {
  if (covers(b, a)) return a;
  if (covers(a, b)) return b;
  return intersects(a, b) ? a : undefined;
}

/** Whether what stands before the first, and after the last wildcard of each allows one text for both. */
function endsAgree(a: string, b: string): boolean {
  const [startA, startB] = [/^[^*?]*/.exec(a)?.[0] ?? "", /^[^*?]*/.exec(b)?.[0] ?? ""];
  const [endA, endB] = [a.slice(lastWildcard(a) + 1), b.slice(lastWildcard(b) + 1)];
  const starts = startA.startsWith(startB) || startB.startsWith(startA);
  return starts && (endA.endsWith(endB) || endB.endsWith(endA));
}

function lastWildcard(pattern: string): number {
  return Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?"));
}

/** Runs both patterns side by side: which places of `b` can be reached after each character of `a`. */
function meet(a: string, b: string): boolean {
  let [reached, next] = [new Uint8Array(b.length + 1), new Uint8Array(b.length + 1)];
  reached[0] = 1;
  skipStars(b, reached);
  for (let i = 0; i < a.length; i++) {
    if (!step(a.charAt(i), b, reached, next)) return false;
    skipStars(b, next);
    [reached, next] = [next, reached];
  }
  return reached[b.length] === 1;
}

/** Whether any place is left after one character of `a`; a star there may take in anything that `b` has. */
function step(char: string, b: string, reached: Uint8Array, next: Uint8Array): boolean {
  if (char === "*") {
    next.fill(0).fill(1, reached.indexOf(1));
    return true;
  }
  next.fill(0);
  let isAny = false;
  for (let place = 0; place < b.length; place++) {
    if (reached[place] !== 1) continue;
    const other = b.charAt(place);
    if (other === "*") next[place] = 1;
    else if (other === char || other === "?" || char === "?") next[place + 1] = 1;
    else continue;
    isAny = true;
  }
  return isAny;
}

function skipStars(b: string, places: Uint8Array): void {
  for (let place = b.indexOf("*"); place >= 0; place = b.indexOf("*", place + 1)) {
    if (places[place] === 1) places[place + 1] = 1;
  }
}
