/** Commands that turn what they read into the text that was meant, without a key: base64, base32, hexadecimal, mirrored. */
import { fromBase64 } from "./encodings";
import { printed } from "./print";
import { plain, programOf, withoutWrappers, type Call, type Substitution } from "./steps";

type Decode = (bytes: Buffer) => Buffer | undefined;

interface Coding {
  readonly name: RegExp;
  readonly is: (words: readonly string[]) => boolean;
  readonly decode: Decode;
}

const base64: Decode = (bytes) => fromBase64(bytes.toString("latin1"));

const hex: Decode = (bytes) => {
  const text = bytes.toString("latin1").replaceAll(/\s+/g, "");
  return /^(?:[0-9A-Fa-f]{2})+$/.test(text) ? Buffer.from(text, "hex") : undefined;
};

const DIGITS_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const base32: Decode = (bytes) => {
  const text = bytes.toString("latin1").replaceAll(/[\s=]+/g, "");
  if (!/^[A-Z2-7]+$/.test(text)) return undefined;
  const bits = Array.from(text, (digit) => DIGITS_32.indexOf(digit).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/[01]{8}/g) ?? []).map((octet) => parseInt(octet, 2)));
};

const mirrored: Decode = (bytes) => {
  const lines = bytes.toString("utf8").split("\n");
  return Buffer.from(lines.map((line) => Array.from(line).reverse().join("")).join("\n"));
};

const has = (words: readonly string[], option: RegExp): boolean => words.some((word) => option.test(word));

const CODINGS: readonly Coding[] = [
  { name: /^base64$/, is: (words) => has(words, /^-[a-z]*[dD]|^--decode$/), decode: base64 },
  { name: /^base32$/, is: (words) => has(words, /^-[a-z]*[dD]|^--decode$/), decode: base32 },
  { name: /^openssl$/, is: (words) => has(words, /^-?base64$|^-a$/) && has(words, /^-d$/), decode: base64 },
  { name: /^python[\d.]*$/, is: (words) => has(words, /^base64$/) && has(words, /^-d$/), decode: base64 },
  {
    name: /^(?:perl|ruby|python[\d.]*)$/,
    is: (words) => has(words, /decode_base64|decode64|b64decode/),
    decode: base64,
  },
  { name: /^xxd$/, is: (words) => has(words, /^-r/), decode: hex },
  { name: /^rev$/, is: ({ length }) => length === 1, decode: mirrored },
];

/** How a call decodes what it reads, if it does. */
export function decoderOf(words: readonly string[]): Decode | undefined {
  const program = programOf(words);
  return CODINGS.find(({ name, is }) => name.test(program) && is(words))?.decode;
}

/** What a value becomes: of one script that prints what stands in it, that text. */
export function meantBy(value: string, [only, ...others]: readonly Substitution[]): string {
  const [step, ...more] = only?.steps ?? [];
  if (others.length + more.length > 0 || step?.kind !== "pipeline" || !SUBSTITUTION.test(plain(value))) return value;
  return outputOf(step.calls) ?? value;
}

const SUBSTITUTION = /^(?:\$\(.*\)|`.*`)$/s;

/** The text that a pipeline prints which only decodes, or hands on, what it prints first. */
function outputOf(calls: readonly Call[]): string | undefined {
  let text: string | undefined;
  for (const [index, call] of calls.entries()) {
    const words = withoutWrappers(call.words);
    if (index === 0) text = call.input ?? printed(words);
    const decode = index === 0 && call.input === undefined ? undefined : decoderOf(words);
    if (text === undefined) return undefined;
    if (decode) text = decode(Buffer.from(plain(text)))?.toString("utf8");
    else if (index > 0 && !/^(?:cat|tr -d \S+)$/.test(words.join(" "))) return undefined;
  }
  return text?.trimEnd();
}
