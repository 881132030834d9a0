/** What a machine's arguments mean: by their structure alone, whatever of them is known only later. */
import { bootOnlyStatements } from "../boot/boot-only";
import { secretStatements } from "../boot/secrets";
import { bootProblems, planBoot, userDataProblems, type BootPlan } from "./boot";
import { ARCHITECTURES, architectureOf, IMAGES, imageFacts, type Architecture, type Image } from "./images";
import { launchedByProblems, LAUNCHING_SERVICES, type PlannedArgs } from "./launched-by";
import { metadataOptions, type MetadataOptions } from "./metadata";
import { choiceProblem, found, type Problem } from "./problems";
import { planProfile } from "./profile";
import type { Statement } from "./statements";
import { isLater, type Value } from "./value";

export const DEFAULT_INSTANCE_TYPE = "t3.micro";
const MODES = ["required", "off", "boot-only"] as const;
type Mode = (typeof MODES)[number];

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
  readonly statements: readonly Statement[];
  /** Undefined where boot does nothing: there is no user data then. */
  readonly boot: BootPlan | undefined;
  readonly sessionManager: boolean;
  /** Tags beside those that are given. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Plans a machine. Same arguments, same plan. */
export function planMachine(args: PlannedArgs, name: string): MachinePlan {
  const mode = modeOf(args);
  const image = imageOf(args);
  const sessionManager = args.sessionManager ?? hasSessions(args, mode, image);
  const boot = planBoot(args, image);
  const statements = [...secretStatements(args.secrets ?? []), ...(mode === "boot-only" ? bootOnlyStatements() : [])];
  const role = roleOf(args, sessionManager || statements.length > 0);
  const isNeeded = boot !== undefined || isAsked(args, role);
  const isContainerHost = args.containerHost === true;
  const source = imageSource(args, image);
  const isMistaken = typeof source === "object" && "property" in source;
  return {
    problems: [
      ...choiceProblems(args),
      ...(mode === "off" ? offProblems(args) : []),
      ...bootOnlyProblems(args),
      ...bootProblems(args, image),
      ...(boot === undefined ? [] : userDataProblems(boot)),
      ...profileProblems(args),
      ...volumeProblems(args),
      ...found(isMistaken && source, agentProblem(args, image)),
      ...launchedByProblems(args),
      ...planProfile({ ...args, sessionManager }).problems,
    ],
    image: {
      name: image,
      rootDevice: imageFacts(image).rootDevice,
      source: isMistaken ? { parameter: "" } : source,
    },
    metadataOptions: metadataOptions(mode !== "off" && isNeeded, isContainerHost),
    role,
    statements,
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

function modeOf({ imds = "required" }: PlannedArgs): Mode {
  return MODES.includes(imds) ? imds : "required";
}

function imageOf({ image = "al2023" }: PlannedArgs): Image {
  return IMAGES.includes(image) ? image : "al2023";
}

function choiceProblems({ imds, image, architecture, launchedBy }: PlannedArgs): readonly Problem[] {
  return found(
    choiceProblem("imds", imds, MODES),
    choiceProblem("image", image, IMAGES),
    choiceProblem("architecture", architecture, ARCHITECTURES),
    choiceProblem("launchedBy", launchedBy, LAUNCHING_SERVICES),
  );
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
  const wanted: Architecture = architecture ?? architectureOf(given);
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

function bootOnlyProblems({ imds, sessionManager, containerHost }: PlannedArgs): readonly Problem[] {
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
  );
}

/** What belongs to the profile where one is given. */
function profileProblems({
  profile,
  grants = [],
  permissionsBoundary,
  sessionManager,
}: PlannedArgs): readonly Problem[] {
  if (profile === undefined) return [];
  const reason = "the machine carries a given profile: write this at the profile, or leave profile out.";
  return found(
    grants.length > 0 && { property: "grants", reason },
    permissionsBoundary !== undefined && { property: "permissionsBoundary", reason },
    sessionManager !== undefined && { property: "sessionManager", reason },
  );
}

function volumeProblems({ rootVolume: { size } = {} }: PlannedArgs): readonly Problem[] {
  const isRight = size === undefined || (Number.isInteger(size) && size >= 1 && size <= 65_536);
  return found(!isRight && { property: "rootVolume.size", reason: "write a whole number of GiB, e.g. 20." });
}
