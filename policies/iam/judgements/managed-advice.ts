/** What to attach instead of the AWS managed policies that machines carry most. */

export interface ManagedAdvice {
  /** The narrower replacement; none where nothing narrower is known that does the same. */
  readonly instead: string | undefined;
  /** AWS's own prescription for a machine that runs this agent or joins this service. */
  readonly prescribed: boolean;
}

const SSM_DEFAULT = "`AmazonSSMManagedEC2InstanceDefaultPolicy`, which reads no parameters";
const PULL_ONLY = "`AmazonEC2ContainerRegistryPullOnly`, or an inline policy that names the repositories";

/** What a machine is to have, by what it runs; the narrower choice where AWS offers one. */
const PRESCRIBED: Readonly<Record<string, string | undefined>> = {
  // Systems Manager
  AmazonSSMManagedInstanceCore: SSM_DEFAULT,
  AmazonSSMManagedEC2InstanceDefaultPolicy: undefined,
  AmazonSSMDirectoryServiceAccess: "an inline policy with `ds:CreateComputer` on the directory it joins",
  AmazonSSMPatchAssociation: undefined,
  AWSCloud9SSMInstanceProfile: undefined,
  AmazonInspector2ManagedCisPolicy: undefined,
  AWSEC2VssSnapshotPolicy: undefined,
  AWSEC2SqlHaInstancePolicy: undefined,
  // CloudWatch and X-Ray
  CloudWatchAgentServerPolicy: "an inline policy that names the log groups, and a namespace by `cloudwatch:namespace`",
  CloudWatchNetworkFlowMonitorAgentPublishPolicy: undefined,
  AWSXRayDaemonWriteAccess: undefined,
  // Containers
  AmazonEC2ContainerRegistryReadOnly: PULL_ONLY,
  AmazonEC2ContainerRegistryPullOnly: "an inline policy that names the repositories",
  AmazonElasticContainerRegistryPublicReadOnly: undefined,
  "service-role/AmazonEC2ContainerServiceforEC2Role": "an inline policy that names the cluster by `ecs:cluster`",
  AmazonECSInstanceRolePolicyForManagedInstances: undefined,
  AmazonEKSWorkerNodePolicy: "`AmazonEKSWorkerNodeMinimalPolicy`",
  AmazonEKSWorkerNodeMinimalPolicy: undefined,
  AmazonEKS_CNI_Policy: "the policy on a role of the `aws-node` service account instead of the node",
  // Deployment and images
  AWSElasticBeanstalkWebTier: undefined,
  AWSElasticBeanstalkWorkerTier: "an inline policy that names the queue, beside `AWSElasticBeanstalkWebTier`",
  AWSElasticBeanstalkMulticontainerDocker: undefined,
  "service-role/AWSElasticBeanstalkRoleWorkerTier": undefined,
  "service-role/AmazonEC2RoleforAWSCodeDeployLimited": "an inline policy that names the buckets of the revisions",
  EC2InstanceProfileForImageBuilder: undefined,
  EC2InstanceProfileForImageBuilderECRContainerBuilds: "an inline policy that names the repositories it pushes to",
  // Migration
  AWSApplicationMigrationServiceEc2InstancePolicy: undefined,
  "service-role/AWSElasticDisasterRecoveryEc2InstancePolicy": undefined,
};

