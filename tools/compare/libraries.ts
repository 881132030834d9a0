/** Scanners that run in this process: this project's own, and secretlint. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { credentialsIn } from "../../policies/userdata/credentials";
import { decode } from "../../policies/userdata/decode";
import { run } from "./programs";
import { indicesOf, type Scanner } from "./scanner";

function versionIn(folder: string): string {
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }).version;
}

function isReported(value: string): boolean {
  const source = { urn: "", path: "userData" };
  return credentialsIn(decode({ fact: { state: "known", value, source }, encoding: "plain" })).length > 0;
}

export const ours: Scanner = {
  name: "ec2-hardening",
  prepare: ({ root }) => ({ version: versionIn(root), scan: (texts) => indicesOf(texts, isReported) }),
};

interface SecretlintCore {
  readonly lintSource: (options: object) => Promise<{ readonly messages: readonly unknown[] }>;
}

const PRESET = "@secretlint/secretlint-rule-preset-recommend";

/** Its core, in the version of the preset that this project depends on, with all rules of that preset. */
export const secretlint: Scanner = {
  name: "secretlint",
  prepare: ({ root, cache }) => {
    const version = versionIn(path.join(root, "node_modules", PRESET));
    const prefix = path.join(cache, "secretlint");
    run("npm", ["install", "--no-audit", "--no-fund", "--prefix", prefix, `@secretlint/core@${version}`], cache);
    const { lintSource } = createRequire(path.join(prefix, "x.js"))("@secretlint/core") as SecretlintCore;
    const preset = createRequire(path.join(root, "x.js"))(PRESET) as { readonly creator: unknown };
    const options = { config: { rules: [{ id: PRESET, rule: preset.creator }] } };
    const scan = async (texts: readonly string[]): Promise<number[]> => {
      const reported: number[] = [];
      for (const [index, content] of texts.entries()) {
        const source = { content, filePath: "user-data.txt", ext: ".txt", contentType: "text" };
        if ((await lintSource({ source, options })).messages.length > 0) reported.push(index);
      }
      return reported;
    };
    return { version, scan };
  },
};
