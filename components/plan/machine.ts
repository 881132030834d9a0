/** What a machine's arguments mean: by their structure alone, whatever of them is known only later. */
import type { HardenedInstanceArgs, HardenedLaunchTemplateArgs } from "../args";
import { adoptionProblems } from "./adoption";
import { bootProblems, planBoot, userDataProblems, type BootPlan } from "./boot";
import { givenProfileProblems } from "./given-profile";
import { grantProblems } from "./grant-problems";
import type { Grant } from "./grants";
import { architectureOf, imageFacts, type Architecture, type Image } from "./images";
import { launchedByProblems, type PlannedArgs } from "./launched-by";
import { metadataOptions, type MetadataOptions } from "./metadata";
import { found, type Problem } from "./problems";
import { wellFormed } from "./shape";
import { isLater, type Value } from "./value";

export const DEFAULT_INSTANCE_TYPE = "t3.micro";
type Mode = NonNullable<PlannedArgs["imds"]>;

/** Where the image comes from: given, the value of an SSM parameter, or chosen by the service that launches the machine. */
type ImageSource = { readonly ami: Value<string> } | { readonly parameter: string } | "service";

/** The role of a machine: none, that of a profile from elsewhere, or one of its own. */
export type RolePlan = "none" | "given" | "own";

export interface MachinePlan {
  readonly problems: readonly Problem[];
  readonly image: { readonly name: Image; readonly rootDevice: string; readonly source: ImageSource };
  readonly metadataOptions: MetadataOptions;
  readonly role: RolePlan;
  /** What boot itself calls, and the role has to allow. */
  readonly needs: readonly Grant[];
  /** Undefined where boot does nothing: there is no user data then. */
  readonly boot: BootPlan | undefined;
  readonly sessionManager: boolean;
  /** Tags beside those that are given. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Plans an instance. Same arguments, same plan. */
export function planInstance(given: HardenedInstanceArgs, name: string): MachinePlan {
  const { args, problems } = wellFormed("HardenedInstance", given);
  const plan = planMachine(args, name);
  return { ...plan, problems: [...problems, ...adoptionProblems(args), ...plan.problems] };
}

/** Plans a launch template. */
export function planTemplate(given: HardenedLaunchTemplateArgs, name: string): MachinePlan {
  const { args, problems } = wellFormed("HardenedLaunchTemplate", given);
  const plan = planMachine(args, name);
  return { ...plan, problems: [...problems, ...plan.problems] };
}

/** Plans a machine by arguments that are well formed. */
export function planMachine(args: PlannedArgs, name: string): MachinePlan {
  const { imds: mode = "required", image = "al2023" } = args;
  const sessionManager = args.sessionManager ?? hasSessions(args, mode, image);
  const boot = planBoot(args, image);
  const needs = needsOf(args);
  const role = roleOf(args, sessionManager || needs.length > 0);
  const isNeeded = boot !== undefined || isAsked(args, role);
  const isContainerHost = args.containerHost === true;
  const source = imageSource(args, image);
  const isMistaken = typeof source === "object" && "property" in source;
  return {
    problems: [
      ...(mode === "off" ? offProblems(args) : []),
      ...bootOnlyProblems(args),
      ...bootProblems(args, image),
      ...(boot === undefined ? [] : userDataProblems(boot)),
      ...givenProfileProblems(args, needs),
      ...volumeProblems(args),
      ...found(isMistaken && source, agentProblem(args, image)),
      ...launchedByProblems(args),
      ...grantProblems(args.grants ?? []),
    ],
    image: {
      name: image,
      rootDevice: imageFacts(image).rootDevice,
      source: isMistaken ? { parameter: "" } : source,
    },
    metadataOptions: metadataOptions(mode !== "off" && isNeeded, isContainerHost),
    role,
    needs,
    boot,
    sessionManager,
    tags: { Name: name, ...(isContainerHost && { "ec2-hardening:container-host": "true" }) },
  };
}

/** Whether the metadata service is asked for credentials or a public key. A service gives machines that it launches a role. */
function isAsked({ launchedBy, keyName }: PlannedArgs, role: RolePlan): boolean {
  return launchedBy !== undefined || role !== "none" || keyName !== undefined;
}

/** Whether people get on the machine by Session Manager where the program does not say: where it has agent and role for it. */
function hasSessions({ profile, launchedBy }: PlannedArgs, mode: Mode, image: Image): boolean {
  return mode === "required" && profile === undefined && launchedBy === undefined && imageFacts(image).hasAgent;
}

/** AWS gives the agent for Debian as a file with a signature, in no repository that keeps it up to date. */
function agentProblem({ ami, sessionManager }: PlannedArgs, image: Image): Problem | undefined {
  if (sessionManager !== true || ami !== undefined || imageFacts(image).hasAgent) return undefined;
  const reason = `${image} has no SSM Agent in its images: choose another image, give an ami that has it, or leave this out and give keyName.`;
  return { property: "sessionManager", reason };
}

/** What the role has to allow for the boot, in the order of the arguments that ask for it. */
function needsOf({ secrets = [], imds }: PlannedArgs): readonly Grant[] {
  const read = secrets.map(({ secret, parameter, kmsKey }): Grant => {
    const key = kmsKey === undefined ? {} : { kmsKey };
    if (secret !== undefined) return { readSecret: { arn: secret, ...key } };
    return parameter === undefined ? {} : { readParameter: { arn: parameter, ...key } };
  });
  return [...read, ...(imds === "boot-only" ? [{ bootOnly: true }] : [])];
}

function roleOf({ profile, grants = [] }: PlannedArgs, isNeeded: boolean): RolePlan {
  if (profile !== undefined) return "given";
  return isNeeded || grants.length > 0 ? "own" : "none";
}

/** The parameter of the image, or why there is none. */
function imageSource(args: PlannedArgs, image: Image): ImageSource | Problem {
  const { ami, architecture, instanceType } = args;
  if (ami !== undefined) return { ami };
  if (args.launchedBy !== undefined) return "service";
  if (architecture === undefined && isLater(instanceType)) {
    const reason = "is known only later: give architecture, which decides the image, or ami.";
    return { property: "instanceType", reason };
  }
  const given = typeof instanceType === "string" ? instanceType : DEFAULT_INSTANCE_TYPE;
  const own = architectureOf(given);
  // A family that is not known as Graviton's may be one nevertheless.
  if (architecture !== undefined && own !== architecture && (own === "arm64" || instanceType === undefined))
    return { property: "architecture", reason: `${given} is ${own}: leave this out, or give another instanceType.` };
  const wanted: Architecture = architecture ?? own;
  const parameter = imageFacts(image).parameter(wanted);
  return parameter === undefined
    ? { property: "image", reason: `there is none for ${wanted}: choose an instance type of x86_64, or give ami.` }
    : { parameter };
}

/** What a machine without a metadata service cannot have, and why. */
function offProblems(args: PlannedArgs): readonly Problem[] {
  const credentials = "a role's credentials come from it";
  const userData = "user data comes from it";
  const needs: readonly (readonly [keyof PlannedArgs, boolean, string])[] = [
    ["profile", args.profile !== undefined, credentials],
    ["grants", (args.grants ?? []).length > 0, credentials],
    ["sessionManager", args.sessionManager === true, credentials],
    ["secrets", (args.secrets ?? []).length > 0, credentials],
    ["userData", args.userData !== undefined, userData],
    ["allowedUsers", args.allowedUsers !== undefined, "nobody reaches it anyway"],
    ["containerHost", args.containerHost === true, "containers cannot reach it either"],
    ["patching", args.patching !== undefined && args.patching !== "off", userData],
    ["keyName", args.keyName !== undefined, "EC2 delivers the public key through it"],
  ];
  return needs
    .filter(([, isGiven]) => isGiven)
    .map(([property, , why]) => ({
      property,
      reason: `imds is "off", and ${why}: leave this out, or write imds: "required".`,
    }));
}

function bootOnlyProblems({ imds, sessionManager, containerHost, secrets = [] }: PlannedArgs): readonly Problem[] {
  if (imds !== "boot-only") return [];
  const after = 'imds is "boot-only", and after the boot';
  return found(
    sessionManager === true && {
      property: "sessionManager",
      reason: `${after} the agent gets no new credentials: leave this out, or write imds: "required" with allowedUsers: [].`,
    },
    containerHost === true && {
      property: "containerHost",
      reason: `${after} containers cannot reach it: leave this out, or write imds: "required".`,
    },
    secrets.length > 0 && {
      property: "secrets",
      reason: `${after} there are no credentials, but they are fetched at each boot: leave this out, or write imds: "required" with allowedUsers: [].`,
    },
  );
}

/** Amazon EBS User Guide, "Amazon EBS volume types": a size up to 64 TiB, operations that are set or not by the type. */
function volumeProblems({ rootVolume: { size, type = "gp3", iops } = {} }: PlannedArgs): readonly Problem[] {
  const isSet = type === "io1" || type === "io2";
  return found(
    !isWithin(size, 1, 65_536) && { property: "rootVolume.size", reason: "write a whole number of GiB, e.g. 20." },
    isSet &&
      iops === undefined && { property: "rootVolume.iops", reason: `is missing: ${type} has no default, e.g. 3000.` },
    type === "gp2" &&
      iops !== undefined && { property: "rootVolume.iops", reason: 'gp2 takes none: write type: "gp3".' },
    !isWithin(iops, 100, 256_000) && { property: "rootVolume.iops", reason: "write a whole number, e.g. 3000." },
  );
}

function isWithin(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}
