/** Programs that compare digests or verify signatures, and for which sources their success speaks. */
import { argumentsOf, has, operands, valuesOf, type Syntax } from "../arguments";
import { NOTHING, joined, type Flow, type Source, type Text } from "./boot";
import { named, type Command } from "./command";

const DIGESTS = /^(?:g?sha\d{0,3}sum|shasum|md5sum|b[23]sum|sha(?:1|256|384|512)|xxhsum|rhash|cksum|certutil)$/;

/** What a comparison yields, or what a program that verifies leaves behind. */
export function verify(command: Command): Flow | undefined {
  if (DIGESTS.test(command.program)) return digest(command);
  return named(VERIFIERS, command.program)?.(command);
}

function proves(command: Command, sources: readonly Source[], negated = false): Flow {
  if (sources.length > 0) command.where.checks.push({ sources, negated });
  return NOTHING;
}

/** Whether nobody else could have given it: neither it came over an open channel, or something vouches for it. */
function isTrusted({ sources }: { readonly sources: readonly Source[] }): boolean {
  return sources.every(({ proofs }) => proofs.length > 0);
}

const SUMS: Syntax = { short: "al", long: /^(?:algorithm|length)$/ };

/** `sha256sum FILE` and `sha256sum -c LIST`. */
function digest(command: Command): Flow | undefined {
  const found = argumentsOf(command.words, SUMS);
  const files = operands(found);
  if (has(found, /^(?:c|check)$/)) {
    const lists = files.filter(({ value }) => value !== "-").map(({ index }) => command.file(index));
    return compare(command, lists.length > 0 ? joined(lists) : command.input);
  }
  if (command.program === "certutil" && !command.words.some((word) => /^[-/]hashfile$/i.test(word))) return undefined;
  const flow = files.length > 0 ? joined(files.map(({ index }) => command.file(index))) : command.input;
  return { ...NOTHING, digests: flow.sources };
}

/** Each file of a list whose digests are trusted; all files, where the text does not show the list. */
function compare(command: Command, list: Flow): Flow {
  if (!isTrusted(list)) return NOTHING;
  const names = list.texts.flatMap(namesIn);
  const shown = list.texts.length > 0 && names.every((name) => !/^[-$]|\$\(/.test(name) || name.includes("/"));
  return proves(
    command,
    shown ? names.flatMap((name) => command.boot.at(command.path(name)).sources) : command.boot.every(),
  );
}

/** `DIGEST  FILE` and `SHA256 (FILE) = DIGEST`. */
function namesIn({ text }: Text): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const [, bracketed, plain] =
      /^\s{0,20}[\w-]{2,20} ?\((.{1,300})\) ?= |^\s{0,20}\S{1,300}[ \t]{1,9}[* ]?(\S.{0,300})$/.exec(line) ?? [];
    return bracketed ?? plain ?? [];
  });
}

type Verifier = (command: Command) => Flow | undefined;

const GPG: Syntax = {
  short: "ouro",
  long: /^(?:keyring|homedir|output|status-fd|logger-fd|trust-model|keyserver|recv-keys|import|default-key|recipient|passphrase\S*|key-server|keyserver-options|trusted-key)$/,
};

/** A signature in a file of its own, or in the file itself. */
function gpg(command: Command): Flow | undefined {
  const found = argumentsOf(command.words, GPG);
  const importing = command.words.indexOf("--import");
  if (importing > 0) {
    const flow =
      importing + 1 < command.words.length && command.word(importing + 1) !== "-"
        ? command.file(importing + 1)
        : command.input;
    command.boot.trust("gpg", flow.sources);
    return NOTHING;
  }
  if (command.program !== "gpgv" && !command.words.some((word) => /^--verify(?:-files)?$/.test(word))) return undefined;
  const rings = valuesOf(found, /^keyring$/).map((ring) => command.boot.at(command.path(ring)));
  if (command.boot.misled("gpg") || !isTrusted(joined(rings))) return NOTHING;
  return signed(
    command,
    operands(found).map(({ value }) => value),
  );
}

/** The files behind a signature, or the one that it is named after, and the signature itself. */
function signed(command: Command, [signature = "", ...files]: readonly string[]): Flow {
  const named = [signature, signature.replace(/\.(?:asc|sig|sign|gpg|p7s|minisig)$/, ""), ...files];
  return proves(command, [
    ...named.flatMap((file) => command.boot.at(command.path(file)).sources),
    ...(files.includes("-") || named[0] === "-" ? command.input.sources : []),
  ]);
}

/** Options that name a key, or a file of trusted keys. */
const KEY = /^--?(?:key|p|certificate|verify|prverify|CAfile|keyring|public-key)$/;

/** A program whose words are the files that it verifies, under a key that an option may name. */
function keyed(command: Command): Flow {
  const files = command.words.map((_, index) => command.file(index));
  const isKey = (index: number): boolean => KEY.test(command.words[index - 1] ?? "") && command.program !== "dpkg-sig";
  if (!isTrusted(joined(files.filter((_, index) => isKey(index))))) return NOTHING;
  return proves(command, joined(files.filter((_, index) => !isKey(index))).sources);
}

