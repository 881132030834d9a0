/** Package repositories: which are not signed, or signed under a key that anybody could have given. */
import type { Spot } from "../spot";
import { openChannel } from "./addresses";
import type { Boot, Text } from "./boot";
import { pathOf } from "./paths";

export type Manager = "apt" | "yum" | "zypper" | "apk" | "pacman";

export interface Repository {
  readonly kind: Manager;
  readonly address: string;
  readonly spot: Spot;
  /** It says itself that nothing is checked. */
  readonly unsigned: boolean;
  /** Its certificate is not checked. */
  readonly unchecked?: boolean;
  /** Where its keys come from: addresses or files. */
  readonly keys: readonly string[];
}

export function addRepository(boot: Boot, repository: Repository): void {
  if (boot.repositories.length < 200) boot.repositories.push(repository);
}

/** What packages of repositories that nobody vouches for are: judged when all settings are known. */
export function judgeRepositories(boot: Boot): void {
  learnRepositories(boot);
  for (const { kind, address, spot, unsigned, unchecked, keys } of boot.repositories) {
    const source = boot.source(address, spot, { unchecked: unchecked === true });
    if (!source) continue;
    const misled = keys.length > 0 ? keys.some((key) => isOpenKey(boot, key)) : boot.misled(kind) || boot.misled("gpg");
    if (unsigned || boot.unsigned.has(kind)) boot.use([source], "is a package source without signatures", undefined);
    else if (misled || source.channel === "a presigned URL")
      boot.use([source], "is a package source whose key comes over an open channel", undefined);
  }
}

