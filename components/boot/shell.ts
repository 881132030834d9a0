/** What the shell scripts of the boot share. */

/** Written by the first part of the boot that fails, with what failed; parts that come later look for it and do nothing. */
export const FAILED = "/run/ec2-hardening/failed";

/** Where scripts of the boot are kept: /run and /tmp may be mounted noexec. */
export const STATE = "/var/lib/ec2-hardening";

/** One word of a shell script, whatever is in it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * `say WORDS` prints on the console (`aws ec2 get-console-output`) and to the log of cloud-init or of the unit;
 * `fail WORDS` also marks the boot as failed and ends the script.
 */
export const SAY = String.raw`say() {
  printf 'ec2-hardening: %s\n' "$*" >&2
  { printf 'ec2-hardening: %s\n' "$*" > /dev/console; } 2> /dev/null || true
}

fail() {
  say "FAILED: $*"
  mkdir -p /run/ec2-hardening
  printf '%s\n' "$*" >> /run/ec2-hardening/failed
  exit 1
}`;
