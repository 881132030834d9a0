/** What the metadata rules ask of user data: does it join a cluster, does it read instance tags. */
import type { UserData } from "../machine/launch";
import { perObject } from "../memo";
import { actionsOf, type Actions } from "./actions";
import { decode } from "./decode";

/** What joins a cluster, with the name for it in a message. */
const CLUSTER_MARKS: readonly (readonly [RegExp, string])[] = [
  [/\bECS_CLUSTER["']?\s{0,9}[=,]|\bInitialize-ECSAgent\b/, "ECS_CLUSTER"],
  [/\/etc\/eks\/bootstrap\.sh\b/, "EKS bootstrap.sh"],
  [/\bStart-EKSBootstrap\.ps1\b|\$EKSBootstrapScriptFile\b/i, "Start-EKSBootstrap.ps1"],
  [/\bnode\.eks\.aws\/v\d|^nodeadm init\b/, "NodeConfig"],
  [/^settings\.kubernetes$/, "Bottlerocket settings.kubernetes"],
  [/^settings\.ecs$/, "Bottlerocket settings.ecs"],
  [
    /\bget\.k3s\.io\b|\bk3s\s+(?:agent|server)\b|\bk3s-agent\b|\bK3S_(?:URL|TOKEN)\b|^write \/etc\/rancher\/k3s\//,
    "k3s",
  ],
  [/\bget\.rke2\.io\b|\brke2[\s-](?:agent|server)\b|^write \/etc\/rancher\/rke2\//, "rke2"],
  [/\bkubeadm\s+(?:join|init)\b|\bkubeadm\.k8s\.io\/v\d/, "kubeadm"],
  [/\bnodeup\b|\bNODEUP_/, "nodeup"],
];

/** The mark by which user data joins a cluster, false where it has none, undefined where it cannot all be read. */
export function joinsCluster(userData: UserData): string | false | undefined {
  return markIn(actionsOf(decode(userData)));
}

const markIn = perObject(({ lines, complete }: Actions) => {
  const mark = CLUSTER_MARKS.find(([pattern]) => lines.some((line) => pattern.test(line)));
  return mark?.[1] ?? (complete ? false : undefined);
});

/** Whether user data reads instance tags through the metadata service; undefined where it cannot all be read. */
export function readsInstanceTags(userData: UserData): boolean | undefined {
  return readsTags(actionsOf(decode(userData)));
}

const readsTags = perObject(({ lines, complete }: Actions) => {
  if (lines.some((line) => /\bmeta-data\/+tags\/+instance\b/.test(line))) return true;
  // The base address often stands in a function or a variable that only the running script fills in.
  const reads = lines.some((line) => line.includes("meta-data") || line.includes("ec2-metadata"));
  return reads && lines.some(isTagPath) ? true : complete ? false : undefined;
});

/** The rest of the path behind a base that is not followed. */
function isTagPath(line: string): boolean {
  return /(?:^|[\s"'`}/])tags\/instance(?:[\s"'`/$]|$)/.test(line) || /^ec2-metadata .*--tags\b/.test(line);
}
