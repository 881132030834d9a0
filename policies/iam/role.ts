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

/** A policy document as the program writes it. */
export interface PolicySource {
  /** How a message names it: `inline policy app-inline`, `AWS managed policy ReadOnlyAccess`. */
  readonly label: string;
  /** Where the document, or the reference to it, is written. */
  readonly source: Source;
  /** JSON text, or an object whose leaves may be unknown; undefined where only `unseen` says why it is not there. */
  readonly document: unknown;
  readonly unseen: Unseen | undefined;
  /** AWS managed policies: the ARN's part after `policy/`, e.g. `service-role/AmazonEC2RoleforSSM`. */
  readonly managed: string | undefined;
  /** Customer managed policies of the program: their resource and ARN, where known. */
  readonly policy: { readonly resource: StackResource; readonly name: string | undefined } | undefined;
}

/** Names and places of a role, as far as they are known. */
export interface RoleIdentity {
  /** Physical name; undefined where it is not known. */
  readonly name: string | undefined;
  /** `/` where none is set; undefined where it is not known. */
  readonly path: string | undefined;
  readonly account: string | undefined;
  /** `aws`, `aws-cn`, `aws-us-gov`, …; undefined where nothing tells. */
  readonly partition: string | undefined;
  /** Its own tags; undefined where they are not all known. */
  readonly tags: ReadonlyMap<string, string> | undefined;
}

/** One role, of the program or only named by it. */
export interface Role {
  /** The role in the program; undefined where it is set outside. */
  readonly resource: StackResource | undefined;
  /** How a message names it. */
  readonly label: string;
  readonly identity: RoleIdentity;
  /** Who may take it; undefined where the role is set outside the program. */
  readonly trust: PolicySource | undefined;
  /** Inline, attached and AWS managed policies. */
  readonly policies: readonly PolicySource[];
  readonly boundary: PolicySource | undefined;
  /** What else may say what it may do: the role itself where it is outside, references that lead out of the program. */
  readonly unseen: readonly Unseen[];
}

/** A role that machines carry: judged once. */
export interface MachineRole extends Role {
  /** Where findings go: the role, or else the machine or profile that names it. */
  readonly at: StackResource;
  /** Machines, templates and groups that carry it; none where only a profile holds it. */
  readonly machines: readonly Machine[];
  /** Service principals that must be able to take it, without the partition's suffix: `ec2`, `sagemaker`. */
  readonly services: readonly string[];
}
