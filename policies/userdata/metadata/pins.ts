/** Packages that commands install at a version. */
import { withoutWrappers } from "../steps";
import { tooOld } from "./constraints";
import { DATADOG, DOWNLOADS, PACKAGES, REPOSITORIES, mayPin, type Ecosystem, type Software } from "./versions";

export interface Pin {
  readonly name: string;
  readonly version: string;
  readonly minimum: string;
}

/** The pin, where a constraint on a package allows only versions that are too old. */
export function pinned(ecosystem: Ecosystem, name: string, constraint: string): Pin | undefined {
  const software = PACKAGES[ecosystem].find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
  return software && pinOf(software, constraint, ecosystem);
}

function pinOf(software: Software, constraint: string, ecosystem: Ecosystem): Pin | undefined {
  const version = tooOld(constraint, ecosystem, software);
  return version === undefined ? undefined : { name: software.name, version, minimum: software.minimum };
}

/** Package managers by their programs. */
const MANAGERS: readonly (readonly [RegExp, Ecosystem])[] = [
  [/^(?:pip[\d.]*|pipx|uv|poetry|pipenv|pdm|easy_install[\d.-]*)$/, "pip"],
  [/^(?:conda|mamba|micromamba)$/, "conda"],
  [/^(?:npm|yarn|pnpm|bun|npx)$/, "npm"],
  [/^(?:gem[\d.]*|bundle|bundler)$/, "gem"],
  [/^composer$/, "composer"],
  [/^go$/, "go"],
  [/^(?:mvnw?|gradlew?|sbt|spark-submit|spark-shell|pyspark|spark-sql|coursier|cs|jbang|groovy)$/, "java"],
  [/^(?:dotnet|nuget)$/i, "nuget"],
  [
    /^(?:install-module|save-module|update-module|import-module|install-package|install-psresource|install-awstoolsmodule|find-module)$/i,
    "powershell",
  ],
  [
    /^(?:yum|dnf5?|tdnf|microdnf|apt|apt-get|aptitude|zypper|apk|rpm|dpkg|brew|choco(?:latey)?|cinst|winget|snap|pacman|gdebi)$/i,
    "system",
  ],
  [/^(?:docker|podman|nerdctl|ctr|crictl|buildah|skopeo|helm|kubectl|docker-compose)$/, "image"],
];

/** Words by which a manager does something other than install. */
const OTHER =
  /^(?:uninstall|remove|rm|rmi|purge|erase|autoremove|show|search|list|info|download-only|freeze|outdated|view|why|history|inspect|images|delete|unlock)$|^-[qe]\w*$/;

