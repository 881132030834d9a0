#!/bin/bash
# The networks around a machine, in network namespaces: what answers at the link-local addresses (imds), the machine
# (host), and containers behind two bridges of it. Runs in a mount namespace of its own.
set -euo pipefail

LOCAL4=(169.254.169.254 169.254.169.253 169.254.169.123 169.254.170.2 169.254.170.23)
LOCAL6=(fd00:ec2::254 fd00:ec2::253 fd00:ec2::123 fd00:ec2::23)

namespace() {
  ip netns add "$1"
  ip -n "$1" link set lo up
  nsenter --net="/run/netns/$1" sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
}

# What EC2 puts around every machine; it outlives reboots.
outside() {
  namespace imds
  for address in "${LOCAL4[@]}"; do ip -n imds addr add "$address/32" dev lo; done
  for address in "${LOCAL6[@]}"; do ip -n imds addr add "$address/128" dev lo; done
}

# A machine that has just been switched on: no interface, no rule.
machine() {
  for name in host docker apps; do
    if [ -e "/run/netns/$name" ]; then ip netns del "$name"; fi
    namespace "$name"
  done
}

# The network card, and Docker's bridges with a container behind each.
interfaces() {
  ip link add ens5 netns host type veth peer name vpc netns imds
  ip -n imds addr add 10.0.0.1/24 dev vpc
  ip -n imds addr add fd00:10::1/64 dev vpc nodad
  ip -n imds link set vpc up
  ip -n imds route add 172.16.0.0/12 via 10.0.0.10
  ip -n imds route add fd00:172::/32 via fd00:10::10
  ip -n host addr add 10.0.0.10/24 dev ens5
  ip -n host addr add fd00:10::10/64 dev ens5 nodad
  ip -n host link set ens5 up
  ip -n host route add default via 10.0.0.1
  ip -n host route add default via fd00:10::1
  nsenter --net=/run/netns/host sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  bridge docker docker0 17
  bridge apps br-apps 18
}

bridge() {
  ip -n host link add "$2" type bridge
  ip -n host addr add "172.$3.0.1/16" dev "$2"
  ip -n host addr add "fd00:172:$3::1/64" dev "$2" nodad
  ip -n host link set "$2" up
  ip link add "veth$3" netns host type veth peer name eth0 netns "$1"
  ip -n host link set "veth$3" master "$2" up
  ip -n "$1" addr add "172.$3.0.2/16" dev eth0
  ip -n "$1" addr add "fd00:172:$3::2/64" dev eth0 nodad
  ip -n "$1" link set eth0 up
  ip -n "$1" route add default via "172.$3.0.1"
  ip -n "$1" route add default via "fd00:172:$3::1"
}

"$1"
