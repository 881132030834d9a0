/** What makes a machine a container host, for which a hop limit of 2 may be right. */
import { boolean } from "./cursor";
import type { Fact, Source } from "./fact";
import type { Tags } from "./launch";
import type { Machine, Model } from "./model";
import { joinsCluster } from "../userdata/text";

/** Evidence for a message, or why there is none. */
export type ContainerHost =
  | { readonly state: "yes"; readonly evidence: string }
  | { readonly state: "no" }
  /** The stack pass may find evidence in the template or in what uses it. */
  | { readonly state: "pending" }
  | { readonly state: "unknown"; readonly source: Source; readonly waitsFor?: string };

/** Judges one machine, or a template by its own text and tags. */
export function containerHost(model: Model, machine: Machine, named: (name: string) => boolean): ContainerHost {
  const evidence =
    byService(model, machine) ?? byName(machine, named) ?? tagEvidence(machine.tags) ?? userDataEvidence(machine);
  if (evidence !== undefined) return { state: "yes", evidence };
  return unreadable(machine);
}

/** A template is a container host's where one of the machines that take its hop limit is one. */
export function templateHost(model: Model, template: Machine, named: (name: string) => boolean): ContainerHost {
  const own = containerHost(model, template, named);
  // A user that starts another version counts only where it is a container host for certain.
  const taking = template.users.filter((user) => user.launch.options.httpPutResponseHopLimit.state === "absent");
  const users = taking.map((user) => [user, containerHost(model, user, named)] as const);
  const counted = users.filter(([user, host]) => user.origin.kind === "template" || host.state === "yes");
  const all = [own, ...counted.map(([, host]) => host)];
  return all.find(({ state }) => state === "yes") ?? all.find(({ state }) => state === "unknown") ?? { state: "no" };
}

function byService(model: Model, { resource, launch }: Machine): string | undefined {
  if (launch.service?.runsContainers === true) return `${launch.service.name} runs containers on it`;
  const taker = model.takenOverBy(resource);
  return taker === undefined ? undefined : `${taker} uses it`;
}

function byName({ resource, named: template }: Machine, named: (name: string) => boolean): string | undefined {
  const names = [resource.name, ...(template ? [template.resource.name] : [])];
  return names.some(named) ? "the option containerHosts names it" : undefined;
}

const CONTAINER_HOST_TAG = "ec2-hardening:container-host";
const KARPENTER_TAG = "karpenter.sh/discovery";
const CLUSTER_TAG = /^kubernetes\.io\/cluster\/./;

function tagEvidence(tags: Tags): string | undefined {
  for (const [key, value] of tags.known) {
    if (isEvidence(key, value)) return `it carries the tag ${CLUSTER_TAG.test(key) ? "kubernetes.io/cluster" : key}`;
  }
  return undefined;
}

function isEvidence(key: string, value: Fact): boolean {
  if (key === KARPENTER_TAG) return value.state !== "absent";
  if (value.state !== "known") return false;
  if (key === CONTAINER_HOST_TAG) return boolean(value.value) === true;
  return CLUSTER_TAG.test(key) && (value.value === "owned" || value.value === "shared");
}

function userDataEvidence({ userData }: Machine): string | undefined {
  if (!userData || userData === "hidden") return undefined;
  const joins = joinsCluster(userData);
  return typeof joins === "string" ? `its user data joins a cluster (${joins})` : undefined;
}

/** Tags and user data that cannot be read yet may hold evidence. */
function unreadable(machine: Machine): ContainerHost {
  const { tags, userData, origin } = machine;
  if (origin.kind === "pending") return { state: "pending" };
  const source = machine.launch.template?.source ?? machine.launch.keyName.source;
  if (origin.kind === "hidden") {
    return { state: "unknown", source, ...(origin.waitsFor !== undefined && { waitsFor: origin.waitsFor }) };
  }
  const unread = [...tags.known].find(([key, value]) => value.state === "unknown" && isEvidenceKey(key));
  const uncertain = [...tags.uncertain].find(([key]) => isEvidenceKey(key));
  const tag = tags.unknown ?? unread?.[1].source ?? uncertain?.[1];
  if (tag) return { state: "unknown", source: tag };
  if (userData && userData !== "hidden" && joinsCluster(userData) === undefined) {
    return { state: "unknown", source: userData.fact.source };
  }
  return { state: "no" };
}

function isEvidenceKey(key: string): boolean {
  return key === CONTAINER_HOST_TAG || key === KARPENTER_TAG || CLUSTER_TAG.test(key);
}
