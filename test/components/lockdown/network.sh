#!/bin/bash
# The networks around a machine, in network namespaces: what answers at the link-local addresses (imds), the machine
# (host), and containers behind two bridges of it. Runs in a mount namespace of its own.
set -euo pipefail

namespace() {
  ip netns add "$1"
  ip -n "$1" link set lo up
}

# What EC2 puts around every machine; it outlives reboots.
outside() {
  namespace imds
  ip -n imds -batch - <<'END'
addr add 169.254.169.254/32 dev lo
addr add 169.254.169.253/32 dev lo
addr add 169.254.169.123/32 dev lo
addr add 169.254.170.2/32 dev lo
addr add 169.254.170.23/32 dev lo
addr add fd00:ec2::254/128 dev lo
addr add fd00:ec2::253/128 dev lo
addr add fd00:ec2::123/128 dev lo
addr add fd00:ec2::23/128 dev lo
END
}

# A machine that has just been switched on: no interface, no rule.
machine() {
  # A namespace that is deleted keeps its interfaces for a while.
  if ip -n imds link show vpc &>/dev/null; then ip -n imds link del vpc; fi
  for name in host docker apps; do
    if [ -e "/run/netns/$name" ]; then ip netns del "$name"; fi
    namespace "$name"
  done
}

# The network card, and Docker's bridges with a container behind each.
interfaces() {
  ip -n imds -batch - <<'END'
link add vpc type veth peer name ens5 netns host
addr add 10.0.0.1/24 dev vpc
addr add fd00:10::1/64 dev vpc nodad
link set vpc up
route add 172.16.0.0/12 via 10.0.0.10
route add fd00:172::/32 via fd00:10::10
END
  nsenter --net=/run/netns/host sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  ip -n host -batch - <<'END'
addr add 10.0.0.10/24 dev ens5
addr add fd00:10::10/64 dev ens5 nodad
link set ens5 up
route add default via 10.0.0.1
route add default via fd00:10::1
link add docker0 type bridge
addr add 172.17.0.1/16 dev docker0
addr add fd00:172:17::1/64 dev docker0 nodad
link set docker0 up
link add veth17 type veth peer name eth0 netns docker
link set veth17 master docker0 up
link add br-apps type bridge
addr add 172.18.0.1/16 dev br-apps
addr add fd00:172:18::1/64 dev br-apps nodad
link set br-apps up
link add veth18 type veth peer name eth0 netns apps
link set veth18 master br-apps up
END
  container docker 17
  container apps 18
}

container() {
  ip -n "$1" -batch - <<END
addr add 172.$2.0.2/16 dev eth0
addr add fd00:172:$2::2/64 dev eth0 nodad
link set eth0 up
route add default via 172.$2.0.1
route add default via fd00:172:$2::1
END
}

"$1"
