/** What is known of one value, and where it is set. Four states that are never mixed up. */

/** Where a value is set, or would be. */
export interface Source {
  readonly urn: string;
  /** Property path within the resource, as a program writes it: `metadataOptions.httpTokens`. */
  readonly path: string;
}

/** The program sets it, or the provider or service is known to. */
export interface Known<T = unknown> {
  readonly state: "known";
  readonly value: T;
  readonly source: Source;
  /** What the program wrote, as a predicate, where the value is only what it amounts to: `is "false"`. */
  readonly shown?: string;
  /** Who sets it, where that is not the program: "the provider's default". */
  readonly setBy?: string;
  /** Why it never reaches EC2 although it is written. */
  readonly dropped?: string;
  /** What is unknown and decides whether it reaches EC2. */
  readonly mayBeDropped?: Source;
}

/** Nobody that is looked at sets it. */
export interface Absent {
  readonly state: "absent";
  readonly source: Source;
}

/** Set to something that is computed later, or set where the program does not show it. */
export interface Unknown {
  readonly state: "unknown";
  readonly source: Source;
  /** What it waits for, where that is not the resources the property depends on. */
  readonly waitsFor?: string;
}

/** Another resource of the stack may set it: the stack pass decides. */
export interface Inherited {
  readonly state: "inherited";
  readonly source: Source;
}

export type Fact<T = unknown> = Known<T> | Absent | Unknown | Inherited;

export function isKnown<T>(fact: Fact<T>): fact is Known<T> {
  return fact.state === "known";
}

/** Whether a fact is known to have exactly this value. */
export function is(fact: Fact, value: unknown): boolean {
  return fact.state === "known" && fact.value === value;
}
