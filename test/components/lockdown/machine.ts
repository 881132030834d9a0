/**
 * A machine to run boot scripts on, made of namespaces: its own /etc, /run and programs in /usr/local/sbin, networks
 * around it, and something that answers where EC2's metadata service does. Nothing of the real machine is written to.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Place = "host" | "docker" | "apps";

/** Someone who asks at an address, over HTTP or, where there is a port, by a datagram. */
export interface Question {
  readonly user?: number;
  readonly address: string;
  readonly port?: number;
}

export class Machine {
  private readonly folder = mkdtempSync(join(tmpdir(), "lockdown-"));
  private readonly init: ChildProcess;
  private readonly pid: string;
  private readonly python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], {
    encoding: "utf8",
  }).trim();

  private constructor() {
    for (const name of ["console", "hops", "systemctl.log"]) writeFileSync(join(this.folder, name), "");
    for (const name of ["etc", "bin"]) mkdirSync(join(this.folder, name));
    // It ends with its input, that is with this process, and with it all that is in its namespaces.
    this.init = spawn("unshare", ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "cat"], {
      stdio: ["pipe", "ignore", "inherit"],
    });
    this.pid = childOf(String(this.init.pid));
  }

  /** A machine with a disk, and with what is around it; it is still off. */
  static async make(): Promise<Machine> {
    const machine = new Machine();
    try {
      await machine.furnish();
    } catch (error) {
      await machine.destroy();
      throw error;
    }
    return machine;
  }

  /** Switches it on: nothing is left of the last time but its disk. */
  start(): void {
    this.in([["rm", "-rf", "/run/imds-lockdown"]]);
    writeFileSync(join(this.folder, "console"), "");
    writeFileSync(join(this.folder, "systemctl.log"), "");
    this.network("machine");
  }

  connect(): void {
    this.network("interfaces");
  }

  private network(step: "outside" | "machine" | "interfaces"): void {
    this.in([["bash", join(__dirname, "network.sh"), step]]);
  }

  /** Runs a program, as root; answers its status and all that it wrote. */
  run(argv: readonly string[], place: Place | "imds" = "host", input = ""): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(
      "nsenter",
      ["-t", this.pid, "-m", "-p", "nsenter", `--net=/run/netns/${place}`, ...argv],
      { encoding: "utf8", input, env: { PATH: "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin" } },
    );
    return { status, output: stdout + stderr };
  }

  /** Runs a boothook as cloud-init does. */
  boothook(content: string): { status: number | null; output: string } {
    const file = join(this.folder, "boothook");
    writeFileSync(file, content);
    chmodSync(file, 0o700);
    return this.run([file]);
  }

  /** The commands of a unit on its disk. */
  unit(name: string, setting = "ExecStart"): { status: number | null; output: string } {
    const line = new RegExp(`^${setting}=-?(.+)$`, "m").exec(this.file(`/etc/systemd/system/${name}`));
    if (!line?.[1]) throw new Error(`${name} has no ${setting}`);
    return this.run(["sh", "-c", `exec ${line[1]}`]);
  }

  /** What becomes of each question. */
  ask(questions: readonly Question[], place: Place = "host"): string[] {
    const input = JSON.stringify(questions.map(({ user = 0, address, port = null }) => [user, address, port]));
    const output = execFileSync(
      "nsenter",
      ["-t", this.pid, "-m", "-p", "nsenter", `--net=/run/netns/${place}`, this.python, join(__dirname, "ask.py")],
      { encoding: "utf8", input },
    );
    return JSON.parse(output) as string[];
  }

  set hopLimit(hops: number) {
    writeFileSync(join(this.folder, "hops"), String(hops));
  }

  get console(): string {
    return readFileSync(join(this.folder, "console"), "utf8");
  }

  get systemctl(): string[] {
    return readFileSync(join(this.folder, "systemctl.log"), "utf8").trim().split("\n");
  }

  file(path: string): string {
    return this.run(["cat", path]).output;
  }

  write(path: string, text: string): void {
    this.run(["mkdir", "-p", dirname(path)]);
    this.run(["tee", path], "host", text);
  }

  addUser(name: string, id: number): void {
    const passwd = join(this.folder, "etc/passwd");
    writeFileSync(passwd, `${readFileSync(passwd, "utf8")}${name}:x:${String(id)}:${String(id)}::/:/bin/bash\n`);
  }

  /** Puts a program before the real one. */
  program(name: string, script: string): void {
    const file = join(this.folder, "bin", name);
    writeFileSync(file, `#!/bin/bash\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Takes such a program away again. */
  withdraw(name: string): void {
    rmSync(join(this.folder, "bin", name), { force: true });
  }

  /** Takes a program of the system away; `restore` brings all back. Answers the command that installs it. */
  remove(name: string): { readonly install: string } {
    const real = join(this.folder, "sbin");
    this.in([
      ["mkdir", "-p", real],
      ["mount", "--bind", "/usr/sbin", real],
      ["mount", "-t", "tmpfs", "tmpfs", "/usr/sbin"],
      ["find", real, "-mindepth", "1", "-not", "-name", name, "-exec", "ln", "-s", "-t", "/usr/sbin", "{}", "+"],
    ]);
    return { install: `ln -s ${join(real, name)} /usr/sbin/${name}` };
  }

  restore(): void {
    this.in([
      ["umount", "/usr/sbin"],
      ["umount", join(this.folder, "sbin")],
    ]);
  }

  async destroy(): Promise<void> {
    const ended = new Promise((resolve) => this.init.once("exit", resolve));
    this.init.kill("SIGKILL");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async furnish(): Promise<void> {
    const { folder } = this;
    this.program("systemctl", `echo "$*" >>${folder}/systemctl.log`);
    this.in([
      ["cp", "-a", "/etc/.", join(folder, "etc")],
      ["mount", "--bind", join(folder, "etc"), "/etc"],
      ["mount", "--bind", join(folder, "bin"), "/usr/local/sbin"],
      ["mount", "--bind", join(folder, "console"), "/dev/console"],
      ["mount", "-t", "tmpfs", "tmpfs", "/run"],
    ]);
    this.network("outside");
    await this.serve();
  }

  private in(commands: readonly (readonly string[])[]): void {
    for (const argv of commands) execFileSync("nsenter", ["-t", this.pid, "-m", "-p", ...argv], { stdio: "pipe" });
  }

  private async serve(): Promise<void> {
    const server = spawn(
      "nsenter",
      [
        "-t",
        this.pid,
        "-m",
        "-p",
        "nsenter",
        "--net=/run/netns/imds",
        this.python,
        join(__dirname, "imds.py"),
        join(this.folder, "hops"),
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve, reject) => {
      server.stdout.once("data", resolve);
      server.once("exit", reject);
    });
    server.stdout.destroy();
    server.unref();
  }
}

/** The process that `unshare` has started in the new namespaces, as soon as it is there. */
function childOf(pid: string): string {
  for (let tries = 0; tries < 200; tries++) {
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    if (child !== "" && readFileSync(`/proc/${child}/comm`, "utf8").trim() === "cat") return child;
    execFileSync("sleep", ["0.01"]);
  }
  throw new Error("The namespaces of the machine could not be made.");
}
