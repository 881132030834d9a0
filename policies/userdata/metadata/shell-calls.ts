/** Calls of the metadata service without a token in shell scripts. */
import { kindOfInterpreter } from "../kinds";
import { printed } from "../print";
import { readShell } from "../shell";
import { plain, programOf, withoutWrappers, type Call, type Step } from "../steps";
import { isMetadataHost, mentionsMetadata, metadataUrl, namesToken, sendsToken } from "./address";
import { Fallbacks } from "./fallbacks";
import { fetchOf, type Fetch } from "./fetch";
import { Flow, type Pipeline } from "./flow";
import { isProof } from "./proofs";
import { scriptUses, type Use } from "./scripts";
import type { Language } from "./statements";

/** What scripts of one user data share. */
export interface Shared {
  /** Variables that hold an address or a header, for scripts that do not set them themselves. */
  readonly variables: ReadonlyMap<string, string>;
  /** Names of functions of any script. */
  readonly functions: ReadonlySet<string>;
  /** The text of a file that user data writes. */
  readonly written: (path: string) => string | undefined;
  /** Whether anything in it names the header with the token. */
  readonly namesToken: boolean;
}

/** A call without a token, with where it stands. */
export interface Suspect {
  readonly call: Call;
  readonly index: number;
  readonly step: Pipeline;
  readonly fetch: Pick<Fetch, "by" | "body" | "status" | "heedless" | "before">;
  /** Runs as a user other than root. */
  readonly asOther: boolean;
}

/** Calls of one text that are looked at, and scripts within scripts. */
const CALLS = 300;
const DEPTH = 3;

export function shellUses(text: string, shared: Shared): readonly Use[] {
  if (!mentionsMetadata(text) && shared.variables.size === 0) return [];
  return new Reader(shared).read(text, 0, false);
}

class Reader {
  constructor(private readonly shared: Shared) {}

  read(text: string, depth: number, asOther: boolean, around?: { flow: Flow; step: Pipeline }): Use[] {
    const steps = readShell(text) ?? [];
    const flow = new Flow(steps);
    const fallbacks = new Fallbacks(flow, text);
    const suspects: Suspect[] = [];
    const uses: Use[] = [];
    for (const step of steps) {
      if (step.kind !== "pipeline") continue;
      for (const [index, call] of step.calls.entries()) {
        const found = this.requestOf(call, index, step);
        if (found === "token") fallbacks.token(step);
        else if (found) suspects.push({ call, index, step, fetch: found, asOther: asOther || isOtherUser(found.before) });
        else if (depth < DEPTH) uses.push(...this.within(call, step, flow, depth, asOther));
      }
    }
    suspects.push(...this.devTcp(steps, text));
    const real = suspects.slice(0, CALLS).filter((each) => !isProof(each, flow, around) && !fallbacks.holds(each.step));
    return [...uses, ...real.map(({ call, fetch }) => ({ line: call.line, by: fetch.by }))];
  }

  /** What a call asks the metadata service for: with a token or for one, or without. */
  private requestOf(call: Call, index: number, step: Pipeline): Suspect["fetch"] | "token" | undefined {
    const words = this.complete(call, index, step);
    const fetch = fetchOf(words, this.shared.functions);
    if (fetch) return fetch.sendsToken || fetch.kind === "token" || this.fromFile(fetch, words, call) ? "token" : fetch;
    return this.configured(words, call) ?? this.socket(words, call, index, step) ?? this.module(words);
  }

  /** The words with variables of other scripts filled in, and those that `xargs` adds. */
  private complete(call: Call, index: number, step: Pipeline): readonly string[] {
    const words = call.words.map((word) => this.filled(word));
    const takes = words.includes("xargs") || /^(?:-i|-K|--input-file=)-?$/.test(words.at(-2) ?? words.at(-1) ?? "");
    if (!takes) return words;
    const before = call.input ?? step.calls.slice(Math.max(0, index - 3), index).map(textOf).join("\n");
    return [...words, ...before.split(/\s+/).slice(0, 50)];
  }

