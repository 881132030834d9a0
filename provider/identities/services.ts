import { byArn, byName, type Identity } from "./forms";

const BUCKET = byName(":s3:::{name}", {
  bucketDomainName: "{name}.s3.{suffix}",
  bucketRegionalDomainName: "{name}.s3.{region}.{suffix}",
});
const LOAD_BALANCER = byArn(":elasticloadbalancing:{region}:{account}:loadbalancer/app/{name}/{sharedHex16}", {
  dnsName: "{name}-{digits10}.{region}.elb.{suffix}",
  arnSuffix: "app/{name}/{sharedHex16}",
  zoneId: "Z{caps13}",
  vpcId: "vpc-{hex17}",
});
const TARGET_GROUP = byArn(":elasticloadbalancing:{region}:{account}:targetgroup/{name}/{sharedHex16}", {
  arnSuffix: "targetgroup/{name}/{sharedHex16}",
});
const LISTENER = byArn(":elasticloadbalancing:{region}:{account}:listener/app/{name}/{hex16}/{hex16}");

/** Services that machines talk to. */
export const SERVICES: readonly (readonly [string, Identity])[] = [
  ["aws:s3/bucket:Bucket", BUCKET],
  ["aws:s3/bucketV2:BucketV2", BUCKET],
  ["aws:s3/bucketPolicy:BucketPolicy", { id: "{bucket}" }],
  ["aws:s3/bucketObject:BucketObject", { id: "{bucket}/{key}", arn: "arn:{partition}:s3:::{bucket}/{key}" }],
  ["aws:s3/bucketObjectv2:BucketObjectv2", { id: "{bucket}/{key}", arn: "arn:{partition}:s3:::{bucket}/{key}" }],
  [
    "aws:kms/key:Key",
    { id: "{uuid}", arn: "arn:{partition}:kms:{region}:{account}:key/{id}", more: { keyId: "{id}" } },
  ],
  ["aws:kms/alias:Alias", byName(":kms:{region}:{account}:{name}")],
  ["aws:secretsmanager/secret:Secret", byArn(":secretsmanager:{region}:{account}:secret:{name}-{mixed6}")],
  [
    "aws:secretsmanager/secretVersion:SecretVersion",
    { id: "{secretId}|{uuid}", arn: "{secretId}", more: { versionStages: ["AWSCURRENT"] } },
  ],
  [
    "aws:ssm/parameter:Parameter",
    byName(":ssm:{region}:{account}:parameter/{bareName}", { version: 1, tier: "Standard" }),
  ],
  [
    "aws:sqs/queue:Queue",
    {
      id: "https://sqs.{region}.{suffix}/{account}/{name}",
      arn: "arn:{partition}:sqs:{region}:{account}:{name}",
      more: { url: "{id}" },
    },
  ],
  ["aws:sns/topic:Topic", byArn(":sns:{region}:{account}:{name}", { owner: "{account}" })],
  ["aws:cloudwatch/logGroup:LogGroup", byName(":logs:{region}:{account}:log-group:{name}")],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", byName(":cloudwatch:{region}:{account}:alarm:{name}")],
  ["aws:cloudwatch/eventRule:EventRule", byName(":events:{region}:{account}:rule/{name}")],
  ["aws:cloudtrail/trail:Trail", byName(":cloudtrail:{region}:{account}:trail/{name}", { homeRegion: "{region}" })],
  ["aws:cloudformation/stack:Stack", byArn(":cloudformation:{region}:{account}:stack/{name}/{uuid}")],
  [
    "aws:ecr/repository:Repository",
    byName(":ecr:{region}:{account}:repository/{name}", {
      registryId: "{account}",
      repositoryUrl: "{account}.dkr.ecr.{region}.{suffix}/{name}",
    }),
  ],
  ["aws:lb/loadBalancer:LoadBalancer", LOAD_BALANCER],
  ["aws:alb/loadBalancer:LoadBalancer", LOAD_BALANCER],
  [
    "aws:elb/loadBalancer:LoadBalancer",
    byName(":elasticloadbalancing:{region}:{account}:loadbalancer/{name}", {
      dnsName: "{name}-{digits10}.{region}.elb.{suffix}",
      zoneId: "Z{caps13}",
    }),
  ],
  [
    "aws:cognito/userPool:UserPool",
    {
      id: "{region}_{sharedChars9}",
      arn: "arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}",
      more: { endpoint: "cognito-idp.{region}.{suffix}/{id}" },
    },
  ],
  ["aws:cognito/userPoolClient:UserPoolClient", { id: "{chars26}" }],
  [
    "aws:cloudfront/distribution:Distribution",
    {
      id: "E{caps13}",
      arn: "arn:{partition}:cloudfront::{account}:distribution/{id}",
      more: { domainName: "d{chars13}.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" },
    },
  ],
  [
    "aws:apigatewayv2/api:Api",
    {
      id: "{sharedChars10}",
      arn: "arn:{partition}:apigateway:{region}::/apis/{id}",
      more: { apiEndpoint: "https://{id}.execute-api.{region}.{suffix}" },
    },
  ],
  ["aws:lb/targetGroup:TargetGroup", TARGET_GROUP],
  ["aws:alb/targetGroup:TargetGroup", TARGET_GROUP],
  ["aws:lb/listener:Listener", LISTENER],
  ["aws:alb/listener:Listener", LISTENER],
  [
    "aws:lambda/function:Function",
    byName(":lambda:{region}:{account}:function:{name}", {
      invokeArn:
        "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/arn:{partition}:lambda:{region}:{account}:function:{name}/invocations",
      version: "$LATEST",
    }),
  ],
  [
    "aws:route53/zone:Zone",
    { id: "Z{caps20}", arn: "arn:{partition}:route53:::hostedzone/{id}", more: { zoneId: "{id}" } },
  ],
  ["aws:route53/record:Record", { id: "{zoneId}_{name}_{type}", more: { fqdn: "{name}" } }],
  ["aws:acm/certificate:Certificate", byArn(":acm:{region}:{account}:certificate/{uuid}", { status: "ISSUED" })],
];
