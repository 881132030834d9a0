import { rmSync } from "node:fs";
import { join } from "node:path";
import { bootOnlyParts } from "../../../components/boot/boot-only";
import type { BootPart } from "../../../components/boot/part";
import { composeUserData } from "../../../components/boot/user-data";
import { needTools } from "../tools";
import { World } from "./world";

const ID = "i-0123456789abcdef0";
const PINS = [
  "disk/etc/cloud/cloud.cfg.d/99-ec2-hardening-boot-only.cfg",
  `disk/var/lib/cloud/instances/${ID}/manual-clean`,
];

const worlds: World[] = [];
afterEach(() => worlds.splice(0).forEach((world) => world.end()));

const USER: BootPart = { name: "user.sh", kind: "script", content: "#!/bin/bash\necho user >>/world/log\n" };
const BOOT_ONLY = bootOnlyParts({ image: "al2023", patience: 5 });

function text(...parts: readonly BootPart[]): string {
  const composed = composeUserData(parts);
  if (composed.kind !== "text") throw new Error("these parts fit as they are");
  return composed.text;
}

/** A machine that cloud-init has booted once, whose endpoint is off. */
function booted(): World {
  needTools("cloud-init", "ssh-keygen");
  const machine = new World({ ipv6: true });
  worlds.push(machine);
  const status = machine.bootByCloudInit(text(...BOOT_ONLY.first, USER, ...BOOT_ONLY.last));
  if (status !== 0) throw new Error(machine.read("cloud-init-output"));
  return machine;
}

const OTHER = "i-0fedcba9876543210";

/** A machine that starts from an image of the one that has booted, after `cloud-init clean`. */
function ofCleanImage(userData: string): World {
  const machine = booted();
  machine.becomes(OTHER);
  rmSync(join(machine.folder, "disk/var/lib/cloud"), { recursive: true });
  machine.bootByCloudInit(userData);
  return machine;
}

function identity(machine: World): { id: string; key: string; runs: number } {
  return {
    id: machine.read("disk/var/lib/cloud/data/instance-id").trim(),
    key: machine.read("disk/etc/ssh/ssh_host_ed25519_key.pub"),
    runs: machine.log.filter((line) => line === "user").length,
  };
}

test("cloud-init runs the parts in their order, the one that turns the endpoint off as the last", () => {
  const machine = booted();
  expect(identity(machine)).toMatchObject({ id: ID, runs: 1 });
  const steps = machine.log.filter((line) => /^(?:user|aws|systemctl start)/.test(line));
  expect(steps.map((line) => line.split(" ")[0])).toEqual(["user", "systemctl", "aws"]);
  expect(machine.reach.machine.v4).toBe("403");
});

test("after a reboot it is the same machine to cloud-init, with the same host keys", () => {
  const machine = booted();
  const before = identity(machine);
  expect(machine.bootByCloudInit()).toBe(0);
  expect(identity(machine)).toEqual(before);
  expect(machine.reach.machine.v4).toBe("403");
});

test("without the pins it would be another one, with other host keys", () => {
  const machine = booted();
  const before = identity(machine);
  PINS.forEach((file) => machine.remove(file));
  machine.bootByCloudInit();
  expect(identity(machine).id).toBe("iid-datasource-none");
  expect(identity(machine).key).not.toBe(before.key);
});

test("where the cache is lost nevertheless, as by another version of Python, the host keys stay", () => {
  const machine = booted();
  const before = identity(machine);
  machine.write("disk/var/lib/cloud/data/python-version", "2.7");
  machine.bootByCloudInit();
  expect(identity(machine).key).toBe(before.key);
});

describe("a machine that starts from an image of it", () => {
  const METADATA = "disk/var/lib/ec2-hardening/metadata.env";

  test("after cloud-init clean: it turns off its own endpoint, and has its own metadata", () => {
    const machine = ofCleanImage(text(...BOOT_ONLY.first, USER, ...BOOT_ONLY.last));
    expect(identity(machine)).toMatchObject({ id: OTHER, runs: 1 });
    expect(machine.read(METADATA)).toContain(`EC2_INSTANCE_ID=${OTHER}\n`);
    expect(machine.log.filter((line) => line.startsWith("aws")).join()).toContain(`--instance-id ${OTHER} `);
    expect(machine.reach.machine).toEqual({ v4: "403", v6: "403" });
  });

  test("after cloud-init clean, one whose endpoint stays on keeps it", () => {
    const machine = ofCleanImage(text(USER));
    machine.bootAgain();
    expect(machine.log.filter((line) => line.startsWith("aws"))).toEqual([]);
    expect(machine.reach.machine).toEqual({ v4: "200", v6: "200" });
    expect(machine.console).toContain("made from an image of another one");
  });

  test("without it, the machine takes itself for the old one, and is closed", () => {
    const machine = booted();
    machine.becomes(OTHER);
    machine.write("aws", "denied\n");
    expect(machine.bootByCloudInit()).toBe(1);
    expect(identity(machine).id).toBe(ID);
    expect(machine.reach.machine).toEqual({ v4: "000", v6: "000" });
  });
});
