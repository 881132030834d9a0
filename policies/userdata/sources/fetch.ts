/** Programs that download: what from where to which file, or to their output. */
import { argumentsOf, has, operands, valuesOf, type Argument, type Syntax } from "../arguments";
import { CURL, SIMPLE, WGET } from "../downloaders";
import { isAddress, nameIn, openChannel } from "./addresses";
import { NOTHING, from, joined, type Flow, type Source } from "./boot";
import { named, type Command } from "./command";
import { baseName } from "./paths";
import { AMONG_PROGRAMS, holdsPrograms } from "./places";
import { store } from "./settings";

interface Downloader {
  readonly syntax: Syntax;
  /** It takes an address without a scheme for HTTP. */
  readonly bare: boolean;
  /** Options that name the file, or the folder for it. */
  readonly file: RegExp;
  readonly folder: RegExp;
  /** Options that switch the check of certificates off. */
  readonly unchecked: RegExp;
  /** Where what comes goes without options. */
  readonly output: boolean;
  /** A second operand names the file. */
  readonly names?: true;
}

const NONE = /(?!)/;
const SAVES = {
  syntax: SIMPLE,
  bare: false,
  file: /^(?:o|O|out|output)$/,
  folder: NONE,
  unchecked: NONE,
  output: false,
};
const SHOWS = { syntax: SIMPLE, bare: true, file: NONE, folder: NONE, unchecked: NONE, output: true };

const DOWNLOADERS: Readonly<Record<string, Downloader>> = {
  curl: {
    syntax: CURL,
    bare: true,
    file: /^(?:o|output)$/,
    folder: /^output-dir$/,
    unchecked: /^(?:k|insecure)$/,
    output: true,
  },
  wcurl: { ...SAVES, bare: true },
  wget: {
    syntax: WGET,
    bare: true,
    file: /^(?:O|output-document)$/,
    folder: /^(?:P|directory-prefix)$/,
    unchecked: /^no-check-certificate$/,
    output: false,
  },
  aria2c: { ...SAVES, folder: /^(?:d|dir)$/, unchecked: /^check-certificate=false$/ },
  axel: { ...SAVES, unchecked: /^(?:k|insecure)$/ },
  fetch: { ...SAVES, unchecked: /^no-verify-peer$/ },
  "lwp-download": { ...SAVES, names: true },
  "lwp-request": SHOWS,
  GET: SHOWS,
  lynx: SHOWS,
  links: SHOWS,
  links2: SHOWS,
  elinks: SHOWS,
  w3m: SHOWS,
  http: { ...SHOWS, file: /^(?:o|output)$/, unchecked: /^verify=(?:no|false)$/ },
  https: { ...SHOWS, bare: false, file: /^(?:o|output)$/, unchecked: /^verify=(?:no|false)$/ },
  xh: { ...SHOWS, file: /^(?:o|output)$/, unchecked: /^verify=(?:no|false)$/ },
};

const ALIASES: Readonly<Record<string, string>> = {
  wget2: "wget",
  "lwp-mirror": "lwp-download",
  xhs: "https",
  curlie: "curl",
};

/** What a downloader brings, and puts into files. */
export function download(command: Command): Flow | undefined {
  const name = named(ALIASES, command.program) ?? command.program;
  const known = named(DOWNLOADERS, name);
  return known ? bring(command, name, known) : named(OTHERS, name)?.(command);
}

function bring(command: Command, name: string, known: Downloader): Flow {
  const found = [...argumentsOf(command.words, known.syntax), ...listed(command, name)];
  if (has(found, /^(?:I|head|spider|unix-socket|abstract-unix-socket)$/)) return NOTHING;
  const secure = valuesOf(found, /^proto-default$/).includes("https");
  const refuses =
    name === "curl" && valuesOf(found, /^proto$/).some((protocols) => /^(?:=|-all,)(?!.*\bhttp\b)/.test(protocols));
  const handling = {
    bare: known.bare && !secure,
    unchecked: isUnchecked(command, name, found, known),
  };
  const folder = valuesOf(found, known.folder)[0];
  const recursive = name === "wget" && has(found, /^(?:r|m|recursive|mirror)$/);
  const flows = (name === "curl" ? curlPairs(found) : otherPairs(found, known)).map((pair) => {
    const source =
      refuses && openChannel(pair.address, handling) === "HTTP" ? undefined : command.source(pair.address, handling);
    const flow = from(source ? [source] : []);
    if (source) vouch(command, source, found);
    if (recursive) command.boot.unpack(command.path(folder ?? "."), flow);
    return deliver(command, pair, folder, flow);
  });
  return joined(flows);
}

