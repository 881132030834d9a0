import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import type { HardenedInstanceProfileArgs } from "./args";
import { aws } from "./aws";
import type { Grant } from "./plan/grants";
import { grantProblems } from "./plan/grant-problems";
import { planProfile, type ProfilePlan } from "./plan/profile";
import { EC2_TRUST } from "./plan/statements";
import { isKnownNow } from "./plan/value";
import { documentJson, inputOf, refuse, transformed } from "./shell";

/**
 * A role that only EC2 can take, with the permissions that are named and no others, and the profile that puts it on
 * machines of one purpose.
 */
export class HardenedInstanceProfile extends pulumi.ComponentResource {
  /** Name of the instance profile. */
  readonly name: pulumi.Output<string>;
  /** ARN of the instance profile. */
  readonly arn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** What its role may do. */
  readonly grants: readonly Grant[];
  /** The resources behind it. */
  readonly nodes: {
    readonly role: Aws.iam.Role;
    readonly instanceProfile: Aws.iam.InstanceProfile;
    readonly rolePolicy: Aws.iam.RolePolicy | undefined;
    readonly attachments: readonly Aws.iam.RolePolicyAttachment[];
  };

  constructor(name: string, args: HardenedInstanceProfileArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:HardenedInstanceProfile", name, {}, opts);
    const what = `HardenedInstanceProfile ${name}`;
    const plan = planProfile(args);
    refuse(what, plan.problems);
    const { permissionsBoundary, transform = {} } = args;
    const child = (): pulumi.CustomResourceOptions => ({ parent: this });
    const tags = { Name: name, ...args.tags };

    const role = new (aws().iam.Role)(
      name,
      ...transformed<Aws.iam.RoleArgs>(
        transform.role,
        {
          description: `What machines of ${name} may do`,
          assumeRolePolicy: JSON.stringify(EC2_TRUST),
          ...(permissionsBoundary !== undefined && { permissionsBoundary }),
          tags,
        },
        child(),
      ),
    );
    const rolePolicy =
      plan.inline &&
      new (aws().iam.RolePolicy)(
        name,
        ...transformed<Aws.iam.RolePolicyArgs>(
          transform.rolePolicy,
          { role: role.name, policy: checked(what, plan, documentJson(plan.inline)) },
          child(),
        ),
      );
    const attachments = plan.managedPolicies.map(
      ([key, arn]) =>
        new (aws().iam.RolePolicyAttachment)(
          `${name}-${key}`,
          { role: role.name, policyArn: typeof arn === "string" ? arn : checked(what, plan, inputOf<string>(arn)) },
          child(),
        ),
    );
    const instanceProfile = new (aws().iam.InstanceProfile)(
      name,
      ...transformed<Aws.iam.InstanceProfileArgs>(transform.instanceProfile, { role: role.name, tags }, child()),
    );

    this.grants = plan.grants;
    this.name = instanceProfile.name;
    this.arn = instanceProfile.arn;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.nodes = { role, instanceProfile, rolePolicy, attachments };
    this.registerOutputs({ name: this.name, arn: this.arn, roleName: this.roleName, roleArn: this.roleArn });
  }
}

/** A value that is there once all that is granted is known and has been looked at as what is known at once. */
function checked(what: string, { grants }: ProfilePlan, value: pulumi.Input<string>): pulumi.Output<string> {
  if (isKnownNow(grants)) return pulumi.output(value);
  return pulumi.all([pulumi.output<readonly Grant[]>(grants), value]).apply(([known, text]) => {
    refuse(what, grantProblems(known));
    return text;
  });
}
