/**
 * Condition keys that name the thing acted on, or what is done to it, besides its tags (Service Authorization Reference,
 * the condition keys of each service). All in lower case; what follows a slash or a second colon is the caller's choice.
 */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  autoscaling: ["launchtemplateversionspecified"],
  cloudformation: ["changesetname", "resourcetypes", "stackname", "templateurl"],
  cloudwatch: ["namespace"],
  dynamodb: ["attributes", "enclosingoperation", "leadingkeys"],
  ec2: [
    "attribute",
    "createaction",
    "instanceid",
    "instanceprofile",
    "launchtemplate",
    "networkinterfaceid",
    "newinstanceprofile",
    "owner",
    "parentsnapshot",
    "securitygroupid",
    "snapshotid",
    "subnet",
    "volumeid",
    "vpc",
  ],
  ecs: ["cluster", "container-instances", "container-name", "service", "task", "task-definition"],
  elasticfilesystem: ["accesspointarn"],
  iam: ["associatedresourcearn", "awsservicename"],
  kms: [
    "encryptioncontext",
    "encryptioncontextkeys",
    "grantisforawsresource",
    "grantoperations",
    "granteeprincipal",
    "recipientattestation",
    "requestalias",
    "resourcealiases",
  ],
  lambda: ["functionarn"],
  logs: ["destinationarn"],
  rds: ["cluster-tag", "db-tag"],
  route53: [
    "changeresourcerecordsetsactions",
    "changeresourcerecordsetsnormalizedrecordnames",
    "changeresourcerecordsetsrecordtypes",
  ],
  s3: ["accesspointnetworkorigin", "dataaccesspointarn", "prefix"],
  secretsmanager: ["name", "secretid"],
  ses: ["fromaddress", "fromdisplayname", "recipients"],
  sns: ["endpoint", "protocol"],
};

/** Whether a key, in lower case, names the thing or what is done to it; a tag that is set is what is done. */
export function namesThing(key: string): boolean {
  const [service = "", name = ""] = key.split(/[:/]/, 2);
  return name === "requesttag" || (Object.hasOwn(NAMING, service) && NAMING[service]?.includes(name) === true);
}