function isUnchecked(command: Command, name: string, found: readonly Argument[], known: Downloader): boolean {
  if (has(found, /^pinnedpubkey$/)) return false;
  const settings = valuesOf(found, /^(?:e|execute)$/).map((value) => value.replaceAll(/[\s_-]/g, "").toLowerCase());
  return (
    command.boot.unchecked.has(name) ||
    settings.some((setting) => /^checkcertificate=(?:off|0|no)$/.test(setting)) ||
    found.some(({ name: option, value }) => known.unchecked.test(option) || known.unchecked.test(`${option}=${value}`))
  );
}

/** Options in a file, and addresses in a list, where their text is known. */
function listed(command: Command, name: string): readonly Argument[] {
  const found = argumentsOf(command.words, name === "wget" ? WGET : CURL);
  if (name === "curl") {
    const texts = valuesOf(found, /^(?:K|config)$/).flatMap((file) => command.boot.at(command.path(file)).texts);
    const words = texts.flatMap(({ text }) => text.split("\n").flatMap(optionLine));
    return argumentsOf(["curl", ...words], CURL);
  }
  const lists = valuesOf(found, /^(?:i|input-file)$/);
  const texts = lists.flatMap((file) => (file === "-" ? command.input : command.boot.at(command.path(file))).texts);
  return texts.flatMap(({ text }) =>
    text
      .split("\n")
      .filter((line) => isAddress(line.trim()))
      .map((line) => ({ name: "", value: line.trim(), index: 0 })),
  );
}

/** `url = "…"`, as words. */
function optionLine(line: string): readonly string[] {
  const [, name = "", quoted, bare] =
    /^\s{0,9}-{0,2}([A-Za-z][\w-]{0,40})\s{0,9}[=:]?\s{0,9}(?:"([^"]{0,2000})"|(\S{0,2000}))/.exec(line) ?? [];
  const value = quoted ?? bare ?? "";
  if (name === "") return [];
  return value === "" ? [`--${name}`] : [name.length === 1 ? `-${name}` : `--${name}`, value];
}

interface Pair {
  readonly address: string;
  /** The file, `-` for the output, nothing for the name in the address. */
  readonly file: string | undefined;
}

/** The first address goes to the first output, and so on. */
function curlPairs(found: readonly Argument[]): readonly Pair[] {
  const addresses = found.filter(({ name }) => name === "" || name === "url").map(({ value }) => value);
  const all = has(found, /^remote-name-all$/);
  const outputs = found.filter(({ name }) => /^(?:o|output|O|remote-name)$/.test(name));
  return addresses.map((address, index) => {
    const output = outputs[index];
    if (!output) return { address, file: all ? undefined : "-" };
    return { address, file: /^(?:o|output)$/.test(output.name) ? output.value : undefined };
  });
}

function otherPairs(found: readonly Argument[], known: Downloader): readonly Pair[] {
  const file = valuesOf(found, known.file)[0] ?? (known.output ? "-" : undefined);
  const [first, second] = operands(found);
  if (known.names && first && second) return [{ address: first.value, file: second.value }];
  return operands(found).map(({ value }) => ({ address: value, file }));
}

/** What comes goes to the output, or to a file. */
function deliver(command: Command, { address, file }: Pair, folder: string | undefined, flow: Flow): Flow {
  if (file === "-" || file === "/dev/stdout") return flow;
  const into = folder === undefined ? "" : `${folder}/`;
  for (const each of file === undefined ? expanded(address) : [address])
    save(command, into + (file ?? nameIn(each)), flow);
  return NOTHING;
}

/** `{a,b}` in an address stands for several. */
function expanded(address: string): readonly string[] {
  const [start, inner] = /\{([^{},]{0,100}(?:,[^{},]{0,100}){1,20})\}/.exec(address) ?? [];
  return start === undefined || inner === undefined
    ? [address]
    : inner.split(",").map((each) => address.replace(start, each));
}

