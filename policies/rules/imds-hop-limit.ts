import { containerHost, templateHost, type ContainerHost } from "../machine/container-host";
import { accountDefault, type StatedAccount } from "../machine/defaults";
import { isKnown, type Known } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import { matcher } from "../glob";
import { ACCOUNT_OPTION, asksAccount } from "./options";
import {
  defineRule,
  endpoint,
  fix,
  ifSent,
  onTemplate,
  OPEN,
  ownerOf,
  PASS,
  seen,
  unverified,
  violation,
  type Verdict,
} from "./rule";

export interface Options {
  readonly maxHopLimit: number;
  readonly containerHostMaxHopLimit: number;
  readonly containerHosts: readonly string[];
  readonly requireExplicit: boolean;
  readonly acceptAccountDefault: boolean;
  readonly account?: StatedAccount;
}

const ATTRIBUTE = "httpPutResponseHopLimit";
const WHY = "the token's answer then travels far enough for containers and forwarded requests to take the role's keys";
const UNSET = "account, image or service then choose it, and containers may take the role's keys";
const CONTAINERS = "1 is enough where pods take roles by IRSA or Pod Identity, 2 is what a bridge network needs";

/**
 * | seen                                        | verdict                                          |
 * |---------------------------------------------|--------------------------------------------------|
 * | the type cannot express it, endpoint off    | pass                                             |
 * | no integer of 1..64, or above both limits   | violation                                        |
 * | up to maxHopLimit                           | pass                                             |
 * | between the two limits                      | pass on a container host, else violation         |
 * | unknown, or absent under an unknown endpoint| unverified                                       |
 * | absent, set elsewhere                       | the template decides, in the stack pass          |
 * | absent, nothing to inherit from             | violation, unless not required or by the account |
 */
export function checkHopLimit(machine: Machine, model: Model, options: Options): Verdict {
  if (!machine.launch.expresses.has(ATTRIBUTE)) return PASS;
  const state = endpoint(machine);
  if (state === "off") return PASS;
  const fact = machine.option(ATTRIBUTE);
  switch (fact.state) {
    case "inherited":
      return OPEN;
    case "unknown":
      return unverified(machine, ATTRIBUTE, fact);
    case "known":
      return fact.dropped === undefined
        ? unlessPending(machine, checkValue(machine, model, options, fact))
        : absent(machine, model, options);
    case "absent":
      if (machine.role === "account default" || !options.requireExplicit) return PASS;
      if (state === "pending") return OPEN;
      if (state === "unknown") return unverified(machine, "httpEndpoint", machine.option("httpEndpoint"));
      return absent(machine, model, options);
  }
}

/** A template that is not seen yet may turn the endpoint off, which excuses any value. */
function unlessPending(machine: Machine, verdict: Verdict): Verdict {
  return endpoint(machine) === "pending" && verdict.kind === "violation" ? OPEN : verdict;
}

function largerLimit({ maxHopLimit, containerHostMaxHopLimit }: Options): number {
  return Math.max(maxHopLimit, containerHostMaxHopLimit);
}

function checkValue(machine: Machine, model: Model, options: Options, fact: Known): Verdict {
  const { value } = fact;
  if (!isHopLimit(value)) {
    const reason = `${seen(machine, fact)}, and EC2 takes whole numbers from 1 to 64 only`;
    return violation(machine, ATTRIBUTE, reason, fix(machine, ATTRIBUTE, options.maxHopLimit), options.maxHopLimit);
  }
  if (value <= options.maxHopLimit) return ifSent(machine, ATTRIBUTE, fact);
  const host = hostOf(machine, model, options);
  return value > largerLimit(options)
    ? tooFar(machine, fact, options, host)
    : betweenLimits(machine, model, options, fact, host);
}

function isHopLimit(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 64;
}

/** Right on a container host only. */
function betweenLimits(machine: Machine, model: Model, options: Options, fact: Known, host: ContainerHost): Verdict {
  switch (host.state) {
    case "yes":
      return ifSent(machine, ATTRIBUTE, fact);
    case "pending":
      return OPEN;
    case "unknown":
      return mayBeHost(machine, host);
    case "no":
      // Who launches from a template is known to the whole stack only.
      return machine.role === "template" && !model.complete ? OPEN : tooFar(machine, fact, options, host);
  }
}

function mayBeHost(machine: Machine, { source, waitsFor }: Extract<ContainerHost, { state: "unknown" }>): Verdict {
  return { kind: "unverified", source, inherited: machine.takes(ATTRIBUTE), waitsFor };
}

function hostOf(machine: Machine, model: Model, options: Options): ContainerHost {
  const named = matcher(options.containerHosts);
  return machine.role === "template" ? templateHost(model, machine, named) : containerHost(model, machine, named);
}