  private filled(word: string): string {
    if (!word.includes("$") || this.shared.variables.size === 0) return word;
    return word.replaceAll(/\$\{?([A-Za-z_]\w{0,60})(?:\[[@*]\])?(?::?[-=+?][^}]{0,200})?\}?/g, (all, name: string) => this.shared.variables.get(name) ?? all);
  }

  /** Header lines or options come from a file: one that the user data shows, or any. */
  private fromFile(fetch: Fetch, words: readonly string[], call: Call): boolean {
    const files = words.map((word) => plain(word).replace(/^-H@|^@|^--header=@/, ""));
    const texts = [call.input, ...files.map((file) => (file.includes("/") || file.includes(".") ? this.shared.written(file) : undefined))];
    if (texts.some((text) => text !== undefined && namesToken(text))) return true;
    if (fetch.fromFile) return this.shared.namesToken || !texts.some((text) => text !== undefined);
    const home = fetch.by === "curl" ? ".curlrc" : fetch.by === "wget" ? ".wgetrc" : undefined;
    return home !== undefined && namesToken(this.shared.written(home) ?? "");
  }

  /** `curl -K FILE` with the URL in the file. */
  private configured(words: readonly string[], call: Call): Suspect["fetch"] | undefined {
    const at = words.findIndex((word) => /^-\w{0,9}K$|^--config$/.test(word));
    if (at < 0 || !words.some((word) => programOf([word]) === "curl")) return undefined;
    const text = words[at + 1] === "-" ? call.input : this.shared.written(words[at + 1] ?? "");
    const url = /^\s{0,20}(?:--)?url\s{0,9}[= ]\s{0,9}"?([^\s"]{1,300})/m.exec(text ?? "")?.[1];
    if (text === undefined || url === undefined || namesToken(text) || metadataUrl(url) !== "metadata") return undefined;
    return plainFetch("curl");
  }

  /** A request that is written by hand into a connection. */
  private socket(words: readonly string[], call: Call, index: number, step: Pipeline): Suspect["fetch"] | "token" | undefined {
    const inner = withoutWrappers(words);
    const by = SOCKETS[programOf(inner)];
    const hosts = inner.flatMap((word) => [word, ...plain(word).split(/[:,]/)]);
    if (by === undefined || !hosts.some(isMetadataHost)) return undefined;
    const text = call.input ?? step.calls.slice(Math.max(0, index - 3), index).map(textOf).join("\n");
    if (asksByHand(text)) return namesToken(text) ? "token" : plainFetch(by);
    return /api\/token/.test(text) ? "token" : undefined;
  }

  /** Ansible's module for requests. */
  private module(words: readonly string[]): Suspect["fetch"] | undefined {
    if (!/^ansible$/.test(programOf(withoutWrappers(words)))) return undefined;
    const text = words.join(" ");
    const url = /\burl=["']?([^\s"']{1,300})/.exec(text)?.[1] ?? "";
    return metadataUrl(url) === "metadata" && !sendsToken(text) ? plainFetch("Ansible") : undefined;
  }

  /** Scripts that a call runs from its arguments. */
  private within(call: Call, step: Pipeline, flow: Flow, depth: number, asOther: boolean): readonly Use[] {
    const words = call.words.map((word) => this.filled(word));
    return codeIn(words).flatMap(({ code, reading }) => {
      const offset = (uses: readonly Use[]): readonly Use[] => uses.map(({ line, by }) => ({ line: call.line + line - 1, by }));
      if (reading === "shell")
        return offset(this.read(code, depth + 1, asOther || isOtherUser(words), { flow, step }));
      const uses = scriptUses(code, reading);
      const suspect: Suspect = { call, index: step.calls.indexOf(call), step, fetch: plainFetch(""), asOther };
      return uses.length > 0 && isProof(suspect, flow, undefined) ? [] : offset(uses);
    });
  }

  /** `/dev/tcp/HOST/80`, opened somewhere in the script, and the request that is printed into it. */
  private devTcp(steps: readonly Step[], text: string): readonly Suspect[] {
    const opened = [...text.matchAll(/^[^#\n]{0,200}\/dev\/tcp\/([^/\s"']{1,80})\//gm)].some(([, host = ""]) => isMetadataHost(this.filled(host)) || isVariableOf(host, steps));
    if (!opened) return [];
    const printing = steps.flatMap((step) =>
      step.kind === "pipeline" ? step.calls.map((call, index) => ({ step, call, index, text: textOf(call) })) : [],
    );
    if (printing.some((each) => namesToken(each.text))) return [];
    return printing
      .filter((each) => asksByHand(each.text))
      .map(({ step, call, index }) => ({ step, call, index, fetch: plainFetch("bash /dev/tcp"), asOther: false }));
  }
}

const SOCKETS: Readonly<Partial<Record<string, string>>> = {
  nc: "nc",
  ncat: "nc",
  netcat: "nc",
  socat: "socat",
  telnet: "telnet",
  openssl: "openssl s_client",
};

function plainFetch(by: string): Suspect["fetch"] {
  return { by, body: "output", status: false, heedless: false, before: [] };
}

/** The lines of a request for metadata, as a program prints them. */
function asksByHand(text: string): boolean {
  return /^\s{0,9}["']?(?:GET|HEAD)\s{1,9}(?:http:\/\/[^/\s]{1,60})?\/{1,3}(?:latest|1\.0|20\d\d-\d\d-\d\d|\$)/m.test(text) && !/api\/token/.test(text);
}

function textOf(call: Call): string {
  return plain(printed(withoutWrappers(call.words)) ?? call.input ?? "");
}

/** Whether a variable that a script sets to the address stands for a host. */
function isVariableOf(host: string, steps: readonly Step[]): boolean {
  const name = /^\$\{?(\w+)/.exec(host)?.[1];
  return steps.some((step) => step.kind === "assignment" && step.name === name && isMetadataHost(step.value));
}

/** Options that hold code, by the language. */
const CODE: Readonly<Partial<Record<string, RegExp>>> = {
  shell: /^-[a-z]{0,9}c$/,
  python: /^-[a-zA-Z]{0,9}c$/,
  perl: /^-[a-zA-Z]{0,9}[eE]$/,
  ruby: /^-[a-zA-Z]{0,9}e$/,
  javascript: /^-[a-z]{0,3}[ep]$|^--(?:eval|print)$|^eval$/,
  powershell: /^[-/](?:c|command)$/i,
  php: /^-[a-z]{0,3}r$|^--run$/,
  lua: /^-e$/,
};

interface Code {
  readonly code: string;
  readonly reading: Language | "shell";
}

/** Code among the words of a call, wherever its interpreter stands: `sudo docker exec app sh -c '…'`. */
function codeIn(all: readonly string[]): readonly Code[] {
  const words = withoutWrappers(all);
  const program = programOf(words);
  if (program === "eval") return [{ code: plain(words.slice(1).join(" ")), reading: "shell" }];
  if (program === "trap") return [{ code: plain(words[1] ?? ""), reading: "shell" }];
  if (/^g?awk$/.test(program)) return inetOfAwk(words);
  if (program === "su" || program === "runuser") return afterOption(words, 1, "shell");
  for (const [at, word] of words.slice(0, 40).entries()) {
    const name = programOf([word]);
    const kind = kindOfInterpreter(name) ?? (/^(?:php|lua)[\d.]*$/.exec(name)?.[0].replace(/[\d.]+$/, "") as "php" | "lua" | undefined);
    if (kind === undefined || !Object.hasOwn(CODE, kind)) continue;
    const found = afterOption(words, at + 1, kind as Language | "shell");
    if (found.length > 0) return found;
  }
  return [];
}

function afterOption(words: readonly string[], from: number, reading: Language | "shell"): readonly Code[] {
  const option = CODE[reading];
  const at = words.findIndex((word, index) => index >= from && option?.test(word) === true);
  if (at < 0) return reading === "powershell" && words.length > from && !words[from]?.startsWith("-") ? [{ code: plain(words.slice(from).join(" ")), reading }] : [];
  const code = reading === "powershell" ? words.slice(at + 1).join(" ") : (words[at + 1] ?? "");
  return [{ code: plain(code), reading }];
}

/** awk opens connections by files such as `/inet/tcp/0/HOST/80`. */
function inetOfAwk(words: readonly string[]): readonly Code[] {
  const code = words.find((word) => word.includes("/inet/tcp/"));
  return code === undefined ? [] : [{ code: plain(code).replaceAll("/inet/tcp/0/", "http://").replaceAll(/print\s/g, "fetch ") , reading: "other" }];
}

/** Programs that start another one as a user, and how the user is named. */
function isOtherUser(words: readonly string[]): boolean {
  const program = programOf(words);
  if (!/^(?:sudo|doas|su|runuser|setpriv|chpst|gosu|su-exec|setuidgid|capsh|sg|s6-setuidgid)$/.test(program)) return false;
  if ((program === "sudo" || program === "doas") && !words.some((word) => /^-u|^--user/.test(word))) return false;
  return !words.some((word) => /^(?:-u|--user=)?(?:root|0)$/.test(word));
}
