// A role that EC2 cannot take: the machine has a profile and no credentials
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("web", {
  assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
});

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("web", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
