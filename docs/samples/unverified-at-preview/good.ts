// The machine sets the options itself, whatever the template says
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  launchTemplate: { name: "shared-base", version: "$Latest" },
  iamInstanceProfile: "web",
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    httpProtocolIpv6: "disabled",
    instanceMetadataTags: "disabled",
  },
});
