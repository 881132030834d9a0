// A bastion without SSH
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HardenedInstance } from "ec2-hardening";

const vpcId = "vpc-0abc1234def567890";
const database = {
  host: "shop.cluster-c0abc1def2gh.us-west-2.rds.amazonaws.com",
  securityGroup: "sg-0abc1234def567890",
};

const way = new aws.ec2.SecurityGroup("bastion", {
  vpcId,
  egress: [
    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
    { protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [database.securityGroup] },
  ],
});
const bastion = new HardenedInstance("bastion", {
  instanceType: "t4g.nano",
  subnetId: "subnet-0ccc1234def567890",
  securityGroupIds: [way.id],
  // Whoever has a session is a user of the machine, and gets none of its credentials.
  allowedUsers: [],
  rebootWindow: { start: "03:30" },
});

const start = pulumi.interpolate`aws ssm start-session --target ${bastion.instanceId}`;
export const shell = start;
export const databaseOnLocalhost = pulumi.interpolate`${start} --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host=${database.host},portNumber=5432,localPortNumber=5432`;
