/** Whether user data patches the machine: updates at boot, or a service that installs them. */
import { parseToml } from "./bottlerocket";
import { bootOf, type Boot, type Command, type Script } from "./boot";
import { runBy } from "./code-actions";
import { perObject } from "../memo";
import type { Language } from "./metadata/statements";
import type { Decoded, Part } from "./parts";
import { isRecord, listOf, parseYaml } from "./yaml";

/** Whether user data patches the machine; undefined where the text does not show everything that boot does. */
export const patches = perObject((decoded: Decoded): boolean | undefined => {
  const boot = bootOf(decoded);
  const found =
    boot.commands.some((command) => updates(command) || enables(command, boot)) ||
    boot.parts.some(configures) ||
    boot.files.some(turnsOn) ||
    boot.scripts.some(updatesWindows);
  return found || (boot.complete ? false : undefined);
});

/** Whether a command updates everything that is installed, without asking. */
function updates({ program, words, isPiped }: Command): boolean {
  const args = words.slice(1);
  const manager = MANAGERS.find(([name]) => name.test(program))?.[1];
  if (!manager) return updatesWithout(program, args.join(" "));
  const operands = args.filter((word, index) => !word.startsWith("-") && !TAKES_VALUE.test(args[index - 1] ?? ""));
  const answers = isPiped || manager.silent === undefined || args.some((word) => manager.silent?.test(word));
  if (args.some((word) => manager.only.test(word))) return false;
  return manager.verbs.test(operands[0] ?? "") && operands.slice(1).every((word) => ALL.test(word)) && answers;
}

interface Manager {
  readonly verbs: RegExp;
  /** Options without which it asks, and ends unanswered. */
  readonly silent: RegExp | undefined;
  /** Options with which it installs nothing. */
  readonly only: RegExp;
}

const ONLY_LOOKS =
  /^--(?:dry-run|simulate|just-print|recon|no-act|download-?only|assumeno|test|print-uris)$|^--setopt=tsflags=test$/;

const MANAGERS: readonly (readonly [RegExp, Manager])[] = [
  [
    /^(?:yum|dnf[45]?|microdnf|tdnf)$/,
    {
      verbs: /^(?:update|upgrade|update-minimal|upgrade-minimal|distro-sync|distribution-synchronization)$/,
      silent: /^-[a-z]*y|^--assumeyes$|^--setopt=assumeyes=(?:1|true|yes)$/i,
      only: ONLY_LOOKS,
    },
  ],
  [
    /^(?:apt|apt-get|aptitude)$/,
    {
      verbs: /^(?:upgrade|dist-upgrade|full-upgrade|safe-upgrade)$/,
      silent: /^-[a-z]*y|^--(?:yes|assume-yes|force-yes)$|^-qq/,
      only: new RegExp(`${ONLY_LOOKS.source}|^-[a-z]*[sd][a-z]*$`),
    },
  ],
  [
    /^zypper$/,
    {
      verbs: /^(?:up|update|patch|dup|dist-upgrade)$/,
      silent: /^-n$|^-y$|^--(?:non-interactive|no-confirm)$/,
      only: new RegExp(`${ONLY_LOOKS.source}|^-[dD]$`),
    },
  ],
  [/^apk$/, { verbs: /^upgrade$/, silent: undefined, only: new RegExp(`${ONLY_LOOKS.source}|^-s$`) }],
  [/^pkg$/, { verbs: /^upgrade$/, silent: /^-[a-z]*y|^--yes$/, only: new RegExp(`${ONLY_LOOKS.source}|^-[nF]$`) }],
  [/^rpm-ostree$/, { verbs: /^(?:upgrade|update)$/, silent: undefined, only: /^--(?:check|preview|download-only)$/ }],
];

/** Options of package managers whose value is the next word. */
const TAKES_VALUE =
  /^(?:-o|-c|-x|-t|-d|-e|--exclude|--enablerepo|--disablerepo|--releasever|--setopt|--target-release|--option|--sec-severity|--advisory)$/;