/** A file gets what comes; on one of several ways to it, beside what it held. */
export function save(command: Command, file: string, flow: Flow): void {
  const context = command.where.scope?.context;
  const beside = context?.after === "||" || (context?.branches.length ?? 0) > 0;
  store(command.where, command.path(file), flow, beside);
}

/** A downloader may compare the digest by itself. */
function vouch(command: Command, source: Source, found: readonly Argument[]): void {
  if (has(found, /^checksum$/)) command.where.checks.push({ sources: [source], negated: false });
}

type Other = (command: Command) => Flow | undefined;

/** Downloaders with a syntax of their own. */
const OTHERS: Readonly<Record<string, Other>> = {
  aws,
  mc,
  mcli: mc,
  ftp,
  lftp: ftp,
  ncftp: ftp,
  lftpget: ftp,
  ncftpget: ftp,
  ftpget,
  tftp,
  atftp: tftp,
  rsync,
};

const AWS: Syntax = {
  short: "",
  long: /^(?:endpoint-url|region|profile|output|query|bucket|key|range|version-id|request-payer|exclude|include|ca-bundle|cli-\S+)$/,
};

/** Calls of AWS are trusted, but for an endpoint that is open, or a certificate that is not checked. */
function aws(command: Command): Flow | undefined {
  const found = argumentsOf(command.words, AWS);
  const [service, action, ...rest] = operands(found).map(({ value }) => value);
  if (service !== "s3" && service !== "s3api") return undefined;
  const endpoint = valuesOf(found, /^endpoint-url$/);
  const unchecked = has(found, /^no-verify-ssl$/);
  const named = endpoint.length > 0 ? command.sources(endpoint, { unchecked }).sources : command.boot.indexesOf("aws");
  const [object = "", target] = action === "get-object" ? [rest[0], rest[0]] : rest;
  const flow =
    named.length === 0 && unchecked ? command.sources([object.replace(/^s3:/, "https:")], { unchecked }) : from(named);
  return /^(?:cp|mv|sync|get-object)$/.test(action ?? "") ? copied(command, object, target, flow) : NOTHING;
}

function copied(command: Command, object: string, target: string | undefined, flow: Flow): Flow {
  if (target === undefined || /^s3:/.test(target) || flow === NOTHING) return NOTHING;
  if (target === "-") return flow;
  save(command, target, flow);
  save(command, `${target}/${nameIn(object)}`, flow);
  if (object.endsWith("/") || command.words.includes("sync")) command.boot.unpack(command.path(target), flow);
  return NOTHING;
}

/** The MinIO client gives names to servers first. */
function mc(command: Command): Flow | undefined {
  const [action = "", ...rest] = operands(argumentsOf(command.words, AWS)).map(({ value }) => value);
  const at = rest.findIndex(isAddress);
  if (/^(?:alias|config)$/.test(action) && at > 0) {
    const unchecked = command.words.includes("--insecure");
    command.boot.index(`mc ${rest[at - 1] ?? ""}`, command.source(rest[at] ?? "", { unchecked }));
    return NOTHING;
  }
  const [object = "", target = "-"] = rest;
  const flow = from(command.boot.indexesOf(`mc ${object.split("/", 1)[0] ?? ""}`));
  return /^(?:cp|mirror|cat|get)$/.test(action) ? copied(command, object, target, flow) : NOTHING;
}

/** `open [-u USER] HOST` */
const OPENS =
  /(?:^|[\n;"])\s{0,20}open[ \t]{1,20}(?:-[up][ \t]{1,20}\S{1,200}[ \t]{1,20}){0,2}([\w.-]{1,200})(?=[\s;"]|$)/;

