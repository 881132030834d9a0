/** Programs of a shell that fetch a URL, and what their arguments say of the request. */
import { plain, programOf, withoutWrappers } from "../steps";
import { metadataUrl, namesToken } from "./address";

interface Fetcher {
  readonly program: RegExp;
  readonly by: string;
  /** Short options that take a value. */
  readonly short: string;
  /** Long options that take a value which may look like an address. */
  readonly long: RegExp;
  /** Its name is a word of its own, so that it is looked for behind programs that start another one. */
  readonly distinct: boolean;
}

const FETCHERS: readonly Fetcher[] = [
  {
    program: /^curl(?:\.exe|ie)?$/,
    by: "curl",
    short: "AbcCdDeEFHKmoPQrtTuUwxXyYz",
    long: /^--(?:no)?proxy$|^--(?:header|proxy-header|data(?:-\w+)?|json|form(?:-string)?|referer|resolve|connect-to|preproxy|socks\w+|interface|output|write-out|user-agent|cookie|request|config|stderr|trace(?:-ascii)?)$/,
    distinct: true,
  },
  {
    program: /^(?:u?wget2?)(?:\.exe)?$/,
    by: "wget",
    short: "OoaetTwQPUlARDiBIX",
    long: /^--(?:header|referer|user-agent|output-document|output-file|post-data|body-data|method|execute|input-file|bind-address)$/,
    distinct: true,
  },
  {
    program: /^https?(?:ie)?$|^xhs?$/,
    by: "HTTPie",
    short: "oaAps",
    long: /^--(?:proxy|output|auth)$/,
    distinct: false,
  },
  {
    program: /^aria2c$/,
    by: "aria2c",
    short: "diolUskjx",
    long: /^--(?:header|\w+-proxy|referer|dir|out)$/,
    distinct: true,
  },
  {
    program: /^(?:axel|lwp-request|lwp-download|GET|HEAD)$/,
    by: "an HTTP client",
    short: "oHSnm",
    long: /^$/,
    distinct: false,
  },
  { program: /^(?:lynx|links2?|elinks|w3m)$/, by: "a text browser", short: "o", long: /^$/, distinct: false },
  { program: /^fetch$/, by: "fetch", short: "oTwBNS", long: /^$/, distinct: false },
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
  const read = argumentsOf(args, found.fetcher);
  const kinds = read.urls.map(metadataUrl).filter((kind) => kind !== undefined);
  if (kinds.length === 0) return undefined;
  return {
    ...read,
    by: found.fetcher.by,
    kind: kinds.includes("metadata") && !read.puts ? "metadata" : "token",
    sendsToken: args.some(namesToken),
    empty: args.some((word) => /x-aws-ec2-metadata-token\s{0,9}[:;]?\s{0,9}$/i.test(word.slice(-60))),
    event: read.urls.some((url) => /\/(?:spot|events|autoscaling|tags)\//.test(url)),
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

/** Goes through the arguments once, with the values of options apart from URLs. */
function parsed(
  args: readonly string[],
  fetcher: Fetcher,
): { urls: string[]; options: [name: string, value: string][] } {
  const urls: string[] = [];
  const options: [name: string, value: string][] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    const [name, own, takesNext] = optionOf(word, fetcher);
    const value = takesNext ? (args[++at] ?? "") : own;
    if (name === undefined) urls.push(word);
    else if (name === "--url") urls.push(value);
    else options.push([name, value]);
  }
  return { urls, options };
}

function argumentsOf(args: readonly string[], fetcher: Fetcher): Arguments {
  const { urls, options } = parsed(args, fetcher);
  const has = (names: RegExp, given = /^/): boolean =>
    options.some(([name, value]) => names.test(name) && given.test(value));
  return {
    urls,
    puts: has(/^-\w*X$|^--(?:request|method)$/, /^PUT$/i) || args.includes("PUT") || has(/^--upload-file$/),
    fromFile: has(/^-\w*K$|^--config$/) || has(/^-\w*H$|^--header$/, /^@/),
    body: bodyOf(fetcher, has),
    status:
      has(/^-\w*w$|^--write-out$/, /http_code|response_code/) ||
      has(fetcher.by === "curl" ? /^-[a-zA-Z]*I|^--head$/ : /^--spider$/),
    heedless: fetcher.by === "curl" && !has(/^-\w*f|^--fail/),
  };
}

/** The name of an option, its value where that is part of the word, and whether the next word is its value. */
function optionOf(word: string, { short, long }: Fetcher): readonly [string | undefined, string, boolean] {
  if (word.startsWith("--")) {
    const [, name = word, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    return [name, value ?? "", value === undefined && (long.test(name) || name === "--url")];
  }
  if (!/^-[^\s]/.test(word)) return [undefined, "", false];
  for (let at = 1; at < word.length; at++) {
    if (!/[A-Za-z0-9#:]/.test(word[at] ?? "")) break;
    if (short.includes(word[at] ?? "")) return [word.slice(0, at + 1), word.slice(at + 1), at === word.length - 1];
  }
  return [word, "", false];
}

function bodyOf(fetcher: Fetcher, has: (names: RegExp, given?: RegExp) => boolean): Fetch["body"] {
  const isCurl = fetcher.by === "curl";
  if (isCurl && has(/^-\w*I|^--head$/)) return "nothing";
  if (!isCurl && has(/^--spider$/)) return "nothing";
  const file = isCurl ? /^-\w*o$|^--output$/ : /^-\w*O$|^--output-document$/;
  if (has(file, /^\/dev\/null$/)) return "nothing";
  if (has(file, /^-?$/)) return "output";
  if (has(file) || (isCurl && has(/^-\w*O|^--remote-name/))) return "file";
  return fetcher.by === "wget" || fetcher.by === "aria2c" || fetcher.by === "fetch" ? "file" : "output";
}
