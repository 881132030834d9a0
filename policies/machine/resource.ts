/** What Pulumi's engine shows of one resource, free of @pulumi types: the only input of the machine model. */

/** Raw property values as they cross the wire: JSON, with unknown values as Pulumi's sentinel strings. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is an object with properties, and no list. */
export function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The provider a resource is made with. */
export interface ProviderRef {
  readonly urn: string;
  readonly name: string;
  readonly props: Properties;
}

/** One resource of a stack. */
export interface StackResource {
  readonly urn: string;
  /** Type token, e.g. `aws:ec2/instance:Instance`. */
  readonly type: string;
  readonly name: string;
  /**
   * What the program sets, after the provider's Check. Undefined where the engine never evaluated it: a resource read
   * with `.get()`, or one left out by `preview --target`.
   */
  readonly inputs: Properties | undefined;
  /** What the provider answered; empty in the resource pass. */
  readonly outputs: Properties;
  /** URN of the parent resource. */
  readonly parent: string | undefined;
  readonly provider: ProviderRef | undefined;
  /** URNs of everything it depends on. */
  readonly dependencies: readonly string[];
  /** URNs by top-level input property. An empty list means: depends on something the engine does not show. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Whether this run creates it; undefined where only the outputs can tell. */
  readonly created: boolean | undefined;
}

/** What is shown of a resource: its inputs, or what it was read as; undefined where this run does not evaluate it. */
export function shownOf({ inputs, outputs }: StackResource): Properties | undefined {
  if (inputs && !isEmpty(inputs)) return inputs;
  return isEmpty(outputs) ? undefined : outputs;
}

/** Whether a resource is only read, with `.get()`: context to follow, never to judge. */
export function isRead({ inputs }: StackResource): boolean {
  return !inputs || isEmpty(inputs);
}

function isEmpty(properties: Properties): boolean {
  for (const key in properties) if (Object.hasOwn(properties, key)) return false;
  return true;
}

/** A resource's name for a message: one line that cannot pass for anything else. */
export function label({ name }: Pick<StackResource, "name">): string {
  const line = name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return line.length > LONGEST_LABEL ? `${line.slice(0, LONGEST_LABEL)}…` : line;
}

const LONGEST_LABEL = 120;

const UNKNOWN_SENTINELS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** The sentinel that stands for a value of whatever type on the wire. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a raw value stands for one that is computed later. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && value.length === 36 && UNKNOWN_SENTINELS.has(value);
}
