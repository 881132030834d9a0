/** What of the arguments a machine does at boot, whatever of it is known only later. */
import { matchesGlob } from "../../policies/glob";
import type { UserDataArgs } from "../args";
import { renderBoot, textProblems, type Boot } from "../boot/boot";
import { rebootWindowProblems, type Patching } from "../boot/patching";
import { isInterfaceName, NO_LOCKDOWN_ON_WINDOWS } from "../boot/lockdown";
import { isUserName } from "../boot/user-names";
import { secretProblems } from "../boot/secrets";
import { isWindows, type Image } from "./images";
import type { PlannedArgs } from "./launched-by";
import { found, type Problem } from "./problems";
import { isKnownNow, isLater, type Value } from "./value";

/** What boot does; leaves may be known only later. */
export interface BootPlan extends Omit<Boot, "secrets" | "userData"> {
  readonly secrets: NonNullable<PlannedArgs["secrets"]>;
  readonly userData: {
    readonly files: NonNullable<UserDataArgs["files"]>;
    readonly cloudConfig: UserDataArgs["cloudConfig"];
    readonly scripts: NonNullable<UserDataArgs["scripts"]>;
    readonly commands: NonNullable<UserDataArgs["commands"]>;
  };
}

/** Plans the boot; undefined where there is nothing to do. */
export function planBoot(args: PlannedArgs, image: Image): BootPlan | undefined {
  const { files = [], cloudConfig, scripts = [], commands = [] } = args.userData ?? {};
  const plan: BootPlan = {
    image,
    isMerged: args.launchedBy !== undefined,
    reach: reachOf(args),
    bootOnly: args.imds === "boot-only",
    patching: patchingOf(args, image),
    secrets: args.secrets ?? [],
    userData: { files, cloudConfig, scripts, commands },
  };
  return isEmpty(plan) ? undefined : plan;
}

/** Nothing is patched where user data never runs, on Windows, which has its own updates, and unasked beneath containers. */
function patchingOf(args: PlannedArgs, image: Image): Patching | undefined {
  if (args.imds === "off" || isWindows(image)) return undefined;
  const { patching = isReplaced(args, image) ? "off" : "security", rebootWindow } = args;
  return patching === "off" ? undefined : { updates: patching, rebootWindow };
}

/** Whether new images update the machine, which runs containers of a service. */
function isReplaced({ launchedBy }: PlannedArgs, image: Image): boolean {
  return launchedBy !== undefined || image === "ecs-al2023";
}

function isEmpty({ reach, bootOnly, patching, secrets, userData }: BootPlan): boolean {
  const { files, cloudConfig, scripts, commands } = userData;
  const lists = [secrets, files, scripts, commands];
  return (
    reach === undefined &&
    !bootOnly &&
    patching === undefined &&
    cloudConfig === undefined &&
    lists.every((list) => list.length === 0)
  );
}

function reachOf({ allowedUsers, containerHost, containerInterfaces, launchedBy }: PlannedArgs): BootPlan["reach"] {
  if (allowedUsers === undefined && containerHost !== true) return undefined;
  const interfaces = containerInterfaces ?? [launchedBy === "eks" ? "eni*" : "docker0"];
  return { users: allowedUsers, interfaces: containerHost === true ? interfaces : [] };
}

/** What is wrong with what boot is asked to do, as far as its structure tells. */
export function bootProblems(args: PlannedArgs, image: Image): readonly Problem[] {
  return [
    ...secretProblems("secrets", args.secrets ?? []),
    ...userProblems(args),
    ...interfaceProblems(args),
    ...patchingProblems(args, image),
    ...(isWindows(image) ? windowsProblems(args) : []),
  ];
}

function userProblems({ allowedUsers = [] }: PlannedArgs): readonly Problem[] {
  return allowedUsers.flatMap((name, index) =>
    isUserName(name)
      ? []
      : [{ property: `allowedUsers[${String(index)}]`, reason: 'write the name of a user, such as "app".' }],
  );
}

