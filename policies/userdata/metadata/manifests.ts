/** Packages that files of package managers, builds and cloud-config name with a version. */
import { lineAt } from "../spot";
import { isRecord, listOf, parseYaml } from "../yaml";
import { pinned, pinsIn, type Pin } from "./pins";
import type { Ecosystem } from "./versions";

export type PinAt = Pin & { readonly line: number };

/** How lines of such files name a package and its version. */
const LINES: readonly (readonly [RegExp, Ecosystem])[] = [
  [/["'](aws-sdk)["']\s{0,9}:\s{0,9}["']([^"']{1,60})["']/, "npm"],
  [/["'](aws\/aws-sdk-php)["']\s{0,9}:\s{0,9}["']([^"']{1,60})["']/, "composer"],
  [/^\s{0,40}gem\s{0,9}\(?\s{0,9}["'](aws-sdk[\w-]{0,20})["']\s{0,9},\s{0,9}(["'][^#\n]{1,100})/, "gem"],
  [/(github\.com\/aws\/aws-sdk-go(?:-v2)?)\s{1,9}(v\d[\w.-]{1,40})/, "go"],
  [/["']?([\w.-]{1,60}:[\w.-]{1,60}):([\d[(][^\s"':@]{1,40})/, "java"],
  [
    /<(?:PackageReference|package|PackageVersion)\b[^>]{0,80}\b(?:Include|id)="(AWSSDK[\w.]{0,60})"[^>]{0,80}\b[Vv]ersion="([^"]{1,40})"/,
    "nuget",
  ],
  [
    /^\s{0,40}(?:-\s{1,9})?["']?(boto3|botocore|awscli|ec2-metadata)(?:\[[^\]]{0,60}\])?\s{0,9}((?:===?|~=|<=?|>=?|!=)[^;#"'\\]{1,80})/i,
    "pip",
  ],
  [/^\s{0,40}["']?(boto3|botocore|awscli|ec2-metadata)["']?\s{0,9}=\s{0,9}["']([^"']{1,60})["']/i, "pip"],
  [
    /["'](boto3|botocore|awscli|ec2-metadata)(?:\[[^\]]{0,60}\])?\s{0,9}((?:===?|~=|<=?|>=?|!=)[^"';]{1,60})["']/i,
    "pip",
  ],
  [/^\s{0,40}-\s{1,9}["']?(boto3|botocore|awscli)(=\d[^"'#\s]{0,40})/i, "conda"],
];

/** Group, name and version apart, as build tools and Ansible also write them. */
const APART: readonly (readonly [RegExp, Ecosystem])[] = [
  [
    /["'](com\.amazonaws|software\.amazon\.awssdk)["']\s{0,9}%{1,2}\s{0,9}["']([\w-]{1,60})["']\s{0,9}%\s{0,9}["']([\d.]{1,30})["']/,
    "java",
  ],
  [
    /\bgroup\s{0,9}[:=]\s{0,9}["'](com\.amazonaws|software\.amazon\.awssdk)["'],\s{0,9}name\s{0,9}[:=]\s{0,9}["']([\w-]{1,60})["'],\s{0,9}version\s{0,9}[:=]\s{0,9}["']([\d.]{1,30})["']/,
    "java",
  ],
  [/()\bname=["']?(boto3|botocore|awscli)["']?\s.{0,80}?\bversion=["']?([\d.]{1,30})/, "pip"],
];

/** The pins of a file that something takes. */
export function pinsInLines(text: string): readonly PinAt[] {
  const lines = text.split("\n");
  const found = lines.flatMap((line, index) =>
    /^\s{0,99}(?:#|\/\/)/.test(line)
      ? []
      : [...inLine(line), ...namedBefore(lines, index)].map((pin) => ({ ...pin, line: index + 1 })),
  );
  return [...found, ...inMaven(text)];
}

function inLine(line: string): readonly Pin[] {
  const named = LINES.flatMap(([pattern, ecosystem]) => {
    const [, name, version] = pattern.exec(line) ?? [];
    const constraint =
      ecosystem === "gem"
        ? [...(version ?? "").matchAll(/["']([~<>=\d][^"']{0,40})["']/g)].map((match) => match[1]).join(",")
        : version;
    const pin =
      name === undefined || constraint === undefined || constraint === ""
        ? undefined
        : pinned(ecosystem, name, constraint);
    return pin ? [pin] : [];
  });
  const apart = APART.flatMap(([pattern, ecosystem]) => {
    const [, group = "", name = "", version = ""] = pattern.exec(line) ?? [];
    return pinned(ecosystem, group === "" ? name : `${group}:${name}`, version) ?? [];
  });
  const words = line.split(/[\s"'[\]]+/).filter((word) => word !== "");
  const image = words.flatMap((word) => {
    const [, name = "", tag = ""] = /^([\w./-]{1,160}):(v?\d[\w.-]{0,60})/.exec(word) ?? [];
    return pinned("image", name, tag) ?? [];
  });
  return [...named, ...apart, ...image, ...pinsIn(words)];
}

/** `name: boto3` and `version: 1.10.2` of a playbook, in whatever order. */
function namedBefore(lines: readonly string[], index: number): readonly Pin[] {
  const version = /^\s{0,60}version\s{0,9}:\s{0,9}["']?([\d.]{1,20})["']?\s{0,9}$/.exec(lines[index] ?? "")?.[1];
  if (version === undefined) return [];
  const near = lines.slice(Math.max(0, index - 3), index + 4);
  const name = near
    .map((line) => /^\s{0,60}(?:-\s{1,9})?name\s{0,9}:\s{0,9}["']?([\w./-]{1,60})["']?\s{0,9}$/.exec(line)?.[1])
    .find((each) => each !== undefined && /boto|aws/.test(each));
  const pin =
    name === undefined
      ? undefined
      : (pinned("pip", name, `==${version}`) ?? pinned("npm", name, version) ?? pinned("gem", name, version));
  return pin ? [pin] : [];
}

const DEPENDENCY =
  /<groupId>\s{0,9}(com\.amazonaws|software\.amazon\.awssdk)\s{0,9}<\/groupId>\s{0,99}<artifactId>\s{0,9}([\w-]{1,60})\s{0,9}<\/artifactId>\s{0,99}<version>\s{0,9}([^<\s]{1,60})\s{0,9}<\/version>/g;

function inMaven(text: string): readonly PinAt[] {
  if (!text.includes("<groupId>")) return [];
  return [...text.matchAll(DEPENDENCY)]
    .slice(0, 50)
    .flatMap(({ 0: all, 1: group = "", 2: artifact = "", 3: version = "", index }) => {
      const property = /^\$\{([\w.-]{1,60})\}$/.exec(version)?.[1];
      const value = property === undefined ? version : valueOf(text, property);
      const pin = value === undefined ? undefined : pinned("java", `${group}:${artifact}`, value);
      return pin ? [{ ...pin, line: lineAt(text, index + all.length) }] : [];
    });
}

function valueOf(text: string, property: string): string | undefined {
  const open = `<${property}>`;
  const at = text.indexOf(open);
  return at < 0 ? undefined : /^[\d.]{1,30}/.exec(text.slice(at + open.length, at + open.length + 40))?.[0];
}

/** `packages:` of a cloud-config: `name=version`, `name-version`, or both in a list. */
export function pinsInCloudConfig(text: string): readonly PinAt[] {
  const config = parseYaml(text);
  const packages = isRecord(config) ? listOf(config["packages"]) : [];
  return packages.slice(0, 500).flatMap((entry) => {
    const [name, version] = Array.isArray(entry) ? (entry as readonly unknown[]) : [entry, undefined];
    if (typeof name !== "string") return [];
    const word = typeof version === "string" || typeof version === "number" ? `${name}=${String(version)}` : name;
    return pinsIn(["apt-get", "install", word]).map((pin) => ({
      ...pin,
      line: lineAt(text, Math.max(0, text.indexOf(pin.version))),
    }));
  });
}
