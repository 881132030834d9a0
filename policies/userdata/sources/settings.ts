/** What tools are told beforehand, by variables, files and commands: where to look, and what not to check. */
import { argumentsOf, operands, valuesOf } from "../arguments";
import { NOTHING, type Flow } from "./boot";
import { named, type Command, type Where } from "./command";
import { AMONG_PROGRAMS } from "./places";
import { addList, addRepository } from "./repositories";
import { learn, learnHosts } from "./setting-files";

/** A file gets a text or what flows into it, and tools read it if it is theirs. */
export function store(where: Where, path: string, flow: Flow, beside: boolean): void {
  where.boot.put(path, flow, beside);
  if (/^\/etc\/apt\/trusted\.gpg/.test(path)) where.boot.trust("apt", flow.sources);
  for (const text of flow.texts) learn(where, path, text);
}

/** Variables of the environment that name where a tool looks, by the tool. */
const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:PIP_(?:INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS)|UV_(?:INDEX|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_INDEX)|PIPENV_PYPI_MIRROR)$/,
    "pip",
  ],
  [/^(?:npm_config_registry|YARN_REGISTRY|YARN_NPM_REGISTRY_SERVER|BUN_CONFIG_REGISTRY)$/i, "npm"],
  [/^(?:CONDA_CHANNELS|CONDA_CHANNEL_ALIAS|MAMBA_CHANNELS)$/, "conda"],
  [/^(?:RUBYGEMS_HOST|GEM_SOURCE)$/, "gem"],
  [/^BUNDLE_MIRROR__/, "bundle"],
  [/^(?:PERL_CPANM_OPT|PERL_CPANM_MIRROR)$/, "cpan"],
  [/^(?:CARGO_REGISTRIES_\w+_INDEX|CARGO_SOURCE_\w+)$/, "cargo"],
  [
    /^(?:NVM_NODEJS_ORG_MIRROR|NVM_SOURCE|NODE_MIRROR|N_NODE_MIRROR|FNM_NODE_DIST_MIRROR|PYTHON_BUILD_MIRROR_URL|RUBY_BUILD_MIRROR_URL|RUSTUP_(?:DIST_SERVER|UPDATE_ROOT)|SDKMAN_CANDIDATES_API|HOMEBREW_(?:BOTTLE_DOMAIN|ARTIFACT_DOMAIN))$/,
    "mirror",
  ],
  [/^chocolateyDownloadUrl$/i, "choco"],
  [/^ANSIBLE_GALAXY_SERVER/, "ansible"],
  [/^GOPROXY$/, "go proxy"],
  [/^AWS_ENDPOINT_URL(?:_S3)?$/, "aws"],
];

/** Variables that switch the check of certificates off. */
const UNCHECKED: readonly (readonly [RegExp, RegExp, readonly string[]])[] = [
  [/^GIT_SSL_NO_VERIFY$/, /^(?!0$|false$|$)/i, ["git"]],
  [/^PYTHONHTTPSVERIFY$/, /^0$/, ["python"]],
  [/^NODE_TLS_REJECT_UNAUTHORIZED$/, /^0$/, ["node", "npm"]],
  [/^npm_config_strict_ssl$/i, /^(?:false|0|no)$/i, ["npm"]],
  [/^(?:PIP_TRUSTED_HOST|UV_INSECURE_HOST)$/, /./, ["pip"]],
  [/^PERL_LWP_SSL_VERIFY_HOSTNAME$/, /^0$/, ["perl", "lwp-download", "lwp-request", "GET"]],
  [/^CONDA_SSL_VERIFY$/, /^(?:false|0|no)$/i, ["conda"]],
  [/^ANSIBLE_GALAXY_IGNORE$/, /^(?!0$|false$|$)/i, ["ansible"]],
  [/^(?:GOSUMDB|GONOSUMDB|GONOSUMCHECK|GOPRIVATE|GONOPROXY|GOINSECURE|GOFLAGS)$/, /off|\*|insecure|\./, ["go"]],
];

