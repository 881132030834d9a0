import * as aws from "@pulumi/aws";
import { shared } from "../shared";

shared("shared");

new aws.ec2.Instance("good", { ami: "ami-1", instanceType: "t3.micro" });

new aws.ec2.Instance(
  "refused",
  { ami: "ami-1", instanceType: "t3.micro" },
  {
    transformations: [
      ({ props, opts }) => {
        if (props.metadataOptions) throw new Error("no options, please");
        return { props, opts };
      },
    ],
  },
);

new aws.ec2.Instance(
  "worse",
  { ami: "ami-1", instanceType: "t3.micro" },
  {
    transformations: [
      ({ props, opts }) => ({ props: props.metadataOptions ? { ...props, userData: "export DB_PASSWORD=hunter2-Wq8zK1" } : props, opts }),
    ],
  },
);
