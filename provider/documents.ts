import { isRecord, isUnknown, type Properties, UNKNOWN } from "../policies/machine/resource";
import type { CheckFailure } from "./provider";
import { containsUnknown, MAX_DEPTH } from "./values";

const GO_ESCAPES: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** What Go's encoder escapes beyond what JSON asks for. */
export function escapeLikeGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => GO_ESCAPES[character] ?? character);
}

export function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left, "utf8"), Buffer.from(right, "utf8"));
}

/** JSON as Go's `json.Marshal` writes a map: keys in byte order, no spaces. Undefined where it nests too deeply. */
export function goJson(value: unknown): string | undefined {
  const json = encode(value, 0);
  return json === undefined ? undefined : escapeLikeGo(json);
}

function encode(value: unknown, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value))
    return join(
      "[",
      "]",
      value.map((member) => encode(member, depth + 1)),
    );
  if (!isRecord(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .sort(compareBytes)
    .map((key) => prefixed(`${JSON.stringify(key)}:`, encode(value[key], depth + 1)));
  return join("{", "}", members);
}

function prefixed(prefix: string, json: string | undefined): string | undefined {
  return json === undefined ? undefined : prefix + json;
}

function join(open: string, close: string, members: readonly (string | undefined)[]): string | undefined {
  return members.includes(undefined) ? undefined : open + members.join(",") + close;
}

/** Re-serialises a JSON text with sorted keys, as state functions do; other text stays. */
export function normalizedJson(json: string): string {
  try {
    return goJson(JSON.parse(json)) ?? json;
  } catch {
    return json;
  }
}

/** Properties that hold a JSON document, by type. An inline policy or a key policy is not among them: text only. */
const DOCUMENTS = new Map([
  ["aws:iam/role:Role", "assumeRolePolicy"],
  ["aws:iam/rolePolicy:RolePolicy", "policy"],
  ["aws:iam/policy:Policy", "policy"],
  ["aws:iam/userPolicy:UserPolicy", "policy"],
  ["aws:iam/groupPolicy:GroupPolicy", "policy"],
  ["aws:s3/bucket:Bucket", "policy"],
  ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
  ["aws:sqs/queuePolicy:QueuePolicy", "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", "policy"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy", "policy"],
  ["aws:ecr/lifecyclePolicy:LifecyclePolicy", "policy"],
  ["aws:ecr/registryPolicy:RegistryPolicy", "policy"],
  ["aws:elasticsearch/domain:Domain", "accessPolicies"],
  ["aws:elasticsearch/domainPolicy:DomainPolicy", "accessPolicies"],
  ["aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"],
]);

/** Encodes a type's JSON document: an object becomes text, one unknown leaf makes it unknown as a whole. */
export function encodeDocuments(type: string, inputs: Properties, failures: CheckFailure[]): Properties {
  const property = DOCUMENTS.get(type);
  const value = property === undefined ? undefined : inputs[property];
  if (property === undefined || value === undefined || isUnknown(value) || typeof value === "string") return inputs;
  if (containsUnknown(value)) return { ...inputs, [property]: UNKNOWN };
  const json = typeof value === "object" ? goJson(value) : undefined;
  if (json !== undefined) return { ...inputs, [property]: json };
  failures.push({ property, reason: `expected a JSON document, got a ${typeof value}` });
  return inputs;
}