/** `mirror [OPTIONS] REMOTE [LOCAL]` of lftp; with `-R` it sends. */
const MIRROR =
  /(?:^|[\n;"])\s{0,20}mirror(?:[ \t]+-(?!R\b|-reverse)[^\s;"]{1,60})*[ \t]+([^\s;"-][^\s;"]{0,300})(?:[ \t]+([^\s;"]{1,300}))?/g;

/** Clients that are told by a script, or by an address, what to get. */
function ftp(command: Command): Flow {
  const words = command.words.slice(1).map((_, index) => command.word(index + 1));
  const text = [...words, ...command.input.texts.map((each) => each.text)].join("\n");
  const named = /(?:^|[\s"'])(ftps?|https?):\/\/[^\s"';]{1,500}/i.exec(text)?.[0].replace(/^[\s"']/, "");
  const host = words.find((word) => /^(?:[\w-]{1,60}\.){1,8}[a-z0-9-]{1,60}$/i.test(word));
  const opened = host ?? OPENS.exec(text)?.[1];
  const flow = command.sources([named ?? (opened === undefined ? "" : `ftp://${opened}`)]);
  for (const [, remote = "", local] of text.matchAll(
    /(?:^|[\n;"])\s{0,20}(?:m?get|recv|pget)[ \t]{1,20}(?:-c[ \t]+)?([^\s;"]{1,300})(?:[ \t]{1,20}(?:-o[ \t]{1,20})?([^\s;"-][^\s;"]{0,300}))?/g,
  ))
    save(command, local ?? nameIn(`ftp://h/${remote}`), flow);
  for (const [, remote = "", local] of text.matchAll(MIRROR))
    command.boot.unpack(command.path(local ?? baseName(remote)), flow);
  if (/get$/.test(command.program) && named !== undefined) save(command, nameIn(named), flow);
  return NOTHING;
}

/** `ftpget HOST LOCAL [REMOTE]` of BusyBox. */
function ftpget(command: Command): Flow {
  const [host = "", local = ""] = operands(argumentsOf(command.words, { short: "upP", long: NONE })).map(
    ({ value }) => value,
  );
  save(command, local, command.sources([`ftp://${host}`]));
  return NOTHING;
}

const TFTP: Syntax = { short: "rlmbR", long: /^(?:remote-file|local-file|option|mode)$/ };

/** `tftp HOST -c get REMOTE [LOCAL]`, the same on standard input, and `tftp -g -r REMOTE [-l LOCAL] HOST`. */
function tftp(command: Command): Flow {
  const found = argumentsOf(command.words, TFTP);
  const words = operands(found).map(({ value }) => value);
  const flow = command.sources([`tftp://${words[0] ?? ""}`]);
  const get = words.findIndex((word) => /^get$/i.test(word));
  const remote = valuesOf(found, /^(?:r|remote-file)$/)[0] ?? (get > 0 ? words[get + 1] : undefined);
  const local = valuesOf(found, /^(?:l|local-file)$/)[0] ?? (get > 0 ? words[get + 2] : undefined);
  if (remote !== undefined && !has(found, /^(?:p|put)$/)) save(command, local ?? baseName(remote), flow);
  for (const { text } of command.input.texts)
    for (const [, name = "", as] of text.matchAll(/^[ \t]*get[ \t]+(\S{1,300})(?:[ \t]+(\S{1,300}))?/gm))
      save(command, as ?? baseName(name), flow);
  return NOTHING;
}

const RSYNC: Syntax = {
  short: "efTBM",
  long: /^(?:rsh|rsync-path|(?:ex|in)clude(?:-from)?|filter|files-from|password-file|port|bwlimit|chmod|chown|usermap|groupmap|log-file\S*|out-format|(?:con)?timeout|(?:max|min)-\S+|\S+-dest|temp-dir|partial-dir|backup-dir|suffix)$/,
};

/** From a daemon that speaks in clear, unless a shell carries it; other calls copy. */
function rsync(command: Command): Flow | undefined {
  const found = argumentsOf(command.words, RSYNC);
  const words = operands(found).map(({ value }) => value);
  const to = words.at(-1) ?? "";
  const daemons = words.slice(0, -1).flatMap((word) => {
    const [, host, module_] = /^([^/:]{1,200})::(.{1,300})$/.exec(word) ?? [];
    if (host !== undefined) return [`rsync://${host}/${module_ ?? ""}`];
    return /^rsync:\/\//i.test(word) ? [word] : [];
  });
  if (daemons.length === 0 || has(found, /^(?:e|rsh)$/)) return undefined;
  for (const daemon of daemons) {
    const flow = command.sources([daemon]);
    for (const target of [to, `${to}/${nameIn(daemon)}`]) {
      save(command, target, flow);
      command.boot.unpack(command.path(target), flow);
    }
    if (holdsPrograms(command.path(to))) command.use(flow, AMONG_PROGRAMS);
  }
  return NOTHING;
}
