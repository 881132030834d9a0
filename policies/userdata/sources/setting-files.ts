/** What configuration files tell tools: where to look, and what not to check. */
import type { Source, Text } from "./boot";
import type { Where } from "./command";

/** The host of the default index, as an option or a setting names it. */
export const PYPI = /^(?:--(?:trusted|allow-insecure)-host=)?(?:pypi|pypi\.python)\.org(?::443)?$/;
export const PYPI_INDEX = "https://pypi.org/simple/";

/** A setting by which pip does not check the host of its default index. */
export function learnHosts({ boot, spot }: Pick<Where, "boot" | "spot">, hosts: string): void {
  if (hosts.split(/[\s,"']+/).some((host) => PYPI.test(host)))
    boot.index("pip", boot.source(PYPI_INDEX, spot, { unchecked: true }));
}

interface File {
  readonly path: RegExp;
  readonly tool: string;
  /** Lines whose address it looks at; the address is the first group, or all that look like one. */
  readonly address?: RegExp;
  /** A line that switches the check of certificates off. */
  readonly unchecked?: RegExp;
}

const URL = String.raw`["']?((?:(?:sparse|git|hg|svn)\+|(?:git|hg)::)?(?:https?|ftp|git|svn):\/\/[^\s"'<>,;\]]{1,500})`;

const FILES: readonly File[] = [
  { path: /(?:^|\/)\.?curlrc$/, tool: "curl", unchecked: /^\s{0,9}-{0,2}(?:insecure|k)\b/m },
  {
    path: /(?:^|\/)\.?wgetrc$/,
    tool: "wget",
    unchecked: /^\s{0,9}check[-_]certificate\s{0,9}=\s{0,9}(?:off|no|0|false)/im,
  },
  { path: /(?:^|\/)aria2\.conf$/, tool: "aria2c", unchecked: /^check-certificate=false/m },
  {
    path: /(?:^|\/)\.?gitconfig$|\/git\/config$/,
    tool: "git",
    unchecked: /^\s{0,9}sslVerify\s{0,9}=\s{0,9}(?:false|0)/im,
  },
  {
    path: /(?:^|\/)\.?(?:pip\.conf|pip\.ini|pydistutils\.cfg|uv\.toml)$/,
    tool: "pip",
    address: new RegExp(
      `^\\s{0,9}(?:(?:extra-)?index[-_]url|find[-_]links|index_url|url)\\s{0,9}=\\s{0,9}${URL}`,
      "gim",
    ),
    unchecked: /^\s{0,9}trusted-host\s{0,9}=\s{0,9}\S{1,200}(?:\s{1,9}[\w.:-]{1,200}){0,9}$/im,
  },
  {
    path: /(?:^|\/)\.?(?:npmrc|yarnrc(?:\.ya?ml)?|bunfig\.toml)$/,
    tool: "npm",
    address: new RegExp(
      `^\\s{0,9}(?:[^\\s=:]{1,80}:)?(?:registry|npmRegistryServer)["']?\\s{0,9}[=: ]\\s{0,9}${URL}`,
      "gim",
    ),
    unchecked: /^\s{0,9}(?:strict-ssl\s{0,9}=\s{0,9}|enableStrictSsl:\s{0,9})false/im,
  },
  {
    path: /(?:^|\/)\.?condarc$/,
    tool: "conda",
    address: new RegExp(`^\\s{0,9}(?:-|channel_alias:)\\s{0,9}${URL}`, "gim"),
    unchecked: /^\s{0,9}ssl_verify:\s{0,9}(?:false|no)/im,
  },
  {
    path: /(?:^|\/)\.?gemrc$/,
    tool: "gem",
    address: new RegExp(`^\\s{0,9}-\\s{0,9}${URL}`, "gim"),
    unchecked: /ssl_verify_mode:\s{0,9}0/,
  },
  {
    path: /(?:^|\/)Gemfile$/,
    tool: "bundle",
    address: new RegExp(`^\\s{0,9}(?:source|git_source|gem\\b[^#\\n]{0,200}\\bgit:)\\s{0,9}\\(?${URL}`, "gim"),
  },
  {
    path: /\/\.bundle\/config$/,
    tool: "bundle",
    address: new RegExp(`^BUNDLE_MIRROR\\S{0,200}:\\s{0,9}${URL}`, "gim"),
  },
  { path: /(?:^|\/)composer\.json$/, tool: "composer", address: new RegExp(`"url"\\s{0,9}:\\s{0,9}${URL}`, "gim") },
  {
    path: /\/\.?cargo\/config(?:\.toml)?$/,
    tool: "cargo",
    address: new RegExp(`^\\s{0,9}(?:index|registry|replace-with)\\s{0,9}=\\s{0,9}${URL}`, "gim"),
  },
  {
    path: /\/\.?m2\/settings\.xml$|\/maven\/conf\/settings\.xml$|(?:^|\/)pom\.xml$/,
    tool: "maven",
    address: new RegExp(`<url>\\s{0,9}${URL}`, "gim"),
  },
  {
    path: /(?:^|\/)(?:build|settings|init)\.gradle(?:\.kts)?$/,
    tool: "maven",
    address: new RegExp(`\\b(?:url|uri)\\b[^\\n]{0,20}?${URL}`, "gim"),
  },
  { path: /(?:^|\/)nuget\.config$/i, tool: "nuget", address: new RegExp(`\\bvalue=${URL}`, "gim") },
  {
    path: /(?:^|\/)chocolatey\.config$/i,
    tool: "choco",
    address: new RegExp(`<source\\b[^>]{0,200}\\bvalue=${URL}`, "gim"),
  },
  { path: /(?:^|\/)\.?Rprofile(?:\.site)?$/, tool: "R", address: new RegExp(`\\brepos\\b[^\\n]{0,40}?${URL}`, "gim") },
  {
    path: /(?:^|\/)(?:requirements[\w.-]*\.txt|constraints\.txt)$/,
    tool: "pip",
    address: new RegExp(
      `^\\s{0,9}(?:(?:--?(?:extra-)?index-url|-i|--find-links|-f|-e|--editable)[ =]|[\\w.[\\],-]{1,100}\\s{0,9}@)?\\s{0,9}${URL}`,
      "gim",
    ),
  },
  {
    path: /(?:^|\/)(?:Pipfile|pyproject\.toml)$/,
    tool: "pip",
    address: new RegExp(`(?:^|[{,])\\s{0,9}(?:url|git|index-url|file)\\s{0,9}=\\s{0,9}${URL}`, "gim"),
    unchecked: /^\s{0,9}verify_ssl\s{0,9}=\s{0,9}false/im,
  },
  {
    path: /(?:^|\/)package\.json$/,
    tool: "npm",
    // Names of packages, not what the manifest says of itself.
    address: new RegExp(
      `"(?!(?:homepage|url|bugs|repository|funding|author|license|email|\\$schema)")[^"\\n]{1,100}"\\s{0,9}:\\s{0,9}${URL}`,
      "gim",
    ),
  },
  { path: /\.tf$/, tool: "terraform", address: new RegExp(`^\\s{0,20}source\\s{0,20}=\\s{0,20}${URL}`, "gim") },
  {
    path: /(?:^|\/)\.ansible\.cfg$|\/ansible\.cfg$/,
    tool: "ansible",
    address: new RegExp(`^\\s{0,9}(?:url|server)\\s{0,9}=\\s{0,9}${URL}`, "gim"),
  },
];

/** Reads a configuration file that is written. */
export function learn(where: Where, path: string, text: Text): void {
  const name = /^[a-z]:\//.test(path) ? path : path.replace(/^\/root\//, "/");
  for (const file of FILES) {
    if (!file.path.test(name)) continue;
    const unchecked = file.unchecked?.exec(text.text);
    if (unchecked) where.boot.unchecked.add(file.tool);
    if (unchecked && file.tool === "pip")
      learnHosts({ ...where, spot: text }, unchecked[0].slice(unchecked[0].indexOf("=") + 1));
    for (const match of file.address ? text.text.matchAll(file.address) : [])
      where.boot.index(file.tool, configured(where, file.tool, match, text));
  }
}

function configured(
  { boot }: Where,
  tool: string,
  match: RegExpExecArray,
  { text, path, line }: Text,
): Source | undefined {
  const before = text.slice(0, match.index).split("\n").length - 1;
  return boot.source(match[1] ?? "", { path, line: line + before }, { unchecked: boot.unchecked.has(tool) });
}
