/** Which actions open resources to others. AWS's level for them is "permissions management"; this is what it gets wrong. */

/** They change who may reach a resource, though AWS calls them writes. */
export const OPENING_WRITES: readonly string[] = [
  "ec2:ModifyFpgaImageAttribute",
  "ec2:ModifyImageAttribute",
  "eks:AssociateAccessPolicy",
  "eks:CreateAccessEntry",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreateSAMLProvider",
  "iam:UpdateSAMLProvider",
  "identitystore:CreateGroupMembership",
  "lambda:CreateFunctionUrlConfig",
  "lambda:UpdateFunctionUrlConfig",
  "ram:AssociateResourceShare",
  "ram:CreateResourceShare",
  "rds:ModifyDBClusterSnapshotAttribute",
  "rds:ModifyDBSnapshotAttribute",
  "rolesanywhere:CreateProfile",
  "rolesanywhere:CreateTrustAnchor",
  "sso:CreateAccountAssignment",
];

/** They have the level, but open nothing: jobs and screens of Glue, guards that only close, use of what is open. */
export const HARMLESS: readonly string[] = [
  "bedrock-agentcore:AuthorizeAction",
  "bedrock-agentcore:InvokeGateway",
  "bedrock-agentcore:InvokeWebSearch",
  "bedrock-agentcore:PartiallyAuthorizeActions",
  "ds:AccessDSData",
  "ec2:AttachResourcesToPlacementGroup",
  "ec2:EnableImageBlockPublicAccess",
  "ec2:EnableSnapshotBlockPublicAccess",
  "glue:GlueNotebookAuthorize",
  "glue:ManagedConnector",
  "glue:RequestLogParsing",
  "glue:RunDataPreviewStatement",
  "glue:SendRecipeAction",
  "glue:StartNotebook",
  "glue:TerminateNotebook",
  "glue:TestConnection",
  "glue:UseGlueStudio",
  "managedblockchain:GET",
  "managedblockchain:Invoke",
  "managedblockchain:POST",
  "opensearch:ViewLoginPage",
];

/** Names of calls that only look. */
const LOOKS = /^(?:BatchGet|Describe|Get|List|Search|Validate)/;

const OPENING = new Set(OPENING_WRITES);
const NOT_OPENING = new Set(HARMLESS);

/** Whether an action opens resources to others, or changes who may reach them. */
export function opensResources({
  name,
  levels,
}: {
  readonly name: string;
  readonly levels: readonly string[];
}): boolean {
  if (OPENING.has(name)) return true;
  return levels.includes("permissions") && !NOT_OPENING.has(name) && !LOOKS.test(name.slice(name.indexOf(":") + 1));
}
