/** Single instances: on demand, and requested on the spot market. */
import type { Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Launch, Options, Tags } from "../launch";
import {
  blockSetter,
  byId,
  byName,
  describeOnly,
  eitherUserData,
  launch,
  listTags,
  machine,
  mapTags,
  networkOf,
  NOTHING,
  onlyOptions,
  optionsOf,
  templateReference,
  userData,
  type Readers,
} from "../parts";

/** What the `aws` provider's Check fills in next to any other option of an instance. */
export const METADATA_DEFAULTS = { httpEndpoint: "enabled", httpProtocolIpv6: "disabled" } as const;

/**
 * Any option on an `aws` instance sends the endpoint and the IPv6 endpoint as well: the provider's Check fills them in
 * (terraform-provider-aws, `metadata_options` of `aws_instance`: defaults `enabled` and `disabled`).
 */
function withProviderDefaults(block: Cursor, options: Options): Options {
  if (block.isAbsent || block.isUnknown) return options;
  const filled = (attribute: keyof typeof METADATA_DEFAULTS): Fact => {
    const fact = options[attribute];
    if (fact.state !== "absent") return fact;
    return { ...fact, state: "known", value: METADATA_DEFAULTS[attribute], setBy: "the provider's default" };
  };
  return { ...options, httpEndpoint: filled("httpEndpoint"), httpProtocolIpv6: filled("httpProtocolIpv6") };
}

function common(properties: Cursor): Partial<Launch> {
  return {
    userData: eitherUserData(properties),
    profile: byName("instance profile", properties.at("iamInstanceProfile")),
    image: byId("image", properties.at("ami")),
    keyName: properties.at("keyName").fact,
    detailedMonitoring: properties.at("monitoring").fact,
    tags: () => ownTags(properties),
    network: networkOf({ securityGroups: ["vpcSecurityGroupIds", "securityGroups"], subnet: "subnetId" }, properties),
  };
}

/** `tagsAll` adds the provider's default tags; one unknown tag makes all of it unknown, while `tags` keeps the others. */
function ownTags(properties: Cursor): Tags {
  const [all, own] = [properties.at("tagsAll"), properties.at("tags")];
  return all.isUnknown && !own.isAbsent ? mapTags(own) : mapTags(all, own);
}

function instance(properties: Cursor): Launch {
  const block = properties.block("metadataOptions");
  return launch(properties, {
    ...common(properties),
    options: withProviderDefaults(block, optionsOf(block)),
    setter: blockSetter("metadataOptions"),
    saysNothing: block.isAbsent,
    template: templateReference(properties.block("launchTemplate")),
  });
}

/**
 * RequestSpotInstances takes neither metadata options nor a launch template: the provider's schema has both and create
 * sends none of them (terraform-provider-aws #15657, #25896, #35883).
 */
function spotRequest(properties: Cursor): Launch {
  return launch(properties, {
    ...common(properties),
    options: onlyOptions(properties.at("metadataOptions"), {}),
    expresses: NOTHING,
    alternative: 'aws.ec2.Instance with instanceMarketOptions: { marketType: "spot" }',
    setter: describeOnly(blockSetter("metadataOptions").describe),
  });
}

function nativeInstance(properties: Cursor): Launch {
  const block = properties.block("metadataOptions");
  return launch(properties, {
    options: optionsOf(block),
    setter: blockSetter("metadataOptions"),
    saysNothing: block.isAbsent,
    template: templateReference(properties.block("launchTemplate")),
    userData: userData(properties.at("userData"), "base64"),
    profile: byName("instance profile", properties.at("iamInstanceProfile")),
    image: byId("image", properties.at("imageId")),
    keyName: properties.at("keyName").fact,
    detailedMonitoring: properties.at("monitoring").fact,
    tags: () => listTags(properties.items("tags")),
    network: networkOf(
      { securityGroups: ["securityGroupIds", "securityGroups", "groupSet"], subnet: "subnetId" },
      properties,
    ),
  });
}

export const readers: Readers = {
  "aws:ec2/instance:Instance": (properties) => machine(instance(properties)),
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": (properties) => machine(spotRequest(properties)),
  "aws-native:ec2:Instance": (properties) => machine(nativeInstance(properties)),
};
