/** Calls of the metadata service without a token in shell scripts. */
import { printed } from "../print";
import { readShell } from "../shell";
import { DOLLAR, plain, programOf, withoutWrappers, type Call, type Pipeline, type Step } from "../steps";
import { OLD_TOOL, isMetadataHost, mentionsMetadata, metadataUrl, namesToken } from "./address";
import { codeIn, isOtherUser } from "./code";
import { Fallbacks } from "./fallbacks";
import { PASSIVE, fetchOf, type Fetch } from "./fetch";
import { Flow } from "./flow";
import { isProof } from "./proofs";
import { scriptUses, type Use } from "./scripts";

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
  /** Whether anything in it writes that header without a value. */
  readonly emptyHeader: boolean;
}

/** A call without a token, with where it stands. */
export interface Suspect {
  readonly call: Call;
  readonly index: number;
  readonly step: Pipeline;
  readonly fetch: Pick<Fetch, "by" | "body" | "status" | "heedless" | "before" | "event">;
  /** Runs as a user other than root. */
  readonly asOther: boolean;
}

/** Calls of one text that are looked at, and scripts within scripts. */
const CALLS = 300;
const DEPTH = 3;

export function shellUses(text: string, shared: Shared): readonly Use[] {
  if (!mentionsMetadata(text) && !OLD_TOOL.test(text) && shared.variables.size === 0) return [];
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
        if (!this.concerns(call)) continue;
        const found = this.requestOf(call, index, step);
        if (found === "token") fallbacks.token(step);
        else if (found)
          suspects.push({ call, index, step, fetch: found, asOther: asOther || isOtherUser(found.before) });
        else if (depth < DEPTH) for (const use of this.within(call, step, flow, depth, asOther)) uses.push(use);
      }
    }
    const real = [...suspects.slice(0, CALLS), ...this.devTcp(steps, text).slice(0, CALLS)].filter(
      (each) => !isProof(each, flow, around) && !fallbacks.holds(each.step),
    );
    return [...uses, ...real.map(({ call, fetch }) => ({ line: call.line, by: fetch.by }))];
  }

  /** Whether a call may have to do with the metadata service: a first look at its words. */
  private concerns({ words, input }: Call): boolean {
    if (input !== undefined && mentionsMetadata(input)) return true;
    return words.some(
      (word) =>
        (word.length > 6 && (mentionsMetadata(word) || OLD_TOOL.test(word))) ||
        word.includes("$(…)") ||
        (this.shared.variables.size > 0 && (word.includes("$") || word.includes(DOLLAR))) ||
        word === "curl" ||
        word === "wget" ||
        word === "xargs",
    );
  }

  /** What a call asks the metadata service for: with a token or for one, or without. */
  private requestOf(call: Call, index: number, step: Pipeline): Suspect["fetch"] | "token" | undefined {
    const words = this.complete(call, index, step);
    const fetch = fetchOf(words, this.shared.functions);
    if (fetch) {
      const sends = fetch.sendsToken && !(fetch.empty && this.shared.emptyHeader);
      return sends || fetch.kind === "token" || this.fromFile(fetch, words, call) ? "token" : fetch;
    }
    if (!PASSIVE.test(programOf(words)) && words.some((word) => OLD_TOOL.test(word)))
      return { ...plainFetch("ec2-metadata"), body: "file" };
    return this.configured(words, call) ?? this.socket(words, call, index, step) ?? this.module(words);
  }

  /** The words with variables of other scripts filled in, what functions print, and what `xargs` adds. */
  private complete(call: Call, index: number, step: Pipeline): readonly string[] {
    const words = call.words.map((word, at) => this.filled(word.includes("$(…)") ? withPrinted(word, call, at) : word));
    const takes = words.includes("xargs") || /^(?:-i|-K|--input-file=)-?$/.test(words.at(-2) ?? words.at(-1) ?? "");
    if (!takes) return words;
    const before =
      call.input ??
      step.calls
        .slice(Math.max(0, index - 3), index)
        .map(textOf)
        .join("\n");
    return [...words, ...before.split(/\s+/).slice(0, 50)];
  }

  private filled(word: string): string {
    if (!word.includes("$") || this.shared.variables.size === 0) return word;
    return word.replaceAll(
      /\$\{?([A-Za-z_]\w{0,60})(?:\[[@*]\])?(?::?[-=+?][^}]{0,200})?\}?/g,
      (all, name: string) => this.shared.variables.get(name) ?? all,
    );
  }

  /** Header lines or options come from a file: one that the user data shows, or any. */
  private fromFile(fetch: Fetch, words: readonly string[], call: Call): boolean {
    const files = words.map((word) => plain(word).replace(/^-H@|^@|^--header=@/, ""));
    const texts = [
      call.input,
      ...files.map((file) => (file.includes("/") || file.includes(".") ? this.shared.written(file) : undefined)),
    ];
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
    if (text === undefined || url === undefined || namesToken(text) || metadataUrl(url) !== "metadata")
      return undefined;
    return plainFetch("curl");
  }

  /** A request that is written by hand into a connection. */
  private socket(
    words: readonly string[],
    call: Call,
    index: number,
    step: Pipeline,
  ): Suspect["fetch"] | "token" | undefined {
    const inner = withoutWrappers(words);
    if (/^g?awk$/.test(programOf(inner))) return inetOfAwk(inner.map(plain).join("\n"));
    const by = SOCKETS[programOf(inner)];
    const hosts = inner.flatMap((word) => [word, ...plain(word).split(/[:,]/)]);
    if (by === undefined || !hosts.some(isMetadataHost)) return undefined;
    const text =
      call.input ??
      step.calls
        .slice(Math.max(0, index - 3), index)
        .map(textOf)
        .join("\n");
    if (asksByHand(text)) return namesToken(text) ? "token" : plainFetch(by);
    return /api\/token/.test(text) ? "token" : undefined;
  }

  /** Ansible's module for requests. */
  private module(words: readonly string[]): Suspect["fetch"] | undefined {
    if (!/^ansible$/.test(programOf(withoutWrappers(words)))) return undefined;
    const text = words.join(" ");
    const url = /\burl=["']?([^\s"']{1,300})/.exec(text)?.[1] ?? "";
    return metadataUrl(url) === "metadata" && !namesToken(text) ? plainFetch("Ansible") : undefined;
  }

  /** Scripts that a call runs from its arguments. */
  private within(call: Call, step: Pipeline, flow: Flow, depth: number, asOther: boolean): readonly Use[] {
    const words = call.words.map((word) => this.filled(word));
    return codeIn(words).flatMap(({ code, reading }) => {
      const offset = (uses: readonly Use[]): readonly Use[] =>
        uses.map(({ line, by }) => ({ line: call.line + line - 1, by }));
      if (reading === "shell") return offset(this.read(code, depth + 1, asOther || isOtherUser(words), { flow, step }));
      const uses = scriptUses(code, reading);
      const suspect: Suspect = { call, index: step.calls.indexOf(call), step, fetch: plainFetch(""), asOther };
      return uses.length > 0 && isProof(suspect, flow, undefined) ? [] : offset(uses);
    });
  }

  /** `/dev/tcp/HOST/80`, opened somewhere in the script, and the request that is printed into it. */
  private devTcp(steps: readonly Step[], text: string): readonly Suspect[] {
    const opened = [...text.matchAll(/^[^#\n]{0,200}\/dev\/tcp\/([^/\s"']{1,80})\//gm)].some(
      ([, host = ""]) => isMetadataHost(this.filled(host)) || isVariableOf(host, steps),
    );
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

/** awk opens connections by files such as `/inet/tcp/0/HOST/80`. */
function inetOfAwk(code: string): Suspect["fetch"] | "token" | undefined {
  const host = /\/inet6?\/tcp\/\d{1,5}\/([^/"\s]{1,60})\//.exec(code)?.[1];
  if (host === undefined || !isMetadataHost(host) || !/\b(?:GET|HEAD)\s{1,9}\//.test(code)) return undefined;
  return namesToken(code) ? "token" : plainFetch("awk");
}

function plainFetch(by: string): Suspect["fetch"] {
  return { by, body: "output", status: false, heedless: false, before: [], event: false };
}

/** The lines of a request for metadata, as a program prints them. */
function asksByHand(text: string): boolean {
  return (
    /^\s{0,9}["']?(?:GET|HEAD)\s{1,9}(?:http:\/\/[^/\s]{1,60})?\/{1,3}(?:latest|1\.0|20\d\d-\d\d-\d\d|\$)/m.test(
      text,
    ) && !/api\/token/.test(text)
  );
}

function textOf(call: Call): string {
  return plain(printed(withoutWrappers(call.words)) ?? call.input ?? "");
}

/** A word with what a function prints into it, where that is an address or a header. */
function withPrinted(word: string, { substitutions }: Call, at: number): string {
  let filled = word;
  for (const { word: place, kind, steps } of substitutions.slice(0, 50)) {
    if (place !== at || kind !== "output") continue;
    const last = steps.at(-1);
    const text = last?.kind === "pipeline" ? printed(withoutWrappers(last.calls.at(-1)?.words ?? [])) : undefined;
    if (text !== undefined && (mentionsMetadata(text) || namesToken(text)))
      filled = filled.replace("$(…)", () => text.trim());
  }
  return filled;
}

/** Whether a variable that a script sets to the address stands for a host. */
function isVariableOf(host: string, steps: readonly Step[]): boolean {
  const name = /^\$\{?(\w+)/.exec(host)?.[1];
  return steps.some((step) => step.kind === "assignment" && step.name === name && isMetadataHost(step.value));
}
