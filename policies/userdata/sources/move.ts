/** Programs that move files: copies and links, archives that are unpacked, repositories that are cloned. */
import { argumentsOf, has, operands, valuesOf, type Argument, type Syntax } from "../arguments";
import { fromBase64, toText } from "../encodings";
import { isAddress, nameIn } from "./addresses";
import { NOTHING, from, joined, type Flow } from "./boot";
import { named, type Command } from "./command";
import { save } from "./fetch";
import { baseName, folderOf, isPattern } from "./paths";
import { AMONG_PROGRAMS, holdsPrograms, placeOf } from "./places";

type Mover = (command: Command) => Flow | undefined;

const NONE = /^$/;

const COPY: Syntax = {
  short: "tmogSZTe",
  long: /^(?:target-directory|mode|owner|group|suffix|exclude|include|rsh|chmod|chown)$/,
};

/** Copies, moves and links: the last word is where to, unless an option says so. */
function copy(command: Command): Flow {
  const found = argumentsOf(command.words, COPY);
  const named = valuesOf(found, /^(?:t|target-directory)$/)[0];
  const words = operands(found);
  const froms = named === undefined ? words.slice(0, -1) : words;
  const to = named ?? words.at(-1)?.value ?? "";
  for (const { value, index } of froms) carry(command, value, command.file(index), to);
  return NOTHING;
}

/** What a file holds, or what lies in a folder, goes to another name or into another folder. */
function carry(command: Command, name: string, file: Flow, to: string): void {
  const { boot } = command;
  const flow = file === NOTHING ? boot.below(command.path(name)) : file;
  if (flow === NOTHING) return;
  const folder = boot.isFolder(command.path(name)) || isPattern(name);
  for (const target of [to, `${to}/${baseName(name)}`]) {
    save(command, target, flow);
    if (folder) boot.unpack(command.path(target), flow);
    // A download by itself is no program before somebody makes it executable.
    const path = command.path(target);
    const among = placeOf(path)?.use === AMONG_PROGRAMS || holdsPrograms(path);
    if (among && boot.isFolder(command.path(name))) command.use(flow, AMONG_PROGRAMS);
  }
}

/** `install` makes executable what no mode forbids. */
function install(command: Command): Flow {
  const found = argumentsOf(command.words, COPY);
  if (has(found, /^(?:d|directory)$/)) return NOTHING;
  const mode = valuesOf(found, /^(?:m|mode)$/)[0] ?? "755";
  const words = operands(found);
  const named = valuesOf(found, /^(?:t|target-directory)$/)[0];
  const froms = named === undefined ? words.slice(0, -1) : words;
  copy(command);
  if (!isExecutable(mode)) return NOTHING;
  for (const { value, index } of froms) {
    command.use(command.file(index), "is made executable");
    const target = named ?? words.at(-1)?.value ?? "";
    for (const path of [target, `${target}/${baseName(value)}`]) command.boot.schedule(command.path(path));
  }
  return NOTHING;
}

/** A mode, in digits or letters, that lets somebody execute. */
export function isExecutable(mode: string): boolean {
  return /^[0-7]{0,2}[0-7]{3}$/.test(mode)
    ? /[1357]/.test(mode.slice(-3))
    : mode.split(",").some((part) => /^[ugoa]*[+=][rwst]*x/.test(part));
}

/** Ends of files that are data whatever their mode is. */
const DATA =
  /\.(?:json|ya?ml|conf|cfg|ini|txt|html?|css|csv|xml|png|jpe?g|svg|pem|crt|key|zip|tar|t?gz|xz|bz2|md|log|sql)$/i;

/** `chmod` with a mode that executes. Bits for a whole tree are for its folders, unless nothing but execution is given. */
function chmod(command: Command): Flow {
  const found = argumentsOf(command.words, { short: "", long: /^reference$/ });
  const [mode, ...files] = operands(found);
  if (!mode || !isExecutable(mode.value)) return NOTHING;
  const tree = has(found, /^(?:R|recursive)$/);
  const added = mode.value.includes("x");
  for (const { value, index } of files) {
    const path = command.path(value);
    if ((tree || command.boot.isFolder(path)) && !(tree && added)) continue;
    command.boot.schedule(path);
    if (added || !DATA.test(path)) command.use(tree ? command.below(index) : command.file(index), "is made executable");
  }
  return NOTHING;
}

