/**
 * A machine that boots user data: cloud-init's own code reads it and writes its files, and its scripts run for real in a
 * mount namespace with a /run, /var/lib, /etc and /dev/console of their own. Only AWS, systemd and package managers are
 * stand-ins, which note how they are called.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeUserData } from "../../../components/boot/user-data";
import type { BootPart } from "../../../components/boot/part";

/**
 * Boots as cloud-init does: files, packages, files that wait for those, then scripts in the order of their names, each also
 * after what failed (`/etc/cloud/cloud.cfg`). The program `packages` of the machine stands for their scripts.
 */
const BOOT = `
import base64, os, sys
from cloudinit import helpers, subp, user_data, util
from cloudinit.config.cc_write_files import write_files
from cloudinit.handlers.cloud_config import CloudConfigPartHandler

root, only_units = sys.argv[1], sys.argv[2] == "later"
paths = helpers.Paths({"cloud_dir": "/var/lib/cloud", "run_dir": "/run/cloud-init"})
message = user_data.UserDataProcessor(paths).process(base64.b64decode(open(root + "/user-data").read()))
merger = CloudConfigPartHandler(paths)
merger._reset()
scripts = "/var/lib/cloud/scripts"
os.makedirs(scripts, exist_ok=True)
os.makedirs("/var/lib/cloud/instance", exist_ok=True)
for part in message.walk():
    content, kind = util.fully_decoded_payload(part), part.get_content_type()
    if kind == "text/cloud-config":
        merger.handle_part(None, kind, part.get_filename(), content, None, dict(part))
    if kind == "text/x-shellscript":
        util.write_file(os.path.join(scripts, util.clean_filename(part.get_filename())), util.dos2unix(content), 0o700)
if only_units:
    os.execvp("systemctl", ["systemctl", "start", "ec2-hardening-secrets.service"])
files, failed = (merger.cloud_buf or {}).get("write_files") or [], False

def module(name, run):
    global failed
    try:
        run()
    except Exception as error:
        failed = True
        print("cloud-init:", name, error)

def write(name, deferred):
    module(name, lambda: write_files(name, [each for each in files if each.get("defer", False) == deferred], "root:root"))

write("write-files", False)
if os.path.exists(root + "/packages"):
    module("packages", lambda: subp.subp([root + "/packages"]))
write("write-files-deferred", True)
module("scripts-user", lambda: subp.runparts(scripts))
sys.exit(failed)
`;

const ENTER = `set -u
root=$1
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs /run
: > "$root/console"
[ -e /dev/console ] || : > /dev/console
mount --bind "$root/console" /dev/console
for folder in /var/lib /etc/systemd/system /etc/dnf /etc/apt /etc/needrestart /usr/local/sbin; do
  mkdir -p "$folder" "$root$folder"
  mount --bind "$root$folder" "$folder"
done
cp /etc/group "$root/group"
mount --bind "$root/group" /etc/group
shift
status=0
for what in "$@"; do
  if [ -x "$root/$what" ]; then "$root/$what"; else /usr/bin/python3 "$root/boot.py" "$root" "$what"; fi || status=$?
done > "$root/log" 2>&1
mkdir -p "$root/run" && cp -a /run/. "$root/run/"
exit "$status"
`;

/** Of systemd only what a service requires, and its conditions, which systemd itself judges. */
const STUB = `#!/bin/bash
service() {
  local unit=/etc/systemd/system/$1 text each
  [ -e "$unit" ] || return 0
  text=$(cat "$unit" "$unit".d/*.conf 2> /dev/null)
  for each in $(sed -n 's/^Requires=//p' <<< "$text"); do service "$each" || return 1; done
  while read -r each; do
    systemd-analyze condition "$each" > /dev/null 2>&1 || return 0
  done < <(grep '^Condition' <<< "$text")
  "$(sed -n 's/^ExecStart=//p' <<< "$text")"
}
name=$(basename "$0")
printf '%s\\n' "$name $*" >> "$MACHINE/calls"
[ "$name" != sleep ] || exit 0
if [ -e "$MACHINE/broken/$name" ]; then
  left=$(cat "$MACHINE/broken/$name")
  if [ "$left" -gt 0 ]; then echo "$((left - 1))" > "$MACHINE/broken/$name"; echo "$name: ThrottlingException" >&2; exit 254; fi
fi
case "$name $*" in
  "systemctl start "*) service "$2" ;;
  "systemctl --no-block restart "*) service "$3" ;;
  aws\\ *)
    arn="\${@: -1}"
    answer="$MACHINE/answers/\${arn//\\//_}"
    [ -e "$answer" ] || { echo "AccessDeniedException" >&2; exit 254; }
    cat "$answer"
    ;;
esac
`;

const PROGRAMS = ["aws", "systemctl", "sleep", "dnf", "apt-get", "unattended-upgrade", "snap"];

export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), "machine-"));

  constructor(base64: string) {
    for (const folder of ["stubs", "answers", "broken", "etc/dnf/vars"])
      mkdirSync(join(this.root, folder), { recursive: true });
    this.write("user-data", base64);
    this.write("boot.py", BOOT);
    this.write("enter", ENTER);
    this.write("calls", "");
    for (const program of PROGRAMS) this.program(`stubs/${program}`, STUB);
  }

  /** What AWS answers for a secret or a parameter. */
  answer(arn: string, answer: object): this {
    return this.write(`answers/${arn.replaceAll("/", "_")}`, JSON.stringify(answer));
  }

  /** A program fails so many times before it works. */
  breaks(program: string, times = 1000): this {
    return this.write(`broken/${program}`, String(times));
  }

  without(program: string): this {
    rmSync(join(this.root, "stubs", program));
    return this;
  }

  program(name: string, text: string): this {
    writeFileSync(join(this.root, name), text, { mode: 0o755 });
    return this;
  }

  private write(name: string, text: string): this {
    writeFileSync(join(this.root, name), text);
    return this;
  }

  /** Runs, in one boot: `first` the whole user data, `later` what a boot after the first one starts, others by name. */
  boot(...what: readonly string[]): { status: number | null; console: string; log: string; calls: string[] } {
    rmSync(join(this.root, "run"), { recursive: true, force: true });
    const run = spawnSync("unshare", ["-m", "bash", join(this.root, "enter"), this.root, ...what], {
      encoding: "utf8",
      env: { PATH: `${this.root}/stubs:/usr/sbin:/usr/bin:/sbin:/bin`, MACHINE: this.root },
    });
    if (run.error ?? run.stderr !== "") throw new Error(`unshare -m needs root: ${String(run.error ?? run.stderr)}`);
    return {
      status: run.status,
      console: this.read("console"),
      log: this.read("log"),
      calls: this.read("calls").trim().split("\n"),
    };
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Permissions, owner and group. */
  mode(path: string): string {
    const { mode, uid, gid } = statSync(join(this.root, path));
    return `${(mode & 0o7777).toString(8)} ${String(uid)} ${String(gid)}`;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const all: Machine[] = [];

/** A machine that boots parts, and is removed after the tests of the file. */
export function boots(...parts: readonly BootPart[]): Machine {
  const composed = composeUserData(parts);
  if (composed.kind === "too-large") throw new Error(composed.problem);
  return bootsUserData(composed.base64);
}

/** A machine that boots user data, given as base64. */
export function bootsUserData(base64: string): Machine {
  const machine = new Machine(base64);
  all.push(machine);
  return machine;
}

afterAll(() => all.forEach((machine) => machine.remove()));
