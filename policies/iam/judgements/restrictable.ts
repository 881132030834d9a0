/** Which writes cannot be limited to resources, so that `*` is no fault of who writes the policy. */

/**
 * Their resource types are optional and a call that names none is checked against `*`; so where an agent reports about
 * the machine it runs on, or where the type is only something a new resource may use. Other actions whose types are all
 * optional (`s3:PutObject`) take one of several kinds, and are limited by it.
 */
export const UNRESTRICTABLE: readonly string[] = [
  "b2bi:CreateCapability",
  "bcm-pricing-calculator:CreateBillEstimate",
  "bedrock:CreateDataAutomationProject",
  "bedrock:CreateGuardrail",
  "cloudhsm:CreateCluster",
  "cloudwatch:PutMetricData",
  "directconnect:CreateConnection",
  "directconnect:CreateInterconnect",
  "directconnect:CreateLag",
  "iotsitewise:CreateBulkImportJob",
  "iotwireless:CreateWirelessDevice",
  "mgn:IssueClientCertificateForMgn",
  "odb:CreateAutonomousDatabase",
  "polly:StartSpeechSynthesisTask",
  "rekognition:StartMediaAnalysisJob",
  "servicequotas:PutServiceQuotaIncreaseRequestIntoTemplate",
  "servicequotas:RequestServiceQuotaIncrease",
  "ses:DeleteSuppressedDestination",
  "ses:PutSuppressedDestination",
  "ssm:PutComplianceItems",
  "ssm:RequestManagedInstanceRoleToken",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:UpdateInstanceInformation",
  "ssm:UpdateManagedInstancePublicKey",
  "timestream-influxdb:CreateDbCluster",
  "timestream-influxdb:CreateDbInstance",
  "transfer:CreateConnector",
  "translate:StartTextTranslationJob",
];

const EXCEPTIONS = new Set(UNRESTRICTABLE);

/** What decides it; the catalogue's actions have more. */
interface Restricted {
  readonly name: string;
  readonly required: readonly unknown[];
  readonly optional: readonly unknown[];
}

/** Whether a policy can limit an action to some resources. */
export function isRestrictable({ name, required, optional }: Restricted): boolean {
  return required.length + optional.length > 0 && !EXCEPTIONS.has(name);
}