/** Variables by which programs and libraries are found. */
const SEARCHED =
  /^(?:PATH|LD_LIBRARY_PATH|LD_PRELOAD|PYTHONPATH|PYTHONHOME|CLASSPATH|JAVA_HOME|NODE_PATH|PERL5LIB|RUBYLIB|GEM_PATH|GOROOT|CATALINA_HOME|M2_HOME|SPARK_HOME|HADOOP_HOME|KAFKA_HOME|BASH_ENV|ENV|PROMPT_COMMAND|JAVA_TOOL_OPTIONS|NODE_OPTIONS)$/;

/** What a variable of the environment says to the tools that read it. */
export function setVariable(where: Where, name: string, value: string): void {
  const { boot, spot, scope } = where;
  for (const [, , tools] of UNCHECKED.filter(([variable, off]) => variable.test(name) && off.test(value)))
    for (const tool of tools) boot.unchecked.add(tool);
  for (const [, tool] of ADDRESSES.filter(([variable]) => variable.test(name)))
    for (const address of value.split(/[\s,|]+/))
      boot.index(tool, boot.source(address, spot, { unchecked: boot.unchecked.has(tool) }));
  // Go asks a database of its own for digests, unless it is told not to.
  if (boot.unchecked.has("go")) for (const source of boot.indexesOf("go proxy")) boot.index("go", source);
  if (/^(?:PIP_TRUSTED_HOST|UV_INSECURE_HOST)$/.test(name)) learnHosts(where, value);
  if (name === "PIP_REQUIRE_HASHES" && !/^(?:0|false|no|off|)$/i.test(value)) boot.hashed.add("pip");
  const paths = SEARCHED.test(name) ? value.split(/[:;]/).filter((path) => path !== "") : [];
  for (const path of paths) boot.use(boot.below(path).sources, AMONG_PROGRAMS, scope);
}

type Setter = (command: Command) => Flow | undefined;

/** Commands that tell a tool where to look. */
const SETTERS: Readonly<Record<string, Setter>> = {
  git: gitConfig,
  npm: (command) => toIndex(command, "npm", /^(?:config|c|set)$/),
  pnpm: (command) => toIndex(command, "npm", /^(?:config|c|set)$/),
  yarn: (command) => toIndex(command, "npm", /^config$/),
  pip: (command) => toIndex(command, "pip", /^config$/),
  gem: (command) => toIndex(command, "gem", /^sources?$/),
  bundle: (command) => toIndex(command, "bundle", /^config$/),
  composer: (command) => toIndex(command, "composer", /^(?:config|repository)$/),
  conda: (command) => toIndex(command, "conda", /^config$/),
  mamba: (command) => toIndex(command, "conda", /^config$/),
  helm: (command) => toIndex(command, "helm", /^repo$/),
  choco: (command) => toIndex(command, "choco", /^sources?$/),
  nuget: (command) => toIndex(command, "nuget", /^sources?$/),
  dotnet: (command) => toIndex(command, "nuget", /^source$/),
  winget: (command) => toIndex(command, "winget", /^source$/),
  scoop: (command) => toIndex(command, "winget", /^bucket$/),
  go: goEnv,
  "apt-key": aptKey,
  "add-apt-repository": aptRepository,
  "apt-add-repository": aptRepository,
  rpm: rpmImport,
  "yum-config-manager": yumConfig,
  dnf: yumConfig,
  yum: yumConfig,
  dnf5: yumConfig,
  tdnf: yumConfig,
  apt: aptOptions,
  "apt-get": aptOptions,
  aptitude: aptOptions,
  zypper,
  apk,
  sed: edit,
  crudini: edit,
};

export function configure(command: Command): Flow | undefined {
  return named(SETTERS, command.program)?.(command);
}

/** Values that switch the check of certificates off, whatever the tool calls it. */
const OFF =
  /(?:strict-ssl|strictssl|ssl_verify|sslverify|secure-http|enableStrictSsl)[=\s]+(?:false|0|no|off)\b|trusted-host|--insecure-skip-tls-verify|:ssl_verify_mode/i;

