/** Resources as @pulumi/policy hands them over, seen as the machine model needs them. */
import { Secret, type PolicyResource, type ResourceValidationArgs } from "@pulumi/policy";
import type { Properties, ProviderRef, StackResource } from "./machine/resource";

type Provider = PolicyResource["provider"];
type Shown = Pick<PolicyResource, "urn" | "type" | "name"> & { readonly provider?: Provider };

/**
 * Raw values behind the SDK's proxy, which throws on the first unknown it is asked for: property descriptors pass
 * through it untouched.
 */
export function propertiesOf(proxied: object): Record<string, unknown> {
  const entries = Object.keys(proxied).map((key) => [
    key,
    Object.getOwnPropertyDescriptor(proxied, key)?.value as unknown,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
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

/** A resource of either pass. What only few resources are asked for is read when it is asked for. */
export class EngineResource implements StackResource {
  readonly created = undefined;

  private constructor(
    private readonly shown: Shown,
    readonly inputs: Properties | undefined,
    private readonly inStack: PolicyResource | undefined,
    private readonly parentUrn: string | undefined,
  ) {}

  /** A resource of the resource pass. */
  static ofInputs(
    args: Pick<ResourceValidationArgs, "urn" | "type" | "name" | "provider" | "opts">,
    inputs: Properties,
  ): EngineResource {
    return new EngineResource(args, inputs, undefined, args.opts.parent);
  }

  /** A resource of the stack pass, with the inputs that the resource pass saw. */
  static ofStack(resource: PolicyResource, inputs: Properties | undefined): EngineResource {
    return new EngineResource(resource, inputs, resource, undefined);
  }

  get urn(): string {
    return this.shown.urn;
  }

  get type(): string {
    return this.shown.type;
  }

  get name(): string {
    return this.shown.name;
  }

  get outputs(): Properties {
    return (this.cached ??= this.inStack ? propertiesOf(this.inStack.props) : {});
  }
  private cached: Properties | undefined;

  get parent(): string | undefined {
    return this.inStack ? this.inStack.parent?.urn : this.parentUrn;
  }

  get provider(): ProviderRef | undefined {
    const { provider } = this.shown;
    return provider && { urn: provider.urn, name: provider.name, props: propertiesOf(provider.props) };
  }

  get dependencies(): readonly string[] {
    return this.inStack?.dependencies.map(({ urn }) => urn) ?? [];
  }

  get propertyDependencies(): Readonly<Record<string, readonly string[]>> {
    const entries = Object.entries(this.inStack?.propertyDependencies ?? {});
    return Object.fromEntries(entries.map(([key, resources]) => [key, resources.map(({ urn }) => urn)]));
  }
}
