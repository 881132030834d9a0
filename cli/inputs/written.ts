/** Resources as the engine writes them into previews, events, plans and states, whatever the file. */
import { isRecord, type Properties, type ProviderRef, type StackResource } from "../../policies/machine/resource";
import { configOf, isProviderType } from "../host/providers";
import { nameOf, packageOf } from "../host/urn";
import { unknownProperties } from "./unknown";
import { readValues, type ReadValues } from "./values";

/** A resource in the engine's own words (`ResourceV3` of its API). */
export interface Written {
  readonly state: Properties;
  /** Whether the run that is written down creates it; undefined where it does not tell. */
  readonly created: boolean | undefined;
}

/** What a file tells of one stack. */
export interface Content {
  /** What the file is, for messages: `preview`. */
  readonly kind: string;
  /** By URN. */
  readonly resources: ReadonlyMap<string, Written>;
  /** Configuration of the stack, as far as the file shows it. */
  readonly config: ReadonlyMap<string, string>;
  /** Why the run that is written down did not reach its end; empty where it did. */
  readonly errors: readonly string[];
  /** Whether it reached its end. */
  readonly complete: boolean;
  /** What the file does not tell. */
  readonly notes: readonly string[];
}

/** Resources for the judge, with what is secret in them. */
export interface ReadResources {
  readonly resources: readonly StackResource[];
  readonly secrets: readonly string[];
  readonly hidden: number;
}

/** Reads what a file tells of its resources. */
export function readResources({ resources: written, config }: Pick<Content, "resources" | "config">): ReadResources {
  const providers = new Map(
    [...written].flatMap(([urn, { state }]) => (isProviderType(typeOf(urn, state)) ? [[urn, state["inputs"]]] : [])),
  );
  const secrets = new Set<string>();
  let hidden = 0;
  const read = (written: unknown): ReadValues => {
    const values = readValues(written);
    values.secrets.forEach((secret) => secrets.add(secret));
    return values;
  };
  // What the file hides of inputs, it hides of outputs again.
  const inputs = (written: unknown): Properties => {
    const values = read(written);
    hidden += values.hidden;
    return values.properties;
  };
  const resources = [...written].map(([urn, { state, created }]): StackResource => {
    const dependencies = textsOf(state["dependencies"]);
    const type = typeOf(urn, state);
    const isRead = state["external"] === true;
    const { properties: outputs } = read(state["outputs"]);
    return {
      urn,
      type,
      name: nameOf(urn),
      inputs: isRead ? undefined : inputs(state["inputs"]),
      outputs: withId(isRead && isEmpty(outputs) ? unknownProperties(urn, type) : outputs, state["id"]),
      parent: text(state["parent"]),
      provider: providerOf(state["provider"], (at) => inputs(providers.get(at) ?? configOf(packageOf(type), config))),
      dependencies: dependencies.filter((each) => written.has(each)),
      propertyDependencies: edges(state["propertyDependencies"], written),
      created,
    };
  });
  return { resources, secrets: [...secrets], hidden };
}

function typeOf(urn: string, { type }: Properties): string {
  return text(type) ?? urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function isEmpty(properties: Properties): boolean {
  return Object.keys(properties).length === 0;
}

function withId(outputs: Properties, id: unknown): Properties {
  return text(id) === undefined ? outputs : { ...outputs, id };
}

/** A reference is `URN::ID`. */
function providerOf(reference: unknown, propsOf: (urn: string) => Properties): ProviderRef | undefined {
  const urn = text(reference)?.replace(/::[^:]*$/, "");
  return urn === undefined ? undefined : { urn, name: nameOf(urn), props: propsOf(urn) };
}

/** As the engine has it: a property without dependencies is left out, one whose dependencies are not there stays, empty. */
function edges(written: unknown, all: ReadonlyMap<string, Written>): Record<string, string[]> {
  const entries = Object.entries(isRecord(written) ? written : {}).map(([key, urns]) => [key, textsOf(urns)] as const);
  const some = entries.filter(([, urns]) => urns.length > 0);
  return Object.fromEntries(some.map(([key, urns]) => [key, urns.filter((urn) => all.has(urn))]));
}

/** A text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : [];
}
