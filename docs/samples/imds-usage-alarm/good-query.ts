// One alarm for every machine of the account and region
import * as aws from "@pulumi/aws";

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userData: "#!/bin/bash\nsystemctl enable --now web\n",
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});

new aws.cloudwatch.MetricAlarm("imds", {
  metricQueries: [
    {
      id: "rejected",
      expression: 'SELECT SUM(MetadataNoTokenRejected) FROM SCHEMA("AWS/EC2", InstanceId)',
      period: 300,
      returnData: true,
    },
  ],
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
});
