import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { patchingParts, rebootWindowProblems } from "../../../components/boot/patching";
import { isAmazonLinux } from "../../../components/plan/images";
import { stepsPart } from "../../../components/boot/steps";
import { IMAGES, LATER } from "./fixtures";
import { needTools } from "../tools";
import { boots } from "./machine";

const DONE = "systemctl disable --now ec2-hardening-updates.timer";
const WINDOW = { days: ["Sun"], start: "03:30", minutes: 30 } as const;

test.each(IMAGES.flatMap((image) => [[image, "security"] as const, [image, "all"] as const]))(
  "%s installs %s",
  (image, updates) => {
    const made = boots(...patchingParts({ updates, rebootWindow: WINDOW }, image));
    const { status, console, calls } = made.boot("first");
    expect({ status, console }).toEqual({ status: 0, console: "" });
    expect(calls).toContain("systemctl enable --now ec2-hardening-updates.timer ec2-hardening-reboot.timer");
    expect(made.boot("first")).toMatchObject({ status: 0 });
    expect(calls).toContain(DONE);
    if (isAmazonLinux(image)) {
      expect(made.read("etc/dnf/vars/releasever")).toBe("latest\n");
      expect(calls).toContain(updates === "security" ? "dnf upgrade -y --security" : "dnf upgrade -y");
      expect(calls).toContain("systemctl enable --now dnf-automatic-install.timer");
    } else {
      const settings = spawnSync("apt-config", ["-c", join(made.root, "etc/apt/apt.conf.d/60ec2-hardening"), "dump"], {
        encoding: "utf8",
      });
      expect(settings.stdout).toContain('APT::Periodic::Unattended-Upgrade "1"');
      expect(settings.stdout.includes("-updates")).toBe(updates === "all");
      expect(calls).toContain("unattended-upgrade ");
    }
  },
);

test.each([
  ["al2023", "dnf"],
  ["debian-12", "apt-get"],
  ["ubuntu-24.04", "unattended-upgrade"],
] as const)("%s says so where %s fails, runs its steps, and tries again each day until it works", (image, program) => {
  const made = boots(...patchingParts({ updates: "security" }, image), stepsPart([LATER])).breaks(program);
  const first = made.boot("first");
  expect(first.status).toBe(0);
  expect(first.console).toContain("ec2-hardening: updates: ");
  expect(first.calls).toContain("systemctl enable --now ec2-hardening-updates.timer");
  expect(first.calls).not.toContain(DONE);
  expect(made.has("var/lib/later")).toBe(true);

  made.program("daily", "#!/bin/bash\nsystemctl start ec2-hardening-updates.service\n");
  expect(made.boot("daily")).toMatchObject({ status: 1, log: expect.stringContaining("updates: ") as string });
  const works = made.breaks(program, 0).boot("daily");
  expect({ status: works.status, console: works.console }).toEqual({ status: 0, console: "" });
  expect(works.calls).toContain(DONE);
});

test.each(["al2023", "debian-12"] as const)("%s gives a repository without an answer few tries", (image) => {
  const { calls } = boots(...patchingParts({ updates: "all" }, image))
    .breaks(image === "al2023" ? "dnf" : "apt-get")
    .boot("first");
  expect(calls.filter((call) => /^(?:dnf|apt-get) /.test(call))).toHaveLength(2);
});

test("a lock that someone else holds is waited for", () => {
  expect(
    boots(...patchingParts({ updates: "security" }, "debian-12"))
      .breaks("unattended-upgrade", 2)
      .boot("first").status,
  ).toBe(0);
});

test.each(["debian-12", "ubuntu-22.04", "ubuntu-24.04"] as const)(
  "on %s needrestart leaves alone what installs updates, and restarts the services of the user",
  (image) => {
    needTools("perl");
    const made = boots(...patchingParts({ updates: "security", rebootWindow: WINDOW }, image));
    made.boot("first");
    const settings = made.read("etc/needrestart/conf.d/ec2-hardening.conf");
    // As needrestart reads its folder: each file is Perl, and of the patterns that match a unit one decides.
    const perl = `our %nrconf; local $/; eval <STDIN>; die $@ if $@; my $o = $nrconf{override_rc};
      for my $unit (@ARGV) { print scalar(grep { $unit =~ /$_/ && !$o->{$_} } keys %$o), "\\n" }`;
    const units = [
      "ec2-hardening-updates.service",
      "ec2-hardening-reboot.service",
      "cloud-final.service",
      "web.service",
    ];
    const { stdout, stderr } = spawnSync("perl", ["-e", perl, ...units], { encoding: "utf8", input: settings });
    expect([stderr, stdout.trim().split("\n")]).toEqual(["", ["1", "1", "1", "0"]]);
  },
);

test("without a window nothing restarts", () => {
  for (const image of IMAGES) {
    const made = boots(...patchingParts({ updates: "all" }, image));
    expect(made.boot("first").calls.join("\n")).not.toContain("reboot");
    expect(made.has("etc/systemd/system/ec2-hardening-reboot.timer")).toBe(false);
  }
});

test.each([
  ["al2023", "Reboot is required to fully utilize these updates.", 1, true],
  ["al2023", "Reboot should not be necessary.", 0, false],
  ["al2023", "Error: no such command", 1, false],
] as const)("in the window %s restarts only where it has to: %s", (image, says, status, restarts) => {
  const made = boots(...patchingParts({ updates: "security", rebootWindow: WINDOW }, image));
  made.boot("first");
  made.program("stubs/dnf", `#!/bin/bash\necho '${says}'\nexit ${String(status)}\n`);
  made.program("window", "#!/bin/bash\n/usr/local/sbin/ec2-hardening-reboot\n");
  const run = made.boot("window");
  expect(run.status).toBe(0);
  expect(run.calls.includes("systemctl reboot")).toBe(restarts);
});

test.each(["debian-12", "ubuntu-24.04"] as const)("in the window %s restarts where a package asks for it", (image) => {
  const made = boots(...patchingParts({ updates: "security", rebootWindow: WINDOW }, image));
  made.boot("first");
  made.program("window", "#!/bin/bash\n/usr/local/sbin/ec2-hardening-reboot\n");
  expect(made.boot("window").calls).not.toContain("systemctl reboot");
  made.program("asked", "#!/bin/bash\ntouch /run/reboot-required\n");
  expect(made.boot("asked", "window").calls).toContain("systemctl reboot");
});

test.each([
  [{ start: "03:30" }, []],
  [{ start: "23:59", days: ["Sat", "Sun"], minutes: 1440 }, []],
  [{ start: "3:30" }, ["at.start"]],
  [{ start: "24:00", days: [], minutes: 0 }, ["at.days", "at.start", "at.minutes"]],
  [{ start: "00:00", days: ["Sunday"], minutes: 1.5 }, ["at.days", "at.minutes"]],
])("the window %j", (given, expected) => {
  // Programs without types may write anything.
  expect(
    rebootWindowProblems("at", given as Parameters<typeof rebootWindowProblems>[1]).map((each) => each.property),
  ).toEqual(expected);
});
