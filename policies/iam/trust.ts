/** Who may take a role: the principals of its trust policy, less those that it denies again. */
import { parseArn } from "../machine/arn";
import { perObject } from "../memo";
import { alwaysHolds } from "./conditions";
import { readDocument, type Principal, type Statement } from "./document";
import { matches } from "./pattern";
import type { Role } from "./role";

/** A principal that an Allow admits. */
export interface Admitted extends Principal {
  readonly statement: Statement;
}

export interface Trust {
  /** NotPrincipal in an Allow is one of kind `NotPrincipal`: everyone but those it names. */
  readonly admitted: readonly Admitted[];
  /** Some principal, effect or condition is not known yet. */
  readonly open: boolean;
  /** Why IAM would refuse the document. */
  readonly problem: string | undefined;
}

const NOBODY: Trust = { admitted: [], open: false, problem: undefined };

/** The trust of a role; nobody where its document is not there. */
export const trustOf = perObject((role: Role): Trust => {
  if (role.trust?.document === undefined) return NOBODY;
  const { statements, problem } = readDocument(role.trust.document, "trust");
  const denied = statements.filter(isCertainDeny);
  const admitted = statements.filter(({ effect }) => effect === "Allow").flatMap(admittedBy);
  return {
    admitted: admitted.filter((each) => !denied.some((deny) => takesBack(deny, each))),
    open: statements.some(({ open, actions }) => open || actions.open),
    problem,
  };
});

/** Calls that hand out credentials of the role. */
const TAKES = ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"];

function actionsOf({ actions: { negated, patterns } }: Statement): readonly string[] {
  return TAKES.filter((take) => patterns.some((pattern) => matches(pattern.toLowerCase(), take)) !== negated);
}

function admittedBy(statement: Statement): Admitted[] {
  if (actionsOf(statement).length === 0) return [];
  if (statement.exceptPrincipals) return [{ kind: "NotPrincipal", value: "", statement }];
  return statement.principals.map((principal) => ({ ...principal, statement }));
}

/** NotPrincipal is refused by IAM in a trust policy: in a Deny it takes nothing back. */
function isCertainDeny(statement: Statement): boolean {
  const { effect, conditions, open, exceptPrincipals } = statement;
  return effect === "Deny" && conditions.every(alwaysHolds) && !open && !exceptPrincipals;
}

function takesBack(deny: Statement, admitted: Admitted): boolean {
  const denied = actionsOf(deny);
  if (!actionsOf(admitted.statement).every((action) => denied.includes(action))) return false;
  return deny.principals.some((principal) => includes(principal, admitted));
}

/** Whether one principal is, or has in it, the other. */
function includes(whole: Principal, part: Principal): boolean {
  if (isEveryone(whole)) return whole.kind === "*" || part.kind === "AWS" || isEveryone(part);
  if (whole.kind !== part.kind) return false;
  const [a, b] = [canonical(whole.value), canonical(part.value)];
  return a === b || (whole.kind === "AWS" && isAccount(a) && accountOf(b) === a);
}

/** Everyone on earth: `*`, or `AWS: *`. */
export function isEveryone({ kind, value }: Principal): boolean {
  return value === "*" && (kind === "*" || kind === "AWS");
}

/** Twelve digits and `arn:…:ACCOUNT:root` are one principal. */
export function canonical(value: string): string {
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(value)?.[1] ?? value;
}

export function isAccount(value: string): boolean {
  return /^\d{12}$/.test(value);
}

/** The account that an ARN of IAM or STS names. */
export function accountOf(value: string): string | undefined {
  const { account = "" } = parseArn(value) ?? {};
  return isAccount(account) ? account : undefined;
}

/** Service principals end in the domain of their partition. */
const DOMAINS: readonly string[] = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazonaws.eu",
  "c2s.ic.gov",
  "sc2s.sgov.gov",
  "cloud.adc-e.uk",
  "csp.hci.ic.gov",
];

/** The principals that a service is in the partitions: `ec2` is `ec2.amazonaws.com.cn` too. */
export function principalsOf(service: string): readonly string[] {
  return DOMAINS.map((domain) => `${service}.${domain}`);
}

/** Whether a principal is this service, in whatever partition. */
export function isService({ kind, value }: Principal, service: string): boolean {
  return kind === "Service" && principalsOf(service).includes(value);
}

/** Whether the role admits one of these services. */
export function admitsService(role: Role, services: readonly string[]): boolean {
  return trustOf(role).admitted.some(
    (each) => each.kind === "*" || services.some((service) => isService(each, service)),
  );
}
