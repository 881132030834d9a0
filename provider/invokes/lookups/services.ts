import { type Lookup, MADE_ON, NO_TAGS } from "./shape";

// A document that reads like one and says nothing: its content is AWS's.
const DOCUMENT = '{"Version":"2012-10-17","Id":"not-known-{hex12}","Statement":[]}';

// A program may parse it: what it finds inside is as much made up as the whole.
const SECRET_MEMBERS = { username: "user-{sharedHex12}", password: "value-{sharedHex16}" };
const SECRET = JSON.stringify(SECRET_MEMBERS);

/** Programs take the user's name and this out of the token. */
export const REGISTRY_PASSWORD = "value-{sharedHex64}";

/** Made-up strings inside of others, by function. */
export const INNER_VALUES = new Map<string, readonly string[]>([
  ["aws:secretsmanager/getSecretVersion:getSecretVersion", Object.values(SECRET_MEMBERS)],
]);

/** An identity that the call names. */
const iam = (kind: string, prefix: string, more: Lookup): Lookup => ({
  id: "{=name}",
  arn: `arn:{partition}:iam::{account}:${kind}/{name}`,
  path: "/",
  createDate: MADE_ON,
  tags: NO_TAGS,
  uniqueId: `${prefix}{caps17}`,
  ...more,
});

/** Functions on identities and services. */
export const SERVICES: readonly (readonly [string, Lookup])[] = [
  [
    "aws:ssm/getParameter:getParameter",
    {
      id: "{=name}",
      arn: "arn:{partition}:ssm:{region}:{owner}:parameter/{bareName}",
      type: "String",
      value: "{=parameterValue}",
      insecureValue: "{=value}",
      version: 1,
      withDecryption: true,
      region: "{region}",
    },
  ],
  [
    "aws:secretsmanager/getSecret:getSecret",
    {
      id: "{=arn}",
      arn: "arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-{mixed6}",
      name: "secret-{hex12}",
      policy: "",
      region: "{region}",
      tags: NO_TAGS,
    },
  ],
  [
    "aws:secretsmanager/getSecretVersion:getSecretVersion",
    {
      id: "{secretId}|AWSCURRENT",
      arn: "{=secretId}",
      secretArn: "{=secretId}",
      secretString: SECRET,
      secretBinary: "",
      versionId: "{uuid}",
      versionStage: "AWSCURRENT",
      versionStages: ["AWSCURRENT"],
      region: "{region}",
    },
  ],
  [
    "aws:secretsmanager/getRandomPassword:getRandomPassword",
    { id: "{region}", randomPassword: "{mixed32}", region: "{region}" },
  ],
  [
    "aws:iam/getPolicy:getPolicy",
    {
      id: "{=arn}",
      arn: "arn:{partition}:iam::{account}:policy/{name}",
      name: "policy-{hex12}",
      path: "/",
      policy: DOCUMENT,
      policyId: "ANPA{caps17}",
      attachmentCount: 0,
      description: "",
      tags: NO_TAGS,
    },
  ],
  [
    "aws:iam/getRole:getRole",
    iam("role", "AROA", { assumeRolePolicy: DOCUMENT, maxSessionDuration: 3600, permissionsBoundary: "" }),
  ],
  [
    "aws:iam/getInstanceProfile:getInstanceProfile",
    iam("instance-profile", "AIPA", {
      roleArn: "arn:{partition}:iam::{account}:role/{roleName}",
      roleId: "AROA{caps17}",
      roleName: "role-{hex12}",
    }),
  ],
  [
    "aws:eks/getCluster:getCluster",
    {
      id: "{=name}",
      arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}",
      endpoint: "https://{caps32}.gr7.{region}.eks.{suffix}",
      certificateAuthorities: [{ data: "{mixed64}" }],
      identities: [{ oidcs: [{ issuer: "https://oidc.eks.{region}.{suffix}/id/{caps32}" }] }],
      kubernetesNetworkConfigs: [{ serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" }],
      region: "{region}",
      roleArn: "arn:{partition}:iam::{account}:role/role-{hex12}",
      status: "ACTIVE",
      tags: NO_TAGS,
      vpcConfig: {
        clusterSecurityGroupId: "sg-{hex17}",
        securityGroupIds: ["sg-{hex17}"],
        subnetIds: ["subnet-{hex17}", "subnet-{hex17}"],
        vpcId: "vpc-{hex17}",
      },
    },
  ],
  ["aws:eks/getClusterAuth:getClusterAuth", { id: "{=name}", token: "k8s-aws-v1.{mixed64}", region: "{region}" }],
  [
    "aws:route53/getZone:getZone",
    {
      id: "{=zoneId}",
      zoneId: "Z{caps20}",
      arn: "arn:{partition}:route53:::hostedzone/{id}",
      name: "zone-{hex12}.test",
      nameServers: [],
      tags: NO_TAGS,
    },
  ],
  [
    "aws:acm/getCertificate:getCertificate",
    {
      id: "{=arn}",
      arn: "arn:{partition}:acm:{region}:{account}:certificate/{uuid}",
      domain: "zone-{hex12}.test",
      region: "{region}",
      status: "ISSUED",
      tags: NO_TAGS,
    },
  ],
  [
    "aws:s3/getBucket:getBucket",
    {
      id: "{=bucket}",
      arn: "arn:{partition}:s3:::{bucket}",
      bucketDomainName: "{bucket}.s3.{suffix}",
      bucketRegionalDomainName: "{bucket}.s3.{region}.{suffix}",
      bucketRegion: "{region}",
      region: "{region}",
    },
  ],
  [
    "aws:kms/getKey:getKey",
    {
      id: "{=keyId}",
      arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
      keyId: "key-{hex16}",
      enabled: true,
      region: "{region}",
    },
  ],
  [
    "aws:kms/getAlias:getAlias",
    {
      id: "{=arn}",
      arn: "arn:{partition}:kms:{region}:{account}:{name}",
      targetKeyArn: "arn:{partition}:kms:{region}:{account}:key/{targetKeyId}",
      targetKeyId: "key-{hex16}",
      region: "{region}",
    },
  ],
  [
    "aws:ecr/getRepository:getRepository",
    {
      id: "{=name}",
      arn: "arn:{partition}:ecr:{region}:{account}:repository/{name}",
      registryId: "{account}",
      repositoryUrl: "{account}.dkr.ecr.{region}.{suffix}/{name}",
      region: "{region}",
      tags: NO_TAGS,
    },
  ],
  [
    "aws:ecr/getAuthorizationToken:getAuthorizationToken",
    {
      id: "{region}",
      authorizationToken: "{=registryToken}",
      password: REGISTRY_PASSWORD,
      proxyEndpoint: "https://{account}.dkr.ecr.{region}.{suffix}",
      userName: "AWS",
      region: "{region}",
    },
  ],
  [
    "aws:ecr/getCredentials:getCredentials",
    {
      id: "{region}",
      authorizationToken: "{=registryToken}",
      password: REGISTRY_PASSWORD,
      proxyEndpoint: "https://{account}.dkr.ecr.{region}.{suffix}",
      userName: "AWS",
    },
  ],
];
