/** Services that run containers: EKS node groups, ECS capacity providers, Batch compute environments. */
import type { Cursor } from "../cursor";
import type { Reading, Service } from "../launch";
import {
  byId,
  byName,
  launchFrom,
  machine,
  mapTags,
  networkOf,
  reference,
  templateReference,
  type Readers,
} from "../parts";

const EKS: Service = { name: "Amazon EKS", runsContainers: true };
const ECS: Service = { name: "Amazon ECS", runsContainers: true };
const BATCH: Service = { name: "AWS Batch", runsContainers: true };

function ownTemplateOf({ name }: Service): string {
  return `a launch template that ${name} makes by itself`;
}

function nodeGroup(properties: Cursor, roleKey: string): Reading {
  const block = properties.block("launchTemplate");
  const template = templateReference(block);
  const madeBy = template ? undefined : ownTemplateOf(EKS);
  // A role stands in for the profile that the service makes from it.
  const profile = byName("role", properties.at(roleKey));
  const network = networkOf({ securityGroups: [], subnets: ["subnetIds", "subnets"] }, properties);
  return machine(launchFrom(properties, template, { service: EKS, madeBy, profile, network }, block));
}

/** A provider over an Auto Scaling group takes its machines over; a managed one launches its own. */
function capacityProvider(properties: Cursor): Reading {
  const groupArn = properties.block("autoScalingGroupProvider").at("autoScalingGroupArn");
  const managed = properties.block("managedInstancesProvider");
  const takesOver = reference("auto scaling group", groupArn, { arn: groupArn, name: groupArn });
  const profile = managed.block("instanceLaunchTemplate").at("ec2InstanceProfileArn");
  const launches = managed.isAbsent
    ? []
    : [
        launchFrom(managed, undefined, {
          service: { ...ECS, patches: true },
          madeBy: ownTemplateOf(ECS),
          profile: byName("instance profile", profile),
        }),
      ];
  return { role: "machine", launches, ...(takesOver && { takesOver }) };
}

const NO_MACHINES = /^(fargate|fargate_spot|unmanaged)$/i;

/** Fargate and unmanaged environments launch no machine. */
function computeEnvironment(properties: Cursor): Reading {
  const resources = properties.block("computeResources");
  const launchesNone = [properties.at("type"), resources.at("type")].some((type) => NO_MACHINES.test(type.text ?? ""));
  if (launchesNone || resources.isAbsent) return machine();
  const block = resources.block("launchTemplate");
  const overrides = block.items("overrides");
  const template = templateReference(block, overrides.length > 0);
  const shared = {
    service: BATCH,
    profile: byName("instance profile", resources.at("instanceRole")),
    image: byId("image", buildImage(resources)),
    tags: () => mapTags(resources.at("tags")),
    network: networkOf({ securityGroups: ["securityGroupIds"], subnets: ["subnets"] }, resources),
  };
  return machine(
    launchFrom(resources, template, { ...shared, madeBy: template ? undefined : ownTemplateOf(BATCH) }, block),
    ...overrides.map((override) => launchFrom(override, templateReference(override, true), shared)),
  );
}

/** The image of an environment; an override in its EC2 configuration comes first. */
function buildImage(resources: Cursor): Cursor {
  const configurations = [...resources.items("ec2Configurations"), ...resources.items("ec2Configuration")];
  const override = configurations.map((each) => each.at("imageIdOverride")).find((image) => !image.isAbsent);
  return override ?? resources.at("imageId");
}

export const readers: Readers = {
  "aws:eks/nodeGroup:NodeGroup": (properties) => nodeGroup(properties, "nodeRoleArn"),
  "aws-native:eks:Nodegroup": (properties) => nodeGroup(properties, "nodeRole"),
  "aws:ecs/capacityProvider:CapacityProvider": capacityProvider,
  "aws-native:ecs:CapacityProvider": capacityProvider,
  "aws:batch/computeEnvironment:ComputeEnvironment": computeEnvironment,
  "aws-native:batch:ComputeEnvironment": computeEnvironment,
};
