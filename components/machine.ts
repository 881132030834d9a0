/** What a machine needs beside itself, whether an instance or a launch template describes it. */
import type * as pulumi from "@pulumi/pulumi";
import type { MachineArgs, ProfileTransforms } from "./args";
import { aws } from "./aws";
import { HardenedInstanceProfile } from "./hardened-instance-profile";
import type { PlannedArgs } from "./plan/launched-by";
import { planMachine, type MachinePlan } from "./plan/machine";
import { policyDocument } from "./plan/statements";
import { documentJson, inputOf, refuse } from "./shell";
import { userDataOf, type UserData } from "./user-data";

export interface MachineParts {
  readonly plan: MachinePlan;
  /** Undefined where the service chooses that launches the machine. */
  readonly ami: pulumi.Input<string> | undefined;
  /** The profile that it carries, where that is a component. */
  readonly profile: HardenedInstanceProfile | undefined;
  /** Name of the profile; undefined where it carries none. */
  readonly profileName: pulumi.Input<string> | undefined;
  readonly userData: UserData | undefined;
  readonly tags: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Refuses wrong arguments, and makes what the machine needs before it. */
export function machineParts(
  parent: pulumi.ComponentResource,
  name: string,
  args: PlannedArgs & { readonly transform?: ProfileTransforms },
): MachineParts {
  const plan = planMachine(args, name);
  const what = `${parent.constructor.name} ${name}`;
  refuse(what, plan.problems);
  const profile = profileOf(parent, name, args, plan);
  return {
    plan,
    ami: imageId(parent, plan),
    profile: profile instanceof HardenedInstanceProfile ? profile : undefined,
    userData: plan.boot && userDataOf(what, plan.boot),
    profileName: profile instanceof HardenedInstanceProfile ? profile.name : profile,
    tags: { ...plan.tags, ...args.tags },
  };
}

function imageId(parent: pulumi.ComponentResource, { image: { source } }: MachinePlan): MachineParts["ami"] {
  if (source === "service") return undefined;
  if ("ami" in source) return inputOf(source.ami);
  return aws().ssm.getParameterOutput({ name: source.parameter }, { parent }).insecureValue;
}

function profileOf(
  parent: pulumi.ComponentResource,
  name: string,
  { profile, grants, permissionsBoundary, tags, transform }: MachineArgs & { readonly transform?: ProfileTransforms },
  { role, sessionManager, statements }: MachinePlan,
): MachineArgs["profile"] {
  if (role !== "own") {
    if (profile instanceof HardenedInstanceProfile && statements.length > 0) {
      const policy = documentJson(policyDocument(statements));
      new (aws().iam.RolePolicy)(name, { role: profile.roleName, policy }, { parent });
    }
    return profile;
  }
  const all = [...(grants ?? []), ...(statements.length > 0 ? [{ statements }] : [])];
  return new HardenedInstanceProfile(
    name,
    {
      sessionManager,
      grants: all,
      ...(permissionsBoundary !== undefined && { permissionsBoundary }),
      ...(tags && { tags }),
      ...(transform && { transform }),
    },
    { parent },
  );
}