const REPLACEMENTS: Readonly<Record<string, string>> = {
  // Everything
  AdministratorAccess: "an inline policy with the actions and resources the machine uses",
  PowerUserAccess: "an inline policy with the actions and resources the machine uses",
  ReadOnlyAccess: "an inline policy with the reads and resources the machine uses",
  SecurityAudit: "an inline policy with the reads the audit makes",
  "job-function/ViewOnlyAccess": "an inline policy with the lists the machine uses",
  "job-function/SystemAdministrator": "an inline policy with the actions and resources the machine uses",
  "job-function/DatabaseAdministrator": "an inline policy that names the databases",
  "job-function/NetworkAdministrator": "an inline policy with the actions and resources the machine uses",
  "job-function/SupportUser": "an inline policy with the reads the machine uses",
  IAMFullAccess: "no right to change IAM on a machine",
  IAMReadOnlyAccess: "an inline policy with the reads of IAM the machine uses",
  AWSOrganizationsFullAccess: "no right to change the organization on a machine",
  // Systems Manager
  AmazonSSMFullAccess: SSM_DEFAULT,
  AmazonSSMReadOnlyAccess: "an inline policy with `ssm:GetParameter` on the parameters by path",
  "service-role/AmazonEC2RoleforSSM": SSM_DEFAULT,
  "service-role/AmazonSSMAutomationRole": "a role for the runbook that is not the machine's",
  "service-role/AmazonSSMMaintenanceWindowRole": "a role for the maintenance window that is not the machine's",
  SecretsManagerReadWrite: "an inline policy with `secretsmanager:GetSecretValue` on the secrets by ARN",
  AWSSecretsManagerClientReadOnlyAccess: "an inline policy with `secretsmanager:GetSecretValue` on the secrets by ARN",
  AWSKeyManagementServicePowerUser: "an inline policy with `kms:Decrypt` on the keys by ARN",
  // Storage
  AmazonS3FullAccess: "an inline policy with `s3:GetObject` and `s3:PutObject` on the bucket and prefix",
  AmazonS3ReadOnlyAccess: "an inline policy with `s3:GetObject` on the bucket and prefix",
  AmazonElasticFileSystemFullAccess: "an inline policy with `elasticfilesystem:ClientMount` on the file system",
  AmazonElasticFileSystemClientFullAccess: "an inline policy with `elasticfilesystem:ClientMount` on the file system",
  "service-role/AmazonEBSCSIDriverPolicy": "the policy on a role of the driver's service account instead of the node",
  "service-role/AmazonEFSCSIDriverPolicy": "the policy on a role of the driver's service account instead of the node",
  // Data
  AmazonDynamoDBFullAccess: "an inline policy with the item actions on the tables by ARN",
  AmazonDynamoDBReadOnlyAccess: "an inline policy with `dynamodb:GetItem` and `dynamodb:Query` on the tables by ARN",
  AmazonRDSFullAccess: "an inline policy with `rds-db:connect` on the database user",
  AmazonRDSDataFullAccess: "an inline policy with `rds-data:ExecuteStatement` on the cluster",
  AmazonRedshiftFullAccess: "an inline policy that names the cluster and the database user",
  AmazonElastiCacheFullAccess: "no right of ElastiCache, which clients do not need",
  AmazonESFullAccess: "an inline policy with `es:ESHttp*` on the domain by ARN",
  AmazonOpenSearchServiceFullAccess: "an inline policy with `es:ESHttp*` on the domain by ARN",
  AmazonAthenaFullAccess: "an inline policy that names the workgroup, its tables and its result bucket",
  AWSGlueConsoleFullAccess: "an inline policy that names the databases and tables",
  // Messages
  AmazonSQSFullAccess: "an inline policy with the message actions on the queues by ARN",
  AmazonSNSFullAccess: "an inline policy with `sns:Publish` on the topics by ARN",
  AmazonKinesisFullAccess: "an inline policy with the record actions on the streams by ARN",
  AmazonKinesisFirehoseFullAccess: "an inline policy with `firehose:PutRecord*` on the streams by ARN",
  AmazonMSKFullAccess: "an inline policy with `kafka-cluster` actions on the cluster and topics by ARN",
  AmazonSESFullAccess: "an inline policy with `ses:SendEmail` on the identity by ARN",
  AmazonEventBridgeFullAccess: "an inline policy with `events:PutEvents` on the bus by ARN",
  // Machines and networks
  AmazonEC2FullAccess: "an inline policy with the EC2 actions it calls, on tagged resources",
  AmazonEC2ReadOnlyAccess: "an inline policy with the `ec2:Describe` calls it makes",
  AmazonVPCFullAccess: "an inline policy with the EC2 actions it calls, on tagged resources",
  AutoScalingFullAccess: "an inline policy that names the group",
  ElasticLoadBalancingFullAccess: "an inline policy that names the target groups",
  AmazonRoute53FullAccess: "an inline policy with `route53:ChangeResourceRecordSets` on the hosted zone by ARN",
  EC2InstanceConnect: "an inline policy with `ec2-instance-connect:SendSSHPublicKey` on the machines by tag",
  AmazonEC2RolePolicyForLaunchWizard: "no right to set machines up once they are set up",
  // Observation
  CloudWatchFullAccess: "`CloudWatchAgentServerPolicy`",
  CloudWatchFullAccessV2: "`CloudWatchAgentServerPolicy`",
  CloudWatchLogsFullAccess:
    "an inline policy with `logs:CreateLogStream` and `logs:PutLogEvents` on the log groups by ARN",
  CloudWatchAgentAdminPolicy: "`CloudWatchAgentServerPolicy` once the agent's configuration is stored",
  AWSXrayFullAccess: "`AWSXRayDaemonWriteAccess`",
  AWSXrayWriteOnlyAccess: "`AWSXRayDaemonWriteAccess`",
  // Containers
  AmazonEC2ContainerRegistryFullAccess: PULL_ONLY,
  AmazonEC2ContainerRegistryPowerUser: PULL_ONLY,
  AmazonECS_FullAccess: "`AmazonEC2ContainerServiceforEC2Role` for a container machine",
  "service-role/AmazonEC2ContainerServiceRole": "the service-linked role of Amazon ECS",
  AmazonEKSClusterPolicy: "`AmazonEKSWorkerNodeMinimalPolicy` for a node",
  AmazonEKSServicePolicy: "`AmazonEKSWorkerNodeMinimalPolicy` for a node",
  "service-role/AWSBatchServiceRole": "the service-linked role of AWS Batch",
  AWSBatchFullAccess: "an inline policy with `batch:SubmitJob` on the queue and job definition",
  // Functions, workflows and deployment
  AWSLambda_FullAccess: "an inline policy with `lambda:InvokeFunction` on the functions by ARN",
  AWSStepFunctionsFullAccess: "an inline policy with `states:StartExecution` on the state machine by ARN",
  AWSCloudFormationFullAccess: "an inline policy that names the stacks",
  AWSCodeBuildAdminAccess: "an inline policy with `codebuild:StartBuild` on the project by ARN",
  AWSCodeCommitFullAccess: "an inline policy with `codecommit:GitPull` on the repositories by ARN",
  AWSCodeCommitPowerUser: "an inline policy with `codecommit:GitPull` on the repositories by ARN",
  AWSCodeDeployFullAccess: "`AmazonEC2RoleforAWSCodeDeployLimited`",
  "service-role/AWSCodeDeployRole": "`AmazonEC2RoleforAWSCodeDeployLimited`; this one is the service's",
  "service-role/AmazonEC2RoleforAWSCodeDeploy": "`AmazonEC2RoleforAWSCodeDeployLimited`",
  "service-role/AWSElasticBeanstalkService": "`AWSElasticBeanstalkWebTier`; this one is the service's",
  AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy: "`AWSElasticBeanstalkWebTier`; this one is the service's",
  "AdministratorAccess-AWSElasticBeanstalk": "`AWSElasticBeanstalkWebTier`",
  AWSElasticBeanstalkCustomPlatformforEC2Role: "no right to build platforms on a machine that serves",
  AWSImageBuilderFullAccess: "`EC2InstanceProfileForImageBuilder`",
  // Clusters of data
  AmazonElasticMapReduceFullAccess: "an inline policy that names the buckets and tables of the cluster",
  AmazonElasticMapReduceReadOnlyAccess: "`AmazonEMRReadOnlyAccessPolicy_v2`",
  "service-role/AmazonElasticMapReduceRole": "`AmazonEMRServicePolicy_v2`, on the service's role",
  "service-role/AmazonElasticMapReduceforEC2Role": "an inline policy that names the buckets and tables of the cluster",
  "service-role/AmazonEC2RoleforDataPipelineRole": "an inline policy that names the buckets and tables of the pipeline",
  AmazonSageMakerFullAccess: "an inline policy that names the buckets, jobs and models it works on",
  AmazonBedrockFullAccess: "an inline policy with `bedrock:InvokeModel` on the models by ARN",
};

/** Policies with advice, by what stands after `policy/` in their ARNs. */
export const ADVISED: readonly string[] = [...Object.keys(PRESCRIBED), ...Object.keys(REPLACEMENTS)];

/** What is known of an AWS managed policy, by what stands after `policy/` in its ARN. */
export function managedAdvice(name: string): ManagedAdvice {
  const of = <T>(table: Readonly<Record<string, T>>): T | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined;
  return {
    instead: of(PRESCRIBED) ?? of(REPLACEMENTS),
    prescribed: Object.hasOwn(PRESCRIBED, name),
  };
}
