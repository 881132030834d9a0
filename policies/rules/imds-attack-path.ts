import type { Issue } from "../iam/judgements/issue";
import type { MachineRole } from "../iam/role";
import { exposureOf, type Answer, type Exposure } from "../machine/exposure";
import { isKnown } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import { label } from "../machine/resource";
import { isTargetOf } from "../machine/targets";
import { checkHopLimit, imdsHopLimit, type Options as HopOptions } from "./imds-hop-limit";
import { checkTokens, imdsRequireV2, type Options as TokenOptions } from "./imds-require-v2";
import { judgementOf, listed } from "./profile";
import { checkTrust, isUseless, profileTrustPolicy, type Options as TrustOptions } from "./profile-trust-policy";
import { defineRule, OPEN, PASS, type JoinedOptions, type Rule, type Verdict } from "./rule";

type OwnOptions = TokenOptions & Omit<HopOptions, "requireExplicit"> & TrustOptions;
type Violation = Extract<Verdict, { kind: "violation" }>;
type Unknown = Extract<Answer, { state: "unknown" }>;

/** Options of the rules whose verdicts it joins. */
interface Options {
  readonly tokens: TokenOptions;
  readonly hops: HopOptions;
  readonly trust: TrustOptions;
}

/** What is weak about the metadata service, and how to mend it. */
interface Weakness {
  readonly state: "yes";
  readonly by: string;
  readonly found: readonly [Violation, ...Violation[]];
}

/** What a machine's role is worth: the role, what it may do, what that gives. */
type Prize = { readonly state: "yes"; readonly steps: readonly string[] } | Unknown | { readonly state: "no" };

/** A way in, and what has to be weak and worth taking for it. */
interface Way {
  readonly from: string;
  readonly in: Answer;
  readonly weak: Weakness | Unknown | { readonly state: "no" };
  readonly prize: () => Prize;
  /** Other cuts than the metadata options. */
  readonly also: string;
}

/**
 * | reachable, or forwarding | weak IMDS           | worth stealing           | verdict                        |
 * |--------------------------|---------------------|--------------------------|--------------------------------|
 * | yes                      | yes                 | yes                      | violation                      |
 * | two of them yes          |                     | the third is not known   | unverified                     |
 * | any no, or two of them not known               |                          | pass                           |
 *
 * A template is judged by the groups and fleets that launch from it, or by itself where nothing in the program does.
 */
function check(machine: Machine, model: Model, own: OwnOptions, joined: JoinedOptions): Verdict {
  if (!model.complete) return OPEN;
  const options = joinedBy(own, joined);
  const users = machine.users.filter(({ origin }) => origin.kind === "template");
  if (users.length === 0) return judged(machine, model, options);
  const verdicts = users.filter(({ ambiguous }) => !ambiguous).map((user) => judged(user, model, options));
  const taken = verdicts.filter((verdict) => "inherited" in verdict && verdict.inherited);
  return worst(taken);
}

function joinedBy(own: OwnOptions, joined: JoinedOptions): Options {
  const optionsOf = ({ name }: Rule): OwnOptions => ({ ...own, ...joined[name] });
  return {
    tokens: optionsOf(imdsRequireV2),
    // A hop limit that nobody sets is none above the limit.
    hops: { ...optionsOf(imdsHopLimit), requireExplicit: false },
    trust: optionsOf(profileTrustPolicy),
  };
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ kind }) => kind === "violation") ?? verdicts.find(({ kind }) => kind === "unverified") ?? PASS
  );
}

function judged(machine: Machine, model: Model, options: Options): Verdict {
  const { profile } = machine;
  if (!profile) return PASS;
  const exposure = exposureOf(machine, model);
  return worst([open(machine, model, options, exposure), forwarding(machine, model, options, exposure)]);
}

