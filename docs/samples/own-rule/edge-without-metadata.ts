import {
  defineRule,
  effectiveEndpoint,
  exposureOf,
  fix,
  OPEN,
  PASS,
  seen,
  unverified,
  violation,
  type Machine,
  type Model,
  type Verdict,
} from "ec2-hardening/rules";

interface Options {
  readonly anyPublicAddress: boolean;
}

/**
 * | seen                                     | verdict    |
 * |------------------------------------------|------------|
 * | the metadata service is off              | pass       |
 * | on, and the internet cannot reach it     | pass       |
 * | on, and the internet can                 | violation  |
 * | either of them is not known              | unverified |
 */
function check(machine: Machine, model: Model, { anyPublicAddress }: Options): Verdict {
  const endpoint = effectiveEndpoint(machine, model);
  if (endpoint === "off") return PASS;
  // Security groups and subnets are other resources: only the whole stack shows them.
  if (!model.complete) return OPEN;
  const { address, reachable } = exposureOf(machine, model);
  const exposed = anyPublicAddress ? address : reachable;
  if (exposed.state === "no") return PASS;
  if (exposed.state === "unknown") {
    return { kind: "unverified", source: exposed.source, inherited: false, waitsFor: exposed.waitsFor };
  }
  const fact = machine.option("httpEndpoint");
  if (endpoint === "unknown") return unverified(machine, "httpEndpoint", fact);
  const way = exposed.by === "" ? "" : ` (${exposed.by})`;
  const reason = `${seen(machine, fact, ["enabled"])}, and the machine is reachable from the internet${way}`;
  return violation(machine, "httpEndpoint", reason, fix(machine, "httpEndpoint", "disabled"));
}

export const edgeWithoutMetadata = defineRule<Options>({
  name: "acme-edge-without-metadata",
  displayName: "Turn IMDS off at the edge",
  description: "Machines that the internet reaches have no metadata service.",
  level: "mandatory",
  severity: "high",
  rationale: "What faces the internet is attacked first. Without a metadata service there is no role to take.",
  remediationSteps: 'Set metadataOptions.httpEndpoint to "disabled", or put the machine behind a load balancer.',
  tags: ["imds", "network"],
  url: "https://wiki.acme.example/policies/edge-without-metadata",
  options: {
    anyPublicAddress: {
      type: "boolean",
      default: false,
      description: "Judge every machine with a public address, whatever its security groups let in.",
    },
  },
  example: { anyPublicAddress: true },
  roles: ["machine", "template"],
  remediates: false,
  check,
});
