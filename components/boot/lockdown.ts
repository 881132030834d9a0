/** What boot does so that the metadata service answers only who needs it: rules of nftables, and what keeps them loaded. */
import { loader } from "./lockdown/loader";
import { ruleset, type Reach } from "./lockdown/rules";
import { files, PLACES, UNITS, type BootFile } from "./lockdown/units";
import type { BootPart } from "./part";

export type { Reach } from "./lockdown/rules";

/**
 * A boothook that closes the metadata service on both of its addresses, 169.254.169.254 and fd00:ec2::254, whether the
 * IPv6 endpoint is on or not. No other address is touched: DNS, NTP, KMS of Windows, ECS and EKS Pod Identity go on.
 *
 * - It runs at every boot, before sshd, Docker and all else that waits for the network; only what an image starts earlier
 *   than that is ahead of it, at the first boot. From the second boot on, a unit loads the rules before any interface is up.
 * - All rules are loaded at once into a table of their own. The rules of Docker, kube-proxy, firewalld or ufw are left
 *   alone, and theirs do not matter: nothing that another table accepts opens what this one refuses.
 * - They are loaded again when `nftables.service` is restarted, reloaded or stopped, which flushes all tables; when
 *   /etc/passwd changes; and each minute, in case somebody flushed them by hand.
 * - A named user who does not exist yet reaches nothing, which the console says, and is let through once made. A
 *   script that makes a user and goes on as that user runs `imds-lockdown` in between.
 * - An image without `nft` gets it from its distribution, for which it needs a way to the package repository. Until the
 *   rules are loaded and an ordinary user has been seen to be refused, rules of the routing table leave the service to
 *   root alone, because cloud-init and SSM Agent, which are root, are what the machine is reached and repaired by. If
 *   even that fails, the machine goes to systemd's emergency target. The console says each.
 *
 * What it cannot see: containers that share the host's network are users of the host, so root in one of them passes;
 * ipvlan and macvlan go past the host's rules. Tasks of ECS with a network interface of their own (`awsvpc`) do too:
 * the ECS agent is told to block them (`ECS_AWSVPC_BLOCK_IMDS`), unless /etc/ecs/ecs.config says otherwise.
 *
 * The names must be ones that `isUserName` and `isInterfaceName` take.
 */
export function lockdownParts(reach: Reach): BootPart[] {
  return [{ name: "imds-lockdown.sh", kind: "boothook", content: boothook(reach) }];
}

/** The name of a network interface, or how several of them start, with `*` behind: `br-apps`, `eni*`. */
export function isInterfaceName(name: string): boolean {
  return /^(?=.{1,15}$)[A-Za-z\d][A-Za-z\d_.-]*\*?$/.test(name);
}

/**
 * What to write instead on Windows, whose firewall has no equal of this: a rule that blocks wins over all that allow, so
 * everything would hang on the security descriptor of one rule, which the policy of a domain replaces unseen.
 */
export const NO_LOCKDOWN_ON_WINDOWS =
  'is for Linux images: leave it out on Windows, and set imds: "off" where no program needs the metadata service';

function boothook(reach: Reach): string {
  const all = [
    { place: PLACES.rules, mode: "0644", content: ruleset(reach) },
    { place: PLACES.loader, mode: "0755", content: loader(reach) },
    ...files(),
  ];
  return `#!/bin/bash
# Closes the instance metadata service before anything else runs; see /run/imds-lockdown/status.
set -u
export PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
umask 022
new=/etc/imds-lockdown/new
mkdir -p "$new"

${all.map(written).join("\n")}
systemctl daemon-reload
systemctl enable ${UNITS.join(" ")}

# All of the boot waits for this one, and a repository that is out of reach does not answer.
fetch() { timeout 90 "$@"; }
lock() { imds-lockdown || systemctl --no-block isolate emergency.target; }

lock
if ! command -v nft >/dev/null; then
  if command -v dnf >/dev/null; then
    fetch dnf -y -q install --downloadonly nftables && dnf -y -q install nftables
  else
    export DEBIAN_FRONTEND=noninteractive
    fetch apt-get -qq update
    fetch apt-get -y -qq -o DPkg::Lock::Timeout=60 install --download-only nftables &&
      apt-get -y -qq -o DPkg::Lock::Timeout=120 install nftables
  fi
  lock
fi
systemctl --no-block start ${UNITS.join(" ")}
`;
}

/** Put in place whole, so that what a loader reads, or runs, at that moment does not change under it. */
function written({ place, mode, content }: BootFile): string {
  const name = place.slice(place.lastIndexOf("/") + 1);
  return `cat >"$new/${name}" <<'END'
${content}END
chmod ${mode} "$new/${name}"
mkdir -p ${place.slice(0, -name.length - 1)}
mv -f "$new/${name}" ${place}
`;
}
