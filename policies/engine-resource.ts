/** Resources as @pulumi/policy hands them over, seen as the machine model needs them. */
import { Secret, type PolicyResource, type ResourceValidationArgs } from "@pulumi/policy";
import { Model } from "./machine/model";
import type { Properties, ProviderRef, StackResource } from "./machine/resource";

/**
 * Raw values behind the SDK's proxy, which throws on the first unknown it is asked for: property descriptors pass
 * through it untouched.
 */
export function propertiesOf(proxied: object): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const key of Object.keys(proxied)) {
    const value: unknown = Object.getOwnPropertyDescriptor(proxied, key)?.value;
    if (key === "__proto__") Object.defineProperty(raw, key, { value, enumerable: true });
    else raw[key] = value;
  }
  return raw;
}

/** The same properties with secrets as plain values, as the validating passes see them. */
export function plainSecrets(properties: Properties): Properties {
  return plain(properties) as Properties;
}

function plain(value: unknown): unknown {
  if (value instanceof Secret) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}

/** What was written, with the changes that were made to its plain values: secrets stay secrets. */
export function withChanges(written: unknown, before: unknown, after: unknown): unknown {
  if (after === before) return written;
  if (written instanceof Secret) return new Secret(withChanges(written.value, before, after));
  if (Array.isArray(after)) return after.map((item, i) => withChanges(child(written, i), child(before, i), item));
  if (typeof after !== "object" || after === null) return after;
  const entries = Object.entries(after).map(([key, value]) => {
    return [key, withChanges(child(written, key), child(before, key), value)] as const;
  });
  return Object.fromEntries(entries);
}

function child(parent: unknown, key: string | number): unknown {
  if (typeof parent !== "object" || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Readonly<Record<string | number, unknown>>)[key];
}

const NO_PROPERTIES: Properties = {};
const NO_URNS: readonly string[] = [];
const NO_DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {};

/** What both passes show of a resource. */
type Shown = Pick<PolicyResource, "urn" | "type" | "name"> & { readonly provider?: PolicyResource["provider"] };

/** A resource of the resource pass. */
export function ofInputs(args: Shown & Pick<ResourceValidationArgs, "opts">, inputs: Properties): StackResource {
  return {
    ...withoutGraph(args),
    inputs,
    parent: args.opts.parent,
    provider: providerRef(args.provider),
  };
}

/** A resource of the stack pass, with the inputs that the resource pass saw. */
export function ofStack(resource: PolicyResource, inputs: Properties | undefined): StackResource {
  const parent = resource.parent?.urn;
  // Of what no rule looks at, only its place in the tree matters: the rest is not kept.
  if (!Model.knows(resource.type)) return { ...withoutGraph(resource), inputs, parent, provider: undefined };
  const { dependencies, propertyDependencies } = resource;
  return {
    ...withoutGraph(resource),
    inputs,
    outputs: propertiesOf(resource.props),
    parent,
    provider: providerRef(resource.provider),
    dependencies: urnsOf(dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([key, resources]) => [key, urnsOf(resources)]),
    ),
  };
}

function withoutGraph({ urn, type, name }: Shown): Omit<StackResource, "inputs" | "parent" | "provider"> {
  return {
    urn,
    type,
    name,
    outputs: NO_PROPERTIES,
    dependencies: NO_URNS,
    propertyDependencies: NO_DEPENDENCIES,
    created: undefined,
  };
}

function urnsOf(resources: readonly PolicyResource[]): readonly string[] {
  return resources.length === 0 ? NO_URNS : resources.map(({ urn }) => urn);
}

function providerRef(provider: PolicyResource["provider"]): ProviderRef | undefined {
  return provider && { urn: provider.urn, name: provider.name, props: propertiesOf(provider.props) };
}
