/** Texts that people do not write: corpus texts that are cut, mixed and wrapped at random, the same in every run. */
import type { UserData } from "../../policies/machine/launch";
import { b64 } from "./corpus";
import { WRAPPINGS } from "./wrap";

/** Numbers that look random and follow from the seed (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** A whole number below `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * end);
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }
}

/** What readers of scripts and containers look for. */
const FRAGMENTS: readonly string[] = [
  ...["'", '"', "`", "\\", "$", "$(", "${", "$((", "(", ")", "{", "}", "[", "]", "[[", "<(", "|", "&&", ";", "&", "#"],
  ...[
    "<<EOF\n",
    "<<-'X'\n",
    "\nEOF\n",
    "<<<",
    ">",
    ">>",
    "\\\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "=",
    ":",
    ",",
    "%",
    "@",
  ],
  ...["\0", "\u0001", "\u001b[31m", "\u2028", "\ufeff", "\ud800", "\udc00", "\u00e9", "\u{1f511}", "\ufffd"],
  ...[
    "QUJD",
    "IyEvYmluL3No",
    "H4sIAAAAAAAAA",
    "====",
    " | base64 -d | bash\n",
    "echo ",
    "curl -u a:",
    "base64 -d <<< ",
  ],
  ...["#!/bin/sh\n", "#cloud-config\n", "#cloud-config-archive\n", "#include\n", "## template: jinja\n"],
  ...["#cloud-boothook\n", "#ps1\n", "<powershell>", "</powershell>", "<script>", "version: 1.0\ntasks:\n- task: "],
  ...['Content-Type: multipart/mixed; boundary="=-wrapped-="\n\n', "\n--=-wrapped-=\n", "\n--=-wrapped-=--\n"],
  ...[
    "Content-Transfer-Encoding: base64\n\n",
    "Content-Type: ",
    "write_files:\n- path: /a\n  content: ",
    "runcmd:\n- ",
  ],
  ...["&a [*a, *a]", "!!binary ", "!!map ", "<<: *a\n", "- ", "  ", "|\n", ">-\n", "? ", "{{ ", "{% if a %}", " }}"],
  ...["-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE KEY-----\n", "://u:", "password=", "token: ", "AKIA", "eyJ"],
  ...["if true; then ", " fi\n", "case $a in\n", "esac\n", "for i in ", "do ", "done\n", "f() {\n", "eval ", "sh -c '"],
  ...[
    "http://169.254.169.254/latest/meta-data/",
    "X-aws-ec2-metadata-token: ",
    "pip install boto3==1.0",
    "http://a.b/c",
  ],
];

type Mutation = (text: string, dice: Dice, secrets: readonly string[]) => string;

/** EC2 takes 16 KB; what is much longer only costs time here. */
const LONGEST = 1 << 16;

function splice(text: string, from: number, to: number, inserted: string): string {
  return text.slice(0, from) + inserted + text.slice(to);
}

/** A piece of the text, seldom all of it. */
function piece(text: string, dice: Dice): readonly [from: number, to: number] {
  const from = dice.below(text.length + 1);
  const length = dice.below(dice.once(4) ? text.length - from + 1 : Math.min(60, text.length - from + 1));
  return [from, from + length];
}

function inserted(text: string, dice: Dice, fragment: string): string {
  const at = dice.below(text.length + 1);
  return splice(text, at, at, fragment);
}

const cut: Mutation = (text, dice) => splice(text, ...piece(text, dice), "");

const truncated: Mutation = (text, dice) => text.slice(0, dice.below(text.length + 1));

const duplicated: Mutation = (text, dice) => {
  const [from, to] = piece(text, dice);
  return splice(text, to, to, text.slice(from, to).repeat(1 + dice.below(dice.once(20) ? 400 : 4)));
};

const swapped: Mutation = (text, dice) => {
  const [from, to] = piece(text, dice);
  return inserted(splice(text, from, to, ""), dice, text.slice(from, to));
};

const flipped: Mutation = (text, dice) => {
  let flips = 1 + dice.below(6);
  let result = text;
  for (; flips > 0 && result !== ""; flips--) {
    const at = dice.below(result.length);
    result = splice(result, at, at + 1, String.fromCharCode(result.charCodeAt(at) ^ (1 << dice.below(7))));
  }
  return result;
};

const broken: Mutation = (text, dice) => inserted(text, dice, dice.of(FRAGMENTS));

const nested: Mutation = (text, dice) => inserted(text, dice, dice.of(FRAGMENTS).repeat(2 + dice.below(1000)));

const linesMixed: Mutation = (text, dice) => {
  const lines = text.split("\n");
  const [one, other] = [dice.below(lines.length), dice.below(lines.length)];
  [lines[one], lines[other]] = [lines[other] ?? "", lines[one] ?? ""];
  return lines.join("\n");
};

const joined: Mutation = (text, dice) => text.replaceAll("\n", dice.of(["", " ", ";", "\\\n", "\r", "\r\n"]));

const encodedPiece: Mutation = (text, dice) => {
  const [from, to] = piece(text, dice);
  return splice(text, from, to, b64(text.slice(from, to)));
};

/** Names that may end up in the path of a part. */
const NAMES: readonly (readonly [before: string, after: string])[] = [
  ...([
    ["", ""],
    ["<<", "\n"],
    ["$", ""],
    ["curl ", ""],
    ["", "()"],
    ["", "="],
    ["", ":"],
  ] as const),
  ...([
    ["Content-Type: text/", "\n"],
    ["path: /", "\n"],
    ["type: ", "\n"],
    ["", ": !!binary QUJDRA==\n"],
  ] as const),
];

/** A secret where nobody expects one: in a name, a path, a type; half of them at the start of a line. */
const planted: Mutation = (text, dice, secrets) => {
  if (secrets.length === 0) return text;
  const [before, after] = dice.of(NAMES);
  const name = before + dice.of(secrets) + after;
  const at = dice.below(text.length + 1);
  const line = text.indexOf("\n", at) + 1;
  return dice.once(2) ? splice(text, line, line, name) : splice(text, at, at, name);
};

const MUTATIONS: readonly Mutation[] = [
  ...[cut, cut, truncated, duplicated, swapped, flipped, flipped, broken, broken, broken, nested],
  ...[linesMixed, joined, encodedPiece, planted, planted],
];

function mutated(text: string, times: number, dice: Dice, secrets: readonly string[]): string {
  let result = text;
  for (let count = 0; count < times; count++) result = dice.of(MUTATIONS)(result, dice, secrets).slice(0, LONGEST);
  return result;
}

interface Hostile {
  readonly value: string;
  readonly encoding: UserData["encoding"];
}

/** Containers of one text, each around the one before, whether it can take it or not, and mutations in between. */
export function hostile(text: string, secrets: readonly string[], dice: Dice): Hostile {
  let value = mutated(text, dice.below(5), dice, secrets);
  let encoding: UserData["encoding"] = dice.once(20) ? "base64" : "plain";
  const layers = dice.once(30) ? dice.below(12) : dice.below(4);
  for (let layer = 0; layer < layers; layer++) {
    const wrapping = dice.of(WRAPPINGS);
    value = mutated(wrapping.wrap(value), dice.once(3) ? 1 + dice.below(2) : 0, dice, secrets);
    encoding = wrapping.encoding;
  }
  return { value, encoding };
}
