// A Windows server
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantManagedPolicies, HardenedInstance } from "ec2-hardening";

const server = new HardenedInstance("reports", {
  image: "windows-2025",
  instanceType: "m7i.large",
  subnetId: "subnet-0ccc1234def567890",
  rootVolume: { size: 80 },
  // What Systems Manager needs for more than sessions: associations and patches.
  grants: [grantManagedPolicies(["arn:aws:iam::aws:policy/AmazonSSMManagedEC2InstanceDefaultPolicy"])],
  userData: { commands: ["Install-WindowsFeature -Name Web-Server"] },
});
new aws.ssm.Association("reports-updates", {
  name: "AWS-RunPatchBaseline",
  targets: [{ key: "InstanceIds", values: [server.instanceId] }],
  parameters: { Operation: "Install", RebootOption: "RebootIfNeeded" },
  scheduleExpression: "cron(0 3 ? * SUN *)",
  applyOnlyAtCronInterval: true,
});

export const remoteDesktop = pulumi.interpolate`aws ssm start-session --target ${server.instanceId} --document-name AWS-StartPortForwardingSession --parameters portNumber=3389,localPortNumber=33389`;
