// A role for each purpose
import * as aws from "@pulumi/aws";

for (const [name, isPublic] of [
  ["web", true],
  ["worker", false],
] as const) {
  const role = new aws.iam.Role(name, {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.ec2.Instance(name, {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    associatePublicIpAddress: isPublic,
    iamInstanceProfile: new aws.iam.InstanceProfile(name, { role: role.name }).name,
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  });
}
