/** Components that a plugin builds. Where it did not run, nobody sees the machines that it launches. */
import type { Graph } from "./links";
import { isRecord, shownOf, type Properties, type StackResource } from "./resource";

/** Whether a component of a type launches machines, by what the program sets on it. */
const LAUNCHING: ReadonlyMap<string, (properties: Properties) => boolean> = new Map([
  ["eks:index:Cluster", hasDefaultNodeGroup],
  ["eks:index:ManagedNodeGroup", always],
  ["eks:index:NodeGroup", always],
  ["eks:index:NodeGroupV2", always],
]);

/** Components of which nothing is seen although they launch machines. */
export function unbuiltLaunchers(graph: Graph): readonly StackResource[] {
  return [...LAUNCHING].flatMap(([type, launches]) =>
    graph.ofType(type).filter((each) => launches(shownOf(each) ?? {}) && !graph.hasChildren(each.urn)),
  );
}

function always(): boolean {
  return true;
}

/** Documentation of `@pulumi/eks`: `skipDefaultNodeGroup` is false "unless `fargate` or `autoMode` is enabled". */
function hasDefaultNodeGroup({ skipDefaultNodeGroup, fargate, autoMode }: Properties): boolean {
  if (skipDefaultNodeGroup !== undefined) return skipDefaultNodeGroup !== true;
  const isFargate = fargate === true || isRecord(fargate);
  return !isFargate && !(isRecord(autoMode) && autoMode["enabled"] === true);
}
