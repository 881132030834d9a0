/** Whether the role can set the tags by which one of its grants is narrowed. */
import { catalogue, type ActionInfo } from "../catalogue";
import type { Permissions } from "../permissions";
import { setsTags } from "./tagging";

/** Services whose actions ask for tags of EC2's machines. */
const ON_MACHINES: ReadonlySet<string> = new Set(["ec2", "ssm", "ec2-instance-connect", "ebs"]);
const MACHINE_TAGS = ["ec2:CreateTags", "ssm:AddTagsToResource"];

/** Whether it may tag everything that an action takes. */
export function canTag(permissions: Permissions, action: ActionInfo): boolean {
  return tagging(action).some((each) => {
    const { breadth } = permissions.reach(each, each.service === "ec2" ? ["instance"] : [], []);
    return breadth === "all";
  });
}

function tagging({ service }: ActionInfo): readonly ActionInfo[] {
  if (ON_MACHINES.has(service)) return MACHINE_TAGS.flatMap((name) => catalogue().action(name) ?? []);
  return catalogue().ofService(service).filter(setsTags);
}
