// A managed node group of EKS
import * as aws from "@pulumi/aws";
import { grantManagedPolicies, grantStatements, HardenedInstanceProfile, HardenedLaunchTemplate } from "ec2-hardening";

const clusterName = "apps";
const subnetIds = ["subnet-0ccc1234def567890", "subnet-0ddd1234def567890"];

// The network plugin has a role of its own by Pod Identity, so that nodes may not change network interfaces.
const network = new aws.iam.Role("aws-node", {
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["pods.eks.amazonaws.com"] }],
        actions: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  }).json,
});
new aws.iam.RolePolicyAttachment("aws-node", {
  role: network.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
});
const podIdentity = new aws.eks.Addon("pod-identity", { clusterName, addonName: "eks-pod-identity-agent" });
const plugin = new aws.eks.Addon(
  "vpc-cni",
  {
    clusterName,
    addonName: "vpc-cni",
    podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: network.arn }],
    resolveConflictsOnCreate: "OVERWRITE",
  },
  { dependsOn: podIdentity },
);

// The registry of EKS in this region (EKS User Guide, "View Amazon container image registries").
const addOns = ["eks/*", "amazon/*", "amazon-k8s-cni*"].map(
  (name) => `arn:aws:ecr:us-west-2:602401143452:repository/${name}`,
);
const nodes = new HardenedInstanceProfile("nodes", {
  grants: [
    grantManagedPolicies(["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"]),
    // AmazonEC2ContainerRegistryPullOnly would read the images of every team.
    grantStatements([
      { Action: "ecr:GetAuthorizationToken", Resource: "*" },
      {
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: ["arn:aws:ecr:us-west-2:123456789012:repository/shop/*", ...addOns],
      },
    ]),
  ],
});
const template = new HardenedLaunchTemplate("nodes", {
  launchedBy: "eks",
  profile: nodes,
  allowedUsers: [],
  rootVolume: { size: 50 },
});
new aws.eks.NodeGroup(
  "nodes",
  {
    clusterName,
    nodeRoleArn: nodes.roleArn,
    subnetIds,
    amiType: "AL2023_x86_64_STANDARD",
    instanceTypes: ["m7i.large"],
    scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 6 },
    updateConfig: { maxUnavailable: 1 },
    launchTemplate: { id: template.launchTemplateId, version: template.latestVersion },
  },
  { dependsOn: [nodes, plugin] },
);
