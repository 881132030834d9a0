/** Whether the role can set the tags by which one of its grants is narrowed. */
import { catalogue, type ActionInfo } from "../catalogue";
import type { Limits, TagLimit } from "../conditions";
import { intersection, matches } from "../pattern";
import type { Permissions } from "../permissions";
import { setsTags } from "./tagging";

/** Services whose actions ask for tags of EC2's machines. */
const ON_MACHINES: ReadonlySet<string> = new Set(["ec2", "ssm", "ec2-instance-connect", "ebs"]);
const MACHINE_TAGS = ["ec2:CreateTags", "ssm:AddTagsToResource"];

/** Whether it may put the tags that a grant of an action asks for on everything that the action takes. */
export function canTag(permissions: Permissions, action: ActionInfo, asked: readonly TagLimit[]): boolean {
  return tagging(action).some((each) => {
    const { breadth } = permissions.reach(each, each.service === "ec2" ? ["instance"] : [], []);
    return (
      breadth === "all" ||
      permissions
        .grants(each)
        .some((grant) => letsSet(grant.limits, asked) && permissions.breadth(grant, each) === "all")
    );
  });
}

/** Whether conditions on what a call sets leave just those tags. */
function letsSet({ bySet, sets }: Limits, asked: readonly TagLimit[]): boolean {
  return (
    bySet && asked.length > 0 && asked.every((tag) => sets.every((some) => some.some((limit) => lets(limit, tag))))
  );
}

function lets(limit: TagLimit, { key, values }: TagLimit): boolean {
  if (!matches(limit.key, key)) return false;
  return values.some((one) => limit.values.some((other) => intersection(one, other) !== undefined));
}

function tagging({ service }: ActionInfo): readonly ActionInfo[] {
  if (ON_MACHINES.has(service)) return MACHINE_TAGS.flatMap((name) => catalogue().action(name) ?? []);
  return catalogue().ofService(service).filter(setsTags);
}
