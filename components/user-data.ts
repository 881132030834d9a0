/** User data of a machine: rendered at once where all of it is known, and else as soon as it is. */
import * as pulumi from "@pulumi/pulumi";
import { INSTEAD, renderBoot, type RenderedBoot } from "./boot/boot";
import { secretProblems } from "./boot/secrets";
import { isResolved, type BootPlan } from "./plan/boot";
import { isKnownNow, type Value } from "./plan/value";
import { inputOf, refuse } from "./shell";

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
  const resolved = pulumi.output<BootPlan>({ ...plan, secrets: plan.secrets.map(withOpenReferences) });
  const base64 = pulumi.all([notSecret(what, plan), resolved]).apply(([, boot]) => later(what, boot));
  return { instance: { userDataBase64: base64 }, base64 };
}

/** The ARN of a secret is none, also where the program has it from a stack that calls all of its outputs secret. */
function withOpenReferences(given: BootPlan["secrets"][number]): BootPlan["secrets"][number] {
  const open = (reference: Value<string> | undefined): Value<string> | undefined =>
    typeof reference === "object" ? pulumi.unsecret(pulumi.output(inputOf(reference))) : reference;
  return { ...given, secret: open(given.secret), parameter: open(given.parameter), kmsKey: open(given.kmsKey) };
}

function forms(userData: NonNullable<RenderedBoot["userData"]>): UserData {
  const { base64 } = userData;
  return { instance: userData.kind === "text" ? { userData: userData.text } : { userDataBase64: base64 }, base64 };
}

function later(what: string, boot: BootPlan): string {
  if (!isResolved(boot)) throw new Error(`${what}: user data is not known where it is needed`);
  refuse(what, secretProblems("secrets", boot.secrets));
  const { problems, userData } = renderBoot(boot);
  refuse(what, problems);
  return userData?.base64 ?? "";
}

/** Stops the program where something in user data is a secret of Pulumi: whoever may describe the machine could read it. */
function notSecret(what: string, { userData }: BootPlan): pulumi.Output<void> {
  const checked = Promise.all(
    textsOf(userData).map(async ([property, text]) => {
      return (await pulumi.isSecret(pulumi.output(text))) ? [{ property, reason: SECRET_IN_USER_DATA }] : [];
    }),
  );
  return pulumi.output(checked).apply((problems) => {
    refuse(what, problems.flat());
  });
}

/** What of the user data is known only later, each text with its property. */
function textsOf({ files, cloudConfig, scripts, commands }: BootPlan["userData"]): (readonly [string, unknown])[] {
  const at = (property: string, index: number): string => `userData.${property}[${String(index)}]`;
  const texts: readonly (readonly [string, unknown])[] = [
    ...files.flatMap(({ content, contentBase64 }, index) => [
      [`${at("files", index)}.content`, content] as const,
      [`${at("files", index)}.contentBase64`, contentBase64] as const,
    ]),
    ["userData.cloudConfig", cloudConfig],
    ...scripts.map((script, index) => [at("scripts", index), script] as const),
    ...commands.map((command, index) => [at("commands", index), command] as const),
  ];
  return texts.filter(([, text]) => !isKnownNow(text));
}

const SECRET_IN_USER_DATA = `holds a secret of the program, which everyone reads who may describe the machine. ${INSTEAD}`;
