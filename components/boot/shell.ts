/** What the shell scripts of the boot share. */
import type { BootPart } from "./part";

/** Written by the first part of the boot that fails, with what failed; parts that come later look for it and do nothing. */
const FAILED = "/run/ec2-hardening/failed";

/** Where scripts of the boot are kept: /run and /tmp may be mounted noexec. */
export const STATE = "/var/lib/ec2-hardening";

/**
 * What cloud-init keeps of this machine. A machine that starts from an image of another one has its own, as soon as cloud-init
 * runs, while everything else is the other's.
 */
export const INSTANCE = "/var/lib/cloud/instance";

/** One word of a shell script, whatever is in it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** `say WORDS` prints on the console (`aws ec2 get-console-output`) and to the log of cloud-init or of the unit. */
export const SAY = String.raw`say() {
  printf 'ec2-hardening: %s\n' "$*" >&2
  { printf 'ec2-hardening: %s\n' "$*" >> /dev/console; } 2> /dev/null || true
}`;

/** `fail WORDS` says so, marks the boot as failed and ends the script. Needs `say`. */
export const FAIL = String.raw`fail() {
  say "FAILED: $*"
  mkdir -p /run/ec2-hardening
  printf '%s\n' "$*" >> ${FAILED}
  exit 1
}`;

/**
 * `retry COMMAND` runs it again for four minutes, or `tries` times: mirrors fail, and others hold the locks of package
 * managers at boot.
 */
export const RETRY = `retry() {
  local attempt
  for ((attempt = 1; attempt < \${tries:-8}; attempt++)); do
    "$@" && return
    sleep "$((2 ** attempt))"
  done
  "$@"
}`;

/** The start of a script that stops at the first failure, and says on the console what that was. */
export function strictScript(name: string, purpose: string): string {
  return [
    `#!/bin/bash\n# Made by ec2-hardening: ${purpose}.\nset -eEuo pipefail`,
    SAY,
    FAIL,
    `trap 'fail "${name}: line $LINENO ended with status $?"' ERR`,
  ].join("\n\n");
}

/** A part that runs once: it does nothing where an earlier part has failed. */
export function scriptPart(name: string, purpose: string, ...blocks: readonly string[]): BootPart {
  const guard = `[ ! -e ${FAILED} ] || fail "${name}: not done, since an earlier part of the boot failed"`;
  return { name, kind: "script", content: `${[strictScript(name, purpose), guard, ...blocks].join("\n\n")}\n` };
}
