#!/bin/bash
# One boot of a machine: boot.sh WORLD. Runs as the first process of namespaces of its own (unshare --mount --net --pid), with
# the disk of the world as its root, IMDS one hop away and a container behind it. What runs is WORLD/run.sh.
set -euo pipefail
world=$1 here=$(cd "$(dirname "$0")" && pwd)
disk=$world/disk

# The network: machine 10.0.0.2, what answers for 169.254.169.254 at 10.0.0.1; a container at 10.1.0.2.
ip link set lo up
unshare --net sleep infinity &
imds=$!
unshare --net sleep infinity &
container=$!
while [[ $(readlink /proc/$imds/ns/net) == "$(readlink /proc/self/ns/net)" ]] ||
  [[ $(readlink /proc/$container/ns/net) == "$(readlink /proc/self/ns/net)" ]]; do sleep 0.02; done
ip link add eth0 type veth peer name up0
ip link add docker0 type veth peer name eth0 netns $container
ip link set up0 netns $imds
at_imds() { nsenter --net --target $imds "$@"; }
in_container() { nsenter --net --target $container "$@"; }
at_imds ip link set lo up
at_imds ip link set up0 up
at_imds ip addr add 10.0.0.1/24 dev up0
at_imds ip addr add 169.254.169.254/32 dev up0
at_imds ip addr add fd00:aaaa::1/64 dev up0 nodad
at_imds ip addr add fd00:ec2::254/128 dev up0 nodad
at_imds ip route add 10.1.0.0/24 via 10.0.0.2
at_imds ip route add fd00:bbbb::/64 via fd00:aaaa::2
ip link set eth0 up
ip addr add 10.0.0.2/24 dev eth0
ip addr add fd00:aaaa::2/64 dev eth0 nodad
ip route add default via 10.0.0.1
ip route add 169.254.169.254/32 dev eth0
ip -6 route add default via fd00:aaaa::1
ip link set docker0 up
ip addr add 10.1.0.1/24 dev docker0
ip addr add fd00:bbbb::1/64 dev docker0 nodad
in_container ip link set eth0 up
in_container ip addr add 10.1.0.2/24 dev eth0
in_container ip addr add fd00:bbbb::2/64 dev eth0 nodad
in_container ip route add default via 10.1.0.1
in_container ip -6 route add default via fd00:bbbb::1
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding

rm -f "$world/ready"
at_imds python3 "$here/imds.py" "$world" &
for _ in {1..500}; do [[ ! -e $world/ready ]] || break; sleep 0.02; done
[[ -e $world/ready ]] || { echo 'the metadata mock does not start' >&2; exit 3; }

# The disk: the programs of this system, and everything else of its own.
mount --make-rprivate /
for folder in usr bin sbin lib lib64 dev proc; do
  [[ -e /$folder ]] || continue
  mkdir -p "$disk/$folder"
  mount --rbind "/$folder" "$disk/$folder"
done
mkdir -p "$disk"/{tmp,run,world} "$disk"/etc/{systemd/system,cloud/cloud.cfg.d} "$disk"/sbin-local "$disk"/var/lib
mount -t tmpfs none "$disk/run"
mount --bind "$disk/sbin-local" "$disk/usr/local/sbin"
# Not the AWS command line of this system.
mount -t tmpfs none "$disk/usr/local/bin"
[[ ! -e /usr/bin/aws ]] || mount --bind /dev/null "$disk/usr/bin/aws"
: >"$world/console.new"
mount --bind "$world/console.new" "$disk/dev/console"
mount --bind "$world" "$disk/world"

status=0
env -i PATH=/world/stubs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
  chroot "$disk" /bin/bash /world/run.sh || status=$?

# Who reaches IMDS now: the machine's root and the container, by both addresses.
reach() {
  "$@" curl -s -o /dev/null -w '%{http_code}\n' --connect-timeout 3 --max-time 10 -X PUT \
    -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$address/latest/api/token" || true
}
{
  for address in http://169.254.169.254 'http://[fd00:ec2::254]'; do
    printf 'machine %s %s' "$address" "$(reach env)"
    echo
    printf 'container %s %s' "$address" "$(reach nsenter --net --target $container)"
    echo
  done
} >"$world/reach"
cat "$world/console.new" >>"$world/console"
exit $status
