/** Files that user data writes: whether something runs them, and how their commands are found. */
import type { Kind } from "../parts";
import { placeOf, type Language as PlaceLanguage } from "../sources/places";
import type { Language as Code } from "./statements";

/** How the commands of a text are found: `lines` is a file of any other kind that something reads. */
export type Reading = Exclude<PlaceLanguage, "none"> | Code | "lines" | "include";

const CODE: Readonly<Partial<Record<Kind, Reading>>> = {
  shell: "shell",
  powershell: "powershell",
  batch: "batch",
  python: "python",
  perl: "perl",
  ruby: "ruby",
  javascript: "javascript",
  include: "include",
};

/** Files for people to read. */
export const DOCUMENT =
  /\.(?:md|html?|rst|log|adoc|pdf|man|csv|example|sample|template|dist|bak)$|\/(?:motd|issue|issue\.net|README|NOTES|COPYING|CHANGELOG)$|\/usr\/(?:local\/)?share\/(?:doc|man|info)\//i;
/** What something runs beyond the places of the system: web applications, hooks, configuration with commands. */
const ALSO_RUN =
  /^\/(?:var\/www|usr\/share\/nginx|srv|opt\/bitnami|var\/lib\/tomcat\w*)\/.*\.(?:php\d?|phtml|cgi|pl|jsp)$|\/inetpub\/.*\.(?:aspx?|php)$|\/htdocs\/.*\.php$|^\/etc\/udev\/rules\.d\/|^\/etc\/cloud\/cloud\.cfg(?:\.d\/|$)|^\/etc\/(?:monit|telegraf|collectd|zabbix|consul|sensu|icinga2)|^\/opt\/elasticbeanstalk\/(?:hooks|tasks)\/|\/\.platform\/hooks\/|^\/etc\/nagios\/|^\/etc\/nrpe/i;

/** What is read line by line when something takes it. */
const SETTINGS =
  /\.(?:txt|in|mod|gradle|kts|props|sbt|[cf]sproj|conf|cfg|ini|ya?ml|json|toml|tf|hcl|xml|properties|rules|nomad|service|timer|pp|sls)$|(?:^|\/)(?:Dockerfile|Containerfile|Makefile|Vagrantfile|Gemfile|Pipfile)\b/i;

const OTHER_CODE: readonly (readonly [RegExp, Code])[] = [
  [/^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?php|^\s{0,99}<\?(?:php|=)/, "php"],
  [/^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?lua/, "lua"],
  [
    /^#!\S*?(?:\/env\s{1,9}(?:-S\s{1,9})?)?(?:\S*\/)?(?:tclsh|expect|Rscript|julia|groovy|g?awk|osascript|elixir|go)\b/,
    "other",
  ],
];
const EXTENSIONS: Readonly<Record<string, Code>> = {
  php: "php",
  phtml: "php",
  go: "go",
  lua: "lua",
  mjs: "javascript",
  cjs: "javascript",
  ts: "javascript",
  java: "other",
  groovy: "other",
  cs: "other",
  vbs: "other",
  r: "other",
  tcl: "other",
  rs: "other",
  kt: "other",
  scala: "other",
  swift: "other",
  jl: "other",
  jsp: "other",
  aspx: "other",
};

/** Files that programs take from a folder. */
export const FOLDERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:terraform|tofu|terragrunt)$/, /\.tf(?:\.json)?$/],
  [
    /^(?:docker|podman|buildah|nerdctl|kaniko)$/,
    /(?:^|\/)(?:Dockerfile|Containerfile)[^/]{0,40}$|(?:^|\/)(?:docker-)?compose[^/]{0,30}\.ya?ml$/i,
  ],
  [/^docker-compose$/, /(?:^|\/)(?:docker-)?compose[^/]{0,30}\.ya?ml$/],
  [/^make$/, /(?:^|\/)(?:GNU)?[Mm]akefile$/],
  [/^go$/, /\.go$|(?:^|\/)go\.mod$/],
  [/^(?:npm|yarn|pnpm|bun|npx)$/, /(?:^|\/)package\.json$/],
  [/^(?:kubectl|kustomize|k3s|oc)$/, /(?:^|\/)kustomization\.ya?ml$/],
  [/^packer$/, /\.pkr\.hcl$/],
  [/^(?:mvn|mvnw)$/, /(?:^|\/)pom\.xml$/],
  [/^(?:gradle|gradlew)$/, /(?:^|\/)(?:build|settings)\.gradle(?:\.kts)?$/],
  [/^sbt$/, /\.sbt$/],
  [/^(?:bundle|bundler)$/, /(?:^|\/)(?:Gemfile|gems\.rb)$/],
  [/^composer(?:\.phar)?$/, /(?:^|\/)composer\.json$/],
  [/^(?:pipenv|poetry|pdm|uv)$/, /(?:^|\/)(?:Pipfile|pyproject\.toml)$/],
  [/^(?:pip|pip3|python|python3)$/, /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml)$/],
  [/^(?:conda|mamba)$/, /(?:^|\/)environment\.ya?ml$/],
  [/^(?:dotnet|nuget)$/, /\.[cf]sproj$|(?:^|\/)packages\.config$|(?:^|\/)Directory\.Packages\.props$/],
];

/** Whether a text of this kind runs where no file is written. */
export function isScript(kind: Kind): boolean {
  return CODE[kind] !== undefined;
}

export function isExecutable(mode: string | undefined): boolean {
  return mode !== undefined && /^0?o?[0-7]{3,5}$/.test(mode) && (parseInt(mode.replace("o", ""), 8) & 0o111) !== 0;
}

/** Whether something runs what stands at a path; a program has to be called. */
export function runsAt(path: string): boolean {
  const place = placeOf(path);
  return (place !== undefined && place.use !== "is put among programs") || ALSO_RUN.test(path);
}

/** Whether a file is a unit of systemd, which something has to start; what adds to a unit of the system is none. */
export function isUnit(path: string): boolean {
  return placeOf(path)?.language === "unit" && !/\.d\/[^/]+$|\.(?:wants|requires)\/[^/]+$|\/containers\//.test(path);
}

interface Found {
  readonly text: string;
  readonly kind: Kind;
  /** The path of the file; empty where there is none. */
  readonly place: string;
}

/** How the commands of a text are found, by its first line, its place, what is known of it, and its name. */
export function readingOf({ text, kind, place }: Found): Reading {
  const start = text.slice(0, 200);
  const known = kind === "include" && place !== "" ? undefined : CODE[kind];
  return (
    OTHER_CODE.find(([mark]) => mark.test(start))?.[1] ??
    readingOfPlace(place, known) ??
    known ??
    readingOfName(place, kind)
  );
}

function readingOfPlace(place: string, known: Reading | undefined): Reading | undefined {
  const language = place === "" ? undefined : placeOf(place)?.language;
  return language === "none" || (language === "shell" && known !== undefined) ? undefined : language;
}

function readingOfName(place: string, kind: Kind): Reading {
  const extension = /\.(\w{1,8})$/.exec(place)?.[1]?.toLowerCase() ?? "";
  const code = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (code !== undefined) return code;
  if (extension === "service" || extension === "timer") return "unit";
  const settings =
    kind !== "text" || SETTINGS.test(place) || ALSO_RUN.test(place) || placeOf(place)?.language === "none";
  return settings ? "lines" : "shell";
}

export function isCode(reading: Reading): reading is Code {
  return /^(?:python|perl|ruby|javascript|php|go|lua|powershell|batch|other)$/.test(reading);
}
