// The fleet of ../vulnerable, done right: no findings, at the strict preset as well.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const image = aws.ssm.getParameterOutput({
  name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
}).value;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }).ids;

const role = new aws.iam.Role("app", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const profile = new aws.iam.InstanceProfile("app", { role: role.name });

// What the machines call, and what they call it on. Systems Manager's policy is the one that reads no parameters.
const uploads = new aws.s3.Bucket("uploads");
new aws.iam.RolePolicy("app", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: pulumi.interpolate`${uploads.arn}/*` },
      { Effect: "Allow", Action: "ssm:GetParameter", Resource: "arn:aws:ssm:*:*:parameter/app/*" },
    ],
  }),
});
new aws.iam.RolePolicyAttachment("app-ssm", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy",
});

// One block for every machine: version 2 only, and tokens that never leave the machine.
const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

new aws.ec2.Instance("web", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions,
});

new aws.ec2.Instance("api", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { ...metadataOptions, httpProtocolIpv6: "disabled", instanceMetadataTags: "disabled" },
});

const workerTemplate = new aws.ec2.LaunchTemplate("worker", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  metadataOptions,
});

// The template's latest version: a change to it reaches the machines.
new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 3,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: workerTemplate.id, version: workerTemplate.latestVersion.apply(String) },
});

// An instance on the spot market takes metadata options, unlike a spot request.
new aws.ec2.Instance("crawler", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  instanceMarketOptions: { marketType: "spot" },
  metadataOptions,
});

// A launch template in place of the launch configuration, which new accounts can no longer create.
const legacyTemplate = new aws.ec2.LaunchTemplate("legacy", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  metadataOptions,
});
new aws.autoscaling.Group("legacy", {
  minSize: 1,
  maxSize: 1,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: legacyTemplate.id, version: "$Latest" },
});

// Nothing on this machine reads metadata: the service is off.
new aws.ec2.Instance("relay", {
  ami: image,
  instanceType: "t3.micro",
  metadataOptions: { httpEndpoint: "disabled" },
});

// The machine sets the options itself, whatever the template of the other team says.
const partnerRole = new aws.iam.Role("partner", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.ec2.Instance("partner", {
  launchTemplate: { name: "shared-base", version: "$Latest" },
  iamInstanceProfile: new aws.iam.InstanceProfile("partner", { role: partnerRole.name }).name,
  metadataOptions: { ...metadataOptions, httpProtocolIpv6: "disabled", instanceMetadataTags: "disabled" },
});

// Deploys: it replaces the workers by newer ones, and may pass no role but theirs, which is not stronger than its own.
const deployerRole = new aws.iam.Role("deployer", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("deployer", {
  role: deployerRole.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:PassRole", Resource: role.arn },
      {
        Effect: "Allow",
        Action: "autoscaling:StartInstanceRefresh",
        Resource: "arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/workers-*",
      },
      { Effect: "Allow", Action: "autoscaling:DescribeInstanceRefreshes", Resource: "*" },
    ],
  }),
});
new aws.ec2.Instance("deployer", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("deployer", { role: deployerRole.name }).name,
  metadataOptions,
});
