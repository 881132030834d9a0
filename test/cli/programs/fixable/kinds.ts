import * as aws from "@pulumi/aws";

new aws.ec2.LaunchTemplate("template", {
  imageId: "ami-0abcdef1234567890",
  metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
});

new aws.ec2.LaunchConfiguration("configuration", {
  imageId: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  metadataOptions: {
    httpTokens: "required",
  },
});

new aws.sagemaker.NotebookInstance("notebook", {
  roleArn: "arn:aws:iam::123456789012:role/notebook",
  instanceType: "ml.t3.medium",
  instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "1" },
});

new aws.elasticbeanstalk.ConfigurationTemplate("beanstalk", {
  application: "app",
  solutionStackName: "64bit Amazon Linux 2 v5.8.0 running Node.js 18",
  settings: [
    {
      namespace: "aws:autoscaling:launchconfiguration",
      name: "InstanceType",
      value: "t3.micro",
    },
  ],
});

new aws.ec2.InstanceMetadataDefaults("defaults", { httpTokens: "optional" });