/** From the internet, to a role that is worth it. */
function open(machine: Machine, model: Model, options: Options, { reachable }: Exposure): Verdict {
  if (reachable.state === "no") return PASS;
  return met(machine, {
    from: "internet",
    in: reachable,
    weak: weakness(machine, model, options),
    prize: () => prize(machine, model, options),
    also: "Narrowing the role and closing the security group are the next cuts.",
  });
}

/** From whatever a machine forwards: one hop more is enough, and so is any role. */
function forwarding(machine: Machine, model: Model, options: Options, { forwards }: Exposure): Verdict {
  if (forwards.state === "no") return PASS;
  return met(machine, {
    from: "forwarded traffic",
    in: forwards.state === "yes" ? { ...forwards, by: "no source/destination check" } : forwards,
    weak: weakness(machine, model, { ...options, hops: { ...options.hops, ...ONE_HOP } }),
    prize: () => carried(machine, model),
    also: "Taking the profile off a machine that only forwards is the next cut.",
  });
}

const ONE_HOP = { maxHopLimit: 1, containerHostMaxHopLimit: 1 };

function met(machine: Machine, way: Way): Verdict {
  const { weak } = way;
  if (weak.state === "no") return PASS;
  const waiting = [way.in, weak].filter((each) => each.state === "unknown");
  if (waiting.length > 1) return PASS;
  const taken = way.prize();
  if (taken.state === "no") return PASS;
  const [unknown, ...others] = [...waiting, ...(taken.state === "unknown" ? [taken] : [])];
  if (unknown) return others.length > 0 ? PASS : unverified(machine, unknown);
  return weak.state === "yes" && way.in.state === "yes" && taken.state === "yes"
    ? violation(machine, way, weak, [`${label(machine.resource)} (${way.in.by})`, weak.by, ...taken.steps])
    : PASS;
}

function violation(machine: Machine, { from, also }: Way, { found }: Weakness, path: readonly string[]): Verdict {
  const [{ source }] = found;
  const steps = [from, ...path];
  const fixes = found.map(({ fix }) => fix);
  return {
    kind: "violation",
    source,
    inherited: isTaken(machine, source.urn),
    reason: steps.join(" → "),
    fix: [...fixes, `That is the cheapest cut. ${also}`].join("\n"),
    steps,
  };
}

function unverified(machine: Machine, { source, waitsFor }: Unknown): Verdict {
  return { kind: "unverified", source, inherited: isTaken(machine, source.urn), waitsFor };
}

/** What a group takes from its template is reported there; a single machine answers for itself. */
function isTaken({ resource }: Machine, urn: string): boolean {
  return urn !== resource.urn && !isTargetOf(resource.type, "instance");
}

/** Version 1, or tokens that travel too far: what the two rules about them say. */
function weakness(machine: Machine, model: Model, options: Options): Way["weak"] {
  const verdicts = [checkTokens(machine, model, options.tokens), checkHopLimit(machine, model, options.hops)] as const;
  const [tokens, hops] = verdicts;
  const [first, ...others] = verdicts.filter((verdict) => verdict.kind === "violation");
  if (first) {
    const by = [tokens.kind === "violation" && versionOne(machine), hops.kind === "violation" && hopLimit(machine)];
    return { state: "yes", by: by.filter((words) => words !== false).join(" and "), found: [first, ...others] };
  }
  const waiting = verdicts.find((verdict) => verdict.kind === "unverified");
  return waiting ? { state: "unknown", source: waiting.source, waitsFor: waiting.waitsFor } : { state: "no" };
}

function versionOne(machine: Machine): string {
  const tokens = machine.option("httpTokens");
  const isSet = machine.launch.expresses.has("httpTokens") && isKnown(tokens) && tokens.dropped === undefined;
  return isSet ? "IMDSv1" : "IMDSv1 not ruled out";
}

function hopLimit(machine: Machine): string {
  const limit = machine.option("httpPutResponseHopLimit");
  return isKnown(limit) && typeof limit.value === "number" ? `hop limit ${String(limit.value)}` : "hop limit";
}

