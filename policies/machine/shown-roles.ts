/**
 * Roles as one run of the engine shows them, resource by resource, while names are known and dependencies are not: what
 * has been shown of a role so far, so that it can be judged before the next part of it is created.
 */
import { attachmentOf, rolesNamed } from "./attachments";
import { Cursor } from "./cursor";
import { isKnown } from "./fact";
import type { Reference } from "./launch";
import { physicalName } from "./links";
import { isUnknown, type StackResource } from "./resource";
import { isTargetOf } from "./targets";

/** Properties that name managed policies by their ARNs. */
const NAMING_POLICIES = ["policyArn", "policyArns", "managedPolicyArns", "permissionsBoundary"];

export class ShownRoles {
  /** The role and what is attached to it, by the role's name and then by URN. */
  private readonly byRole = new Map<string, Map<string, StackResource>>();
  /** Managed policies of the program, by the part of their ARN that is known before they are created. */
  private readonly policies = new Map<string, StackResource>();

  /** Takes in a resource; answers what is known of the roles that it is about. */
  see(resource: StackResource): readonly StackResource[] {
    if (isTargetOf(resource.type, "policy")) this.seePolicy(resource);
    const parts = rolesOf(resource).flatMap((name) => this.add(name, resource));
    return [...new Set([...parts, ...parts.flatMap((part) => this.policiesOf(part))])];
  }

  private add(name: string, resource: StackResource): readonly StackResource[] {
    const parts = this.byRole.get(name) ?? new Map<string, StackResource>();
    this.byRole.set(name, parts.set(resource.urn, resource));
    return [...parts.values()];
  }

  private seePolicy(resource: StackResource): void {
    const name = physicalName(resource, "policy");
    const path = Cursor.of(resource.urn, resource.inputs ?? {}).at("path").text ?? "/";
    if (name !== undefined) this.policies.set(`policy${path}${name}`, resource);
  }

  /** The policies that a part names, each with the ARN by which it does. */
  private policiesOf({ inputs = {} }: StackResource): readonly StackResource[] {
    const arns = NAMING_POLICIES.flatMap((key) => inputs[key]).filter((each) => typeof each === "string");
    return arns.flatMap((arn) => {
      const policy = isUnknown(arn) ? undefined : this.policies.get(arn.slice(arn.lastIndexOf(":") + 1));
      return policy ? [{ ...policy, outputs: { ...policy.outputs, arn } }] : [];
    });
  }
}

/** Names of the roles that a resource is, or is attached to. */
function rolesOf(resource: StackResource): readonly string[] {
  if (isTargetOf(resource.type, "role")) return [physicalName(resource, "role") ?? []].flat();
  const attachment = attachmentOf(resource.type);
  if (!attachment) return [];
  return rolesNamed(Cursor.of(resource.urn, resource.inputs ?? {}), attachment).flatMap((each) => nameIn(each) ?? []);
}

function nameIn({ name, arn }: Reference): string | undefined {
  if (isKnown(name) && typeof name.value === "string") return name.value;
  return isKnown(arn) && typeof arn.value === "string" ? arn.value.slice(arn.value.lastIndexOf("/") + 1) : undefined;
}
