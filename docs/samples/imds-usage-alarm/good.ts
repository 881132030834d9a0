// An alarm on the machine
import * as aws from "@pulumi/aws";

const web = new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\nsystemctl enable --now web\n",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

const topic = new aws.sns.Topic("security");

new aws.cloudwatch.MetricAlarm("imds", {
  namespace: "AWS/EC2",
  metricName: "MetadataNoTokenRejected",
  dimensions: { InstanceId: web.id },
  statistic: "Sum",
  period: 300,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  treatMissingData: "notBreaching",
  alarmActions: [topic.arn],
});
