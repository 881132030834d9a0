/** A machine of namespaces: its own disk, network, metadata service and container (world/boot.sh). */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BootPart } from "../../../components/boot/part";
import { needTools } from "../tools";

const HERE = join(__dirname, "world");
const V4 = "http://169.254.169.254";
const V6 = "http://[fd00:ec2::254]";

/** What the call of EC2 does: works at once, later, the second time; is denied; is accepted without an effect. */
export type Call = "works" | "later" | "second" | "denied" | "ignored";

/** HTTP status that each gets from IMDS: 200 open, 403 off, 000 no answer. */
export type Reach = Readonly<Record<"machine" | "container", Readonly<Record<"v4" | "v6", string>>>>;

/** A machine of EC2 as cloud-init sees it, and what of cloud-init is run: host keys of SSH, and scripts of user data. */
const UUID = "ec2e1916-9099-7caf-fd21-012345abcdef\n";
const CLOUD_INIT: Readonly<Record<string, string>> = {
  "sys/class/dmi/id/product_uuid": UUID,
  "sys/class/dmi/id/product_serial": UUID,
  "sys/class/dmi/id/sys_vendor": "Amazon EC2\n",
  "etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
  "etc/group": "root:x:0:\nadm:x:4:\n",
  "etc/ssh/sshd_config": "",
  "etc/cloud/cloud.cfg": JSON.stringify({
    datasource_list: ["Ec2", "None"],
    datasource: { Ec2: { max_wait: 5, timeout: 2 } },
    network: { config: "disabled" },
    ssh_genkeytypes: ["ed25519"],
    cloud_init_modules: ["ssh"],
    cloud_config_modules: [],
    cloud_final_modules: ["scripts-user"],
    system_info: { distro: "debian", paths: { cloud_dir: "/var/lib/cloud/" } },
  }),
};

export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "boot-only-"));

  constructor({ call = "works", ipv6 = false }: { call?: Call; ipv6?: boolean } = {}) {
    needTools("unshare", "nsenter", "chroot", "ip", "nft", "curl", "python3");
    cpSync(join(HERE, "stubs"), join(this.folder, "stubs"), { recursive: true });
    this.write("aws", `${call}\n`);
    this.write("log", "");
    this.write("id", "i-0123456789abcdef0");
    if (ipv6) this.write("has-ipv6", "");
    // What cloud-init keeps of the instance: its data source.
    mkdirSync(join(this.folder, "disk/var/lib/cloud/instance"), { recursive: true });
    this.write("disk/var/lib/cloud/instance/obj.pkl", "what cloud-init knows");
  }

  /** A first boot: the parts run in their order, also after one that failed, as cloud-init runs scripts. */
  boot(parts: readonly BootPart[]): number {
    const lines = parts.flatMap(({ name, content }, index) => {
      const file = `part-${String(index)}`;
      this.write(file, content);
      return [`echo 'part ${name}' >>/world/log`, `bash /world/${file} || failed=1`];
    });
    return this.run([...lines, 'exit "${failed:-0}"']);
  }

  /** A later boot: cloud-init runs none of the scripts again, systemd its units. */
  bootAgain(): number {
    return this.run(["systemctl boot"]);
  }

  /** A boot by cloud-init itself, which reads user data from IMDS if it can, and then by systemd. */
  bootByCloudInit(userData?: string): number {
    if (userData !== undefined) {
      this.write("user-data", userData);
      for (const [file, text] of Object.entries(CLOUD_INIT)) {
        mkdirSync(join(this.folder, "disk", dirname(file)), { recursive: true });
        this.write(join("disk", file), text);
      }
      rmSync(join(this.folder, "disk/var/lib/cloud/instance"), { recursive: true, force: true });
      this.stub("systemd-detect-virt", "exit 1");
    }
    const stages = ["init --local", "init", "modules --mode=final"];
    const lines = stages.map((stage) => `cloud-init ${stage} >>/world/cloud-init-output 2>&1 || failed=1`);
    return this.run([
      ...lines,
      ...(userData === undefined ? ["systemctl boot || failed=1"] : []),
      'exit "${failed:-0}"',
    ]);
  }

  /** From here on it is a new machine, which starts from an image of the old one. */
  becomes(id: string): void {
    this.write("id", id);
    this.write("log", "");
    this.remove("off");
  }

  /** Puts a program before those of the system. */
  stub(program: string, line: string): void {
    this.write(`stubs/${program}`, `#!/bin/bash\n${line}\n`);
    chmodSync(join(this.folder, "stubs", program), 0o755);
  }

  private run(lines: readonly string[]): number {
    this.write("run.sh", [...lines, ""].join("\n"));
    const options = ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
    const { status, stderr } = spawnSync("unshare", [...options, "bash", join(HERE, "boot.sh"), this.folder], {
      encoding: "utf8",
      // cloud-init takes a machine for a container by the environment of its first process.
      env: { PATH: process.env["PATH"], HOME: "/root" },
    });
    if (!existsSync(join(this.folder, "reach"))) throw new Error(`the machine did not boot: ${stderr}`);
    return status ?? -1;
  }

  /** What happened, a line each: parts, calls of systemctl and aws, requests of IMDS. */
  get log(): readonly string[] {
    return this.read("log").trimEnd().split("\n");
  }

  get console(): string {
    return this.read("console");
  }

  /** Who reached IMDS at the end of the last boot. */
  get reach(): Reach {
    const of = (who: string, address: string): string =>
      this.read("reach")
        .split("\n")
        .find((line) => line.startsWith(`${who} ${address} `))
        ?.slice(-3) ?? "none";
    const both = (who: string): { v4: string; v6: string } => ({ v4: of(who, V4), v6: of(who, V6) });
    return { machine: both("machine"), container: both("container") };
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  remove(file: string): void {
    rmSync(join(this.folder, file));
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  /** Permissions of a file, in octal, and its owner. */
  mode(file: string): string {
    const { mode, uid } = statSync(join(this.folder, file));
    return `${(mode & 0o777).toString(8)} ${String(uid)}`;
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
