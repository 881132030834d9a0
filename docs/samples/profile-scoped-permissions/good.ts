// Actions, and what they are called on
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const bucket = new aws.s3.Bucket("uploads");
const queue = new aws.sqs.Queue("jobs");
const role = new aws.iam.Role("web", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("work", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: pulumi.interpolate`${bucket.arn}/*` },
      { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.arn },
      { Effect: "Allow", Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: queue.arn },
      { Effect: "Allow", Action: ["ec2:DescribeInstances", "cloudwatch:PutMetricData"], Resource: "*" },
    ],
  }),
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("web", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
