/** Plain words for what a group of actions of one service allows. */

/** What is done, most telling first. */
export type Doing = "permissions" | "write" | "read" | "list" | "tagging";

interface Words {
  /** As AWS calls the service. */
  readonly name: string;
  readonly read?: string;
  readonly write?: string;
  readonly permissions?: string;
}

const SERVICES: Readonly<Record<string, Words>> = {
  acm: { name: "AWS Certificate Manager" },
  apigateway: { name: "Amazon API Gateway", write: "change every API" },
  athena: { name: "Amazon Athena", write: "run queries in every workgroup" },
  autoscaling: { name: "Amazon EC2 Auto Scaling", write: "start, stop and replace machines of every group" },
  backup: { name: "AWS Backup", write: "delete and restore every backup" },
  batch: { name: "AWS Batch", write: "run jobs in every queue" },
  bedrock: { name: "Amazon Bedrock", write: "call and change every model" },
  cloudformation: { name: "AWS CloudFormation", write: "create, change and delete every stack" },
  cloudfront: { name: "Amazon CloudFront", write: "change every distribution" },
  cloudtrail: { name: "AWS CloudTrail", write: "stop every trail" },
  cloudwatch: { name: "Amazon CloudWatch", write: "change every alarm and dashboard" },
  codebuild: { name: "AWS CodeBuild", write: "change and start every build" },
  codecommit: { name: "AWS CodeCommit", read: "read all source code", write: "change all source code" },
  codedeploy: { name: "AWS CodeDeploy", write: "deploy to every group" },
  codepipeline: { name: "AWS CodePipeline", write: "change and start every pipeline" },
  "cognito-identity": { name: "Amazon Cognito identity pools" },
  "cognito-idp": { name: "Amazon Cognito user pools", write: "change every user of every pool" },
  config: { name: "AWS Config", write: "stop every recorder and change every rule" },
  dynamodb: {
    name: "Amazon DynamoDB",
    read: "read every item of every table",
    write: "change and delete every item and table",
  },
  ebs: { name: "Amazon EBS direct APIs", read: "read every disk from its snapshots" },
  ec2: {
    name: "Amazon EC2",
    write: "start, change and terminate every machine, disk and network",
    permissions: "share every snapshot and image",
  },
  ecr: { name: "Amazon ECR", read: "read every container image", write: "replace and delete every container image" },
  ecs: { name: "Amazon ECS", write: "run and stop tasks in every cluster" },
  eks: { name: "Amazon EKS", write: "change and delete every cluster" },
  elasticache: { name: "Amazon ElastiCache", write: "change and delete every cache" },
  elasticbeanstalk: { name: "AWS Elastic Beanstalk", write: "change and deploy to every environment" },
  elasticfilesystem: { name: "Amazon EFS", read: "read every file", write: "change and delete every file system" },
  elasticloadbalancing: { name: "Elastic Load Balancing", write: "redirect and delete every load balancer" },
  elasticmapreduce: { name: "Amazon EMR", write: "start, change and stop every cluster" },
  es: { name: "Amazon OpenSearch Service", read: "read every index", write: "change and delete every index" },
  events: { name: "Amazon EventBridge", write: "change every rule and send any event" },
  firehose: { name: "Amazon Data Firehose", write: "send to, change and delete every stream" },
  glue: { name: "AWS Glue", write: "change every table and job" },
  guardduty: { name: "Amazon GuardDuty", write: "switch detection off" },
  iam: { name: "IAM", write: "change users, roles and keys", permissions: "change what everyone may do" },
  kinesis: {
    name: "Amazon Kinesis Data Streams",
    read: "read every stream",
    write: "write to and delete every stream",
  },
  kms: {
    name: "AWS KMS",
    write: "encrypt and decrypt with, disable and delete every key",
    permissions: "let others use every key",
  },
  lambda: { name: "AWS Lambda", write: "change, call and delete every function" },
  logs: { name: "Amazon CloudWatch Logs", read: "read every log", write: "write and delete every log" },
  organizations: { name: "AWS Organizations", write: "change and close accounts" },
  rds: { name: "Amazon RDS", write: "change, copy and delete every database" },
  redshift: { name: "Amazon Redshift", write: "change, copy and delete every cluster" },
  route53: { name: "Amazon Route 53", write: "redirect every name" },
  s3: {
    name: "Amazon S3",
    read: "read every object",
    write: "replace and delete every object and bucket",
    permissions: "open every bucket to others",
  },
  sagemaker: { name: "Amazon SageMaker", write: "start and change every notebook, job and model" },
  secretsmanager: {
    name: "AWS Secrets Manager",
    read: "read every secret",
    write: "change and delete every secret",
    permissions: "open every secret to others",
  },
  ses: { name: "Amazon SES", write: "send mail from every address" },
  sns: {
    name: "Amazon SNS",
    write: "send to and delete every topic",
    permissions: "open every topic to others",
  },
  sqs: {
    name: "Amazon SQS",
    read: "read every message of every queue",
    write: "send to, empty and delete every queue",
    permissions: "open every queue to others",
  },
  ssm: {
    name: "AWS Systems Manager",
    read: "read every parameter",
    write: "change every parameter and run commands on every machine",
  },
  states: { name: "AWS Step Functions", write: "change and start every state machine" },
  sts: { name: "AWS STS", write: "assume every role that admits it" },
  xray: { name: "AWS X-Ray" },
};

const FALLBACK: Readonly<Record<Doing, (name: string) => string>> = {
  permissions: (name) => `change who may use every ${name} resource`,
  write: (name) => `write to every ${name} resource`,
  read: (name) => `read every ${name} resource`,
  list: (name) => `list every ${name} resource`,
  tagging: (name) => `tag every ${name} resource`,
};

/** How a message names a service: `Amazon S3`; the prefix of its actions where no name is known. */
export function serviceName(prefix: string): string {
  return Object.hasOwn(SERVICES, prefix) ? (SERVICES[prefix]?.name ?? prefix) : `\`${prefix}\``;
}

/** What a role may do with everything of a service: `read every object in Amazon S3`. */
export function allowed(prefix: string, doing: Doing): string {
  const words = Object.hasOwn(SERVICES, prefix) ? SERVICES[prefix] : undefined;
  const known = doing === "list" || doing === "tagging" ? undefined : words?.[doing];
  return known !== undefined && words !== undefined
    ? `${known} in ${words.name}`
    : FALLBACK[doing](serviceName(prefix));
}
