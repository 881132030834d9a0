/** Programs of a shell that fetch a URL, and what their arguments say of the request. */
import { argumentsOf, has, valuesOf, type Argument, type Syntax } from "../arguments";
import { CURL, SIMPLE, WGET } from "../downloaders";
import { plain, programOf, withoutWrappers } from "../steps";
import { metadataUrl, namesToken } from "./address";

const NONE = /^$/;

interface Fetcher {
  readonly program: RegExp;
  readonly by: string;
  readonly syntax: Syntax;
  /** Its name is a word of its own, so that it is looked for behind programs that start another one. */
  readonly distinct: boolean;
}

const FETCHERS: readonly Fetcher[] = [
  { program: /^curl(?:\.exe|ie)?$/, by: "curl", syntax: CURL, distinct: true },
  { program: /^(?:u?wget2?)(?:\.exe)?$/, by: "wget", syntax: WGET, distinct: true },
  {
    program: /^https?(?:ie)?$|^xhs?$/,
    by: "HTTPie",
    syntax: { short: "oaAps", long: /^(?:proxy|output|auth)$/ },
    distinct: false,
  },
  { program: /^aria2c$/, by: "aria2c", syntax: SIMPLE, distinct: true },
  {
    program: /^(?:axel|lwp-request|lwp-download|GET|HEAD)$/,
    by: "an HTTP client",
    syntax: { short: "oHSnm", long: NONE },
    distinct: false,
  },
  {
    program: /^(?:lynx|links2?|elinks|w3m)$/,
    by: "a text browser",
    syntax: { short: "o", long: NONE },
    distinct: false,
  },
  { program: /^fetch$/, by: "fetch", syntax: { short: "oTwBNS", long: NONE }, distinct: false },
];

/** A request to the metadata service. */
export interface Fetch {
  readonly by: string;
  readonly kind: "token" | "metadata";
  readonly sendsToken: boolean;
  /** What stands in the header with the token is empty, or a variable that may be. */
  readonly empty: boolean;
  /** Header lines or options come from a file. */
  readonly fromFile: boolean;
  /** Where the answer goes: to a file, to nothing, or to what reads its output. */
  readonly body: "file" | "nothing" | "output";
  /** It prints the status of the answer. */
  readonly status: boolean;
  /** It asks for something that is there only at times, so that its status is the answer. */
  readonly event: boolean;
  /** Without an error for an answer that tells one. */
  readonly heedless: boolean;
  /** The words before the program: who runs it. */
  readonly before: readonly string[];
}

