/** A role as a machine carries it: whatever of the program says what it may do, who may take it, and where it is known. */
import type { Source } from "../machine/fact";
import type { Machine } from "../machine/model";
import type { StackResource } from "../machine/resource";

/** What is not known yet, or set where the program does not show it. */
export interface Unseen {
  readonly source: Source;
  /** What it waits for, where that is not the resources the property depends on. */
  readonly waitsFor: string | undefined;
}

/** Name and place of something of IAM, as far as they are known. */
export interface Identity {
  /** Physical name; undefined where it is not known. */
  readonly name: string | undefined;
  /** `/` where none is set; undefined where it is not known. */
  readonly path: string | undefined;
  readonly account: string | undefined;
  /** `aws`, `aws-cn`, `aws-us-gov`, …; undefined where nothing tells. */
  readonly partition: string | undefined;
}

/** A policy document as the program writes it. */
export interface PolicySource {
  /** How a message names it: `inline policy app-inline`, `AWS managed policy ReadOnlyAccess`. */
  readonly label: string;
  /** Where the document, or the reference to it, is written. */
  readonly source: Source;
  /** JSON text, or an object whose leaves may be unknown; undefined where `managed` or `unseen` stands for it. */
  readonly document: unknown;
  readonly unseen: Unseen | undefined;
  /** AWS managed policies: the ARN's part after `policy/`, e.g. `service-role/AmazonEC2RoleforSSM`. */
  readonly managed: string | undefined;
  /** Customer managed policies: the resource, where it is in the program, and what is known of the ARN. */
  readonly policy: { readonly resource: StackResource | undefined; readonly identity: Identity } | undefined;
  /** Of one that is not seen: what it may be, where that is known. */
  readonly oneOf?: readonly (readonly PolicySource[])[];
}

/** Identifies a statement of a role's policies. */
export interface StatementRef {
  readonly policy: Pick<PolicySource, "source" | "managed">;
  readonly index: number;
}

/** Tells the policies of one role apart. */
export function policyKey({ source, managed }: Pick<PolicySource, "source" | "managed">): string {
  return `${source.urn} ${source.path} ${managed ?? ""}`;
}

/** Name, place and tags of a role. */
export interface RoleIdentity extends Identity {
  /** Its own tags; undefined where they are not all known. */
  readonly tags: ReadonlyMap<string, string> | undefined;
}

/** One role, of the program or only named by it. */
export interface Role {
  /** The role in the program, be it only read there; undefined where it is set outside. */
  readonly resource: StackResource | undefined;
  /** How a message names it. */
  readonly label: string;
  readonly identity: RoleIdentity;
  /** Who may take it; undefined where the role is set outside the program. */
  readonly trust: PolicySource | undefined;
  /** Inline, attached and AWS managed policies. */
  readonly policies: readonly PolicySource[];
  /** Undefined where there is none, and where the role is set outside the program. */
  readonly boundary: PolicySource | undefined;
  /** What else may say what it may do: the role itself where it is outside, references that lead out of the program. */
  readonly unseen: readonly Unseen[];
}

/** A role that machines carry: judged once. */
export interface MachineRole extends Role {
  /**
   * Where it is judged: the role, or else the machines that name it, or the profile where none does. A violation is
   * reported at the first of them, what is open at each.
   */
  readonly at: readonly [StackResource, ...StackResource[]];
  /** Whether a machine or a profile carries it, or else one of several roles is meant. */
  readonly certain: boolean;
  /** Machines, templates and groups that carry it for certain; a template only where none takes the profile from it. */
  readonly machines: readonly Machine[];
  /** Service principals that must be able to take it, without the partition's suffix: `ec2`, `sagemaker`. */
  readonly services: readonly string[];
}

/** Everything that says what a role may do: its policies, and its boundary where it has one. */
export function sourcesOf({ policies, boundary }: Role): readonly PolicySource[] {
  return boundary ? [...policies, boundary] : policies;
}
