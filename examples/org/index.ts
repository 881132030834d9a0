// A team's program under the platform team's policies: two machines that follow them, and one that is exempted.
import * as aws from "@pulumi/aws";

const image = aws.ssm.getParameterOutput({
  name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
}).value;

const role = new aws.iam.Role("app", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
const profile = new aws.iam.InstanceProfile("app", { role: role.name });

// The account's default for new machines in this region. The policies accept it where a machine says nothing,
// because policy-config.json sets acceptAccountDefault.
new aws.ec2.InstanceMetadataDefaults("defaults", {
  httpEndpoint: "enabled",
  httpTokens: "required",
  httpPutResponseHopLimit: 1,
  instanceMetadataTags: "disabled",
});

// Takes everything from the account's default.
new aws.ec2.Instance("web", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
});

// Says it itself, which is clearer and holds in accounts without that default.
new aws.ec2.Instance("api", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

// Its agent speaks version 1 only: exempted in policy-config.json, with a reason and a last day.
new aws.ec2.Instance("legacy-appliance", {
  ami: image,
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "optional", httpPutResponseHopLimit: 1 },
});
