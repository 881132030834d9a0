/** Auto Scaling groups, EC2 fleets, spot fleets and game server groups: many machines from one or more templates. */
import type { Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Launch, Reading, Reference, Tags } from "../launch";
import {
  blockSetter,
  byId,
  byName,
  describeOnly,
  launch,
  launchFrom,
  listTags,
  machine,
  mapTags,
  mergeTags,
  networkOf,
  NO_TAGS,
  NOTHING,
  onlyOptions,
  optionsOf,
  profileBlock,
  tagSpecifications,
  templateReference,
  userData,
  type Readers,
} from "../parts";
import { isRecord } from "../resource";

/** A group takes everything from its launch template, its mixed instances policy or its launch configuration. */
function group(properties: Cursor, configurationKey: string): Launch[] {
  const tags = (): Tags => listTags(properties.items("tags"), true);
  const network = networkOf({ securityGroups: [], subnets: ["vpcZoneIdentifiers", "vpcZoneIdentifier"] }, properties);
  const shared = { tags, network };
  const direct = properties.block("launchTemplate");
  const configuration = properties.at(configurationKey);
  return [
    ...(direct.isAbsent ? [] : [launchFrom(properties, templateReference(direct), shared)]),
    ...mixedInstances(properties.block("mixedInstancesPolicy"), shared),
    ...(configuration.isAbsent ? [] : [launchFrom(properties, byName("launch configuration", configuration), shared)]),
    ...(properties.at("instanceId").isAbsent
      ? []
      : [
          launchFrom(
            properties,
            undefined,
            { ...shared, madeBy: "the instance that the group is made from" },
            properties.at("instanceId"),
          ),
        ]),
  ];
}

function mixedInstances(policy: Cursor, shared: Partial<Launch>): Launch[] {
  if (policy.isAbsent) return [];
  const template = policy.block("launchTemplate");
  const overrides = template.items("overrides");
  const many = overrides.some((override) => !override.block(SPECIFICATION).isAbsent);
  const base = templateReference(template.block(SPECIFICATION), many);
  const overriding = overrides.flatMap((override) => {
    const own = templateReference(override.block(SPECIFICATION), many);
    const image = byId("image", override.at("imageId"));
    return own || image ? [launchFrom(override, own ?? base, { ...shared, image })] : [];
  });
  return base || overriding.length === 0 ? [launchFrom(template, base, shared), ...overriding] : overriding;
}

const SPECIFICATION = "launchTemplateSpecification";

/** EC2 fleets and spot fleets list template configurations, each with overrides that are launched in its place. */
function templateConfigs(properties: Cursor, tags: () => Tags, overrideOptions = false): Launch[] {
  const configs = properties.items("launchTemplateConfigs");
  return configs.flatMap((config) => {
    const specification = config.isUnknown ? config : config.block(SPECIFICATION);
    const template = templateReference(specification, configs.length > 1);
    if (!template) return [launchFrom(config, undefined, { tags })];
    const shared = {
      tags,
      template,
      userData: userData(specification.at("launchTemplateSpecificationUserData"), "base64"),
    };
    const overrides = config.items("overrides");
    const own = overrideOptions ? overrides.filter(setsOptions) : [];
    const plain = overrides.filter((override) => !own.includes(override));
    const network = networkOf(OVERRIDDEN, config, ...plain);
    const base = plain.length > 0 || own.length === 0 ? [launchFrom(config, template, { ...shared, network })] : [];
    return [...base, ...own.map((override) => overriding(override, shared))];
  });
}

/** An override places its machines; what else there is of a network the template says. */
const OVERRIDDEN = { securityGroups: [], subnet: "subnetId" };

/** CloudFormation's fleet overrides may carry metadata options, a profile and a key of their own. */
function setsOptions(override: Cursor): boolean {
  return ["metadataOptions", "iamInstanceProfile", "keyName"].some((key) => !override.at(key).isAbsent);
}