/** How images name the machine's own interfaces: a neighbour who sends a packet through one of them is no container. */
const OWN_INTERFACES = ["lo", "eth0", "ens5", "enX0"];

function isOwnInterface(name: string): boolean {
  return OWN_INTERFACES.some((own) => matchesGlob(name, own));
}

function interfaceProblems({ containerHost, containerInterfaces = [] }: PlannedArgs): readonly Problem[] {
  const idle = containerInterfaces.length > 0 && containerHost !== true;
  return [
    ...found(idle && { property: "containerInterfaces", reason: "has no effect without containerHost: true." }),
    ...containerInterfaces.flatMap((name, index) =>
      isInterfaceName(name) && !isOwnInterface(name)
        ? []
        : [
            {
              property: `containerInterfaces[${String(index)}]`,
              reason: 'write the name of an interface behind which containers are, such as "br-apps" or "eni*".',
            },
          ],
    ),
  ];
}

function patchingProblems(args: PlannedArgs, image: Image): readonly Problem[] {
  const { rebootWindow } = args;
  const isOff = patchingOf(args, image) === undefined;
  const reason =
    "has no effect on a machine that does not install updates by itself: leave it out, or look at patching.";
  return [
    ...found(isOff && rebootWindow !== undefined && { property: "rebootWindow", reason }),
    ...(rebootWindow === undefined ? [] : rebootWindowProblems("rebootWindow", rebootWindow)),
  ];
}

function windowsProblems(args: PlannedArgs): readonly Problem[] {
  const { files = [], cloudConfig } = args.userData ?? {};
  const noCloudInit = "Windows has no cloud-init: write PowerShell in userData.scripts.";
  return found(
    args.allowedUsers !== undefined && { property: "allowedUsers", reason: `${NO_LOCKDOWN_ON_WINDOWS}.` },
    args.containerHost === true && { property: "containerHost", reason: `${NO_LOCKDOWN_ON_WINDOWS}.` },
    args.imds === "boot-only" && {
      property: "imds",
      reason: 'on Windows it is "required" or "off": programs that come with it ask for metadata at every boot.',
    },
    args.patching !== undefined &&
      args.patching !== "off" && {
        property: "patching",
        reason: "is for Linux: patch Windows by an association of Systems Manager, and leave this out.",
      },
    (args.secrets ?? []).length > 0 && {
      property: "secrets",
      reason: "are fetched on Linux only: use grantReadSecret, and Get-SECSecretValue in the program.",
    },
    files.length > 0 && { property: "userData.files", reason: noCloudInit },
    cloudConfig !== undefined && { property: "userData.cloudConfig", reason: noCloudInit },
  );
}

/** Whether all of it is known already. */
export function isResolved(plan: BootPlan): plan is BootPlan & Boot {
  return isKnownNow(plan);
}

/** What is wrong with the user data, as far as it is known. */
export function userDataProblems(plan: BootPlan): readonly Problem[] {
  return isResolved(plan) ? renderBoot(plan).problems : textProblems({ ...plan, userData: withStandIns(plan) });
}

/** The user data with something harmless in the place of what is known later, so that the rest can be looked at now. */
function withStandIns({ userData: { files, cloudConfig, scripts, commands } }: BootPlan): Boot["userData"] {
  return {
    files: files.map(({ content, contentBase64, ...file }) => ({
      ...file,
      ...(content !== undefined && { content: known(content, "") }),
      ...(contentBase64 !== undefined && { contentBase64: known(contentBase64, "") }),
    })),
    cloudConfig: isKnownNow(cloudConfig) && !isLater(cloudConfig) ? cloudConfig : undefined,
    scripts: scripts.map((script) => known(script, "#!/bin/sh\n")),
    commands: commands.map((command) => known(command, ":")),
  };
}

function known(value: Value<string>, standIn: string): string {
  return typeof value === "string" ? value : standIn;
}
