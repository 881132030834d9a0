/** Launch templates and launch configurations: what groups, fleets and services launch with. */
import type { Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Launch, Options, Reading } from "../launch";
import {
  blockSetter,
  byId,
  byName,
  eitherUserData,
  launch,
  networkOf,
  optionsOf,
  profileBlock,
  setIn,
  tagSpecifications,
  userData,
  type Readers,
} from "../parts";

function launchTemplate(data: Cursor, securityGroups: readonly string[], blockPath: string): Launch {
  const block = data.block("metadataOptions");
  return launch(data, {
    path: "",
    options: optionsOf(block),
    setter: blockSetter(blockPath),
    saysNothing: block.isAbsent,
    userData: userData(data.at("userData"), "base64"),
    profile: profileBlock(data.block("iamInstanceProfile")),
    image: byId("image", data.at("imageId")),
    keyName: data.at("keyName").fact,
    detailedMonitoring: data.block("monitoring").at("enabled").fact,
    tags: () => tagSpecifications(data),
    network: networkOf({ securityGroups, subnet: "subnetId" }, data),
  });
}

function awsTemplate(properties: Cursor): Reading {
  const groups = ["vpcSecurityGroupIds", "securityGroupNames", "securityGroups"];
  return {
    role: "template",
    launches: [launchTemplate(properties, groups, "metadataOptions")],
    updatesDefaultVersion: properties.at("updateDefaultVersion").fact,
  };
}

function nativeTemplate(properties: Cursor): Reading {
  const data = properties.block("launchTemplateData");
  const groups = ["securityGroupIds", "securityGroups", "groups"];
  return {
    role: "template",
    launches: [launchTemplate(data, groups, "launchTemplateData.metadataOptions")],
  };
}

/**
 * The `aws` provider sends tokens and hop limit of a launch configuration only next to an endpoint that is explicitly
 * `enabled`, and its schema has no default for it (terraform-provider-aws, `launch_configuration.go`).
 */
function sentWithEndpoint(options: Options): Options {
  const { httpEndpoint: endpoint } = options;
  const sent = (fact: Fact): Fact => {
    if (fact.state !== "known" || endpoint.state === "known") return fact;
    return endpoint.state === "absent"
      ? { ...fact, dropped: 'the provider drops it unless httpEndpoint is "enabled" next to it' }
      : { ...fact, mayBeDropped: endpoint.source };
  };
  return {
    ...options,
    httpTokens: sent(options.httpTokens),
    httpPutResponseHopLimit: sent(options.httpPutResponseHopLimit),
  };
}

/** Launch configurations have detailed monitoring unless they turn it off (Amazon EC2 Auto Scaling, CreateLaunchConfiguration). */
function monitoredByDefault({ fact }: Cursor): Fact {
  return fact.state === "absent" ? { ...fact, state: "known", value: true } : fact;
}

function launchConfiguration(properties: Cursor, native: boolean): Reading {
  const block = properties.block("metadataOptions");
  const setter = blockSetter("metadataOptions");
  const withEndpoint = {
    ...setter,
    describe: (attribute: string, value: string | number) =>
      attribute === "httpEndpoint"
        ? `metadataOptions.httpEndpoint: ${JSON.stringify(value)}`
        : `metadataOptions: { httpEndpoint: "enabled", ${attribute}: ${JSON.stringify(value)} }`,
    apply: (inputs: Readonly<Record<string, unknown>>, attribute: string, value: string | number) =>
      setIn(inputs, "metadataOptions", { httpEndpoint: "enabled", [attribute]: value }),
  };
  return {
    role: "template",
    launches: [
      launch(properties, {
        options: native ? optionsOf(block) : sentWithEndpoint(optionsOf(block)),
        expresses: new Set(["httpTokens", "httpEndpoint", "httpPutResponseHopLimit"] as const),
        setter: native ? setter : withEndpoint,
        saysNothing: block.isAbsent,
        userData: native ? userData(properties.at("userData"), "base64") : eitherUserData(properties),
        profile: byName("instance profile", properties.at("iamInstanceProfile")),
        image: byId("image", properties.at("imageId")),
        keyName: properties.at("keyName").fact,
        detailedMonitoring: monitoredByDefault(properties.at(native ? "instanceMonitoring" : "enableMonitoring")),
        network: networkOf({ securityGroups: ["securityGroups"] }, properties),
      }),
    ],
  };
}

export const readers: Readers = {
  "aws:ec2/launchTemplate:LaunchTemplate": awsTemplate,
  "aws-native:ec2:LaunchTemplate": nativeTemplate,
  "aws:ec2/launchConfiguration:LaunchConfiguration": (properties) => launchConfiguration(properties, false),
  "aws-native:autoscaling:LaunchConfiguration": (properties) => launchConfiguration(properties, true),
};
