import { isRecord, type Properties } from "../policies/machine/resource";
import { derivedHex } from "./hash";
import { NAMED } from "./shapes/named";
import type { CheckFailure, CheckRequest } from "./provider";
import { defined } from "./values";

interface NameRule {
  readonly property: string;
  readonly max: number;
  readonly separator: string;
  readonly prefix: string;
  readonly lowerCase: boolean;
  /** Whether the name ends in `.fifo` when the resource says so. */
  readonly fifo: boolean;
}

const ORDINARY: NameRule = {
  property: "name",
  max: 255,
  separator: "-",
  prefix: "",
  lowerCase: false,
  fifo: false,
};
const SUFFIX_LENGTH = 7;
const INLINE_POLICY_MAX = 128;

// pulumi-aws autonaming.go and resource_overrides.go.
const AWS_RULES = new Map<string, Partial<NameRule>>([
  ["aws:iam/role:Role", { max: 64 }],
  ["aws:lambda/function:Function", { max: 64 }],
  ["aws:lambda/alias:Alias", { max: 64 }],
  ["aws:cloudwatch/eventRule:EventRule", { max: 64 }],
  ["aws:sqs/queue:Queue", { max: 80, fifo: true }],
  ["aws:sns/topic:Topic", { max: 80, fifo: true }],
  ["aws:kms/alias:Alias", { max: 238, prefix: "alias/" }],
  ["aws:s3/bucket:Bucket", { property: "bucket", max: 63, lowerCase: true }],
  ["aws:s3/bucketV2:BucketV2", { property: "bucket", max: 63, lowerCase: true }],
  ["aws:elasticbeanstalk/environment:Environment", { max: 40 }],
  ["aws:elasticache/cluster:Cluster", { property: "clusterId", max: 50, lowerCase: true }],
  ["aws:rds/instance:Instance", { property: "identifier", separator: "" }],
  ["aws:rds/cluster:Cluster", { property: "clusterIdentifier" }],
  ["aws:ec2/keyPair:KeyPair", { property: "keyName" }],
  ["aws:eks/nodeGroup:NodeGroup", { property: "nodeGroupName" }],
  ["aws:eks/fargateProfile:FargateProfile", { property: "fargateProfileName" }],
]);

const NATIVE_NAMES = new Map([
  ["aws-native:autoscaling:AutoScalingGroup", "autoScalingGroupName"],
  ["aws-native:autoscaling:LaunchConfiguration", "launchConfigurationName"],
  ["aws-native:batch:ComputeEnvironment", "computeEnvironmentName"],
  ["aws-native:dynamodb:Table", "tableName"],
  ["aws-native:ec2:LaunchTemplate", "launchTemplateName"],
  ["aws-native:ec2:SecurityGroup", "groupName"],
  ["aws-native:ecr:Repository", "repositoryName"],
  ["aws-native:ecs:CapacityProvider", "name"],
  ["aws-native:ecs:Cluster", "clusterName"],
  ["aws-native:eks:Nodegroup", "nodegroupName"],
  ["aws-native:elasticbeanstalk:Environment", "environmentName"],
  ["aws-native:emr:SecurityConfiguration", "name"],
  ["aws-native:iam:InstanceProfile", "instanceProfileName"],
  ["aws-native:iam:ManagedPolicy", "managedPolicyName"],
  ["aws-native:iam:Role", "roleName"],
  ["aws-native:iam:User", "userName"],
  ["aws-native:lambda:Function", "functionName"],
  ["aws-native:logs:LogGroup", "logGroupName"],
  ["aws-native:s3:Bucket", "bucketName"],
  ["aws-native:sagemaker:NotebookInstance", "notebookInstanceName"],
  ["aws-native:secretsmanager:Secret", "name"],
  ["aws-native:sns:Topic", "topicName"],
  ["aws-native:sqs:Queue", "queueName"],
  ["aws-native:ssm:Parameter", "name"],
]);

const NAMED_FILES: ReadonlySet<string> = new Set(
  Object.entries(NAMED).flatMap(([module, files]) =>
    files
      .trim()
      .split(/\s+/)
      .map((file) => `${module}/${file}`),
  ),
);

function ruleOf(type: string): NameRule | undefined {
  const native = NATIVE_NAMES.get(type);
  if (native !== undefined) return { ...ORDINARY, property: native, lowerCase: native === "bucketName" };
  const rule = AWS_RULES.get(type);
  if (rule !== undefined) return { ...ORDINARY, ...rule };
  const [packageName, file = ""] = type.split(":");
  return packageName === "aws" && NAMED_FILES.has(file) ? ORDINARY : undefined;
}

/** The property that carries a type's physical name, where the provider makes one up. */
export function nameProperty(type: string): string | undefined {
  return ruleOf(type)?.property;
}

/** Fills in the physical name that the program leaves to the provider; its suffix depends on the URN alone. */
export function autoname(request: CheckRequest, inputs: Properties, failures: CheckFailure[]): Properties {
  const rule = ruleOf(request.type);
  const named = request.type === "aws:iam/role:Role" ? nameInlinePolicies(request, inputs, failures) : inputs;
  if (rule === undefined || Object.hasOwn(named, rule.property) || Object.hasOwn(named, `${rule.property}Prefix`)) {
    return named;
  }
  const name = randomName(
    `${rule.prefix}${request.name}${rule.separator}`,
    request.urn,
    rule.property,
    rule.max,
    failures,
  );
  if (name === undefined) return named;
  const isFifo = rule.fifo && (named.fifoQueue === true || named.fifoTopic === true);
  return { ...named, [rule.property]: `${rule.lowerCase ? name.toLowerCase() : name}${isFifo ? ".fifo" : ""}` };
}

// A prefix that is too long is refused, never cut.
function randomName(
  prefix: string,
  seed: string,
  property: string,
  max: number,
  failures: CheckFailure[],
): string | undefined {
  if (prefix.length + SUFFIX_LENGTH <= max) return `${prefix}${derivedHex(seed, SUFFIX_LENGTH)}`;
  const added = `plus ${String(SUFFIX_LENGTH)} random chars`;
  failures.push({ property, reason: `name '${prefix}' ${added} is longer than maximum length ${String(max)}` });
  return undefined;
}

function nameInlinePolicies(request: CheckRequest, inputs: Properties, failures: CheckFailure[]): Properties {
  const { inlinePolicies } = inputs;
  if (!Array.isArray(inlinePolicies)) return inputs;
  const policies = inlinePolicies.map((policy: unknown, index) => {
    if (!isRecord(policy) || Object.hasOwn(policy, "name")) return policy;
    const place = `inlinePolicies[${String(index)}]`;
    const name = randomName(
      `${request.name}-`,
      `${request.urn}#${place}`,
      `${place}.name`,
      INLINE_POLICY_MAX,
      failures,
    );
    return defined({ name, ...policy });
  });
  return { ...inputs, inlinePolicies: policies.filter((policy) => !isRecord(policy) || policy.policy !== "") };
}