function isOpenKey(boot: Boot, key: string): boolean {
  if (/^\w+:\/\//.test(key) && !key.startsWith("file:")) return openChannel(key) !== undefined;
  return boot.at(pathOf(key.replace(/^file:\/{2,3}/, "/"))).sources.some(({ proofs }) => proofs.length === 0);
}

/** Files of package managers, each with what is read from the texts that were written to it. */
const FILES: readonly (readonly [path: RegExp, read: (boot: Boot, texts: readonly Text[]) => void])[] = [
  [
    /^\/etc\/apt\/sources\.list(?:$|\.d\/.*\.list$)/,
    (boot, texts) => {
      for (const text of texts) addList(boot, text);
    },
  ],
  [
    /^\/etc\/apt\/sources\.list\.d\//,
    (boot, texts) => {
      for (const text of texts) addStanzas(boot, text);
    },
  ],
  [
    /\/(?:yum\.repos\.d|dnf\/repos\.d)\//,
    (boot, texts) => {
      addSections(boot, texts, "yum");
    },
  ],
  [
    /^\/etc\/zypp\/repos\.d\//,
    (boot, texts) => {
      addSections(boot, texts, "zypper");
    },
  ],
  [
    /^\/etc\/(?:yum|dnf\/dnf)\.conf$/,
    (boot, texts) => {
      switchOff(boot, texts, "yum");
    },
  ],
  [
    /^\/etc\/zypp\/zypp\.conf$/,
    (boot, texts) => {
      switchOff(boot, texts, "zypper");
    },
  ],
  [
    /^\/etc\/apt\/apt\.conf(?:$|\.d\/)/,
    (boot, texts) => {
      for (const { text } of texts) learnApt(boot, text);
    },
  ],
  [
    /^\/etc\/pacman(?:\.conf$|\.d\/)/,
    (boot, texts) => {
      for (const text of texts) addPacman(boot, text);
    },
  ],
  [
    /^\/etc\/apk\/repositories$/,
    (boot, texts) => {
      for (const text of texts) addApk(boot, text);
    },
  ],
];

/** Reads the configuration of package managers that was written. */
function learnRepositories(boot: Boot): void {
  for (const [path, texts] of boot.texts) FILES.find(([pattern]) => pattern.test(path))?.[1](boot, texts);
}

function switchOff(boot: Boot, texts: readonly Text[], kind: "yum" | "zypper"): void {
  if (texts.some(({ text }) => /^\s{0,9}(?:pkg_|repo_)?gpgcheck\s{0,9}=\s{0,9}(?:0|false|no|off)/im.test(text)))
    boot.unsigned.add(kind);
}

function addApk(boot: Boot, text: Text): void {
  for (const each of linesOf(text))
    addRepository(boot, { kind: "apk", address: each.text, spot: each, unsigned: false, keys: [] });
}

export function learnApt(boot: Boot, text: string): void {
  if (
    /(?:AllowUnauthenticated|AllowInsecureRepositories|AllowWeakRepositories)\s{0,9}["'{]?\s{0,9}["']?(?:true|1|yes)/i.test(
      withoutComments(text),
    )
  )
    boot.unsigned.add("apt");
}

function withoutComments(text: string): string {
  return text.replaceAll(/^\s{0,99}(?:\/\/|#).*$/gm, "");
}

function linesOf({ text, path, line }: Text): readonly Text[] {
  return text.split("\n").map((each, index) => ({ text: each.trim(), path, line: line + index }));
}

/** `deb [options] ADDRESS …`, a line each. */
export function addList(boot: Boot, text: Text): void {
  for (const line of linesOf(text)) {
    const [, , options = "", address] =
      /^(deb|deb-src)\s+(?:\[([^\]]{0,500})\]\s*)?(\S+)/.exec(line.text.slice(0, 2000)) ?? [];
    if (address === undefined) continue;
    const [, key] = /\bsigned-by\s{0,9}=\s{0,9}(\S{1,300})/.exec(options) ?? [];
    const unsigned = /\b(?:trusted|allow-insecure)\s{0,9}=\s{0,9}yes\b/.test(options);
    addRepository(boot, { kind: "apt", address, spot: line, unsigned, keys: key === undefined ? [] : key.split(",") });
  }
}

/** Sections of `Key: value`, with an empty line between them. */
function addStanzas(boot: Boot, text: Text): void {
  let line = text.line;
  for (const stanza of text.text.split(/\n[ \t]*\n/)) {
    const value = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, "im").exec(stanza)?.[1]?.trim() ?? "";
    const unsigned = [value("Trusted"), value("Allow-Insecure")].includes("yes");
    const key = value("Signed-By");
    for (const address of value("URIs")
      .split(/\s+/)
      .filter((each) => each !== "" && !/^no$/i.test(value("Enabled"))))
      addRepository(boot, {
        kind: "apt",
        address,
        spot: { path: text.path, line },
        unsigned,
        keys: key.startsWith("/") ? [key] : key === "" && !stanza.includes("BEGIN PGP") ? [] : ["in the text"],
      });
    line += stanza.split("\n").length + 1;
  }
}

/** Sections of an INI file: one a repository. */
function addSections(boot: Boot, texts: readonly Text[], kind: "yum" | "zypper"): void {
  let section = new Map<string, Text>();
  for (const line of [...texts.flatMap(linesOf), { text: "[", path: "", line: 0 }]) {
    if (line.text.startsWith("[")) {
      addSection(boot, kind, section);
      section = new Map();
    }
    const [, key, value] = /^([A-Za-z_]{1,40})\s{0,9}[=:]\s{0,9}(.*)$/.exec(line.text) ?? [];
    if (key !== undefined && value !== undefined) section.set(key.toLowerCase(), { ...line, text: value });
  }
}

function addSection(boot: Boot, kind: "yum" | "zypper", section: ReadonlyMap<string, Text>): void {
  const base = section.get("baseurl") ?? section.get("mirrorlist") ?? section.get("metalink");
  if (!base) return;
  addSettings(boot, kind, base, (key) => section.get(key)?.text);
}

const OFF = /^(?:0|false|no|off)$/i;

/** A repository by its settings, wherever they stand. */
export function addSettings(
  boot: Boot,
  kind: "yum" | "zypper",
  base: Text,
  setting: (key: string) => string | undefined,
): void {
  if (OFF.test(setting("enabled") ?? "")) return;
  const checks = ["gpgcheck", "pkg_gpgcheck"].map((key) => setting(key) ?? "");
  const unsigned = checks.some((value) => OFF.test(value)) && !/^(?:1|true|yes)$/i.test(setting("repo_gpgcheck") ?? "");
  for (const address of base.text.split(/[\s,]+/))
    addRepository(boot, {
      kind,
      address,
      spot: base,
      unsigned,
      unchecked: OFF.test(setting("sslverify") ?? ""),
      keys: (setting("gpgkey") ?? "").split(/[\s,]+/).filter((key) => key !== ""),
    });
}

function addPacman(boot: Boot, text: Text): void {
  const unsigned = /^\s{0,9}SigLevel\s{0,9}=.*\b(?:Never|TrustAll|Optional)\b/m.test(text.text);
  for (const line of linesOf(text)) {
    const [, address] = /^Server\s{0,9}=\s{0,9}(\S+)/.exec(line.text) ?? [];
    if (address !== undefined) addRepository(boot, { kind: "pacman", address, spot: line, unsigned, keys: [] });
  }
}
