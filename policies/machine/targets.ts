/** What references lead to, in the types of both providers. */
import type { Target } from "./launch";

/** Types of a target, and the properties by which it is referred to. */
interface Identity {
  readonly types: readonly string[];
  readonly id: readonly string[];
  readonly name: readonly string[];
  /** IAM is global: any region of the account. */
  readonly global?: true;
  /** What names are unique within, by whatever property: an application's configuration templates. */
  readonly within?: readonly string[];
}

/** Every target; no type is more than one. */
export const IDENTITIES: Readonly<Record<Target, Identity>> = {
  "launch template": {
    types: ["aws:ec2/launchTemplate:LaunchTemplate", "aws-native:ec2:LaunchTemplate"],
    id: ["id", "launchTemplateId"],
    name: ["name", "launchTemplateName"],
  },
  "launch configuration": {
    types: ["aws:ec2/launchConfiguration:LaunchConfiguration", "aws-native:autoscaling:LaunchConfiguration"],
    id: ["id"],
    name: ["name", "id", "launchConfigurationName"],
  },
  "configuration template": {
    types: [
      "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
      "aws-native:elasticbeanstalk:ConfigurationTemplate",
    ],
    id: ["id"],
    name: ["name", "id", "templateName"],
    within: ["application", "applicationName"],
  },
  "security configuration": {
    types: ["aws:emr/securityConfiguration:SecurityConfiguration", "aws-native:emr:SecurityConfiguration"],
    id: ["id"],
    name: ["name", "id"],
  },
  image: {
    types: ["aws:ec2/ami:Ami", "aws:ec2/amiCopy:AmiCopy", "aws:ec2/amiFromInstance:AmiFromInstance"],
    id: ["id"],
    name: [],
  },
  "auto scaling group": {
    types: ["aws:autoscaling/group:Group", "aws-native:autoscaling:AutoScalingGroup"],
    id: ["id"],
    name: ["name", "id", "autoScalingGroupName"],
  },
  "instance profile": {
    types: ["aws:iam/instanceProfile:InstanceProfile", "aws-native:iam:InstanceProfile"],
    id: ["id"],
    name: ["name", "id", "instanceProfileName"],
    global: true,
  },
  role: {
    types: ["aws:iam/role:Role", "aws-native:iam:Role"],
    id: ["id"],
    name: ["name", "id", "roleName"],
    global: true,
  },
  policy: {
    types: ["aws:iam/policy:Policy", "aws-native:iam:ManagedPolicy"],
    id: ["id"],
    name: ["name", "managedPolicyName"],
    global: true,
  },
  "security group": {
    types: [
      "aws:ec2/securityGroup:SecurityGroup",
      "aws-native:ec2:SecurityGroup",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    ],
    id: ["id", "groupId"],
    name: ["name", "groupName"],
  },
  subnet: {
    types: ["aws:ec2/subnet:Subnet", "aws-native:ec2:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
    id: ["id", "subnetId"],
    name: [],
  },
  "network interface": {
    types: ["aws:ec2/networkInterface:NetworkInterface", "aws-native:ec2:NetworkInterface"],
    id: ["id"],
    name: [],
  },
  instance: {
    types: ["aws:ec2/instance:Instance", "aws-native:ec2:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"],
    id: ["id", "instanceId", "spotInstanceId", "primaryNetworkInterfaceId"],
    name: [],
  },
  "maintenance window": {
    types: ["aws:ssm/maintenanceWindow:MaintenanceWindow", "aws-native:ssm:MaintenanceWindow"],
    id: ["id", "windowId"],
    name: [],
  },
  "maintenance window target": {
    types: ["aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", "aws-native:ssm:MaintenanceWindowTarget"],
    id: ["id", "windowTargetId"],
    name: [],
  },
  "lifecycle configuration": {
    types: [
      "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration",
      "aws-native:sagemaker:NotebookInstanceLifecycleConfig",
    ],
    id: ["id"],
    name: ["name", "id", "notebookInstanceLifecycleConfigName"],
  },
};

const TARGET_TYPES: ReadonlySet<string> = new Set(Object.values(IDENTITIES).flatMap(({ types }) => types));

/** Whether references lead to resources of a type. */
export function isTarget(type: string): boolean {
  return TARGET_TYPES.has(type);
}

/** Whether references of one kind lead to resources of a type. */
export function isTargetOf(type: string, target: Target): boolean {
  return IDENTITIES[target].types.includes(type);
}
