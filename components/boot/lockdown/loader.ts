/** The program that loads the rules. */
import { V4, V6 } from "../imds";
import { TABLE, USERS, type Reach } from "./rules";
import { PLACES } from "./units";

/** The user of EC2 Instance Connect, which many images do not have (AWS, "Install EC2 Instance Connect"). */
const CONNECT = "ec2-instance-connect";

/** Of the rules that stand in for nftables; before those of the VPC CNI (512) and of ec2-net-utils (10000). */
const PRIORITY = 100;

export function loader({ users }: Reach): string {
  const isByUser = users !== undefined;
  const named = [...new Set(["root", CONNECT, ...(users ?? [])])];
  return `#!/bin/bash
# Loads ${PLACES.rules}; run it again at any time. What holds is in /run/imds-lockdown/status.
set -u
export PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
state=/run/imds-lockdown
mkdir -p "$state"
exec 9>"$state/lock"
flock 9

# Says on the console what is new.
say() {
  if [ "$*" != "$(cat "$state/status" 2>/dev/null)" ]; then
    echo "$*" >"$state/status"
    echo "imds-lockdown: $*" >&2
    { echo "imds-lockdown: $*" >>/dev/console; } 2>/dev/null
  fi
}
${isByUser ? byUser(named) : FORWARDED}
# Where nftables does not work, routing does: ${isByUser ? "root" : "the host"} passes, nobody else.
block() {
  for family in -4 -6; do
    if [ $family = -4 ]; then address=${V4}; else address=${V6}; fi
    ip $family rule del pref ${String(PRIORITY + 1)} to $address prohibit 2>/dev/null
    ip $family rule del pref ${String(PRIORITY)} to $address iif lo ${isByUser ? "uidrange 0-0 " : ""}lookup main 2>/dev/null
    if [ "$1" = off ]; then continue; fi
    # A kernel without IPv6 has nothing to close.
    if [ $family = -6 ] && [ ! -e /proc/net/if_inet6 ]; then continue; fi
    ip $family rule add pref ${String(PRIORITY + 1)} to $address prohibit || return 1
    ip $family rule add pref ${String(PRIORITY)} to $address iif lo ${isByUser ? "uidrange 0-0 " : ""}lookup main
  done
  return 0
}

if load && ! open; then
  block off
  say "${isByUser ? "closed to all users but:$found$missing" : "closed to what the host forwards"}"
elif block on && ! open; then
  say "nftables does not hold it: closed to all but ${isByUser ? "root" : "the host"}"
else
  say "FAILED: the instance metadata service is open"
  exit 1
fi
`;
}

function byUser(named: readonly string[]): string {
  return `
load() {
  uids=0 found='' missing=''
  for user in ${named.join(" ")}; do
    if uid=$(timeout 5 id -u -- "$user" 2>/dev/null); then
      uids="$uids, $uid" found="$found $user"
    elif [ "$user" != ${CONNECT} ]; then
      missing="$missing; no such user yet: $user"
    fi
  done
  echo "add element ${TABLE} users { $uids }" >${USERS}
  nft -f ${PLACES.rules}
}

# Whether a user whom nobody named gets a connection.
open() {
  if ! command -v setpriv >/dev/null; then
    missing="$missing; not tried out, setpriv is missing"
    return 1
  fi
  stranger=65534
  while [[ ", $uids," == *", $stranger,"* ]]; do stranger=$((stranger - 1)); done
  for address in ${V4} ${V6}; do
    if timeout 3 setpriv --reuid=$stranger --regid=$stranger --clear-groups \\
      bash -c "exec 3<>/dev/tcp/$address/80" 2>/dev/null; then return 0; fi
  done
  return 1
}
`;
}

const FORWARDED = `
load() { nft -f ${PLACES.rules}; }

# What the host forwards cannot be tried out from here.
open() { return 1; }
`;