/** Programs whose arguments are only shown, looked for, or no command. */
export const PASSIVE =
  /^(?:echo|printf|cat|logger|wall|tee|e?grep|fgrep|sed|test|\[|\[\[|alias|unalias|export|declare|local|readonly|typeset|read|case|which|type|apt(?:-get)?|yum|dnf|zypper|apk|ip6?tables|nft|ip|route|ufw|firewall-cmd|ping6?|ssh|scp|man|whatis|pkill|pgrep|killall)$/;

/** The request that a command makes to the metadata service; undefined where it makes none. */
export function fetchOf(words: readonly string[], functions: ReadonlySet<string>): Fetch | undefined {
  const split = flattened(words);
  const found = fetcherIn(split, functions);
  if (!found) return undefined;
  const args = split.slice(found.at + 1);
  const request = read([found.fetcher.by, ...args], found.fetcher);
  const kinds = request.urls.map(metadataUrl).filter((kind) => kind !== undefined);
  if (kinds.length === 0) return undefined;
  return {
    ...request,
    by: found.fetcher.by,
    kind: kinds.includes("metadata") && !request.puts ? "metadata" : "token",
    sendsToken: args.some(namesToken),
    empty: args.some((word) => /x-aws-ec2-metadata-token\s{0,9}[:;]?\s{0,9}$/i.test(word.slice(-60))),
    event: request.urls.some((url) => /\/(?:spot|events|autoscaling|tags)\//.test(url)),
    before: split.slice(0, found.at),
  };
}

/** A variable without quotes may hold a whole command, or several options. */
function flattened(words: readonly string[]): string[] {
  const [first = "", ...rest] = words.map(plain);
  const head = /\s/.test(first.trim()) ? first.trim().split(/\s+/) : [first];
  const inHead = programOf(head).endsWith("sh") ? words.map(plain).slice(0, 1) : head;
  return [...inHead, ...rest.flatMap((word) => (SEVERAL.test(word) ? optionsIn(word) : [word]))];
}

/** Options, or addresses, that an array or a variable holds. */
const SEVERAL = /^(?:-\S{1,30}|(?:http:\/\/)?(?:169\.|instance-data)\S{1,300})\s+\S/;

/** `-s -f http://…` as one word; a header within it stays one. */
function optionsIn(word: string): string[] {
  return word.match(/x-aws-ec2[^\s:]{1,40}:\s{0,9}\S{1,200}|\S+/gi) ?? [];
}

function fetcherIn(
  words: readonly string[],
  functions: ReadonlySet<string>,
): { at: number; fetcher: Fetcher } | undefined {
  // A function of the script by that name shows by itself what it does.
  if (functions.has(words[0] ?? "")) return undefined;
  const inner = withoutWrappers(words);
  const program = programOf(inner);
  const start = words.length - inner.length + (program === "busybox" ? 1 : 0);
  const direct = named(words[start] ?? "");
  if (direct) return { at: start, fetcher: direct };
  if (PASSIVE.test(program) && !(program === "ip" && words.includes("exec"))) return undefined;
  const at = words.slice(0, 60).findIndex((word, index) => index > start && named(word)?.distinct === true);
  const fetcher = named(words[at] ?? "");
  return fetcher && { at, fetcher };
}

function named(word: string): Fetcher | undefined {
  const name = word.slice(word.lastIndexOf("/") + 1).replace(/:[\w.-]{1,40}$/, "");
  return FETCHERS.find(({ program }) => program.test(name));
}

interface Arguments {
  readonly urls: readonly string[];
  readonly puts: boolean;
  readonly fromFile: boolean;
  readonly body: Fetch["body"];
  readonly status: boolean;
  readonly heedless: boolean;
}

function read(words: readonly string[], { by, syntax }: Fetcher): Arguments {
  const found = argumentsOf(words, syntax);
  const isCurl = by === "curl";
  const given = (names: RegExp, value: RegExp): boolean => valuesOf(found, names).some((each) => value.test(each));
  return {
    urls: found.filter(({ name }) => name === "" || name === "url").map(({ value }) => value),
    puts: given(/^(?:X|request|method)$/, /^PUT$/i) || words.includes("PUT") || has(found, /^upload-file$/),
    fromFile: has(found, /^(?:K|config)$/) || given(/^(?:H|header)$/, /^@/),
    body: bodyOf(by, found),
    status: given(/^(?:w|write-out)$/, /http_code|response_code/) || has(found, isCurl ? /^(?:I|head)$/ : /^spider$/),
    heedless: isCurl && !has(found, /^f$|^fail/),
  };
}

function bodyOf(by: string, found: readonly Argument[]): Fetch["body"] {
  const isCurl = by === "curl";
  if (has(found, isCurl ? /^(?:I|head)$/ : /^spider$/)) return "nothing";
  const files = valuesOf(found, isCurl ? /^(?:o|output)$/ : /^(?:O|output-document)$/);
  if (files.includes("/dev/null")) return "nothing";
  if (files.some((file) => /^-?$/.test(file))) return "output";
  if (files.length > 0 || (isCurl && has(found, /^(?:O|remote-name)/))) return "file";
  return by === "wget" || by === "aria2c" || by === "fetch" ? "file" : "output";
}