const TAR: Syntax = {
  short: "fCTXbIKNVgFLHo",
  long: /^(?:file|directory|files-from|exclude|exclude-from|strip-components|strip|transform|use-compress-program|one-top-level|owner|group|mode|wildcards-match-slash)$/,
};

function tar(command: Command): Flow {
  // The first word may be options without a dash.
  const bundled = /^[A-Za-z]+$/.test(command.word(1)) ? [command.words[0] ?? "", `-${command.word(1)}`] : undefined;
  const words = bundled ? [...bundled, ...command.words.slice(2)] : command.words;
  const found = argumentsOf(words, TAR);
  if (!has(found, /^(?:x|extract|get)$/)) return NOTHING;
  const [file] = found.filter(({ name }) => /^(?:f|file)$/.test(name));
  const flow = file && file.value !== "-" ? command.file(file.index) : command.input;
  if (has(found, /^(?:O|to-stdout)$/)) return flow;
  return unpacked(command, flow, valuesOf(found, /^(?:C|directory|one-top-level)$/).join("/"));
}

/** What was unpacked lies in a folder; if that is one of programs, it is run like them. */
function unpacked(command: Command, flow: Flow, folder: string): Flow {
  const path = command.path(folder === "" ? "." : folder);
  command.boot.unpack(path, flow);
  if (holdsPrograms(path)) command.use(flow, "is unpacked among programs");
  return NOTHING;
}

interface Unpacker {
  readonly syntax: Syntax;
  /** The archive: the first word, or an option; without one, the input. */
  readonly file?: RegExp;
  readonly folder: RegExp;
  /** The folder is a word behind the archive. */
  readonly second?: boolean;
  /** Words or options without which nothing is unpacked. */
  readonly when?: RegExp;
  /** Options that show instead. */
  readonly shows?: RegExp;
}

const UNPACKERS: Readonly<Record<string, Unpacker>> = {
  unzip: { syntax: { short: "dxP", long: NONE }, folder: /^d$/, shows: /^[pclZvt]$/ },
  bsdtar: { syntax: TAR, file: /^f$/, folder: /^C$/, when: /^x$/ },
  "7z": { syntax: { short: "opt", long: NONE }, folder: /^o$/, when: /^[xe]$/ },
  cpio: {
    syntax: { short: "DFIEHCORM", long: /^directory$/ },
    file: /^[FI]$/,
    folder: /^(?:D|directory)$/,
    when: /^(?:i|extract)$/,
  },
  unrar: { syntax: { short: "", long: NONE }, folder: NONE, second: true, when: /^[xe]$/ },
  unsquashfs: { syntax: { short: "dp", long: /^dest$/ }, folder: /^(?:d|dest)$/ },
  jar: { syntax: { short: "fC", long: /^file$/ }, file: /^(?:f|file)$/, folder: /^C$/, when: /x/ },
  ar: { syntax: { short: "", long: NONE }, folder: NONE, when: /x/ },
  "dpkg-deb": {
    syntax: { short: "", long: NONE },
    folder: NONE,
    second: true,
    when: /^(?:x|X|R|extract|vextract|raw-extract)$/,
  },
  zipfile: { syntax: { short: "", long: NONE }, folder: NONE, second: true, when: /^(?:e|extract)$/ },
  tarfile: { syntax: { short: "", long: NONE }, folder: NONE, second: true, when: /^(?:e|extract)$/ },
  mount: { syntax: { short: "otLUO", long: /^(?:options|types|source|target)$/ }, folder: NONE, second: true },
};

const UNPACKER_ALIASES: Readonly<Record<string, string>> = { "7za": "7z", "7zr": "7z", "7zz": "7z", rar: "unrar" };

function unpack(command: Command): Flow | undefined {
  const known = named(UNPACKERS, named(UNPACKER_ALIASES, command.program) ?? command.program);
  if (!known) return undefined;
  const found = argumentsOf(command.words, known.syntax);
  const words = operands(found).filter(({ value }) => known.when?.test(value) !== true || value.length > 3);
  if (known.when && !found.some(({ name, value }) => known.when?.test(name === "" ? value : name))) return NOTHING;
  const file = known.file ? found.find(({ name }) => known.file?.test(name)) : words[0];
  const flow = file && file.value !== "-" ? command.file(file.index) : command.input;
  if (known.shows && has(found, known.shows)) return flow;
  const [folder] = known.second === true ? words.slice(1).map(({ value }) => value) : valuesOf(found, known.folder);
  return unpacked(command, flow, folder ?? "");
}

