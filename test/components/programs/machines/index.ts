// Makes the components that a file lists, and writes down which of them were refused and why.
import { readFileSync, writeFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as hardened from "../../../../components";

const config = new pulumi.Config();
const bucket = new aws.s3.Bucket("bucket");
const secret = new aws.secretsmanager.Secret("secret");
const key = new aws.kms.Key("key");
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
const securityGroup = new aws.ec2.SecurityGroup("group", { vpcId: vpc.id });
const targets = new aws.lb.TargetGroup("targets", { vpcId: vpc.id, port: 8080, protocol: "HTTP" });
const boundary = new aws.iam.Policy("boundary", {
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:*", "ssm:*", "secretsmanager:*", "kms:*", "sqs:*"], Resource: "*" }],
  }),
});
const given = new hardened.HardenedInstanceProfile("given", {
  grants: [
    hardened.grantReadSecret("arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-AbCdEf", {
      kmsKey: "arn:aws:kms:us-west-2:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000",
    }),
    hardened.grantReadSecret(secret.arn, { kmsKey: key.arn }),
    hardened.grantBootOnly(),
  ],
});
const VALUES: Record<string, unknown> = {
  bucketArn: bucket.arn,
  secretArn: secret.arn,
  keyArn: key.arn,
  text: bucket.bucket.apply(() => "#!/bin/bash\necho later\n"),
  promise: Promise.resolve("#!/bin/bash\necho promised\n"),
  size: pulumi.output("t3.small"),
  name: bucket.bucket,
  settings: bucket.bucket.apply((name) => `hostname: ${name}\n`),
  boundaryArn: boundary.arn,
  groupId: securityGroup.id,
  subnetId: subnet.id,
  targetGroupArn: targets.arn,
  hiddenArn: pulumi.secret(secret.arn),
  hiddenText: pulumi.secret(bucket.bucket),
  everySecret: pulumi.output("arn:aws:secretsmanager:us-west-2:111122223333:secret:*"),
  nameOfSecret: pulumi.output("shop/db"),
  administrator: pulumi.output("arn:aws:iam::aws:policy/AdministratorAccess"),
  profile: given,
};

/** `{ later: NAME }` stands for a value of the program, `{ grant: NAME, with: [...] }` for a grant. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  const given = value as Record<string, unknown>;
  if (typeof given.later === "string") return VALUES[given.later];
  if (typeof given.secretText === "string") return pulumi.secret(given.secretText);
  if (typeof given.grant === "string") {
    const args = (given.with as unknown[]).map(revived);
    return (hardened as any)[given.grant](...args);
  }
  return Object.fromEntries(Object.entries(given).map(([name, inner]) => [name, revived(inner)]));
}

/** A template for a service is judged with the service that launches from it. */
function launch(service: string, name: string, template: hardened.HardenedLaunchTemplate): void {
  const version = template.latestVersion;
  if (service === "eks") {
    new aws.eks.NodeGroup(name, {
      clusterName: "apps",
      nodeRoleArn: given.roleArn,
      subnetIds: ["subnet-0123456789abcdef0"],
      scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 2 },
      launchTemplate: { id: template.launchTemplateId, version },
    });
  } else {
    new aws.batch.ComputeEnvironment(name, {
      type: "MANAGED",
      computeResources: {
        type: "EC2",
        instanceRole: given.arn,
        instanceTypes: ["optimal"],
        maxVcpus: 16,
        subnets: ["subnet-0123456789abcdef0"],
        securityGroupIds: ["sg-0123456789abcdef0"],
        launchTemplate: { launchTemplateId: template.launchTemplateId, version },
      },
    });
  }
}

const refused: Record<string, unknown> = {};
for (const { name, component, args } of JSON.parse(readFileSync(config.require("cases"), "utf8"))) {
  try {
    const made = new (hardened as any)[component](name, revived(args));
    if (args.launchedBy !== undefined) launch(args.launchedBy, name, made);
  } catch (error) {
    refused[name] = { message: (error as Error).message, errors: (error as { errors?: unknown }).errors };
  }
}
writeFileSync(config.require("refused"), JSON.stringify(refused));
