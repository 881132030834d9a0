import { createHash } from "node:crypto";
import { isRecord, type Properties, UNKNOWN } from "../policies/machine/resource";
import { applyDefaults } from "./defaults";
import { normalizedJson } from "./documents";
import type { CreateRequest } from "./provider";
import { type Field, type Shape, shapeOf } from "./schema";
import { containsUnknown, defined, isBase64, isSet, mapValues, MAX_DEPTH, own, text } from "./values";

/**
 * The plan for a new resource: every property of the schema, null where it is optional and unset, `undecided` where it
 * is unset and AWS decides (undefined leaves it out). A type without a description keeps its inputs.
 */
export function plan(request: CreateRequest, undecided: typeof UNKNOWN | undefined): Properties {
  const { type } = request;
  const inputs = applyStateFunctions(type, applyDefaults(type, withoutDefaultMarks(request.inputs), "plan"));
  const shape = shapeOf(type);
  return shape === undefined ? inputs : { ...inputs, ...planShape(inputs, shape, undecided) };
}

function planShape(inputs: Properties, shape: Shape, undecided: unknown): Properties {
  const entries = [...shape].map(([key, field]) => [key, planField(own(inputs, key), field, undecided)] as const);
  return defined(Object.fromEntries(entries));
}

function planField(given: unknown, field: Field, undecided: unknown): unknown {
  if (isSet(given)) return planGiven(given, field, undecided);
  if (field.flag === "computed" || field.flag === "output") return undecided;
  return field.kind === "blocks" ? [] : null;
}

// One unknown leaf makes a list of scalars or a map unknown as a whole; in a block its siblings stay.
function planGiven(value: unknown, field: Field, undecided: unknown): unknown {
  const block = (member: unknown): unknown => (isRecord(member) ? planShape(member, field.fields, undecided) : member);
  if (field.kind === "block") return block(value);
  if (field.kind === "blocks" && Array.isArray(value)) return value.map(block);
  return containsUnknown(value) ? UNKNOWN : value;
}

/** Takes the bridge's `__defaults` off again. */
function withoutDefaultMarks(value: Properties, depth = 0): Properties {
  const clean = (member: unknown): unknown => (isRecord(member) ? withoutDefaultMarks(member, depth + 1) : member);
  if (depth > MAX_DEPTH) return value;
  return mapValues(value, (member, key) => {
    if (key === "__defaults") return undefined;
    return Array.isArray(member) ? member.map(clean) : clean(member);
  });
}

/** What the plan itself rewrites. */
function applyStateFunctions(type: string, inputs: Properties): Properties {
  if (type === "aws:iam/role:Role") return withNormalizedPolicies(inputs);
  const userData = text(inputs.userData);
  if (type !== "aws:ec2/launchConfiguration:LaunchConfiguration" || userData === undefined) return inputs;
  return { ...inputs, userData: userDataHash(userData) };
}

function withNormalizedPolicies(inputs: Properties): Properties {
  const normalized = (value: unknown): unknown => (typeof value === "string" ? normalizedJson(value) : value);
  return mapValues(inputs, (value, key) => {
    if (key === "assumeRolePolicy") return normalized(value);
    if (key !== "inlinePolicies" || !Array.isArray(value)) return value;
    return value.map((one: unknown) =>
      isRecord(one) && one.policy !== undefined ? { ...one, policy: normalized(one.policy) } : one,
    );
  });
}

/** What a launch configuration keeps of its user data: SHA-1 of the text, or of the bytes where it is base64 already. */
function userDataHash(userData: string): string {
  const content = Buffer.from(userData, isBase64(userData) ? "base64" : "utf8");
  return createHash("sha1").update(content).digest("hex");
}
