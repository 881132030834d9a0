/** Resources that say what a role may do, and which roles they say it of. */
import type { Cursor } from "./cursor";
import type { Reference } from "./launch";
import { byName } from "./parts";

/** What an attachment gives to its roles. */
type Gives =
  /** An inline policy, its document in that property. */
  | { readonly document: string }
  /** Managed policies, one or a list, by ARN. */
  | { readonly policies: string; readonly all?: true }
  /** The managed policy that the resource itself is. */
  | { readonly self: true }
  /** Nothing: it names the inline policies that stay. */
  | { readonly inlineNames: string };

export interface Attachment {
  /** The property that names the role, or the roles. */
  readonly roles: string;
  /** Whether that property is a list. */
  readonly many: boolean;
  readonly gives: Gives;
}

const one = (roles: string, gives: Gives): Attachment => ({ roles, many: false, gives });
const many = (roles: string, gives: Gives): Attachment => ({ roles, many: true, gives });

const ATTACHMENTS: ReadonlyMap<string, Attachment> = new Map([
  ["aws:iam/rolePolicy:RolePolicy", one("role", { document: "policy" })],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", one("role", { policies: "policyArn" })],
  ["aws:iam/policyAttachment:PolicyAttachment", many("roles", { policies: "policyArn" })],
  [
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    one("roleName", { policies: "policyArns", all: true }),
  ],
  ["aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", one("roleName", { inlineNames: "policyNames" })],
  ["aws-native:iam:RolePolicy", one("roleName", { document: "policyDocument" })],
  ["aws-native:iam:Policy", many("roles", { document: "policyDocument" })],
  ["aws-native:iam:ManagedPolicy", many("roles", { self: true })],
]);

/** Every type that gives something to roles. */
export const ATTACHMENT_TYPES: readonly string[] = [...ATTACHMENTS.keys()];

/** What resources of a type give to roles. */
export function attachmentOf(type: string): Attachment | undefined {
  return ATTACHMENTS.get(type);
}

/** The roles that an attachment names; one of those that are not known stands for all, which lead to the same. */
export function rolesNamed(properties: Cursor, { roles, many: isList }: Attachment): readonly Reference[] {
  const items = properties.items(roles);
  const first = items.find((item) => item.isUnknown);
  return items.flatMap((item) => (item.isUnknown && item !== first ? [] : (byName("role", item, isList) ?? [])));
}

/** How the two providers spell a role. */
export interface RoleSpelling {
  readonly trust: string;
  readonly inline: string;
  readonly document: string;
}

const ROLE: RoleSpelling = { trust: "assumeRolePolicy", inline: "inlinePolicies", document: "policy" };
const NATIVE_ROLE: RoleSpelling = {
  trust: "assumeRolePolicyDocument",
  inline: "policies",
  document: "policyDocument",
};

/** How the provider of a role spells it. */
export function roleSpelling(type: string): RoleSpelling {
  return type.startsWith("aws-native:") ? NATIVE_ROLE : ROLE;
}

/** The property of a managed policy that holds its document. */
export function documentKey(type: string): string {
  return type === "aws:iam/policy:Policy" ? "policy" : "policyDocument";
}

/** The role of an instance profile; one provider has it in a list of one. */
export function roleInProfile(properties: Cursor): readonly Reference[] {
  return ["role", "roles"].flatMap((key) => properties.items(key)).flatMap((item) => byName("role", item) ?? []);
}
