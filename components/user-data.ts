/** User data of a machine: rendered at once where all of it is known, and else as soon as it is. */
import * as pulumi from "@pulumi/pulumi";
import { INSTEAD, renderBoot, type RenderedBoot } from "./boot/boot";
import { isResolved, type BootPlan } from "./plan/boot";
import type { Problem } from "./plan/problems";
import { refuse } from "./shell";

/** The same user data in the forms that resources take. */
export interface UserData {
  /** For an instance: one of the two is there. */
  readonly instance: { readonly userData: pulumi.Input<string> } | { readonly userDataBase64: pulumi.Input<string> };
  /** For a launch template. */
  readonly base64: pulumi.Input<string>;
}

/** Renders what a machine does at boot; the plan has no mistakes. `what` names the machine for those that show later. */
export function userDataOf(what: string, plan: BootPlan): UserData | undefined {
  if (isResolved(plan)) {
    const { userData } = renderBoot(plan);
    return userData && forms(userData);
  }
  const resolved = pulumi.output<BootPlan>(plan);
  const base64 = pulumi.all([notSecret(what, resolved), resolved]).apply(([, boot]) => later(what, boot));
  return { instance: { userDataBase64: base64 }, base64 };
}

function forms(userData: NonNullable<RenderedBoot["userData"]>): UserData {
  const { base64 } = userData;
  return { instance: userData.kind === "text" ? { userData: userData.text } : { userDataBase64: base64 }, base64 };
}

function later(what: string, boot: BootPlan): string {
  if (!isResolved(boot)) throw new Error(`${what}: user data is not known where it is needed`);
  const { problems, userData } = renderBoot(boot);
  refuse(what, problems);
  return userData?.base64 ?? "";
}

/** Stops the program where something in user data is a secret of Pulumi: whoever may describe the machine could read it. */
function notSecret(what: string, resolved: pulumi.Output<unknown>): pulumi.Output<void> {
  const checked = pulumi.isSecret(resolved).then((isSecret) => {
    if (isSecret) refuse(what, [SECRET_IN_USER_DATA]);
  });
  return pulumi.output(checked);
}

const SECRET_IN_USER_DATA: Problem = {
  property: "userData",
  reason: `holds a secret of the program, which everyone reads who may describe the machine. ${INSTEAD}`,
};
