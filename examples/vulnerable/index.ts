// A fleet with most of the faults that the policies find. Every resource says what is wrong with it.
import * as aws from "@pulumi/aws";

const image = aws.ssm.getParameterOutput({
  name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
}).value;
const subnetIds = aws.ec2.getSubnetsOutput({ filters: [{ name: "default-for-az", values: ["true"] }] }).ids;

const role = new aws.iam.Role("app", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const profile = new aws.iam.InstanceProfile("app", { role: role.name });

// Says nothing about metadata options: account and image decide whether version 1 answers.
new aws.ec2.Instance("web", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
});

// Version 1 answers, over IPv6 as well, and tells the instance's tags.
new aws.ec2.Instance("api", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: {
    httpTokens: "optional",
    httpPutResponseHopLimit: 1,
    httpProtocolIpv6: "enabled",
    instanceMetadataTags: "enabled",
  },
});

// Tokens travel three hops: a container on the machine, and what it forwards for, can obtain them.
const workerTemplate = new aws.ec2.LaunchTemplate("worker", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 3 },
});

// $Default stays at the first version: from the second update on, changes to the template do not reach the machines.
new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 3,
  vpcZoneIdentifiers: subnetIds,
  launchTemplate: { id: workerTemplate.id, version: "$Default" },
});

// The provider's schema has metadataOptions for spot requests, but they never reach EC2.
new aws.ec2.SpotInstanceRequest("crawler", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

// The provider sends tokens and hop limit of a launch configuration only next to an explicit httpEndpoint.
const legacyConfiguration = new aws.ec2.LaunchConfiguration("legacy", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
});
new aws.autoscaling.Group("legacy", {
  minSize: 1,
  maxSize: 1,
  vpcZoneIdentifiers: subnetIds,
  launchConfiguration: legacyConfiguration.name,
});

// Nothing on this machine reads metadata, and the service is on all the same.
new aws.ec2.Instance("relay", {
  ami: image,
  instanceType: "t3.micro",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

// What the template of another team sets is not known here.
const partnerRole = new aws.iam.Role("partner", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.ec2.Instance("partner", {
  launchTemplate: { name: "shared-base", version: "$Latest" },
  iamInstanceProfile: new aws.iam.InstanceProfile("partner", { role: partnerRole.name }).name,
});

// The boot script has a password in it, runs what comes over HTTP, and calls version 1, which this machine refuses.
new aws.ec2.Instance("shop", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  userData: `#!/bin/bash
curl -s http://get.example.com/agent.sh | bash
mysqladmin -u root -pchangeme create shop
hostnamectl set-hostname "$(curl -s http://169.254.169.254/latest/meta-data/instance-id)"
`,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

// Open to the internet, version 1 answers, and a forged request gets more than the machine: its role may pass every role
// to a machine of its own making, reads every parameter, and can be taken by everyone in the account.
const world = new aws.ec2.SecurityGroup("world", {
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
const deployerRole = new aws.iam.Role("deployer", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "sts:AssumeRole" },
    ],
  }),
});
new aws.iam.RolePolicy("deployer", {
  role: deployerRole.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "ec2:RunInstances", Resource: "*" },
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
      { Effect: "Allow", Action: "ssm:GetParameter*", Resource: "*" },
    ],
  }),
});
new aws.ec2.Instance("deployer", {
  ami: image,
  instanceType: "t3.micro",
  associatePublicIpAddress: true,
  vpcSecurityGroupIds: [world.id],
  iamInstanceProfile: new aws.iam.InstanceProfile("deployer", { role: deployerRole.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional", httpPutResponseHopLimit: 1 },
});

// An administrator, because somebody was in a hurry.
const buildRole = new aws.iam.Role("build", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("build", {
  role: buildRole.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});
new aws.ec2.Instance("build", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("build", { role: buildRole.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