const only =
  (word: RegExp, verifier: Verifier): Verifier =>
  (command) =>
    command.words.some((each, index) => index > 0 && word.test(each)) ? verifier(command) : undefined;

/** minisign and signify bundle their letters: `-Vm FILE`. */
function bundled(command: Command): Flow {
  const at = command.words.findIndex((word) => /^-[A-Za-z]*[mx]$/.test(word));
  const keys = command.words.flatMap((word, index) =>
    command.words[index - 1] === "-p" ? command.boot.at(command.path(word)) : [],
  );
  return isTrusted(joined(keys)) ? signed(command, [command.word(at + 1)]) : NOTHING;
}

function openssl(command: Command): Flow | undefined {
  if (command.words.some((word) => /^-(?:verify|prverify)$/.test(word))) return keyed(command);
  if (!command.words.some((word) => /^-?(?:dgst|sha\d{1,3}|md5)$/.test(word))) return undefined;
  const files = command.words
    .map((_, index) => index)
    .filter((index) => index > 1 && !command.word(index).startsWith("-"));
  const flow = files.length > 0 ? joined(files.map((index) => command.file(index))) : command.input;
  return { ...NOTHING, digests: flow.sources };
}

/** `ssh-keygen -Y verify … < FILE`. */
function sshKeygen(command: Command): Flow {
  const keys = command.words.flatMap((word, index) =>
    command.words[index - 1] === "-f" ? command.boot.at(command.path(word)) : [],
  );
  return isTrusted(joined(keys)) ? proves(command, command.input.sources) : NOTHING;
}

/** A tag or a commit of the working directory. */
function gitSignature(command: Command): Flow {
  const base = command.words.flatMap((word, index) => (command.words[index - 1] === "-C" ? word : []))[0] ?? ".";
  return command.boot.misled("gpg") ? NOTHING : proves(command, command.boot.below(command.path(base)).sources);
}

/** `[ A = B ]` where one side is the digest of a file and the other one is trusted. */
function test(command: Command): Flow {
  const flows = command.words.map((_, index) => command.held(index));
  const digests = flows.flatMap((flow) => flow.digests);
  if (digests.length === 0 || !isTrusted(joined(flows))) return NOTHING;
  const operator = command.words.find((word) => /^(?:==?|!=|=~|-eq|-ne)$/.test(word));
  return operator === undefined ? NOTHING : proves(command, digests, operator === "!=" || operator === "-ne");
}

/** A digest that is looked for in a trusted text. */
function search(command: Command): Flow | undefined {
  const words = command.words.map((_, index) => index).slice(1);
  const held = words.map((index) => command.held(index));
  const files = (
    /grep$/.test(command.program) ? words.filter((index) => !command.word(index).startsWith("-")).slice(1) : words
  ).map((index) => command.file(index));
  const digests = [...command.input.digests, ...[...held, ...files].flatMap((flow) => flow.digests)];
  if (digests.length === 0) return undefined;
  // The files that grep reads must be trusted; those that were digested need not.
  if (isTrusted(joined(files)) && isTrusted(joined(held))) proves(command, digests, command.words.includes("-v"));
  return NOTHING;
}

const VERIFIERS: Readonly<Record<string, Verifier>> = {
  gpg,
  gpg2: gpg,
  gpgv,
  gpgv2: gpgv,
  cosign: only(/^verify/, keyed),
  "slsa-verifier": only(/^verify/, keyed),
  gh: only(/^attestation$/, keyed),
  sq: only(/^verify$/, keyed),
  keybase: only(/^verify$/, keyed),
  jarsigner: only(/^-verify$/, keyed),
  codesign: only(/^(?:-v|--verify)$/, keyed),
  signtool: only(/^verify$/i, keyed),
  "dpkg-sig": only(/^(?:--verify|-c)$/, keyed),
  "debsig-verify": keyed,
  rpm: only(/^(?:-K|-Kv|--checksig)$/, keyed),
  rpmkeys: only(/^(?:-K|--checksig)$/, keyed),
  helm: only(/^verify$/, keyed),
  minisign: only(/^-[A-Za-z]*V/, bundled),
  rsign: only(/^verify$/, keyed),
  signify: only(/^-[A-Za-z]*V/, bundled),
  "signify-openbsd": only(/^-[A-Za-z]*V/, bundled),
  openssl,
  "ssh-keygen": only(/^verify$/, sshKeygen),
  git: only(/^(?:verify-tag|verify-commit|--verify|--verify-signatures)$/, gitSignature),
  "[": test,
  "[[": test,
  test,
  grep: search,
  egrep: search,
  fgrep: search,
  findstr: search,
  diff: search,
  cmp: search,
};

function gpgv(command: Command): Flow | undefined {
  return gpg(command);
}
