/** What a machine's arguments mean: by their structure alone, whatever of them is known only later. */
import type { MachineArgs } from "../args";
import { bootOnlyStatements } from "../boot/boot-only";
import { secretStatements } from "../boot/secrets";
import { bootProblems, planBoot, userDataProblems, type BootPlan } from "./boot";
import { ARCHITECTURES, architectureOf, IMAGES, imageFacts, type Architecture, type Image } from "./images";
import { metadataOptions, type MetadataOptions } from "./metadata";
import { choiceProblem, found, type Problem } from "./problems";
import { planProfile } from "./profile";
import type { Statement } from "./statements";
import { isLater, type Value } from "./value";

export const DEFAULT_INSTANCE_TYPE = "t3.micro";
const MODES = ["required", "off", "boot-only"] as const;
type Mode = (typeof MODES)[number];

/** Where the image comes from: given, or the value of an SSM parameter. */
type ImageSource = { readonly ami: Value<string> } | { readonly parameter: string };

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
export function planMachine(args: MachineArgs, name: string): MachinePlan {
  const mode = modeOf(args);
  const image = imageOf(args);
  const sessionManager = args.sessionManager ?? (mode === "required" && args.profile === undefined);
  const boot = planBoot(args, image);
  const statements = [...secretStatements(args.secrets ?? []), ...(mode === "boot-only" ? bootOnlyStatements() : [])];
  const role = roleOf(args, sessionManager || statements.length > 0);
  const isNeeded = role !== "none" || boot !== undefined || args.keyName !== undefined;
  const isContainerHost = args.containerHost === true;
  const source = imageSource(args, image);
  return {
    problems: [
      ...choiceProblems(args),
      ...(mode === "off" ? offProblems(args) : []),
      ...bootOnlyProblems(args),
      ...bootProblems(args, image),
      ...(boot === undefined ? [] : userDataProblems(boot)),
      ...profileProblems(args),
      ...volumeProblems(args),
      ...found("property" in source && source),
      ...planProfile({ ...args, sessionManager }).problems,
    ],
    image: {
      name: image,
      rootDevice: imageFacts(image).rootDevice,
      source: "property" in source ? { parameter: "" } : source,
    },
    metadataOptions: metadataOptions(mode !== "off" && isNeeded, isContainerHost),
    role,
    statements,
    boot,
    sessionManager,
    tags: { Name: name, ...(isContainerHost && { "ec2-hardening:container-host": "true" }) },
  };
}

function modeOf({ imds = "required" }: MachineArgs): Mode {
  return MODES.includes(imds) ? imds : "required";
}

function imageOf({ image = "al2023" }: MachineArgs): Image {
  return IMAGES.includes(image) ? image : "al2023";
}

function choiceProblems({ imds, image, architecture }: MachineArgs): readonly Problem[] {
  return found(
    choiceProblem("imds", imds, MODES),
    choiceProblem("image", image, IMAGES),
    choiceProblem("architecture", architecture, ARCHITECTURES),
  );
}

function roleOf({ profile, grants = [] }: MachineArgs, isNeeded: boolean): RolePlan {
  if (profile !== undefined) return "given";
  return isNeeded || grants.length > 0 ? "own" : "none";
}

/** The parameter of the image, or why there is none. */
function imageSource({ ami, architecture, instanceType }: MachineArgs, image: Image): ImageSource | Problem {
  if (ami !== undefined) return { ami };
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
function offProblems(args: MachineArgs): readonly Problem[] {
  const credentials = "a role's credentials come from it";
  const userData = "user data comes from it";
  const needs: readonly (readonly [keyof MachineArgs, boolean, string])[] = [
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

function bootOnlyProblems({ imds, sessionManager, containerHost, secrets = [] }: MachineArgs): readonly Problem[] {
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

/** What belongs to the profile where one is given. */
function profileProblems({
  profile,
  grants = [],
  permissionsBoundary,
  sessionManager,
}: MachineArgs): readonly Problem[] {
  if (profile === undefined) return [];
  const reason = "the machine carries a given profile: write this at the profile, or leave profile out.";
  return found(
    grants.length > 0 && { property: "grants", reason },
    permissionsBoundary !== undefined && { property: "permissionsBoundary", reason },
    sessionManager !== undefined && { property: "sessionManager", reason },
  );
}

function volumeProblems({ rootVolume: { size } = {} }: MachineArgs): readonly Problem[] {
  const isRight = size === undefined || (Number.isInteger(size) && size >= 1 && size <= 65_536);
  return found(!isRight && { property: "rootVolume.size", reason: "write a whole number of GiB, e.g. 20." });
}
