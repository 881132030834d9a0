// The sum over all machines has only those with detailed monitoring in it
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\nsystemctl enable --now web\n",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

new aws.cloudwatch.MetricAlarm("imds", {
  namespace: "AWS/EC2",
  metricName: "MetadataNoTokenRejected",
  statistic: "Sum",
  period: 300,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
});
