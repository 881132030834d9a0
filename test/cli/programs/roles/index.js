const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const trust = (service) => aws.iam.assumeRolePolicyForPrincipal({ Service: service });
const allow = (action, resource) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
});
const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

// Every way to name a role and a policy.
const bucket = new aws.s3.Bucket("bucket");
const edge = new aws.iam.Policy("edge", { path: "/edges/", policy: allow("*", "*") });
const app = new aws.iam.Role("app", {
  path: "/team/",
  assumeRolePolicy: trust("ec2.amazonaws.com"),
  permissionsBoundary: edge.arn,
  tags: { team: "web" },
});
const files = new aws.iam.Policy("files", {
  policy: bucket.arn.apply((arn) => JSON.stringify(allow("s3:GetObject", `${arn}/*`))),
});
new aws.iam.RolePolicy("by-name", { role: app.name, policy: pulumi.jsonStringify(allow("s3:GetObject", bucket.arn)) });
new aws.iam.RolePolicy("by-id", { role: app.id, policy: allow("sts:AssumeRole", app.arn) });
new aws.iam.RolePolicy("by-role", {
  role: app,
  policy: aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:*"], resources: [bucket.arn] }] }).json,
});
new aws.iam.RolePolicyAttachment("by-arn", { role: app, policyArn: files.arn });
new aws.iam.RolePolicyAttachment("managed", {
  role: app.name,
  policyArn: aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore,
});
new aws.iam.PolicyAttachment("everywhere", { roles: [app, "other"], policyArn: READ_ONLY });
const profile = new aws.iam.InstanceProfile("profile", { role: app });
const lt = new aws.ec2.LaunchTemplate("lt", { iamInstanceProfile: { arn: profile.arn } });
new aws.ec2.Instance("web", { ...machine, launchTemplate: { id: lt.id, version: "$Latest" } });
new aws.ec2.Instance("direct", { ...machine, iamInstanceProfile: profile });

// A role in the role itself.
const nodes = new aws.iam.Role("nodes", {
  assumeRolePolicy: trust("ec2.amazonaws.com"),
  inlinePolicies: [{ name: "own", policy: JSON.stringify(allow("s3:ListBucket", "*")) }],
  managedPolicyArns: [files.arn, READ_ONLY],
});
new aws.eks.NodeGroup("group", {
  clusterName: "cluster",
  nodeRoleArn: nodes.arn,
  subnetIds: ["subnet-1"],
  scalingConfig: { minSize: 1, maxSize: 1, desiredSize: 1 },
});

// Outside the program.
new aws.iam.RolePolicyAttachment("shared", { role: "shared", policyArn: files.arn });
const got = aws.iam.InstanceProfile.get("got", "golden");
const shared = aws.iam.Role.get("shared-role", "shared");
new aws.iam.InstanceProfile("borrowed", { role: shared.name });
new aws.iam.RolePolicy("lent", { role: shared.id, policy: allow("s3:*", bucket.arn) });
new aws.ec2.Instance("outside", { ...machine, iamInstanceProfile: got.name });

// The other provider, whose SDK is not installed here.
class Native extends pulumi.CustomResource {
  constructor(type, name, inputs, outputs = []) {
    super(`aws-native:${type}`, name, { ...Object.fromEntries(outputs.map((key) => [key, undefined])), ...inputs });
  }
}
const native = new Native(
  "iam:Role",
  "native",
  {
    assumeRolePolicyDocument: allow("sts:AssumeRole", undefined),
    policies: [{ policyName: "own", policyDocument: allow("s3:ListBucket", bucket.arn) }],
  },
  ["roleName", "arn"],
);
new Native("iam:RolePolicy", "native-more", {
  roleName: native.roleName,
  policyName: "more",
  policyDocument: allow("s3:GetObject", native.arn),
});
new Native("iam:ManagedPolicy", "native-policy", { roles: [native.id], policyDocument: allow("s3:*", "*") });
const nativeProfile = new Native("iam:InstanceProfile", "native-profile", { roles: [native.roleName] }, ["arn"]);
new Native("ec2:Instance", "native-web", { imageId: "ami-1", iamInstanceProfile: nativeProfile.id });
