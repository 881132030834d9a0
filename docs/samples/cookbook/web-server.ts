// A web server behind a load balancer
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { grantReadBucket, HardenedAutoScalingGroup } from "ec2-hardening";

const vpcId = "vpc-0abc1234def567890";
const publicSubnets = ["subnet-0aaa1234def567890", "subnet-0bbb1234def567890"];
const privateSubnets = ["subnet-0ccc1234def567890", "subnet-0ddd1234def567890"];
const certificateArn = "arn:aws:acm:us-west-2:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000";

const anywhere = ["0.0.0.0/0"];
const visitors = new aws.ec2.SecurityGroup("visitors", {
  vpcId,
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: anywhere }],
  egress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, cidrBlocks: ["10.0.0.0/16"] }],
});
const machines = new aws.ec2.SecurityGroup("web", {
  vpcId,
  ingress: [{ protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: [visitors.id] }],
  // Systems Manager, S3 and the repositories of Amazon Linux.
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: anywhere }],
});

const balancer = new aws.lb.LoadBalancer("web", {
  subnets: publicSubnets,
  securityGroups: [visitors.id],
  dropInvalidHeaderFields: true,
});
const targets = new aws.lb.TargetGroup("web", {
  vpcId,
  port: 8080,
  protocol: "HTTP",
  healthCheck: { path: "/health" },
});
new aws.lb.Listener("web", {
  loadBalancerArn: balancer.arn,
  port: 443,
  protocol: "HTTPS",
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  certificateArn,
  defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
});

const site = new aws.s3.Bucket("site");
const web = new HardenedAutoScalingGroup("web", {
  subnetIds: privateSubnets,
  minSize: 2,
  maxSize: 6,
  targetGroupArns: [targets.arn],
  instanceType: "t4g.small",
  securityGroupIds: [machines.id],
  // A forged request to nginx, which is another user, gets nothing from the metadata service.
  allowedUsers: [],
  grants: [grantReadBucket(site.arn, "web/")],
  userData: {
    cloudConfig: { packages: ["nginx"] },
    files: [
      {
        path: "/etc/nginx/conf.d/shop.conf",
        content: `server {
  listen 8080;
  root /srv/shop;
  location = /health { return 200; }
}
`,
      },
    ],
    commands: [
      pulumi.interpolate`aws s3 sync s3://${site.bucket}/web/ /srv/shop --no-progress`,
      "systemctl enable --now nginx",
    ],
  },
});
new aws.autoscaling.Policy("web", {
  autoscalingGroupName: web.name,
  policyType: "TargetTrackingScaling",
  targetTrackingConfiguration: {
    predefinedMetricSpecification: { predefinedMetricType: "ASGAverageCPUUtilization" },
    targetValue: 50,
  },
});

export const address = balancer.dnsName;