/** Any role that the machine can take: one that is behind a profile which nobody sees is there all the same. */
function carried(machine: Machine, model: Model): Prize {
  if (machine.profile === "hidden") return unseen(machine, "the instance profile of its template");
  const roles = model.rolesOf(machine);
  const [role] = roles;
  if (role && roles.every(isUseless)) return NOTHING;
  return { state: "yes", steps: [role?.label ?? "its role"] };
}

/** A role that breaks a mandatory rule, or reads everything of a kind. */
function prize(machine: Machine, model: Model, options: Options): Prize {
  const answers = model.rolesOf(machine).map((role) => worth(role, machine, model, options));
  const [first = NOTHING] = answers;
  const isSure = answers.every(({ state }) => state === first.state);
  return isSure ? first : unseen(machine, "which of several roles is meant");
}

function worth(role: MachineRole, machine: Machine, model: Model, options: Options): Prize {
  // Of a role that EC2 may not take, the machine has no credentials to steal.
  if (isUseless(role)) return NOTHING;
  const { issues, open } = judgementOf(role, model);
  const [issue] = PRIZES.flatMap((isPrize) => issues.find(isPrize) ?? []);
  if (issue) return { state: "yes", steps: [role.label, listed(issue.actions, " + "), gained(issue)] };
  const trust = checkTrust(role, model, options.trust);
  if (trust.some(({ kind }) => kind === "violation")) {
    return { state: "yes", steps: [role.label, "a trust policy that breaks profile-trust-policy"] };
  }
  const isOpen = open.length > 0 || trust.some(({ kind }) => kind === "unverified");
  return isOpen ? unseen(machine, `what ${role.label} may do`) : NOTHING;
}

const NOTHING: Prize = { state: "no" };

/** What makes a role worth stealing, the worst first. */
const PRIZES: readonly ((issue: Issue) => boolean)[] = [
  ({ concern }) => concern === "administration",
  ({ concern }) => concern === "escalation",
  ({ concern }) => concern === "credentials",
  ({ readsEverything }) => readsEverything === true,
];

/** Where the path ends. */
function gained({ code, target, gain }: Issue): string {
  if (code === "full-admin" || code === "iam-admin" || code === "privesc-self") return "administrator";
  if (code !== "privesc-passrole") return gain;
  return target === "everything" || target === "every role" ? "administrator" : target;
}

function unseen({ profile, launch, resource }: Machine, waitsFor: string): Unknown {
  const own = { urn: resource.urn, path: launch.path };
  const source = profile && profile !== "hidden" ? profile.source : (launch.template?.source ?? own);
  return { state: "unknown", source, waitsFor };
}

const JOINED = [imdsHopLimit, imdsRequireV2, profileTrustPolicy];
const SHARED = JOINED.flatMap(({ options }) => Object.entries(options));

export const imdsAttackPath = defineRule<OwnOptions>({
  name: "imds-attack-path",
  displayName: "Leave no path from outside to a strong role",
  description:
    "No machine is at once reachable from outside, open to forged metadata requests, and the carrier of a role worth stealing.",
  level: "advisory",
  severity: "critical",
  rationale:
    "Each of the three is a finding of its own and often lived with. Together they are the breach of 2019: one request forged through a program that listens to the internet fetches the credentials of the role, and with them the account's data or the account itself. Cutting the path anywhere is enough.",
  remediationSteps:
    'Set metadataOptions.httpTokens to "required" and the hop limit to 1: it changes one property and nothing that the role may do. Then narrow the role, and close what need not be reached from everywhere.',
  tags: ["imds", "iam", "network"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  joins: JOINED.map(({ name }) => name),
  options: Object.fromEntries(SHARED.filter(([name]) => name !== "requireExplicit")),
  example: { maxHopLimit: 2, acceptAccountDefault: true },
  roles: ["machine", "template"],
  remediates: false,
  check,
});
