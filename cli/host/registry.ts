import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { Properties, ProviderRef, StackResource } from "../../policies/machine/resource";
import type { Position } from "./position";
import { STACK_TYPE } from "./urn";

/** A resource as the program registered it and the provider answered. */
export interface Entry {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly id: string;
  readonly parent: string;
  readonly inputs: Properties | undefined;
  outputs: Properties;
  /** What the program was answered, secrets marked. */
  readonly state: Properties;
  readonly provider: ProviderRef | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly created: boolean | undefined;
  readonly position: Position | undefined;
}

/** What children take over from a registered resource. */
export interface Scope {
  readonly parent: string;
  readonly transforms: readonly Callback[];
  /** `URN::ID` of its own provider, or empty. */
  readonly provider: string;
  readonly providers: Readonly<Record<string, string>>;
}

/** Every resource of one run. */
export class Registry {
  private readonly entries = new Map<string, Entry>();
  private readonly reserved = new Set<string>();
  private readonly scopes = new Map<string, Scope>();
  private root = "";

  /** URN of the stack's root component, or empty. */
  get rootUrn(): string {
    return this.root;
  }

  /** Takes a URN; false where it is taken already. */
  reserve(urn: string): boolean {
    const free = !this.reserved.has(urn);
    this.reserved.add(urn);
    return free;
  }

  add(entry: Entry, scope: Scope): void {
    this.entries.set(entry.urn, entry);
    this.scopes.set(entry.urn, scope);
    if (entry.type === STACK_TYPE) {
      this.root = entry.urn;
    }
  }

  find(urn: string): Entry | undefined {
    return this.entries.get(urn);
  }

  scope(urn: string): Scope | undefined {
    return this.scopes.get(urn);
  }

  /** Transforms of a resource and of its parents, nearest first. */
  inheritedTransforms(urn: string): Callback[] {
    const transforms: Callback[] = [];
    for (let at = urn; at !== "";) {
      const scope = this.scopes.get(at);
      transforms.push(...(scope?.transforms ?? []));
      at = scope?.parent ?? "";
    }
    return transforms;
  }

  /** The resources as the judge takes them: edges lead to what is there, in the order of registration. */
  resources(): StackResource[] {
    return [...this.entries.values()].map((entry) => ({
      urn: entry.urn,
      type: entry.type,
      name: entry.name,
      inputs: entry.inputs,
      outputs: entry.outputs,
      parent: entry.parent === "" ? undefined : entry.parent,
      provider: entry.provider,
      dependencies: this.known(entry.dependencies),
      propertyDependencies: this.knownByProperty(entry.propertyDependencies),
      created: entry.created,
    }));
  }

  /** Where the program creates its resources, by URN. */
  positions(): ReadonlyMap<string, Position> {
    const known = [...this.entries.values()].flatMap(({ urn, position }) =>
      position ? [[urn, position] as const] : [],
    );
    return new Map(known);
  }

  private known(urns: readonly string[]): string[] {
    return urns.filter((urn) => this.entries.has(urn));
  }

  /** As the engine does: a property without dependencies is left out, one whose dependencies are gone stays, empty. */
  private knownByProperty(dependencies: Entry["propertyDependencies"]): Record<string, string[]> {
    const entries = Object.entries(dependencies).filter(([, urns]) => urns.length > 0);
    return Object.fromEntries(entries.map(([key, urns]) => [key, this.known(urns)]));
  }
}