/** Programs that only show or look for what they are given. */
const SHOWS =
  /^(?:echo|printf|logger|wall|e?grep|fgrep|sed|awk|rm|test|\[|\[\[|export|declare|local|readonly|ls|cat|read|cd|pushd|mkdir|chmod|chown|dpkg-query|alias|systemctl|service)$/;

/** The name of a program without its folder and what Windows adds. */
function programOf([word = ""]: readonly string[]): string {
  return word
    .slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1)
    .replace(/\.(?:exe|cmd|bat|phar)$/i, "");
}

/** The pins of one command. */
export function pinsIn(all: readonly string[]): readonly Pin[] {
  if (!all.some((word) => mayPin(word) || word.startsWith("DD_"))) return [];
  const words = withoutWrappers(all).map((word) => word.replace(/^["']|["',;]+$/g, ""));
  const program = programOf(words);
  if (SHOWS.test(program)) return [];
  const at = words.findIndex((word) => MANAGERS.some(([name]) => name.test(programOf([word]))));
  const ecosystem = MANAGERS.find(([name]) => name.test(programOf([words[at] ?? ""])))?.[1];
  const args = at < 0 ? words : words.slice(at + 1);
  const removes =
    ecosystem !== undefined &&
    args
      .slice(0, 4)
      .some(
        (word, index) =>
          OTHER.test(word) &&
          (!word.startsWith("-") || (index === 0 && /^(?:rpm|dpkg)$/.test(programOf([words[at] ?? ""])))),
      );
  if (removes) return [];
  const found = ecosystem === undefined ? [] : managed(args, ecosystem);
  return [...found, ...downloaded(words), ...cloned(words, program), ...datadog(words), ...byAnsible(words, program)];
}

function managed(args: readonly string[], ecosystem: Ecosystem): readonly Pin[] {
  const version = versionOption(args, ecosystem);
  if (ecosystem === "java") args = [...args, mavenCoordinates(args)];
  return args.flatMap((word, index) => {
    if (!mayPin(word)) return [];
    const pair =
      pairOf(word, ecosystem) ??
      (version !== undefined && index < 60 ? ([plainName(word), version] as const) : undefined);
    const pins = [pair, composerPair(args, index, ecosystem), ...coordinates(word, ecosystem)].map(
      (each) => each && pinned(ecosystem, each[0], each[1]),
    );
    return pins.filter((pin) => pin !== undefined);
  });
}

type Pair = readonly [name: string, constraint: string];

/** A word that holds a name and a version, in the way of the package manager. */
function pairOf(word: string, ecosystem: Ecosystem): Pair | undefined {
  const [, name, constraint] = PAIRS[ecosystem]?.exec(word) ?? [];
  return name === undefined || constraint === undefined ? undefined : [name, constraint];
}

const PAIRS: Readonly<Partial<Record<Ecosystem, RegExp>>> = {
  pip: /^([\w.-]{1,60})(?:\[[^\]]{0,60}\])?\s{0,9}(?:@(?=[\d^~v]))?((?:===?|~=|<=?|>=?|!=|(?<=@)[\d^~v]).{1,120})$/,
  conda: /^(?:[\w./-]{1,60}::)?([\w.-]{1,60}?)((?:==?|<=?|>=?|!=).{1,80})$/,
  npm: /^((?:@[\w.-]{1,60}\/)?[\w.-]{1,60})@(.{1,80})$/,
  gem: /^([\w-]{1,60}):(.{1,60})$/,
  composer: /^([\w.-]{1,60}\/[\w.-]{1,60})[:=](.{1,60})$/,
  go: /^(?:-require=)?([\w./-]{1,100})@(v\d.{1,60})$/,
  system: /^(?:.{0,200}\/)?([a-z][a-z\d.-]{0,40}?[a-z\d])(?:[=~<@]|<=|[-_])((?:\d{1,2}:)?v?\d[\w.:+~*-]{0,60})$/i,
  image: /^([\w./-]{1,160}):(v?\d[\w.-]{0,60})(?:@sha\S{0,80})?$/,
};

/** Coordinates of Java's build tools, also in lists and options. */
function coordinates(word: string, ecosystem: Ecosystem): readonly Pair[] {
  if (ecosystem !== "java") return [];
  return [...word.matchAll(/([\w.-]{1,60}:[\w.-]{1,60}):(?:jar:)?([\d[(][^\s,"':]{0,40})/g)].map(
    ([, name = "", version = ""]) => [name, version] as const,
  );
}

/** `-DgroupId=… -DartifactId=… -Dversion=…` as one word. */
function mavenCoordinates(args: readonly string[]): string {
  const value = (name: string): string =>
    args.find((word) => word.startsWith(`-D${name}=`))?.slice(name.length + 3) ?? "";
  return `${value("groupId")}:${value("artifactId")}:${value("version")}`;
}

/** `composer require aws/aws-sdk-php "3.100.*"` */
function composerPair(args: readonly string[], index: number, ecosystem: Ecosystem): Pair | undefined {
  const word = args[index] ?? "";
  if (ecosystem !== "composer" || !/^aws\/aws-sdk-php(?:\s|$)/.test(word)) return undefined;
  const next = /^\S+\s{1,9}(.{1,60})$/.exec(word)?.[1] ?? args[index + 1] ?? "";
  return /^[~^<>=v\d]/.test(next) ? ["aws/aws-sdk-php", next] : undefined;
}

function plainName(word: string): string {
  return word.replace(/^["']|["']$/g, "").split(",", 1)[0] ?? "";
}

/** The version that an option gives to all packages of a command. */
function versionOption(args: readonly string[], ecosystem: Ecosystem): string | undefined {
  const names = OPTIONS[ecosystem];
  if (!names) return undefined;
  for (const [index, word] of args.entries()) {
    const [, name = "", , value] = /^(-{1,2}[\w.]+)([=:](.*))?$/s.exec(word) ?? [];
    if (name === "" || !names.test(name)) continue;
    const given = value ?? args[index + 1] ?? "";
    return /^-{0,2}max/i.test(name) ? `<=${given}` : given;
  }
  return ecosystem === "image" ? /\bimage\.tag=v?([\d.]{1,20})/.exec(args.join(" "))?.[1] : undefined;
}

const OPTIONS: Readonly<Partial<Record<Ecosystem, RegExp>>> = {
  gem: /^-v$|^--version$/,
  nuget: /^-v$|^--?version$/i,
  powershell: /^-(?:required|maximum)?version$/i,
  system: /^--version$|^-version$/i,
  image: /^$/,
};

/** Versions in addresses and in names of files. */
function downloaded(words: readonly string[]): readonly Pin[] {
  return words.filter(mayPin).flatMap((word) =>
    DOWNLOADS.flatMap(([name, software]) =>
      [...word.slice(0, 2000).matchAll(name)].slice(0, 4).flatMap((match) => {
        const version = /^\d{1,6}(?:\.\d{1,9}){1,5}/.exec(word.slice(match.index + match[0].length))?.[0];
        const pin = version === undefined ? undefined : pinOf(software, version, "system");
        return pin ? [pin] : [];
      }),
    ),
  );
}

function cloned(words: readonly string[], program: string): readonly Pin[] {
  if (program !== "git" || !words.includes("clone")) return [];
  const at = words.findIndex((word) => /^(?:-b|--branch)$/.test(word));
  const branch = at < 0 ? words.find((word) => word.startsWith("--branch="))?.slice(9) : words[at + 1];
  const software = REPOSITORIES.find(([name]) => words.some((word) => name.test(word)))?.[1];
  const pin = software && branch !== undefined ? pinOf(software, branch, "system") : undefined;
  return pin ? [pin] : [];
}

/** `ansible HOST -m pip -a "name=boto3 version=1.9.0"` */
function byAnsible(words: readonly string[], program: string): readonly Pin[] {
  if (program !== "ansible") return [];
  const pattern = /\bname=["']?([\w.-]{1,60})["']?\s.{0,80}?\bversion=["']?([\d.]{1,30})/;
  const [, name = "", version = ""] = pattern.exec(words.join(" ")) ?? [];
  const pin = pinned("pip", name, version) ?? pinned("gem", name, version) ?? pinned("npm", name, version);
  return pin ? [pin] : [];
}

/** The install script of Datadog takes its version from variables. */
export function datadog(words: readonly string[]): readonly Pin[] {
  const value = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const minor = value("DD_AGENT_MINOR_VERSION");
  if (minor === undefined || !/^\d/.test(minor)) return [];
  const pin = pinOf(DATADOG, `${value("DD_AGENT_MAJOR_VERSION") ?? "7"}.${minor}`, "system");
  return pin ? [pin] : [];
}
