/** The text of user data, as far as the metadata rules need it: does it join a cluster, does it read instance tags. */
import { gunzipSync } from "node:zlib";
import type { UserData } from "../machine/launch";

/** Decoded text beyond this size is not looked at: EC2 takes 16 KB. */
const LIMIT = 1 << 20;

const texts = new WeakMap<UserData, { readonly text: string | undefined }>();

/** The decoded text, decoded once; undefined where it is not known or cannot be decoded. */
function textOf(userData: UserData): string | undefined {
  const known = texts.get(userData) ?? { text: decoded(userData) };
  texts.set(userData, known);
  return known.text;
}

/** The text without lines that are only a comment. */
function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*#.*$/gm, "");
}

function decoded(userData: UserData): string | undefined {
  const { fact } = userData;
  if (fact.state !== "known" || typeof fact.value !== "string" || fact.value.length > 2 * LIMIT) return undefined;
  const bytes = userData.encoding === "base64" || isBase64(fact.value) ? Buffer.from(fact.value, "base64") : undefined;
  return bytes ? decode(bytes) : fact.value;
}

/** The provider takes text that is already base64 in the plain property as it is, and cloud-init decodes it again. */
function isBase64(text: string): boolean {
  const compact = text.replaceAll(/\s+/g, "");
  return compact.length >= 16 && compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact);
}

function decode(bytes: Buffer): string | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return inner(bytes.toString("utf8"));
  try {
    return inner(gunzipSync(bytes, { maxOutputLength: LIMIT }).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** MIME parts may be base64 in themselves: their text stands behind the document's. */
function inner(text: string): string {
  if (isBase64(text)) return Buffer.from(text, "base64").toString("utf8");
  const parts = text.match(/(?:^[A-Za-z0-9+/=]{16,76}\r?$\n?)+/gm) ?? [];
  return [text, ...parts.map((part) => Buffer.from(part, "base64").toString("utf8"))].join("\n");
}

/** What joins a cluster, with the name for it in a message. */
const CLUSTER_MARKS: readonly (readonly [RegExp, string])[] = [
  [/\bECS_CLUSTER\s*=/, "ECS_CLUSTER"],
  [/\/etc\/eks\/bootstrap\.sh\b/, "EKS bootstrap.sh"],
  [/\bStart-EKSBootstrap\.ps1\b/i, "Start-EKSBootstrap.ps1"],
  [/\bnode\.eks\.aws\/v\d/, "NodeConfig"],
  [/^\s*\[?\s*settings\.kubernetes\b/m, "Bottlerocket settings.kubernetes"],
  [/^\s*\[?\s*settings\.ecs\b/m, "Bottlerocket settings.ecs"],
  [/\bget\.k3s\.io\b|\bk3s\s+(?:agent|server)\b|\bK3S_(?:URL|TOKEN)\b/, "k3s"],
  [/\bget\.rke2\.io\b|\brke2-(?:agent|server)\b/, "rke2"],
  [/\bkubeadm\s+(?:join|init)\b/, "kubeadm"],
  [/\bnodeup\b/, "nodeup"],
];

/** The mark by which known user data joins a cluster, false where it has none, undefined where it cannot be read. */
export function joinsCluster(userData: UserData): string | false | undefined {
  const known = textOf(userData);
  if (known === undefined) return undefined;
  const text = withoutComments(known);
  return CLUSTER_MARKS.find(([mark]) => mark.test(text))?.[1] ?? false;
}

/** Whether known user data reads instance tags through the metadata service; undefined where it cannot be read. */
export function readsInstanceTags(userData: UserData): boolean | undefined {
  const text = textOf(userData);
  return text === undefined ? undefined : withoutComments(text).includes("meta-data/tags/instance");
}
