/** What a machine needs beside itself, whether an instance or a launch template describes it. */
import type * as pulumi from "@pulumi/pulumi";
import type { MachineArgs, ProfileTransforms } from "./args";
import { aws } from "./aws";
import { HardenedInstanceProfile } from "./hardened-instance-profile";
import type { PlannedArgs } from "./plan/launched-by";
import type { MachinePlan } from "./plan/machine";
import { inputOf, refuse } from "./shell";
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
  plan: MachinePlan,
): MachineParts {
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

/** A machine boots with what its role may do already: user data runs once. */
export function afterRole(profile: HardenedInstanceProfile | undefined): Pick<pulumi.ResourceOptions, "dependsOn"> {
  return profile === undefined ? {} : { dependsOn: profile };
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
  { role, sessionManager, needs }: MachinePlan,
): MachineArgs["profile"] {
  if (role !== "own") return profile;
  return new HardenedInstanceProfile(
    name,
    {
      sessionManager,
      grants: [...(grants ?? []), ...needs],
      ...(permissionsBoundary !== undefined && { permissionsBoundary }),
      ...(tags && { tags }),
      ...(transform && { transform }),
    },
    { parent },
  );
}
