/** Everything that a machine does at boot, from what is asked of it to the user data that does it. */
import { isWindows, type Image } from "../plan/images";
import { bootOnlyParts } from "./boot-only";
import { cloudConfigPart, cloudConfigProblem, cloudConfigText, fileProblems, filesPart, type BootFile } from "./files";
import { lockdownParts, type Reach } from "./lockdown";
import type { BootPart } from "./part";
import type { Mistake } from "./shell";
import { commandsStep, scriptProblem, stepsPart, type Step } from "./steps";
import { composeUserData, USER_DATA_LIMIT, type Composed } from "./user-data";

/** What a machine is to do at boot, with everything known. */
export interface Boot {
  readonly image: Image;
  /** Who reaches the metadata service; everyone where it is undefined. */
  readonly reach: Reach | undefined;
  /** Whether the metadata service goes off at the end. */
  readonly bootOnly: boolean;
  readonly userData: {
    readonly files: readonly BootFile[];
    readonly cloudConfig: object | string | undefined;
    readonly scripts: readonly string[];
    readonly commands: readonly string[];
  };
}

/** User data that fits, or what is wrong with what it is made of. */
export interface RenderedBoot {
  readonly problems: readonly Mistake[];
  readonly userData: Exclude<Composed, { kind: "too-large" }> | undefined;
}

/** The user data of a machine. Same input, same bytes. */
export function renderBoot(boot: Boot): RenderedBoot {
  const problems = isWindows(boot.image) ? [] : linuxProblems(boot);
  if (problems.length > 0) return { problems, userData: undefined };
  const composed = isWindows(boot.image) ? powershell(boot) : composeUserData(linuxParts(boot));
  if (composed.kind !== "too-large") return { problems: [], userData: composed };
  return { problems: [{ property: "userData", reason: `${composed.problem}.` }], userData: undefined };
}

function linuxProblems({ userData: { files, cloudConfig, scripts } }: Boot): readonly Mistake[] {
  const ofConfig = typeof cloudConfig === "string" ? cloudConfigProblem(cloudConfig) : undefined;
  return [
    ...files.flatMap((file, index) =>
      fileProblems(file).map(({ path, message }) => mistake(`files[${String(index)}].${path}`, message)),
    ),
    ...(ofConfig === undefined ? [] : [mistake("cloudConfig", ofConfig)]),
    ...scripts.flatMap((script, index) => {
      const problem = scriptProblem(script);
      return problem === undefined ? [] : [mistake(`scripts[${String(index)}]`, problem)];
    }),
  ];
}

function mistake(property: string, reason: string): Mistake {
  return { property: `userData.${property}`, reason: `${reason}.` };
}

function linuxParts(boot: Boot): readonly BootPart[] {
  const { files, cloudConfig } = boot.userData;
  const off = boot.bootOnly ? bootOnlyParts() : { first: [], last: [] };
  const steps = stepsOf(boot);
  return [
    ...(boot.reach === undefined ? [] : lockdownParts(boot.reach)),
    ...off.first,
    ...(files.length === 0 ? [] : [filesPart(files)]),
    ...(cloudConfig === undefined ? [] : [settings(cloudConfig)]),
    ...(steps.length === 0 ? [] : [stepsPart(steps)]),
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
function powershell({ userData: { scripts, commands } }: Boot): Composed {
  const text = `<powershell>\n${[...scripts, ...commands].join("\n")}\n</powershell>\n`;
  const bytes = Buffer.from(text, "utf8");
  const over = bytes.length - USER_DATA_LIMIT;
  if (over <= 0) return { kind: "text", text, base64: bytes.toString("base64") };
  const problem = `user data is ${String(over)} bytes above the ${String(USER_DATA_LIMIT)} that EC2 takes: fetch large scripts from a bucket at boot`;
  return { kind: "too-large", over, problem };
}
