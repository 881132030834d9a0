import * as native from "@pulumi/aws-native";

new native.ec2.Instance("native", {
  imageId: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
});

new native.ec2.LaunchTemplate("native-template", {
  launchTemplateData: {
    imageId: "ami-0abcdef1234567890",
    metadataOptions: {
      httpTokens: "optional",
    },
  },
});
