// A container host: the node group uses the template, so that 2 is accepted
import * as aws from "@pulumi/aws";

const template = new aws.ec2.LaunchTemplate("node", {
  instanceType: "t3.large",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 2 },
});

const role = new aws.iam.Role("node", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("node", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
});

new aws.eks.NodeGroup("nodes", {
  clusterName: "apps",
  nodeRoleArn: role.arn,
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  scalingConfig: { desiredSize: 2, minSize: 2, maxSize: 4 },
  launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
});