const ALL = /^["']?\*["']?$/;

/** Programs that update everything when they are called so. */
const UPDATERS: readonly (readonly [program: RegExp, args: RegExp])[] = [
  [/^unattended-upgrades?$/, /^(?!.*--dry-run)/],
  [/^(?:dnf-automatic|dnf5)$/, /(?:^|\s)--installupdates\b/],
  [/^pacman$/, /^-Syy?u.*--noconfirm|--noconfirm.*-Syy?u/],
  [/^softwareupdate$/, /(?:^|\s)(?:-\w*i\w*a|--install\s.*(?:--all|-a)|-i\s.*(?:-a|--all|-r|--recommended))/],
  [/^freebsd-update$/, /\binstall\b/],
  [/^apiclient$/, /^update apply\b/],
];

function updatesWithout(program: string, args: string): boolean {
  return UPDATERS.some(([name, needed]) => name.test(program) && needed.test(args));
}

/** Whether a command makes a service install updates from now on. */
function enables({ program, words }: Command, boot: Boot): boolean {
  const line = words.slice(1).join(" ");
  if (/^(?:apt|apt-get|aptitude)$/.test(program)) return /\binstall\b.*\bunattended-upgrades\b/.test(line);
  if (program === "dpkg-reconfigure") return /\bunattended-upgrades\b/.test(line);
  if (!/^(?:systemctl|service|chkconfig)$/.test(program)) return false;
  if (/^(?:--\S+\s)*(?:disable|stop|mask|status|is-)/.test(line)) return false;
  if (/\b(?:dnf|dnf5|tdnf)-automatic-install\.timer\b|\bunattended-upgrades\b/.test(line)) return true;
  // These do what their configuration says, which is to look for updates only (dnf-automatic(8)).
  return /\b(?:dnf|dnf5|tdnf)-automatic\.timer\b|\byum-cron\b/.test(line) && appliesUpdates(boot);
}

function appliesUpdates({ commands, files }: Boot): boolean {
  const texts = [...commands.map(({ words }) => words.join(" ")), ...files.map(({ text }) => text)];
  return texts.some((text) => /\bapply_updates\b\s{0,9}=\s{0,9}(?:yes|true|1|on)\b/i.test(text));
}

/** Settings of apt that run unattended-upgrades every so many days. */
function turnsOn({ place, text }: Boot["files"][number]): boolean {
  return (
    /^\/etc\/apt\/apt\.conf(?:\.d\/|$)/.test(place) &&
    /^\s{0,20}APT::Periodic::Unattended-Upgrade\s{1,9}"(?!0")/m.test(text)
  );
}

function configures({ kind, text, file }: Part): boolean {
  if (file) return false;
  if (kind === "cloud-config") return configuresCloudInit(parseYaml(text));
  return kind === "toml" && configuresBottlerocket(parseToml(text)?.["settings"]);
}

/** cloud-init, "Package Update Upgrade Install": an upgrade updates the index by itself; the update alone installs nothing. */
function configuresCloudInit(config: unknown): boolean {
  if (!isRecord(config)) return false;
  if (["package_upgrade", "apt_upgrade"].some((key) => isOn(config[key]))) return true;
  // Of Amazon Linux, which has other words for how much.
  if (/^(?:all|security|bugfix|critical|important)$/.test(String(config["repo_upgrade"]))) return true;
  return listOf(config["packages"]).some((each) => each === "unattended-upgrades");
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === "string" && /^(?:true|1|on|yes)$/i.test(value)) || value === 1;
}

/** The label by which Bottlerocket's update operator chooses its nodes. */
const UPDATER_LABEL = "bottlerocket.aws/updater-interface-version";

function configuresBottlerocket(settings: unknown): boolean {
  const kubernetes = isRecord(settings) ? settings["kubernetes"] : undefined;
  const labels = isRecord(kubernetes) ? kubernetes["node-labels"] : undefined;
  return isRecord(labels) && Object.hasOwn(labels, UPDATER_LABEL);
}

function updatesWindows({ text, reading }: Script): boolean {
  return runBy(text, reading as Language).some((line) => WINDOWS_UPDATES.some((mark) => mark.test(line)));
}

const WINDOWS_UPDATES: readonly RegExp[] = [
  /\b(?:Install-WindowsUpdate|Get-WUInstall|Install-WUUpdates|Install-AUUpdates)\b/i,
  /\bGet-W(?:indows)?U(?:pdate)?\b.*\s-Install\b/i,
  /\bUsoClient(?:\.exe)?\s+(?:StartInstall|ScanInstallWait)\b/i,
  /\bwuauclt(?:\.exe)?\s+.*\/updatenow\b/i,
  /\bCreateUpdateInstaller\b/i,
  /\bAUOptions\b.*\b4\b/i,
];