/** Programs that compress, and leave a file without the ending. */
const INFLATERS = /^(?:gunzip|bunzip2|unxz|unlzma|unzstd|gzip|bzip2|xz|zstd|lz4|pigz|uncompress)$/;

/** Programs that only change what flows through them. */
const FILTERS =
  /^(?:cat|tac|head|tail|sed|awk|gawk|mawk|grep|egrep|fgrep|zcat|bzcat|xzcat|zstdcat|base64|base32|xxd|jq|yq|cut|tr|sort|uniq|envsubst|dos2unix|iconv|nl|pv|openssl|gpg|gpg2|age|sops|m4|j2|gomplate|rpm2cpio|funzip|recode|col|tee|xmllint|hxselect|pup|kustomize|ytt|strings|split)$/;

const PATTERNS = /^(?:[ef]?grep|sed|[gm]?awk|jq|yq|tr)$/;

function filter(command: Command): Flow | undefined {
  const inflates = INFLATERS.test(command.program);
  if (!inflates && !FILTERS.test(command.program)) return undefined;
  const words = command.words.map((_, index) => index).slice(1);
  const named = words.filter((index) => !command.word(index).startsWith("-"));
  // The first word of some says what to look for, or what to change.
  const files = (PATTERNS.test(command.program) ? named.slice(1) : named).map((index) => command.file(index));
  const held = words.map((index) => command.held(index));
  const output = command.words.findIndex((word) => /^(?:-o|-out|--output|--out)$/.test(word));
  const flow = decoded(command, joined([command.input, ...files, ...held]));
  if (output > 0) save(command, command.word(output + 1), flow);
  if (inflates) for (const index of words) inflate(command, index);
  return flow;
}

/** Texts that base64 decodes are others behind it. */
function decoded({ program, words }: Command, flow: Flow): Flow {
  if (program !== "base64" || flow.texts.length === 0 || !words.some((word) => /^-[a-z]*[dD]$|^--decode$/.test(word)))
    return flow;
  const texts = flow.texts.flatMap((each) => {
    const bytes = fromBase64(each.text);
    const text = bytes && toText(bytes);
    return text === undefined ? [] : [{ ...each, text }];
  });
  return { ...flow, texts };
}

/** Programs that print a part of the path that they are given. */
const PATHS: Readonly<Record<string, (path: string) => string>> = {
  basename: baseName,
  dirname: (path) => folderOf(path) || ".",
  realpath: (path) => path,
  readlink: (path) => path,
};

