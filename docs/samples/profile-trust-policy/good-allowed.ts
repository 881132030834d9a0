// Systems Manager may take the role of hybrid machines too, because the configuration says so
import * as aws from "@pulumi/aws";

const role = new aws.iam.Role("fleet", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: ["ec2.amazonaws.com", "ssm.amazonaws.com"] }),
});

new aws.ec2.Instance("fleet", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  iamInstanceProfile: new aws.iam.InstanceProfile("fleet", { role: role.name }).name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
