import { changedIn } from "../policies/collections";
import { isRecord } from "../policies/machine/resource";
import type { StackConfig } from "./host";

const SHORTEST = 3;
/** What stands in the place of a secret. */
export const HIDDEN = "[secret]";

/** Values of options, which messages say: an object that is secret as a whole makes them none. */
const PUBLIC: ReadonlySet<string> = new Set([
  "optional",
  "required",
  "enabled",
  "disabled",
  "no-preference",
  "true",
  "false",
]);

const NONE: ReadonlySet<string> = new Set();

/** Whether one line of a secret is worth hiding by itself: output is handled line by line. */
function isTelling(line: string): boolean {
  return line.length >= 8;
}

/** The text without regard to case, each character in its place. */
function folded(text: string): string {
  // The only capital whose small letter is longer.
  return text.replaceAll("\u0130", "I").toLowerCase();
}

/** What is shorter may stand anywhere, and mean something else. */
const SHORTEST_ENCODED = 8;

/** A text in addresses, in JSON within JSON, in hexadecimal and in base64. */
function encoded(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const text = bytes.toString();
  const base64 = [bytes.toString("base64"), ...[0, 1, 2].map((before) => withinBase64(bytes, before))];
  return [
    encodeURIComponent(text),
    new URLSearchParams({ "": text }).toString().slice(1),
    JSON.stringify(JSON.stringify(text)).slice(3, -3),
    ...[bytes.toString("hex"), ...base64, ...base64.map(urlSafe)].filter(({ length }) => length >= SHORTEST_ENCODED),
  ];
}

/** What base64 says of bytes alone that stand behind so many others: each character holds six bits. */
function withinBase64(bytes: Buffer, before: number): string {
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  return all.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((all.length * 8) / 6));
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Takes secret values out of what is printed, in whatever case: some of it is printed in lower case. */
export class Redactor {
  private readonly secrets: readonly string[];

  constructor(private readonly values: readonly string[]) {
    const texts = values
      .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split(/\r?\n/).filter(isTelling)])
      .filter((value) => value.length >= SHORTEST && !PUBLIC.has(value));
    this.secrets = [...new Set(texts.map(folded))].sort((a, b) => b.length - a.length);
  }

  /** Hides the values of secret configuration; a placeholder for one is none. */
  static of({ values, secretKeys, placeholders }: StackConfig): Redactor {
    const hidden = [...secretKeys].flatMap((key) => values.get(key) ?? []);
    return new Redactor(hidden.filter((value) => !placeholders.includes(value)));
  }

  /** The same, hiding more. */
  and(values: readonly string[]): Redactor {
    return new Redactor([...this.values, ...values]);
  }

  /** The same, hiding them also as programs encode them: what these print may be anything. */
  andEncoded(): Redactor {
    return this.and(this.values.flatMap(encoded));
  }

  /** Plain data without secrets in any text; what stands under `kept` keys stays as it is. */
  redactIn<T>(value: T, kept: ReadonlySet<string> = NONE): T {
    if (this.secrets.length === 0) return value;
    if (typeof value === "string") return this.redact(value) as T;
    if (Array.isArray(value)) return changedIn(value, (each) => this.redactIn(each, kept));
    if (!isRecord(value)) return value;
    return changedIn(value, (each, key) => (kept.has(key) ? each : this.redactIn(each, kept)));
  }

  redact(text: string): string {
    const plain = folded(text);
    return this.secrets.filter((secret) => plain.includes(secret)).reduce(without, text);
  }
}

function without(text: string, secret: string): string {
  const parts = folded(text).split(secret);
  let start = 0;
  const kept = parts.map(({ length }) => {
    const part = text.slice(start, start + length);
    start += length + secret.length;
    return part;
  });
  return kept.join(HIDDEN);
}
