/** Updates: at the first boot, then daily, with restarts only in a window that is given. */
import { isAmazonLinux, type AmazonLinuxImage, type LinuxImage } from "../plan/images";
import { problemsIn, type Problem } from "../plan/problems";
import { filesPart, type BootFile } from "./files";
import type { BootPart } from "./part";
import { scriptPart, RETRY, SAY } from "./shell";

/** When a machine may restart for updates that need it. */
export interface RebootWindow {
  /**
   * Days of the week.
   * @default every day
   */
  readonly days?: readonly Day[] | undefined;
  /** When it begins, as `HH:MM` in UTC. */
  readonly start: string;
  /**
   * Its length in minutes: machines of a fleet restart at different times in it.
   * @default 60
   */
  readonly minutes?: number | undefined;
}

export type Day = "Mon" | "Tue" | "Wed" | "Thu" | "Fri" | "Sat" | "Sun";

/** How a machine is kept up to date. */
export interface Patching {
  /** Security updates, or all of them. */
  readonly updates: "security" | "all";
  /**
   * When it may restart.
   * @default never: a new kernel then waits for a restart by hand
   */
  readonly rebootWindow?: RebootWindow | undefined;
}

const DAYS: readonly string[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** What is wrong with a window that is given as `at`. */
export function rebootWindowProblems(at: string, { days, start, minutes = 60 }: RebootWindow): Problem[] {
  return problemsIn(at, [
    [
      "days",
      days === undefined || (days.length > 0 && days.every((day) => DAYS.includes(day))),
      `write days, such as ["Sat", "Sun"].`,
    ],
    ["start", /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(start), `write hours and minutes in UTC, such as "03:30".`],
    [
      "minutes",
      Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440,
      "write a number of minutes from 1 to 1440.",
    ],
  ]);
}

/**
 * Parts that install updates now and from now on. A machine whose updates cannot be had, such as one in a network without a
 * way out, says so and boots on: it is no worse than its image, and without its application it is of no use.
 */
export function patchingParts(patching: Patching, image: LinuxImage): BootPart[] {
  const updater = isAmazonLinux(image) ? dnf(patching.updates) : apt(patching.updates, image);
  const { rebootWindow } = patching;
  const reboot = rebootWindow ? rebootFiles(rebootWindow, updater.needsReboot) : [];
  const timers = [`${FIRST}.timer`, ...(rebootWindow ? [`${REBOOT}.timer`] : [])];
  return [
    filesPart([...updater.files, ...firstFiles(updater.commands), ...reboot], "updates-settings"),
    scriptPart(
      "updates",
      "installs updates",
      [
        "systemctl daemon-reload",
        `systemctl enable --now ${timers.join(" ")}`,
        `systemctl start ${FIRST}.service || say "updates: not at this boot, journalctl -u ${FIRST} says why"`,
      ].join("\n"),
    ),
  ];
}

const FIRST = "ec2-hardening-updates";

/** What installs updates for the first time, and what the distribution then installs them by: each day until it is done. */
function firstFiles(commands: readonly string[]): BootFile[] {
  const program = `/usr/local/sbin/${FIRST}`;
  const late = String.raw`late() {
  say "updates: $*, which is tried again each day"
  exit 1
}`;
  const done = `systemctl disable --now ${FIRST}.timer`;
  return [
    {
      path: program,
      permissions: "0755",
      content: `#!/bin/bash\n# Made by ec2-hardening: installs updates.\nset -uo pipefail\n\n${[SAY, RETRY, late, [...commands, done].join("\n")].join("\n\n")}\n`,
    },
    {
      path: `/etc/systemd/system/${FIRST}.service`,
      content: `[Unit]\nDescription=Install updates for the first time (ec2-hardening)\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=oneshot\nExecStart=${program}\n`,
    },
    {
      path: `/etc/systemd/system/${FIRST}.timer`,
      content: `[Unit]\nDescription=Updates that could not be installed (ec2-hardening)\n\n[Timer]\nOnCalendar=daily\nRandomizedDelaySec=12h\n\n[Install]\nWantedBy=timers.target\n`,
    },
  ];
}

/** Two minutes without an answer: health checks of load balancers wait for what comes after it. */
const REACHES = "tries=2 retry timeout 60";

interface Updater {
  readonly files: readonly BootFile[];
  /** Lines of a script that has `retry` and `late`, which ends it: first what shows whether updates can be fetched. */
  readonly commands: readonly string[];
  /** A condition of the shell. */
  readonly needsReboot: string;
}

/**
 * An image of Amazon Linux 2023 is locked to the repositories of its day, where there never is an update: `latest` as
 * releasever unlocks it for good (AL2023 User Guide, "Using persistent override with deterministic upgrade").
 */
function dnf(updates: Patching["updates"]): Updater {
  const type = updates === "security" ? "security" : "default";
  return {
    files: [
      { path: "/etc/dnf/vars/releasever", content: "latest\n" },
      {
        path: "/etc/dnf/automatic.conf",
        content: `[commands]\nupgrade_type = ${type}\nrandom_sleep = 0\ndownload_updates = yes\napply_updates = yes\n\n[emitters]\nemit_via = stdio\n`,
      },
    ],
    commands: [
      `${REACHES} dnf -q makecache || late "the repositories cannot be reached"`,
      `retry dnf upgrade -y${updates === "security" ? " --security" : ""} || late "they cannot be installed"`,
      `retry dnf install -y dnf-automatic dnf-plugins-core || late "dnf-automatic cannot be installed"`,
      `systemctl enable --now dnf-automatic-install.timer || late "dnf-automatic cannot be started"`,
    ],
    // The exit status is 1 for failures as well (dnf-plugins-core, needs_restarting.py).
    needsReboot: `[[ $(LC_ALL=C dnf needs-restarting --reboothint || true) == *"Reboot is required"* ]]`,
  };
}

type DebianImage = Exclude<LinuxImage, AmazonLinuxImage>;

/** Origins that are not for security, beside those of the package's own settings. */
const ORIGINS: Readonly<Record<DebianImage, string>> = {
  "ubuntu-22.04": 'Unattended-Upgrade::Allowed-Origins:: "${distro_id}:${distro_codename}-updates";',
  "ubuntu-24.04": 'Unattended-Upgrade::Allowed-Origins:: "${distro_id}:${distro_codename}-updates";',
  "debian-12": 'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename}-updates";',
};

/**
 * Ubuntu 24.04 restarts services whose libraries have changed, in the middle of what installs them: of such services its own
 * settings know only apt's (needrestart, "needrestart.conf").
 */
const NEEDRESTART = `# Made by ec2-hardening: what installs updates is not restarted by them.
$nrconf{override_rc}{qr(^ec2-hardening-)} = 0;
$nrconf{override_rc}{qr(^cloud-final)} = 0;
`;

function apt(updates: Patching["updates"], image: DebianImage): Updater {
  const settings = [
    'APT::Periodic::Update-Package-Lists "1";',
    'APT::Periodic::Unattended-Upgrade "1";',
    // The window is the timer's.
    'Unattended-Upgrade::Automatic-Reboot "false";',
    ...(updates === "all" ? [ORIGINS[image]] : []),
  ];
  const apt = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300";
  return {
    files: [
      { path: "/etc/apt/apt.conf.d/60ec2-hardening", content: `${settings.join("\n")}\n` },
      { path: "/etc/needrestart/conf.d/ec2-hardening.conf", content: NEEDRESTART },
    ],
    commands: [
      // Without that mode, lists that could not be fetched are only warned of.
      `${REACHES} ${apt} -o APT::Update::Error-Mode=any update || late "the lists of packages cannot be fetched"`,
      `retry ${apt} install -y unattended-upgrades || late "unattended-upgrades cannot be installed"`,
      `retry unattended-upgrade || late "they cannot be installed"`,
      `systemctl enable --now apt-daily.timer apt-daily-upgrade.timer || late "apt's timers cannot be started"`,
    ],
    needsReboot: "[ -e /run/reboot-required ]",
  };
}

const REBOOT = "ec2-hardening-reboot";

function rebootFiles({ days, start, minutes = 60 }: RebootWindow, needed: string): BootFile[] {
  const program = `/usr/local/sbin/${REBOOT}`;
  const on = days ? `${DAYS.filter((day) => days.some((each) => each === day)).join(",")} ` : "";
  return [
    {
      path: program,
      permissions: "0755",
      content: `#!/bin/bash\n# Made by ec2-hardening: restarts the machine where updates wait for it.\nset -euo pipefail\nif ${needed}; then systemctl reboot; fi\n`,
    },
    {
      path: `/etc/systemd/system/${REBOOT}.service`,
      content: `[Unit]\nDescription=Restart where updates need it (ec2-hardening)\n\n[Service]\nType=oneshot\nExecStart=${program}\n`,
    },
    {
      path: `/etc/systemd/system/${REBOOT}.timer`,
      content: `[Unit]\nDescription=Window for restarts (ec2-hardening)\n\n[Timer]\nOnCalendar=${on}*-*-* ${start}:00 UTC\nRandomizedDelaySec=${String(minutes)}min\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n`,
    },
  ];
}
