import * as pulumi from "@pulumi/pulumi";
import type * as Aws from "@pulumi/aws";
import type { HardenedInstanceProfileArgs } from "./args";
import { aws } from "./aws";
import { planProfile } from "./plan/profile";
import { EC2_TRUST } from "./plan/statements";
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
  /** The resources behind it. */
  readonly nodes: {
    readonly role: Aws.iam.Role;
    readonly instanceProfile: Aws.iam.InstanceProfile;
    readonly rolePolicy: Aws.iam.RolePolicy | undefined;
    readonly attachments: readonly Aws.iam.RolePolicyAttachment[];
  };

  constructor(name: string, args: HardenedInstanceProfileArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("ec2-hardening:index:HardenedInstanceProfile", name, {}, opts);
    const { permissionsBoundary, transform = {} } = args;
    const plan = planProfile(args);
    refuse(`HardenedInstanceProfile ${name}`, plan.problems);
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
          { role: role.name, policy: documentJson(plan.inline) },
          child(),
        ),
      );
    const attachments = plan.managedPolicies.map(
      (arn, index) =>
        new (aws().iam.RolePolicyAttachment)(
          `${name}-${String(index)}`,
          { role: role.name, policyArn: inputOf(arn) },
          child(),
        ),
    );
    const instanceProfile = new (aws().iam.InstanceProfile)(
      name,
      ...transformed<Aws.iam.InstanceProfileArgs>(transform.instanceProfile, { role: role.name, tags }, child()),
    );

    this.name = instanceProfile.name;
    this.arn = instanceProfile.arn;
    this.roleName = role.name;
    this.roleArn = role.arn;
    this.nodes = { role, instanceProfile, rolePolicy, attachments };
    this.registerOutputs({ name: this.name, arn: this.arn, roleName: this.roleName, roleArn: this.roleArn });
  }
}
