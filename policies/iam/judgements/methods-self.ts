/** Methods that rewrite what IAM grants, or weaken the metadata service. */
import { also, methods, on } from "./method";

const WITHOUT_OWN =
  "name the roles or policies it manages, without its own, and limit what may be attached by `iam:PolicyARN` or `iam:PermissionsBoundary`";
const WITHOUT_USERS = "leave logins and keys of users to administrators";

/** Roles, policies, groups and permission sets; the own role among them. */
const PERMISSIONS = methods(
  { tier: "self", fix: WITHOUT_OWN },
  {
    CreatePolicyVersion: {
      needs: [on("iam:CreatePolicyVersion", "policy")],
      gain: "rewrites a policy attached to its own role",
    },
    SetDefaultPolicyVersion: {
      needs: [on("iam:SetDefaultPolicyVersion", "policy")],
      gain: "brings back an older and wider version of a policy attached to its own role",
    },
    PutRolePolicy: {
      needs: [on("iam:PutRolePolicy", "role")],
      gain: "writes any inline policy into its own role",
    },
    AttachRolePolicy: {
      needs: [on("iam:AttachRolePolicy", "role")],
      gain: "attaches any policy, AdministratorAccess too, to its own role",
    },
    PutUserPolicy: {
      needs: [on("iam:PutUserPolicy", "user")],
      gain: "writes any inline policy into a user it holds keys of",
    },
    AttachUserPolicy: {
      needs: [on("iam:AttachUserPolicy", "user")],
      gain: "attaches any policy to a user it holds keys of",
    },
    PutGroupPolicy: {
      needs: [on("iam:PutGroupPolicy", "group")],
      gain: "writes any inline policy into a group of users",
    },
    AttachGroupPolicy: {
      needs: [on("iam:AttachGroupPolicy", "group")],
      gain: "attaches any policy to a group of users",
    },
    AddUserToGroup: {
      needs: [on("iam:AddUserToGroup", "group")],
      gain: "puts a user it holds keys of into a group of administrators",
    },
    UpdateAssumeRolePolicy: {
      needs: [on("iam:UpdateAssumeRolePolicy", "role")],
      gain: "lets itself assume a stronger role",
      fix: "leave trust policies to what creates the roles",
    },
    DeleteRolePermissionsBoundary: {
      needs: [on("iam:DeleteRolePermissionsBoundary", "role")],
      gain: "takes the permissions boundary off its own role",
      fix: "leave permissions boundaries to administrators",
    },
    PutRolePermissionsBoundary: {
      needs: [on("iam:PutRolePermissionsBoundary", "role")],
      gain: "replaces the permissions boundary of its own role by a wider one",
      fix: "leave permissions boundaries to administrators",
    },
    SSOPermissionSet: {
      needs: [on("sso:AttachManagedPolicyToPermissionSet", "PermissionSet")],
      gain: "attaches AdministratorAccess to a permission set that people hold",
      fix: "leave permission sets of IAM Identity Center to administrators",
    },
    SSOInline: {
      needs: [on("sso:PutInlinePolicyToPermissionSet", "PermissionSet")],
      gain: "writes any inline policy into a permission set that people hold",
      fix: "leave permission sets of IAM Identity Center to administrators",
    },
    OverPermissiveIAM: {
      gain: "rewrites permissions and logins of every user, group and role",
      consistsOf: [
        "CreatePolicyVersion",
        "SetDefaultPolicyVersion",
        "PutRolePolicy",
        "AttachRolePolicy",
        "PutUserPolicy",
        "AttachUserPolicy",
        "PutGroupPolicy",
        "AttachGroupPolicy",
        "AddUserToGroup",
        "UpdateAssumeRolePolicy",
        "DeleteRolePermissionsBoundary",
        "PutRolePermissionsBoundary",
        "CreateAccessKey",
        "CreateLoginProfile",
        "UpdateLoginProfile",
        "iam:DeleteUserPermissionsBoundary",
        "AddRoleToInstanceProfile",
      ],
    },
    IAMPut: {
      gain: "writes inline policies and boundaries of every user, group and role",
      consistsOf: ["PutRolePolicy", "PutUserPolicy", "PutGroupPolicy", "PutRolePermissionsBoundary"],
    },
  },
);

const LOGINS = methods(
  { tier: "self", fix: WITHOUT_USERS },
  {
    CreateAccessKey: {
      needs: [on("iam:CreateAccessKey", "user")],
      gain: "mints a lasting key of a stronger user",
    },
    CreateLoginProfile: {
      needs: [on("iam:CreateLoginProfile", "user")],
      gain: "gives a stronger user a console password that it knows",
    },
    UpdateLoginProfile: {
      needs: [on("iam:UpdateLoginProfile", "user")],
      gain: "changes the console password of a stronger user",
    },
  },
);

const METADATA = methods(
  { tier: "imds", fix: "leave metadata options to what launches the machines" },
  {
    IMDSDowngrade: {
      needs: [on("ec2:ModifyInstanceMetadataOptions", "instance")],
      gain: "turns IMDSv1 back on, so that a forged request reads the credentials of a machine",
    },
    IMDSDefaultsDowngrade: {
      // No resource type and no key that narrows it: the account has one setting a region.
      needs: [also("ec2:ModifyInstanceMetadataDefaults")],
      gain: "turns IMDSv1 on by default for every machine the account launches in a region",
    },
  },
);

export const SELF_METHODS = [...PERMISSIONS, ...LOGINS, ...METADATA];