/** Remembers the addresses of a command that configures. */
function toIndex(command: Command, tool: string, verb: RegExp): Flow | undefined {
  if (![1, 2, 3].some((index) => verb.test(command.word(index)))) return undefined;
  const words = command.words.map((_, index) => command.word(index)).slice(1);
  if (OFF.test(words.join(" "))) command.boot.unchecked.add(tool);
  if (tool === "pip" && words.some((word) => /trusted-host/.test(word))) learnHosts(command.where, words.join(" "));
  const handling = { unchecked: command.boot.unchecked.has(tool) };
  for (const [index, word] of words.entries()) {
    if (/proxy/i.test(words[index - 1] ?? "") || /^[\w.-]*proxy=/i.test(word)) continue;
    command.boot.index(
      tool,
      command.source(word.replace(/^-{0,2}[\w@/:.-]{0,60}=["']?/, "").replace(/["']$/, ""), handling),
    );
  }
  return NOTHING;
}

function gitConfig(command: Command): Flow | undefined {
  if (!command.words.includes("config")) return undefined;
  const [key = "", value = ""] = operands(
    argumentsOf(command.words.slice(command.words.indexOf("config")), { short: "", long: /^file$/ }),
  ).map((each) => each.value);
  if (/^http\..*sslverify$/i.test(key) && /^(?:false|0|no|off)$/i.test(value)) command.boot.unchecked.add("git");
  const [, by] = /^url\.(.+)\.(?:pushI|i)nsteadOf$/i.exec(key) ?? [];
  if (by !== undefined) command.boot.rewrites.push([value, by]);
  return NOTHING;
}

function goEnv(command: Command): Flow | undefined {
  if (command.word(1) !== "env") return undefined;
  for (const word of command.words.slice(2)) {
    const [name = "", ...value] = word.split("=");
    setVariable(command.where, name, value.join("="));
  }
  return NOTHING;
}

function aptKey(command: Command): Flow {
  const files = command.words.map((_, index) => index).slice(2);
  const flows = [command.input, ...files.map((index) => command.file(index))];
  for (const address of argumentsAfter(command, "--fetch-keys"))
    command.boot.trust("apt", command.sources([address]).sources);
  if (command.words.includes("add")) for (const { sources } of flows) command.boot.trust("apt", sources);
  return NOTHING;
}

function argumentsAfter({ words }: Command, option: string): readonly string[] {
  const at = words.indexOf(option);
  return at < 0 ? [] : words.slice(at + 1);
}

function aptRepository(command: Command): Flow {
  const spot = command.where.spot;
  for (const word of command.words.slice(1)) {
    if (/^(?:deb|deb-src)\s/.test(word)) addList(command.boot, { ...spot, text: word });
    else if (/^https?:/.test(word))
      addRepository(command.boot, { kind: "apt", address: word, spot, unsigned: false, keys: [] });
  }
  return NOTHING;
}

/** Keys for all packages of the machine; nothing is installed by that alone. */
function rpmImport(command: Command): Flow | undefined {
  const at = command.words.indexOf("--import");
  if (at < 0) return undefined;
  const files = command.words.map((_, index) => index).slice(at + 1);
  const sources = files.flatMap((index) => [
    ...command.file(index).sources,
    ...command.sources([command.word(index)]).sources,
  ]);
  command.boot.trust("yum", [...sources, ...command.input.sources]);
  return NOTHING;
}

const UNSIGNED_YUM = /^--nogpgcheck$|^--no-gpgchecks?$|^--setopt=(?:[\w.*-]{1,60}\.)?gpgcheck=(?:0|false|no)$/i;

/** Repositories that the command adds, and checks that it switches off. */
function yumConfig(command: Command): Flow | undefined {
  const { boot, where } = command;
  const words = command.words.map((_, index) => command.word(index));
  const setopts = words.map((word, index) => (words[index - 1] === "--setopt" ? `--setopt=${word}` : word));
  const unsigned = setopts.some((word) => UNSIGNED_YUM.test(word));
  if (unsigned) boot.unsigned.add("yum");
  const key = setopts.flatMap((word) => /^--setopt=\S{0,80}gpgkey=(.+)$/.exec(word)?.[1] ?? []);
  const found = argumentsOf(command.words, {
    short: "c",
    long: /^(?:add-repo|repofrompath|setopt|config|enablerepo|disablerepo|repo|repoid|releasever|installroot)$/,
  });
  const managing = command.program === "yum-config-manager" || words.includes("config-manager");
  const added = [
    ...valuesOf(found, /^(?:add-repo|from-repofile)$/),
    ...valuesOf(found, /^repofrompath$/).map((value) => value.replace(/^[^,]*,/, "")),
    // dnf 5: `config-manager addrepo --set=baseurl=…`
    ...setopts.flatMap((word) => /^--set=(?:baseurl=)(.+)$/.exec(word)?.[1] ?? []),
  ];
  for (const address of added) {
    if (/\.repo(?:[?#]|$)/.test(address)) command.use(command.sources([address], {}), "is taken as a package source");
    else addRepository(boot, { kind: "yum", address, spot: where.spot, unsigned, keys: key });
  }
  return managing ? NOTHING : undefined;
}

/** Options of apt by which it takes what nobody signed. */
const UNSIGNED_APT =
  /^--(?:allow-unauthenticated|allow-insecure-repositories|force-yes|no-gpg-check)$|(?:AllowUnauthenticated|AllowInsecureRepositories)[= ]["']?(?:true|1|yes)/i;

function aptOptions(command: Command): undefined {
  if (command.words.some((word) => UNSIGNED_APT.test(word))) command.boot.unsigned.add("apt");
  return undefined;
}

function zypper(command: Command): Flow | undefined {
  const words = command.words.map((_, index) => command.word(index));
  const unsigned = words.some((word) =>
    /^--(?:no-gpgcheck|no-gpg-checks|gpgcheck-allow-unsigned\S*|allow-unsigned-rpm)$|^-[a-zA-Z]*G[a-zA-Z]*$/.test(word),
  );
  if (words.some((word) => /^--(?:no-gpg-checks|gpg-auto-import-keys)$/.test(word)))
    command.boot.unsigned.add("zypper");
  if (!words.some((word) => /^(?:ar|addrepo)$/.test(word))) return undefined;
  for (const word of words) {
    if (!/^\w+:\/\//.test(word)) continue;
    if (word.endsWith(".repo")) command.use(command.sources([word]), "is taken as a package source");
    else addRepository(command.boot, { kind: "zypper", address: word, spot: command.where.spot, unsigned, keys: [] });
  }
  return NOTHING;
}

function apk(command: Command): undefined {
  if (!command.words.includes("--allow-untrusted")) return undefined;
  command.boot.unsigned.add("apk");
  for (const [index, word] of command.words.entries())
    if (/^(?:-X|--repository)$/.test(command.words[index - 1] ?? "") || word.startsWith("--repository="))
      addRepository(command.boot, {
        kind: "apk",
        address: word.replace(/^--repository=/, ""),
        spot: command.where.spot,
        unsigned: true,
        keys: [],
      });
  return undefined;
}

/** Changes in files of package managers that switch a check off. */
function edit(command: Command): undefined {
  const text = command.words
    .slice(1)
    .map((_, index) => command.word(index + 1))
    .join(" ");
  if (/\.repo\b|yum|dnf/.test(text) && /\/[^/]{0,80}gpgcheck\s{0,3}=?\s{0,3}0|gpgcheck 0/.test(text))
    command.boot.unsigned.add("yum");
  if (/apt/.test(text) && /[/|#,@]deb[^/|#,@]{0,10}\[[^\]]{0,60}trusted=yes/.test(text))
    command.boot.unsigned.add("apt");
  return undefined;
}
