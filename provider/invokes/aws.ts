import { partitionOf } from "../../policies/machine/arn";
import type { Properties } from "../../policies/machine/resource";
import type { ProviderConfig } from "../provider";
import { dnsSuffixOf, regionOf } from "../region";
import { own, scalarText, text } from "../values";
import { InvokeError, stringArgument } from "./arguments";
import { policyDocument } from "./policy-document";

type Fn = (args: Properties, config: ProviderConfig) => Properties;

const BILLING_ACCOUNT = "386209384616";

const REGION_NAMES = new Map(
  Object.entries({
    "af-south-1": "Africa (Cape Town)",
    "ap-east-1": "Asia Pacific (Hong Kong)",
    "ap-east-2": "Asia Pacific (Taipei)",
    "ap-northeast-1": "Asia Pacific (Tokyo)",
    "ap-northeast-2": "Asia Pacific (Seoul)",
    "ap-northeast-3": "Asia Pacific (Osaka)",
    "ap-south-1": "Asia Pacific (Mumbai)",
    "ap-south-2": "Asia Pacific (Hyderabad)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "ap-southeast-3": "Asia Pacific (Jakarta)",
    "ap-southeast-4": "Asia Pacific (Melbourne)",
    "ap-southeast-5": "Asia Pacific (Malaysia)",
    "ap-southeast-6": "Asia Pacific (New Zealand)",
    "ap-southeast-7": "Asia Pacific (Thailand)",
    "ca-central-1": "Canada (Central)",
    "ca-west-1": "Canada West (Calgary)",
    "cn-north-1": "China (Beijing)",
    "cn-northwest-1": "China (Ningxia)",
    "eu-central-1": "Europe (Frankfurt)",
    "eu-central-2": "Europe (Zurich)",
    "eu-north-1": "Europe (Stockholm)",
    "eu-south-1": "Europe (Milan)",
    "eu-south-2": "Europe (Spain)",
    "eu-west-1": "Europe (Ireland)",
    "eu-west-2": "Europe (London)",
    "eu-west-3": "Europe (Paris)",
    "il-central-1": "Israel (Tel Aviv)",
    "me-central-1": "Middle East (UAE)",
    "me-south-1": "Middle East (Bahrain)",
    "mx-central-1": "Mexico (Central)",
    "sa-east-1": "South America (Sao Paulo)",
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-gov-east-1": "AWS GovCloud (US-East)",
    "us-gov-west-1": "AWS GovCloud (US-West)",
    "us-west-1": "US West (N. California)",
    "us-west-2": "US West (Oregon)",
  }),
);

// Services whose principal keeps the suffix of the Chinese partition.
const CHINESE_PRINCIPALS = new Set(["codedeploy", "elasticmapreduce", "logs"]);

/** Functions of the AWS provider that need no account: computed exactly. */
export const PURE = new Map<string, Fn>([
  ["aws:iam/getPolicyDocument:getPolicyDocument", policyDocument],
  ["aws:index/getArn:getArn", parsedArn],
  ["aws:index/getBillingServiceAccount:getBillingServiceAccount", billingAccount],
  [
    "aws:index/getDefaultTags:getDefaultTags",
    (args, config) => ({ ...args, id: partitionOf(regionOf(args, config)), tags: config.defaultTags }),
  ],
  ["aws:index/getPartition:getPartition", partition],
  ["aws:index/getRegion:getRegion", region],
  ["aws:index/getServicePrincipal:getServicePrincipal", servicePrincipal],
  ["aws-native:index:getAccountId", (_, config) => ({ accountId: config.accountId })],
  ["aws-native:index:getPartition", (args, config) => ({ partition: partitionOf(regionOf(args, config)) })],
  ["aws-native:index:getRegion", (args, config) => ({ region: regionOf(args, config) })],
  ["aws-native:index:getUrlSuffix", (args, config) => ({ urlSuffix: dnsSuffixOf(regionOf(args, config)) })],
]);

function partition(args: Properties, config: ProviderConfig): Properties {
  const name = partitionOf(regionOf(args, config));
  const dnsSuffix = dnsSuffixOf(regionOf(args, config));
  return { id: name, partition: name, dnsSuffix, reverseDnsPrefix: dnsSuffix.split(".").reverse().join(".") };
}

function region(args: Properties, config: ProviderConfig): Properties {
  const endpoint = text(own(args, "endpoint"));
  const ofEndpoint = endpoint === undefined ? undefined : /^ec2\.([a-z0-9-]+)\./.exec(endpoint)?.[1];
  const name = text(own(args, "name")) ?? ofEndpoint ?? regionOf(args, config);
  const description = REGION_NAMES.get(name);
  if (description === undefined) throw new InvokeError(`no matching EC2 region found: ${name}`);
  return { ...args, id: name, name, region: name, description, endpoint: `ec2.${name}.${dnsSuffixOf(name)}` };
}

function parsedArn(args: Properties): Properties {
  const arn = stringArgument(args, "arn");
  const [prefix, name, service, arnRegion, account, ...resource] = arn.split(":");
  if (prefix !== "arn" || resource.length === 0) throw new InvokeError(`"arn" (${arn}) is not an ARN`);
  return { id: arn, arn, partition: name, service, region: arnRegion, account, resource: resource.join(":") };
}

function servicePrincipal(args: Properties, config: ProviderConfig): Properties {
  const serviceName = stringArgument(args, "serviceName");
  const name = regionOf(args, config);
  const keepsSuffix = CHINESE_PRINCIPALS.has(serviceName) && partitionOf(name) === "aws-cn";
  const suffix = keepsSuffix ? "amazonaws.com.cn" : "amazonaws.com";
  return {
    id: `${serviceName}.${name}.${suffix}`,
    name: `${serviceName}.${suffix}`,
    serviceName,
    suffix,
    region: name,
  };
}

function billingAccount(args: Properties, config: ProviderConfig): Properties {
  const arn = `arn:${partitionOf(regionOf(args, config))}:iam::${BILLING_ACCOUNT}:root`;
  return { id: scalarText(BILLING_ACCOUNT), arn };
}
