// One role for machines of one purpose, in a program that describes the machines itself
import * as aws from "@pulumi/aws";
import { grantPutMetrics, grantReadParameter, HardenedInstanceProfile } from "ec2-hardening";

const profile = new HardenedInstanceProfile("crawler", {
  grants: [
    grantReadParameter("arn:aws:ssm:us-west-2:123456789012:parameter/crawler/start"),
    grantPutMetrics("Shop/Crawler"),
  ],
});

new aws.ec2.Instance("crawler", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  iamInstanceProfile: profile.name,
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
  userData: "#!/bin/sh\ndnf install -y dnf-automatic && systemctl enable --now dnf-automatic-install.timer\n",
});
