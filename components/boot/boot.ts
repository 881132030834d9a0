/** Everything that a machine does at boot, from what is asked of it to the user data that does it. */
import { isWindows, type Image, type LinuxImage } from "../plan/images";
import type { Problem } from "../plan/problems";
import { bootOnlyParts } from "./boot-only";
import {
  cloudConfigPart,
  cloudConfigProblem,
  cloudConfigText,
  fileProblems,
  filesPart,
  sharedPaths,
  type BootFile,
} from "./files";
import { lockdownParts, type Reach } from "./lockdown";
import type { BootPart } from "./part";
import { patchingParts, type Patching } from "./patching";
import { credentialsIn } from "./refuse";
import { secretParts } from "./secret-parts";
import type { ResolvedSecret } from "./secrets";
import { commandProblem, commandsStep, scriptProblem, stepsPart, type Step } from "./steps";
import { composeMerged, composeText, composeUserData, type Composed } from "./user-data";
import { powershellProblem, powershellText } from "./windows";

/** What a machine is to do at boot, with everything known. */
export interface Boot {
  readonly image: Image;
  /** Whether a service adds parts of its own to the user data. */
  readonly isMerged: boolean;
  /** Who reaches the metadata service; everyone where it is undefined. */
  readonly reach: Reach | undefined;
  /** Whether the metadata service goes off at the end. */
  readonly bootOnly: boolean;
  readonly patching: Patching | undefined;
  readonly secrets: readonly ResolvedSecret[];
  readonly userData: {
    readonly files: readonly BootFile[];
    readonly cloudConfig: object | string | undefined;
    readonly scripts: readonly string[];
    readonly commands: readonly string[];
  };
}

/** User data that fits, or what is wrong with what it is made of. */
export interface RenderedBoot {
  readonly problems: readonly Problem[];
  readonly userData: Exclude<Composed, { kind: "too-large" }> | undefined;
}

/** The user data of a machine. Same input, same bytes. */
export function renderBoot(boot: Boot): RenderedBoot {
  const { image } = boot;
  const problems = textProblems(boot);
  if (problems.length > 0) return { problems, userData: undefined };
  const compose = boot.isMerged ? composeMerged : composeUserData;
  const composed = isWindows(image) ? powershell(boot) : compose(linuxParts(boot, image));
  if (composed.kind !== "too-large") return { problems: [], userData: composed };
  return { problems: [{ property: "userData", reason: `${composed.problem}.` }], userData: undefined };
}

type Texts = Pick<Boot, "image" | "userData">;

/** What is wrong with the user data that the program gives. */
export function textProblems(boot: Texts): readonly Problem[] {
  return [...(isWindows(boot.image) ? windowsProblems(boot) : linuxProblems(boot)), ...credentialProblems(boot)];
}

function linuxProblems({ userData: { files, cloudConfig, scripts, commands } }: Texts): readonly Problem[] {
  const ofConfig = cloudConfig && cloudConfigProblem(cloudConfig);
  return [
    ...files.flatMap((file, index) => fileProblems(`userData.files[${String(index)}]`, file)),
    ...sharedPaths(files.map(({ path }) => path)).map((index) =>
      mistake(`files[${String(index)}].path`, "another file has it, or is a folder of it"),
    ),
    ...(ofConfig === undefined ? [] : [mistake("cloudConfig", ofConfig)]),
    ...eachProblem("scripts", scripts, scriptProblem),
    ...eachProblem("commands", commands, commandProblem),
  ];
}

function windowsProblems({ userData: { scripts, commands } }: Texts): readonly Problem[] {
  return [
    ...eachProblem("scripts", scripts, powershellProblem),
    ...eachProblem("commands", commands, powershellProblem),
  ];
}

function eachProblem(
  property: string,
  texts: readonly string[],
  problemOf: (text: string) => string | undefined,
): readonly Problem[] {
  return texts.flatMap((text, index) => {
    const problem = problemOf(text);
    return problem === undefined ? [] : [mistake(`${property}[${String(index)}]`, problem)];
  });
}

function mistake(property: string, reason: string): Problem {
  return { property: `userData.${property}`, reason: `${reason}.` };
}

/** Credentials in what the program gives. The mistakes say where and what they are, and hold nothing of them. */
function credentialProblems({ image, userData }: Texts): readonly Problem[] {
  const { files, cloudConfig, scripts, commands } = userData;
  const texts: readonly (readonly [property: string, text: string])[] = isWindows(image)
    ? [["userData", powershellText(scripts, commands)]]
    : [
        ...(files.length === 0 ? [] : [["userData.files", filesPart(files).content] as const]),
        ...(isReadable(cloudConfig) ? [["userData.cloudConfig", settings(cloudConfig).content] as const] : []),
        ...scripts.map((script, index) => [`userData.scripts[${String(index)}]`, script] as const),
        ...(commands.length === 0 ? [] : [["userData.commands", `#!/bin/bash\n${commands.join("\n")}\n`] as const]),
      ];
  return texts.flatMap(([property, text]) =>
    credentialsIn(text, property).map(({ path, line, kind }) => ({
      property: `${path}:${String(line)}`,
      reason: `a ${kind} stands there, for everyone who may describe the machine. ${INSTEAD}`,
    })),
  );
}

/** Whether there are settings whose text can be looked at, mistaken or not. */
function isReadable(config: object | string | undefined): config is object | string {
  return typeof config === "string" || (config !== undefined && cloudConfigProblem(config) === undefined);
}

/** The way that a secret gets to a machine. */
export const INSTEAD =
  'Store it in Secrets Manager, and let the machine fetch it at boot: secrets: [{ secret: secret.arn, file: "name" }].';

function linuxParts(boot: Boot, image: LinuxImage): readonly BootPart[] {
  const { files, cloudConfig } = boot.userData;
  const off = boot.bootOnly ? bootOnlyParts({ image }) : { first: [], last: [] };
  const steps = stepsOf(boot);
  return [
    ...(boot.reach === undefined ? [] : lockdownParts(boot.reach)),
    ...off.first,
    // Before what the program gives: cloud-init writes no file after one that it cannot write.
    ...(boot.patching === undefined ? [] : patchingParts(boot.patching, image)),
    ...secretParts(boot.secrets, image),
    ...(files.length === 0 ? [] : [filesPart(files)]),
    ...(cloudConfig === undefined ? [] : [settings(cloudConfig)]),
    ...(steps.length + files.length === 0 ? [] : [stepsPart(steps, files)]),
    ...off.last,
  ];
}

function settings(config: object | string): BootPart {
  return typeof config === "string" ? cloudConfigText("cloud-config", config) : cloudConfigPart("cloud-config", config);
}

function stepsOf({ userData: { scripts, commands } }: Boot): readonly Step[] {
  return [
    ...scripts.map((script, index) => ({ name: `userData.scripts[${String(index)}]`, script })),
    ...(commands.length === 0 ? [] : [commandsStep(commands, "userData.commands")]),
  ];
}

/** EC2Launch runs one block of PowerShell, at the first boot. */
function powershell({ userData }: Boot): Composed {
  const text = powershellText(userData.scripts, userData.commands);
  return composeText(text, "that EC2 takes: fetch large scripts from a bucket at boot");
}
