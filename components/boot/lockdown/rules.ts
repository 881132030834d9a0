/** The rules of nftables. */

import { V4, V6 } from "../imds";

/** Who reaches the metadata service. */
export interface Reach {
  /**
   * Users of the operating system, besides root, and besides `ec2-instance-connect` where the image has that user: its
   * job is to read from the metadata service the keys that EC2 Instance Connect puts there. Agents that are not root, such
   * as the CloudWatch agent where it runs as `cwagent`, are named like any other.
   * @default every user of the host: then only what the host forwards is refused
   */
  readonly users?: readonly string[] | undefined;
  /**
   * Interfaces of the host behind which containers may reach it, such as the bridge of a Docker network
   * (`com.docker.network.bridge.name`) or `eni*` of the VPC CNI; `*` at the end stands for any rest. Only these need a
   * hop limit of 2. Tasks and pods that take their role from ECS, IRSA or Pod Identity need none.
   * @default none: nothing that the host forwards reaches it
   */
  readonly interfaces?: readonly string[] | undefined;
}

export const TABLE = "inet imds_lockdown";
/** Where the loader writes the ids of the users. */
export const USERS = "/run/imds-lockdown/users.nft";

/**
 * One transaction: the table is made where there is none, so that it can be deleted, and is made anew.
 *
 * A reset makes clients give up at once; an ICMP error stalls those of IPv6 for a second. The chains come before the
 * ones of the filter priority, where Docker and firewalls accept, and behind the ones that rewrite destinations.
 *
 * What has no owner any more is the kernel's end of a connection that its program has closed: without it the service
 * keeps sending the last packet of each. It can begin none, and only named users have connections that can end.
 */
export function ruleset({ users, interfaces = [] }: Reach): string {
  const passing = interfaces.map((name) => `    iifname "${name}" accept\n`).join("");
  return `table ${TABLE}
delete table ${TABLE}
table ${TABLE} {
  set v4 { type ipv4_addr; elements = { ${V4} } }
  set v6 { type ipv6_addr; elements = { ${V6} } }
${users === undefined ? "" : HOST}
  chain forward {
    type filter hook forward priority filter - 10; policy accept;
    ip daddr @v4 jump forwarded
    ip6 daddr @v6 jump forwarded
  }
  chain forwarded {
${passing}    meta l4proto tcp reject with tcp reset
    drop
  }
}
${users === undefined ? "" : `include "${USERS}"\n`}`;
}

const HOST = `  set users { type uid; elements = { 0 } }
  chain output {
    type filter hook output priority filter - 10; policy accept;
    ip daddr @v4 jump local
    ip6 daddr @v6 jump local
  }
  chain local {
    meta skuid @users accept
    meta skuid != @users meta l4proto tcp reject with tcp reset
    meta skuid != @users drop
    tcp flags & syn == 0 accept
    drop
  }
`;
