/** Updates: at the first boot, then daily, with restarts only in a window that is given. */
import { cloudConfigPart } from "./files";
import type { BootPart } from "./part";
import { mistakesIn, scriptPart, RETRY, type LinuxImage, type Mistake } from "./shell";

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
export function rebootWindowMistakes(at: string, { days, start, minutes = 60 }: RebootWindow): Mistake[] {
  return mistakesIn(at, [
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

/** Parts that install updates now and from now on. */
export function patchingParts(patching: Patching, image: LinuxImage): BootPart[] {
  const updater = image === "al2023" ? dnf(patching.updates) : apt(patching.updates, image);
  const { rebootWindow } = patching;
  const reboot = rebootWindow ? rebootFiles(rebootWindow, updater.needsReboot) : [];
  return [
    cloudConfigPart("updates-settings", { write_files: [...updater.files, ...reboot].map(written) }),
    scriptPart(
      "updates",
      "installs updates",
      RETRY,
      [
        ...updater.commands,
        ...(rebootWindow ? ["systemctl daemon-reload", `systemctl enable --now ${REBOOT}.timer`] : []),
      ].join("\n"),
    ),
  ];
}

interface TextFile {
  readonly path: string;
  readonly content: string;
  readonly permissions?: string;
}

function written({ path, content, permissions = "0644" }: TextFile): object {
  return { path, owner: "root:root", permissions, content };
}

interface Updater {
  readonly files: readonly TextFile[];
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
      `retry dnf upgrade -y${updates === "security" ? " --security" : ""} || fail "updates: cannot be installed"`,
      `retry dnf install -y dnf-automatic dnf-plugins-core || fail "updates: dnf-automatic cannot be installed"`,
      "systemctl enable --now dnf-automatic-install.timer",
    ],
    // The exit status is 1 for failures as well (dnf-plugins-core, needs_restarting.py).
    needsReboot: `[[ $(LC_ALL=C dnf needs-restarting --reboothint || true) == *"Reboot is required"* ]]`,
  };
}

/** Origins that are not for security, beside those of the package's own settings. */
const ORIGINS: Readonly<Record<Exclude<LinuxImage, "al2023">, string>> = {
  "ubuntu-22.04": 'Unattended-Upgrade::Allowed-Origins:: "${distro_id}:${distro_codename}-updates";',
  "ubuntu-24.04": 'Unattended-Upgrade::Allowed-Origins:: "${distro_id}:${distro_codename}-updates";',
  "debian-12": 'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename}-updates";',
};

function apt(updates: Patching["updates"], image: Exclude<LinuxImage, "al2023">): Updater {
  const settings = [
    'APT::Periodic::Update-Package-Lists "1";',
    'APT::Periodic::Unattended-Upgrade "1";',
    // The window is the timer's.
    'Unattended-Upgrade::Automatic-Reboot "false";',
    ...(updates === "all" ? [ORIGINS[image]] : []),
  ];
  const apt = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300";
  return {
    files: [{ path: "/etc/apt/apt.conf.d/60ec2-hardening", content: `${settings.join("\n")}\n` }],
    commands: [
      `retry ${apt} update || fail "updates: the lists of packages cannot be fetched"`,
      `retry ${apt} install -y unattended-upgrades || fail "updates: unattended-upgrades cannot be installed"`,
      `retry unattended-upgrade || fail "updates: cannot be installed"`,
      "systemctl enable --now apt-daily.timer apt-daily-upgrade.timer",
    ],
    needsReboot: "[ -e /run/reboot-required ]",
  };
}

const REBOOT = "ec2-hardening-reboot";

function rebootFiles({ days, start, minutes = 60 }: RebootWindow, needed: string): TextFile[] {
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
