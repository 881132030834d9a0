// Makes the components that a file lists, and writes down which of them were refused and why.
import { readFileSync, writeFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as hardened from "../../../../components";

const config = new pulumi.Config();
const bucket = new aws.s3.Bucket("bucket");
const secret = new aws.secretsmanager.Secret("secret");
const key = new aws.kms.Key("key");
const VALUES: Record<string, unknown> = {
  bucketArn: bucket.arn,
  secretArn: secret.arn,
  keyArn: key.arn,
  text: bucket.bucket.apply(() => "#!/bin/bash\necho later\n"),
  promise: Promise.resolve("#!/bin/bash\necho promised\n"),
  size: pulumi.output("t3.small"),
  profile: new hardened.HardenedInstanceProfile("given"),
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

const refused: Record<string, unknown> = {};
for (const { name, component, args } of JSON.parse(readFileSync(config.require("cases"), "utf8"))) {
  try {
    new (hardened as any)[component](name, revived(args));
  } catch (error) {
    refused[name] = { message: (error as Error).message, errors: (error as { errors?: unknown }).errors };
  }
}
writeFileSync(config.require("refused"), JSON.stringify(refused));
