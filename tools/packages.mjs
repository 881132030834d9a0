// The programs of the system that tests run real scripts, firewalls and pages with. Missing ones are installed where that
// is possible; else the tests that need them fail and say so.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Debian's packages, by a program of each. */
const PACKAGES = {
  "cloud-init": "cloud-init",
  chromium: "chromium",
  curl: "curl",
  git: "git",
  ip: "iproute2",
  jq: "jq",
  nft: "nftables",
  nsenter: "util-linux",
  python3: "python3",
  shellcheck: "shellcheck",
  "ssh-keygen": "openssh-client",
  "systemd-analyze": "systemd",
};

const missing = Object.keys(PACKAGES).filter((program) => !isThere(program));
if (missing.length > 0) {
  const names = missing.map((program) => PACKAGES[program]);
  const isPossible = process.getuid?.() === 0 && isThere("apt-get");
  console.error(`${isPossible ? "installing" : "tests that need them will fail; install"}: ${names.join(", ")}`);
  if (isPossible) {
    apt("update");
    apt("install", "--yes", "--no-install-recommends", ...names);
  }
}

function isThere(program) {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(`${folder}/${program}`));
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", 2] });
  if (status !== 0) console.error(`apt-get ${args.join(" ")} failed: tests that need these programs will say so.`);
}