function tooFar(machine: Machine, fact: Known, options: Options, host: ContainerHost): Verdict {
  const limit = limitOf(host, options);
  const reason = `${seen(machine, fact)}, ${above(machine, options, host)}: ${WHY}`;
  return violation(machine, ATTRIBUTE, reason, fix(machine, ATTRIBUTE, limit), limit);
}

function above(machine: Machine, options: Options, host: ContainerHost): string {
  const [limit, larger] = [String(options.maxHopLimit), String(largerLimit(options))];
  if (host.state === "yes") return `above ${larger}, the limit for a container host (${host.evidence}; ${CONTAINERS})`;
  if (machine.role !== "template" || limit === larger) return `above ${limit}`;
  return `above ${limit} (${larger} where it launches container hosts; ${CONTAINERS})`;
}

/** Set by nobody, or dropped on the way to EC2. */
function absent(machine: Machine, model: Model, options: Options): Verdict {
  if (!options.requireExplicit) return PASS;
  const byAccount = asksAccount(machine, options);
  if (byAccount && !model.complete) return OPEN;
  const host = hostOf(machine, model, options);
  const verdict = byAccount ? byDefault(machine, model, options, host) : undefined;
  return verdict ?? notSet(machine, limitOf(host, options));
}

function limitOf({ state }: ContainerHost, options: Options): number {
  return state === "yes" ? largerLimit(options) : options.maxHopLimit;
}

function byDefault(machine: Machine, model: Model, options: Options, host: ContainerHost): Verdict | undefined {
  const off = accountDefault(model, machine, "httpEndpoint", options.account);
  if (endpoint(machine) === "absent" && isKnown(off) && off.value === "disabled") return PASS;
  const fact = accountDefault(model, machine, ATTRIBUTE, options.account);
  if (fact.state === "unknown") return unverified(machine, ATTRIBUTE, fact);
  if (!isKnown(fact) || !isHopLimit(fact.value)) return undefined;
  if (fact.value <= limitOf(host, options)) return PASS;
  return host.state === "unknown" && fact.value <= largerLimit(options) ? mayBeHost(machine, host) : undefined;
}

function notSet(machine: Machine, limit: number): Verdict {
  const fact = machine.option(ATTRIBUTE);
  const owner = ownerOf(machine, ATTRIBUTE);
  const { saysNothing, setter } = owner.launch;
  if (saysNothing && setter.block !== undefined) {
    const how = fix(machine, ATTRIBUTE, limit, "; the block that settles imds-require-v2 settles this too");
    return violation(machine, ATTRIBUTE, `${setter.block} is not set${onTemplate(machine, owner)}`, how, limit);
  }
  const dropped = fact.state === "known" && fact.dropped !== undefined ? `, but ${fact.dropped}` : "";
  return violation(
    machine,
    ATTRIBUTE,
    `${seen(machine, fact)}${dropped}: ${UNSET}`,
    dropped === "" ? fix(machine, ATTRIBUTE, limit) : fix(machine, "httpEndpoint", "enabled"),
    limit,
  );
}

const LIMIT = { type: "integer", minimum: 1, maximum: 64 } as const;

export const imdsHopLimit = defineRule<Options>({
  name: "imds-hop-limit",
  displayName: "Limit the hops of metadata tokens",
  description: "The token of the metadata service travels no further than the machine itself, or its containers.",
  level: "mandatory",
  severity: "medium",
  rationale:
    "The hop limit is the time to live of the packet that carries the token. With 1 it never leaves the machine; every hop more lets containers, and whatever the machine forwards for, obtain tokens and with them the role's credentials. The service default depends on account and image, so the limit is set explicitly.",
  remediationSteps:
    "Set metadataOptions.httpPutResponseHopLimit to 1; on container hosts whose pods read metadata over a bridge network to 2.",
  tags: ["imds", "containers"],
  framework: {
    name: "AWS Config managed rules",
    reference: "ec2-token-hop-limit-check",
    specification: "The metadata token hop limit of an EC2 instance is not above the desired limit",
  },
  options: {
    maxHopLimit: { ...LIMIT, default: 1, description: "The highest hop limit of a machine, 1 to 64." },
    containerHostMaxHopLimit: {
      ...LIMIT,
      default: 2,
      description: "The highest hop limit of a container host, 1 to 64; the larger of the two limits holds for it.",
    },
    containerHosts: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description: "Names of container hosts that nothing else shows to be ones (globs: * any characters, ? one).",
    },
    requireExplicit: {
      type: "boolean",
      default: true,
      description: "Report a hop limit that nobody sets.",
    },
    acceptAccountDefault: {
      type: "boolean",
      default: false,
      description:
        "Accept a machine that sets nothing where an InstanceMetadataDefaults of the program, for the same provider and region, sets a value within the limit.",
    },
    account: ACCOUNT_OPTION,
  },
  example: { maxHopLimit: 1, containerHostMaxHopLimit: 2, containerHosts: ["ecs-*"] },
  roles: ["machine", "template", "account default"],
  remediates: true,
  check: checkHopLimit,
});
