/** Which actions set tags, and so defeat a grant that is narrowed by `aws:ResourceTag`. */

/** They set tags of what they change, though AWS does not call them tagging. */
export const TAGGING_WRITES: readonly string[] = [
  "cloudformation:CreateChangeSet",
  "cloudformation:UpdateStack",
  "cloudformation:UpdateStackSet",
  "codebuild:UpdateProject",
];

/** Names of calls that take tags away, which gives no grant that asks for one. */
const REMOVES = /^(?:Untag|Remove|Delete)/;

const WRITES = new Set(TAGGING_WRITES);

/**
 * Whether an action can set tags of the resource types it has. For `aws:ResourceTag` on a machine that is
 * `ec2:CreateTags`; for `ssm:resourceTag` `ssm:AddTagsToResource` as well, which takes instances and managed nodes.
 */
export function setsTags({ name, levels }: { readonly name: string; readonly levels: readonly string[] }): boolean {
  if (WRITES.has(name)) return true;
  return levels.includes("tagging") && !REMOVES.test(name.slice(name.indexOf(":") + 1));
}
