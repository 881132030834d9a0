/** Actions that return or mint credentials, and those that read secrets. */
import { exposures, type CredentialExposure, type Exposure } from "./exposure";

/*
 * Left out, because they give the caller no more than it is granted elsewhere:
 * - `ecr:GetAuthorizationToken`, `ecr-public:GetAuthorizationToken`, `sts:GetServiceBearerToken`: a login without rights
 * - `sts:GetSessionToken`, `signin:CreateOAuth2Token`, `sts:GetWebIdentityToken`: the caller's own identity
 * - `s3:GetDataAccess`, `lakeformation:GetDataAccess`, those of DataZone: what a grant of the service gives the caller
 * - `sts:GetFederationToken`: dead for a role
 * - `eks-auth:AssumeRoleForPodIdentity`: asks for the token of a pod that runs on the node
 * - `sts:GetDelegatedAccessToken`, `ssm:GetAccessToken`: asks for what a person approved
 * - `ssm:RequestManagedInstanceRoleToken`: the agent's own
 * - `cognito-idp:DescribeUserPoolClient`, `appsync:ListApiKeys`: load balancer controllers and auditors read settings by them
 * - `sts:AssumeRole`, `ec2-instance-connect:SendSSHPublicKey`: methods of escalation
 */
const SHORT_LIVED = exposures({
  "airflow:CreateCliToken": "logs in to every Airflow environment",
  "airflow:CreateWebLoginToken": "logs in to every Airflow environment",
  "bedrock-agentcore:GetResourceApiKey": ["reads the API keys that agents hold", "apikeycredentialprovider"],
  "bedrock-agentcore:GetResourceOauth2Token": ["takes the tokens that agents hold", "oauth2credentialprovider"],
  "cloud9:CreateEnvironmentToken": "takes the credentials of every Cloud9 environment",
  "codeartifact:GetAuthorizationToken": "logs in to every package domain",
  "codeconnections:GetConnectionToken": "takes the token of every connection to source code",
  "codeconnections:GetIndividualAccessToken": "takes tokens of people for source code",
  "codepipeline:PollForJobs": "takes the credentials of the artifacts of every pipeline job",
  "codestar-connections:GetConnectionToken": "takes the token of every connection to source code",
  "codestar-connections:GetIndividualAccessToken": "takes tokens of people for source code",
  "cognito-identity:GetCredentialsForIdentity": "takes the credentials of identities of every pool",
  "cognito-identity:GetOpenIdToken": "takes tokens of identities of every pool",
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity": "mints tokens for identities of every pool",
  "connect:AdminGetEmergencyAccessToken": "logs in to every contact centre as its administrator",
  "connect:GetFederationToken": "logs in to every contact centre",
  "dsql:DbConnect": "logs in to every Aurora DSQL cluster",
  "dsql:DbConnectAdmin": "logs in to every Aurora DSQL cluster as its administrator",
  "elasticache:Connect": ["logs in to every cache as any of its users", "user"],
  "elasticmapreduce:GetClusterSessionCredentials": "takes the session credentials of every EMR cluster",
  "emr-containers:GetManagedEndpointSessionCredentials": "takes the session credentials of every EMR endpoint",
  "events:RetrieveConnectionCredentials": "reads the credentials of every EventBridge connection",
  "finspace-api:GetProgrammaticAccessCredentials": "takes credentials of every FinSpace environment",
  "gamelift:GetComputeAccess": ["takes credentials for every game server", "fleet", "containerFleet"],
  "gamelift:GetComputeAuthToken": ["takes the token of every game server", "fleet", "containerFleet"],
  "gamelift:GetInstanceAccess": "takes the login of every game server",
  "gamelift:RequestUploadCredentials": "takes credentials to replace game builds",
  "lakeformation:GetTemporaryGluePartitionCredentials": "takes credentials for the data of every table",
  "lakeformation:GetTemporaryGlueTableCredentials": "takes credentials for the data of every table",
  "license-manager:GetAccessToken": "takes access tokens of licences",
  "lightsail:GetInstanceAccessDetails": "takes the login of every Lightsail machine",
  "memorydb:Connect": ["logs in to every MemoryDB cluster as any of its users", "user"],
  "rds-db:connect": "logs in to every database as any user that IAM admits",
  "redshift-serverless:GetCredentials": "logs in to every Redshift workgroup",
  "redshift:GetClusterCredentials": ["logs in to every Redshift cluster as any user", "dbuser"],
  "redshift:GetClusterCredentialsWithIAM": "logs in to every Redshift database",
  "sso-oauth:CreateTokenWithIAM": "mints tokens of people for every application",
});

const LASTING = exposures({
  "acm:ExportCertificate": "exports the private key of every certificate",
  "appsync:CreateApiKey": "mints a key for every GraphQL API",
  "chime:CreateApiKey": "mints a key for Chime",
  "cognito-idp:AdminSetUserPassword": "sets the password of every user of every pool",
  "ds:ResetUserPassword": "sets the password of every user of every directory",
  "ec2:GetPasswordData": "reads the administrator password of every Windows machine",
  "grafana:CreateWorkspaceApiKey": "mints a key for every Grafana workspace",
  "grafana:CreateWorkspaceServiceAccountToken": "mints a token for every Grafana workspace",
  "iam:CreateAccessKey": "mints an access key of every user",
  "iam:CreateLoginProfile": "gives every user a console password that it knows",
  "iam:CreateServiceSpecificCredential": "mints a service password of every user",
  "iam:ResetServiceSpecificCredential": "mints a new service password of every user",
  "iam:UpdateAccessKey": "turns retired access keys of every user back on",
  "iam:UpdateLoginProfile": "changes the console password of every user",
  "iam:UploadSSHPublicKey": "adds its own SSH key to every user",
  "iam:UploadSigningCertificate": "adds its own signing certificate to every user",
  "lightsail:CreateBucketAccessKey": "mints an access key for every Lightsail bucket",
  "lightsail:DownloadDefaultKeyPair": "reads the default SSH key of Lightsail",
  "lightsail:GetRelationalDatabaseMasterUserPassword": "reads the password of every Lightsail database",
  "mediapackage:RotateChannelCredentials": "mints the credentials of every media channel",
  "mediapackage:RotateIngestEndpointCredentials": "mints the credentials of every media channel",
  "pca-connector-scep:GetChallengePassword": "reads the password by which devices get certificates",
  "snowball:GetJobUnlockCode": "reads the code that unlocks a Snowball",
  "sso-directory:CreateBearerToken": "mints a token for the directory of people",
  "storagegateway:DescribeChapCredentials": "reads the secrets of every iSCSI target",
  "workmail:ResetPassword": "sets the password of every mailbox",
});

export const CREDENTIALS: readonly CredentialExposure[] = [
  ...SHORT_LIVED.map((exposure) => ({ ...exposure, lasting: false })),
  ...LASTING.map((exposure) => ({ ...exposure, lasting: true })),
];

/** `secretsmanager:BatchGetSecretValue` is left out: it reads only what `GetSecretValue` grants. */
export const SECRETS: readonly Exposure[] = exposures({
  "kms:Decrypt": "decrypts with every key",
  "secretsmanager:GetSecretValue": "reads every secret",
  "ssm:GetParameter": "reads every parameter",
  "ssm:GetParameterHistory": "reads every parameter and what it was before",
  "ssm:GetParameters": "reads every parameter",
  "ssm:GetParametersByPath": "reads every parameter",
});
