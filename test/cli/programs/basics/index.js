const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const role = new aws.iam.Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
  }),
});
const bucket = new aws.s3.Bucket("bucket");
new aws.iam.RolePolicy("policy", {
  role: role,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: bucket.arn.apply((arn) => `${arn}/*`) }],
  }),
});
const profile = new aws.iam.InstanceProfile("profile", { role: role.name });
const web = new aws.ec2.Instance("web", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  userData: pulumi.interpolate`echo ${bucket.id}`,
});
exports.instanceId = web.id;
exports.arn = role.arn;