function overriding(override: Cursor, shared: Partial<Launch>): Launch {
  const block = override.block("metadataOptions");
  return launch(override, {
    ...shared,
    options: optionsOf(block),
    setter: blockSetter(block.path),
    saysNothing: block.isAbsent,
    profile: profileBlock(override.block("iamInstanceProfile")),
    keyName: override.at("keyName").fact,
    network: networkOf({ ...OVERRIDDEN, securityGroups: ["securityGroupIds"] }, override),
  });
}

/** Launch specifications have no field for metadata options: their machines start as account and image say. */
function launchSpecification(specification: Cursor, _: number, all: readonly Cursor[]): Launch {
  const profile = launchedProfile(specification, all.length > 1);
  const tags = specification.at("tags");
  return launch(specification, {
    options: onlyOptions(specification, {}),
    expresses: NOTHING,
    alternative: "launchTemplateConfigs with a launch template",
    setter: describeOnly(blockSetter("metadataOptions").describe),
    userData: userData(specification.at("userData"), "plain"),
    profile,
    image: byId("image", specification.at("ami").isAbsent ? specification.at("imageId") : specification.at("ami")),
    keyName: specification.at("keyName").fact,
    detailedMonitoring: monitoringOf(specification),
    tags: () => mergeTags([mapTags(tags), tagSpecifications(specification)]),
    network: networkOf(
      { securityGroups: ["vpcSecurityGroupIds", "securityGroups", "groups"], subnet: "subnetId" },
      specification,
    ),
  });
}

/** One provider takes a boolean, the other a block. */
function monitoringOf(specification: Cursor): Fact {
  const monitoring = specification.at("monitoring");
  return isRecord(monitoring.value) ? monitoring.at("enabled").fact : monitoring.fact;
}

/** One provider takes a name or an ARN, the other a block. */
function launchedProfile(specification: Cursor, oneOfMany: boolean): Reference | undefined {
  const [arn, profile] = [specification.at("iamInstanceProfileArn"), specification.block("iamInstanceProfile")];
  if (!arn.isAbsent) return byName("instance profile", arn, oneOfMany);
  if (profile.text === undefined && !profile.isUnknown) return profileBlock(profile, oneOfMany);
  return byName("instance profile", profile, oneOfMany);
}

function spotFleet(properties: Cursor): Launch[] {
  if (properties.isUnknown) return [launchFrom(properties, templateReference(properties))];
  return [
    ...properties.items("launchSpecifications").map(launchSpecification),
    ...templateConfigs(properties, () => tagSpecifications(properties)),
  ];
}

function gameServers(properties: Cursor): Launch[] {
  const template = properties.block("launchTemplate");
  if (template.isAbsent) return [];
  return [
    launchFrom(properties, templateReference(template), {
      service: GAMELIFT,
      network: networkOf({ securityGroups: [], subnets: ["vpcSubnets"] }, properties),
    }),
  ];
}

/** One tag of a group, managed on its own. */
function groupTag(properties: Cursor): Reading {
  const to = byName("auto scaling group", properties.at("autoscalingGroupName"));
  const tags = listTags([properties.block("tag")], true);
  return { role: "context", launches: [], ...(to && { addsTags: { to, tags } }) };
}

const GAMELIFT = { name: "Amazon GameLift", runsContainers: false };

export const readers: Readers = {
  "aws:autoscaling/group:Group": (properties) => machine(...group(properties, "launchConfiguration")),
  "aws-native:autoscaling:AutoScalingGroup": (properties) => machine(...group(properties, "launchConfigurationName")),
  "aws:autoscaling/tag:Tag": groupTag,
  "aws:ec2/fleet:Fleet": (properties) => machine(...templateConfigs(properties, () => NO_TAGS)),
  "aws-native:ec2:Ec2Fleet": (properties) =>
    machine(...templateConfigs(properties, () => tagSpecifications(properties), true)),
  "aws:ec2/spotFleetRequest:SpotFleetRequest": (properties) => machine(...spotFleet(properties)),
  "aws-native:ec2:SpotFleet": (properties) => machine(...spotFleet(properties.block("spotFleetRequestConfigData"))),
  "aws:gamelift/gameServerGroup:GameServerGroup": (properties) => machine(...gameServers(properties)),
  "aws-native:gamelift:GameServerGroup": (properties) => machine(...gameServers(properties)),
};
