// One role for two purposes, which a tag of this organisation tells apart
import * as aws from "@pulumi/aws";

const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

const role = new aws.iam.Role("shop", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const profile = new aws.iam.InstanceProfile("shop", { role: role.name });

for (const purpose of ["orders", "reports"]) {
  new aws.ec2.Instance(purpose, {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    associatePublicIpAddress: false,
    iamInstanceProfile: profile.name,
    tags: { Purpose: purpose },
    metadataOptions,
  });
}
