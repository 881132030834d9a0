/** Identities and their permissions. Notation: `provider/schema.ts`. */
export const IAM: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": `
    arn= assumeRolePolicy! createDate= description forceDetachPolicies:b inlinePolicies[name+ policy]+
    managedPolicyArns:l+ maxSessionDuration:n name+ namePrefix+ path permissionsBoundary tags:m tagsAll:m= uniqueId=
  `,
  "aws:iam/instanceProfile:InstanceProfile": `
    arn= createDate= name+ namePrefix+ path role tags:m tagsAll:m= uniqueId=
  `,
  "aws:iam/policy:Policy": `
    arn= attachmentCount:n= delayAfterPolicyCreationInMs:n description name+ namePrefix+ path policy! policyId=
    tags:m tagsAll:m=
  `,
  "aws:iam/rolePolicy:RolePolicy": `
    name+ namePrefix+ policy! role!
  `,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": `
    policyArn! role!
  `,
  "aws:iam/policyAttachment:PolicyAttachment": `
    groups:l name+ policyArn! roles:l users:l
  `,
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": `
    policyArns:l! roleName!
  `,
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": `
    policyNames:l! roleName!
  `,
  "aws:iam/accessKey:AccessKey": `
    createDate= encryptedSecret= encryptedSesSmtpPasswordV4= keyFingerprint= pgpKey secret= sesSmtpPasswordV4=
    status user!
  `,
  "aws:iam/user:User": `
    arn= forceDestroy:b name+ path permissionsBoundary tags:m tagsAll:m= uniqueId=
  `,
};
