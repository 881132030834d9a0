import { refusal } from "../iam/document";
import type { MachineRole, PolicySource } from "../iam/role";
import { canonical, isAccount, isEveryone, isService, principalsOf, trustOf, type Admitted } from "../iam/trust";
import { matcher } from "../glob";
import { carriedBy } from "./profile";
import { defineRoleRule, type Verdict } from "./rule";

export interface Options {
  readonly allowedServices: readonly string[];
  readonly allowedPrincipals: readonly string[];
}

/**
 * | trust policy                                                               | verdict    |
 * |------------------------------------------------------------------------------|------------|
 * | not known, or one that IAM would refuse                                      | unverified |
 * | admits another service, account, role, user or provider, whatever the condition | violation  |
 * | admits everyone, or everyone but some (`NotPrincipal`)                       | violation  |
 * | does not admit the service that runs the machine                             | violation  |
 * | admits that service, and what the options allow                              | pass       |
 */
export function checkTrust(role: MachineRole, _model: unknown, options: Options): readonly Verdict[] {
  const { trust } = role;
  const hidden = trust ? trust.unseen : role.unseen[0];
  if (hidden) return [{ kind: "unverified", ...hidden, inherited: false }];
  if (!trust) return [];
  const { admitted, open, problem } = trustOf(role);
  const isAllowed = allowance(options);
  const strangers = admitted.filter((each) => !isExpected(each, role) && !isAllowed(each));
  const [stranger] = strangers;
  if (stranger) return [violation(trust, role, strangers)];
  if (open || problem !== undefined) {
    const waitsFor = refusal({ problem }, "trust policy");
    return [{ kind: "unverified", source: trust.source, inherited: false, waitsFor }];
  }
  return role.services.every((service) => admitted.some((each) => isService(each, service)))
    ? []
    : [unusable(trust, role)];
}

function isExpected(principal: Admitted, { services }: MachineRole): boolean {
  return services.some((service) => isService(principal, service));
}

/** What the options add to the service that runs the machine. */
function allowance({ allowedServices, allowedPrincipals }: Options): (principal: Admitted) => boolean {
  const isAllowedService = matcher(allowedServices);
  const isAllowedPrincipal = matcher(allowedPrincipals.map(canonical));
  return (principal) => {
    if (principal.kind === "Service") return isAllowedService(principal.value);
    return (
      principal.kind !== "NotPrincipal" && !isEveryone(principal) && isAllowedPrincipal(canonical(principal.value))
    );
  };
}

function violation(trust: PolicySource, role: MachineRole, strangers: readonly Admitted[]): Verdict {
  const kinds = [...new Set(strangers.map(kindOf))].join(", ");
  const [first] = strangers;
  const statement = first === undefined ? "" : `.Statement[${String(first.statement.index)}]`;
  return {
    kind: "violation",
    source: trust.source,
    inherited: false,
    reason: `${trust.source.path}${statement} lets ${kinds} take ${role.label}${carriedBy(role)}: its credentials are then not the machine's alone`,
    fix: `Admit only { Service: ${services(role)} }, give whoever else needs the permissions a role of their own, or name them in allowedServices or allowedPrincipals.`,
  };
}

function services(role: MachineRole): string {
  return principals(role)
    .map((principal) => JSON.stringify(principal))
    .join(", ");
}

function principals({ services }: MachineRole): readonly string[] {
  return services.flatMap((service) => principalsOf(service).slice(0, 1));
}

/** Whether its trust policy, as far as it is known, keeps out every service that runs a machine with it. */
export function isUseless(role: MachineRole): boolean {
  if (role.trust?.document === undefined) return false;
  const { admitted, open, problem } = trustOf(role);
  const lets = (each: Admitted): boolean => isEveryone(each) || each.kind === "NotPrincipal" || isExpected(each, role);
  return !open && problem === undefined && !admitted.some(lets);
}

/** What a principal is, without quoting it. */
function kindOf(principal: Admitted): string {
  const { kind, value } = principal;
  if (kind === "NotPrincipal") return "everyone that NotPrincipal does not name";
  if (isEveryone(principal)) return "everyone";
  if (kind === "Service") return "another service";
  if (kind === "Federated") return "an identity provider";
  if (kind === "AWS") return isAccount(canonical(value)) ? "an account" : "a role or user";
  return "another principal";
}

function unusable(trust: PolicySource, role: MachineRole): Verdict {
  return {
    kind: "violation",
    source: trust.source,
    inherited: false,
    reason: `${trust.source.path} does not let ${principals(role).join(" and ")} take ${role.label}${carriedBy(role)}: the machine gets no credentials`,
    fix: `Allow sts:AssumeRole for { Service: ${services(role)} }.`,
  };
}

export const profileTrustPolicy = defineRoleRule<Options>({
  name: "profile-trust-policy",
  displayName: "Let only EC2 take a machine's role",
  description:
    "Only the service that runs the machine, and what is configured, may assume the role behind the profile.",
  level: "mandatory",
  severity: "high",
  rationale:
    "A role that a machine carries and that someone else may assume too has two ways in: whoever gets hold of the other principal acts as the machine, and logs cannot tell the two apart. Conditions such as an external id do not change whose role it is.",
  remediationSteps:
    "Keep ec2.amazonaws.com as the only principal of the trust policy, and give every other principal a role of its own.",
  tags: ["iam", "instance-profile"],
  framework: { name: "MITRE ATT&CK", reference: "T1199", specification: "Trusted Relationship" },
  options: {
    allowedServices: {
      type: "array",
      default: [],
      items: { type: "string", minLength: 1 },
      description: "Services that may take the role too, e.g. ssm.amazonaws.com; * any characters, ? one.",
    },
    allowedPrincipals: {
      type: "array",
      default: [],
      items: { type: "string", minLength: 1 },
      description:
        "Accounts, roles, users and providers that may take the role too, by ARN or account number; * any characters, ? one.",
    },
  },
  example: {
    allowedServices: ["ssm.amazonaws.com"],
    allowedPrincipals: ["arn:aws:iam::111122223333:role/break-glass"],
  },
  check: checkTrust,
});
