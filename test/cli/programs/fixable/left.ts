import * as aws from "@pulumi/aws";
import { Machine } from "machine-kit";

const base = { ami: "ami-1", instanceType: "t3.micro" };
const metadataOptions = { httpTokens: "optional" };
const httpTokens = "optional";
const isOld = Boolean(process.env["PATH"]);
const options = (): { httpTokens: string } => ({ httpTokens });

new aws.ec2.Instance("variable", base);
new aws.ec2.Instance("spread", { ...base });
new aws.ec2.Instance("shorthand", { ami: "ami-1", instanceType: "t3.micro", metadataOptions });
new aws.ec2.Instance("leaf", { ami: "ami-1", instanceType: "t3.micro", metadataOptions: { httpTokens } });
new aws.ec2.Instance("computed", { ami: "ami-1", instanceType: "t3.micro", metadataOptions: options() });
new aws.ec2.Instance("conditional", {
  ...{ ami: "ami-1", instanceType: "t3.micro" },
  metadataOptions: { httpTokens: isOld ? "optional" : "required" },
});
new Machine("packaged", { size: "t3.micro" });
new aws.ec2.Instance(
  "transformed",
  { ami: "ami-1", instanceType: "t3.micro" },
  {
    transformations: [
      ({ props, opts }) => ({ props: { ...props, metadataOptions: { httpTokens: "optional" } }, opts }),
    ],
  },
);
new aws.ec2.Instance(
  "overruled",
  { ami: "ami-1", instanceType: "t3.micro", metadataOptions: { httpTokens: "optional" } },
  {
    transformations: [
      ({ props, opts }) => ({ props: { ...props, metadataOptions: { httpTokens: "optional" } }, opts }),
    ],
  },
);
