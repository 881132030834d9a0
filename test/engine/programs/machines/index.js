const aws = require("@pulumi/aws");

// The key pair is what needs the metadata service.
const basics = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", keyName: "operator" };

new aws.ec2.Instance("bare", basics);
new aws.ec2.Instance("optional", {
  ...basics,
  metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
});
new aws.ec2.Instance("far", { ...basics, metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 5 } });
new aws.ec2.Instance("safe", { ...basics, metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } });

const weak = new aws.ec2.LaunchTemplate("weak", { imageId: basics.ami });
new aws.ec2.Instance("inherits", { ...basics, launchTemplate: { id: weak.id, version: "$Latest" } });

const strong = new aws.ec2.LaunchTemplate("strong", {
  imageId: basics.ami,
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
  updateDefaultVersion: true,
});
new aws.ec2.Instance("covered", { ...basics, launchTemplate: { id: strong.id, version: "$Latest" } });