function pathPart(command: Command): Flow | undefined {
  const part = named(PATHS, command.program);
  if (!part) return undefined;
  const [path = "", end = ""] = operands(argumentsOf(command.words, { short: "s", long: /^suffix$/ })).map(
    ({ value }) => value,
  );
  const text = part(path.replace(/[?#].*$/, ""));
  return {
    ...NOTHING,
    texts: [{ ...command.where.spot, text: end !== "" && text.endsWith(end) ? text.slice(0, -end.length) : text }],
  };
}

function inflate(command: Command, index: number): void {
  const file = command.word(index);
  const flow = command.file(index);
  if (flow !== NOTHING) save(command, file.replace(/\.(?:gz|bz2|xz|zst|lz4|lzma|Z)$/, ""), flow);
}

const GIT: Syntax = {
  short: "bcoCujr",
  long: /^(?:branch|origin|depth|config|reference|separate-git-dir|template|upload-pack|jobs|filter|server-option|git-dir|work-tree|revision|username|password)$/,
};

/** A call of Git: what follows the action, and the folder that it works in. */
interface GitCall {
  readonly command: Command;
  readonly words: readonly Argument[];
  readonly unchecked: boolean;
  readonly base: string;
}

const GIT_ACTIONS: Readonly<Record<string, (call: GitCall) => void>> = {
  clone: (call) => {
    fetchCode({ ...call, base: undefined });
  },
  submodule: fetchCode,
  fetch: fetchCode,
  pull: fetchCode,
  remote: remember,
  checkout: pin,
  reset: pin,
  apply: ({ command }) => patch(command),
  am: ({ command }) => patch(command),
};

/** A repository that is cloned, or pulled into the working directory. */
function git(command: Command): Flow | undefined {
  const found = argumentsOf(command.words, GIT);
  const [action, ...words] = operands(found);
  const act = named(GIT_ACTIONS, action?.value ?? "");
  const off = valuesOf(found, /^c$/).some((each) => /^http\..*sslverify=(?:false|0)$/i.test(each));
  const unchecked = off || command.boot.unchecked.has("git");
  act?.({ command, words, unchecked, base: valuesOf(found, /^C$/)[0] ?? "." });
  return act && NOTHING;
}

/** The first address goes to a folder: the one that follows, the working directory, or one named after the address. */
function fetchCode({
  command,
  words,
  unchecked,
  base,
}: Omit<GitCall, "base"> & { readonly base: string | undefined }): void {
  const at = words.findIndex(({ value }) => isAddress(rewritten(command, value)));
  const address = words[at]?.value;
  if (address === undefined) {
    const folder = command.path(base ?? ".");
    command.boot.unpack(folder, from(command.boot.indexesOf(`remote ${words[0]?.value ?? "origin"} ${folder}`)));
    return;
  }
  const source = command.source(rewritten(command, address), { unchecked });
  const name = words[at + 1]?.value ?? nameIn(address).replace(/\.git$/, "");
  command.boot.unpack(command.path(base ?? name), from(source ? [source] : []));
}

/** `git remote add NAME ADDRESS`, for when it is pulled from. */
function remember({ command, words, unchecked, base }: GitCall): void {
  const [action, name, address] = words.map(({ value }) => value);
  if (!/^(?:add|set-url)$/.test(action ?? "") || name === undefined || address === undefined) return;
  const source = command.source(rewritten(command, address), { unchecked });
  command.boot.index(`remote ${name} ${command.path(base)}`, source);
}

/** What `insteadOf` makes of an address. */
function rewritten(command: Command, address: string): string {
  const [start, by] = command.boot.rewrites.find(([from_]) => address.startsWith(from_)) ?? [];
  return start === undefined ? address : (by ?? "") + address.slice(start.length);
}

/** A commit by its whole hash is what it says. */
function pin({ command, words, base }: GitCall): void {
  if (words.some(({ value }) => /^[0-9a-f]{40}$/.test(value)))
    command.where.checks.push({ sources: command.boot.below(command.path(base)).sources, negated: false });
}

const CODE: Syntax = {
  short: "brRud",
  long: /^(?:branch|rev|revision|updaterev|username|password|depth|config-option)$/,
};

/** Mercurial, Subversion, Bazaar and Fossil. */
function checkout(command: Command): Flow {
  const found = argumentsOf(command.words, CODE);
  const unchecked = has(found, /^(?:insecure|trust-server-cert\S*)$/);
  const [action, ...words] = operands(found);
  if (/^(?:clone|pull|co|checkout|export|branch|get|up|update|switch)$/.test(action?.value ?? ""))
    fetchCode({ command, words, unchecked, base: action?.value === "pull" ? "." : undefined });
  return NOTHING;
}

/** A link that the system keeps. */
function alternatives(command: Command): Flow {
  for (const index of command.words.keys()) if (index > 1) command.use(command.file(index), AMONG_PROGRAMS);
  return NOTHING;
}

/** A disk, or a part of one, that the machine starts from. */
function dd(command: Command): Flow {
  const given = (name: string): string =>
    command.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  const flow = given("if") === "" ? command.input : command.boot.at(command.path(given("if")));
  if (/^\/dev\/(?:sd|xvd|nvme|vd|disk|mapper|loop)/.test(given("of"))) command.use(flow, "is written to a disk");
  else if (given("of") === "") return flow;
  else save(command, given("of"), flow);
  return NOTHING;
}

function patch(command: Command): Flow {
  for (const index of command.words.keys()) command.use(command.file(index), "is applied as a patch");
  command.use(command.input, "is applied as a patch");
  return NOTHING;
}

const MOVERS: Readonly<Record<string, Mover>> = {
  cp: copy,
  mv: copy,
  ln: copy,
  rsync: copy,
  link: copy,
  install,
  chmod,
  tar,
  gtar: tar,
  git,
  hg: checkout,
  svn: checkout,
  bzr: checkout,
  fossil: checkout,
  "update-alternatives": alternatives,
  alternatives,
  dd,
  patch,
};

export function move(command: Command): Flow | undefined {
  const mover = named(MOVERS, command.program);
  return mover ? mover(command) : (unpack(command) ?? pathPart(command) ?? filter(command));
}
