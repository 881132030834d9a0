/** What decides where launch parameters and template say nothing: the account's default, then the image. */
import { is, isKnown, type Fact } from "./fact";
import type { Attribute } from "./launch";
import { compareRegions, providerOf, regionOf } from "./links";
import type { Machine, Model, Subject } from "./model";
import { label, type StackResource } from "./resource";

/** An account's defaults that are set outside the program, as a policy's option states them. */
export interface StatedAccount {
  readonly httpTokens?: string;
  readonly httpPutResponseHopLimit?: number;
  readonly httpEndpoint?: string;
  /** The regions they hold for; all of them where absent. */
  readonly regions?: readonly string[];
}

/**
 * The account default for a machine: an InstanceMetadataDefaults of the same provider and region decides per option,
 * and what is stated fills what it leaves open.
 */
export function accountDefault(model: Model, machine: Machine, attribute: Attribute, stated?: StatedAccount): Fact {
  const { resource } = machine;
  const facts = model.accountDefaults
    .filter((subject) => providerOf(subject.resource) === providerOf(resource))
    .flatMap((subject) => defaultFor(resource, subject, attribute));
  const [first, ...others] = facts;
  if (!first) return statedDefault(resource, attribute, stated);
  const agree = others.every((fact) => fact.state === first.state && (!isKnown(first) || is(fact, first.value)));
  if (!agree) return { state: "unknown", source: first.source, waitsFor: "account defaults that differ" };
  return first.state === "absent" ? statedDefault(resource, attribute, stated) : first;
}

function defaultFor(resource: StackResource, { resource: owner, reading }: Subject, attribute: Attribute): Fact[] {
  const fact = reading.launches[0]?.options[attribute];
  const regions = compareRegions(resource, owner);
  if (!fact || regions === "different") return [];
  if (fact.state === "absent") return [fact];
  const name = label(owner);
  if (regions === "maybe") return [{ state: "unknown", source: fact.source, waitsFor: `the region of ${name}` }];
  return [fact.state === "unknown" ? { ...fact, waitsFor: `the account default ${name}` } : fact];
}

function statedDefault(resource: StackResource, attribute: Attribute, stated: StatedAccount | undefined): Fact {
  const source = { urn: resource.urn, path: "account" };
  const value = stated?.[attribute as keyof StatedAccount];
  if (value === undefined || value === "no-preference" || value === -1) return { state: "absent", source };
  if (stated?.regions) {
    const region = regionOf(resource);
    if (region === undefined || region === "unknown") {
      return {
        state: "unknown",
        source,
        waitsFor: "the region of the machine, which the option account.regions needs",
      };
    }
    if (!stated.regions.includes(region)) return { state: "absent", source };
  }
  return { state: "known", value, source, setBy: "the option account" };
}

/** Whether the image makes EC2 require tokens: `imdsSupport: "v2.0"`, in the stack or by a list of accepted ids. */
export function imageRequiresTokens(
  model: Model,
  machine: Machine,
  accepts: { readonly inStack: boolean; readonly ids: (id: string) => boolean | undefined },
): boolean | "unknown" {
  const image = machine.part("image");
  if (image === "hidden") return "unknown";
  if (!image) return false;
  const id = image.id;
  if (isKnown(id) && typeof id.value === "string" && accepts.ids(id.value) === true) return true;
  const support = accepts.inStack ? imagesOf(model, machine).map((fact) => supports(fact)) : [];
  const [first, ...others] = support;
  if (first !== undefined) return others.every((other) => other === first) ? first : "unknown";
  return id.state === "unknown" ? "unknown" : false;
}

function imagesOf(model: Model, machine: Machine): readonly Fact[] {
  const image = machine.part("image");
  if (!image || image === "hidden") return [];
  const owner = model.graph.get(image.source.urn);
  const candidates = owner ? model.graph.follow(owner, image).candidates : [];
  return candidates.flatMap((candidate) => {
    const support = model.readingOf(candidate)?.imdsSupport;
    return support ? [support] : [{ state: "unknown" as const, source: image.source }];
  });
}

function supports(fact: Fact): boolean | "unknown" {
  return fact.state === "unknown" ? "unknown" : is(fact, "v2.0");
}
