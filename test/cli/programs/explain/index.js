const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const trust = (...services) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: services } }],
  });
const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };

// A machine of a template, its profile and its role, with findings of every kind.
const files = new aws.s3.Bucket("files");
const password = new aws.ssm.Parameter("db-password", {
  type: "SecureString",
  value: config.requireSecret("password"),
});
const app = new aws.iam.Role("app", { assumeRolePolicy: trust("ec2.amazonaws.com", "lambda.amazonaws.com") });
new aws.iam.RolePolicy(config.get("access") ?? "app-access", {
  role: app,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "Parameters", Effect: "Allow", Action: ["ssm:GetParameter", "ssm:GetParameters"], Resource: "*" },
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: pulumi.interpolate`${files.arn}/*` },
      {
        Effect: "Allow",
        Action: "ec2:TerminateInstances",
        Resource: "*",
        Condition: { StringEquals: { [`aws:ResourceTag/${config.get("tag") ?? "team"}`]: "web" } },
      },
      {
        Effect: "Deny",
        Action: "s3:PutObject",
        Resource: pulumi.interpolate`${files.arn}/${config.require("prefix")}/*`,
      },
    ],
  }),
});
new aws.iam.RolePolicyAttachment("app-ssm", {
  role: app,
  policyArn: aws.iam.ManagedPolicy.AmazonSSMManagedInstanceCore,
});
new aws.iam.RolePolicyAttachment("app-shared", { role: app, policyArn: "arn:aws:iam::123456789012:policy/shared" });
const profile = new aws.iam.InstanceProfile("app", { role: app });
const template = new aws.ec2.LaunchTemplate("app-template", { iamInstanceProfile: { arn: profile.arn } });
new aws.ec2.Instance("web", { ...machine, launchTemplate: { id: template.id, version: "$Latest" } });

// An administrator within a boundary.
const boundary = new aws.iam.Policy("edge", {
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs:*:*:jobs-*" }],
  }),
});
const worker = new aws.iam.Role("worker", {
  assumeRolePolicy: trust("ec2.amazonaws.com"),
  permissionsBoundary: boundary.arn,
  managedPolicyArns: [aws.iam.ManagedPolicy.AdministratorAccess],
});
new aws.ec2.Instance("jobs", {
  ...machine,
  iamInstanceProfile: new aws.iam.InstanceProfile("worker", { role: worker }),
});

// An administrator without one.
const root = new aws.iam.Role("root", {
  assumeRolePolicy: trust("ec2.amazonaws.com"),
  managedPolicyArns: [aws.iam.ManagedPolicy.AdministratorAccess],
});
new aws.iam.InstanceProfile("root", { role: root });

// A machine without a role, one with a role from outside, and a role of no machine.
new aws.ec2.Instance("bare", machine);
new aws.ec2.Instance("outside", { ...machine, iamInstanceProfile: "golden" });
new aws.iam.Role("nightly", { assumeRolePolicy: trust("lambda.amazonaws.com") });
