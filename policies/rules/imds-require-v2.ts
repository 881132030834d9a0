import { containerHost, templateHost } from "../machine/container-host";
import { accountDefault, imageRequiresTokens, type StatedAccount } from "../machine/defaults";
import { is, type Fact } from "../machine/fact";
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
  readonly acceptAccountDefault: boolean;
  readonly acceptAmiDefault: boolean;
  readonly acceptAmis: readonly string[];
  readonly account?: StatedAccount;
}

const WHY = "IMDSv1 hands the role's keys to any forged request (SSRF, an open proxy)";

/**
 * | seen                                       | verdict                                              |
 * |--------------------------------------------|------------------------------------------------------|
 * | the type cannot express it                 | as "nothing to inherit from"                         |
 * | endpoint disabled                          | pass                                                 |
 * | tokens required, and they reach EC2        | pass                                                 |
 * | tokens anything else                       | violation                                            |
 * | tokens, or the endpoint they need, unknown | unverified                                           |
 * | tokens absent, set elsewhere               | the template decides, in the stack pass              |
 * | tokens absent, nothing to inherit from     | violation, unless account or image is accepted       |
 *
 * Launch parameters come before the account's default, and that before the image (Amazon EC2 User Guide, "Configure
 * instance metadata options").
 */
export function checkTokens(machine: Machine, model: Model, options: Options): Verdict {
  const tokens = machine.option("httpTokens");
  const state = endpoint(machine);
  if (machine.role === "account default") return checkDefault(machine, tokens, state);
  if (!machine.launch.expresses.has("httpTokens")) return inherited(machine, model, options);
  if (state === "off") return PASS;
  switch (tokens.state) {
    case "inherited":
      return OPEN;
    case "unknown":
      return unverified(machine, "httpTokens", tokens);
    case "known":
      if (tokens.value === "required" && tokens.dropped === undefined) return ifSent(machine, "httpTokens", tokens);
      return state === "pending" ? OPEN : notRequired(machine, tokens);
    case "absent":
      if (state === "pending") return OPEN;
      if (state === "unknown") return unverified(machine, "httpEndpoint", machine.option("httpEndpoint"));
      return inherited(machine, model, options);
  }
}

/** An account default that leaves tokens open is no finding, since each machine is judged. */
function checkDefault(machine: Machine, tokens: Fact, state: ReturnType<typeof endpoint>): Verdict {
  if (tokens.state === "absent" || state === "off" || is(tokens, "required")) return PASS;
  if (tokens.state !== "known") return unverified(machine, "httpTokens", tokens);
  return notRequired(machine, tokens);
}

function notRequired(machine: Machine, tokens: Fact): Verdict {
  const what = seen(machine, tokens, ["optional", "required"]);
  if (tokens.state === "known" && tokens.value === "required" && tokens.dropped !== undefined) {
    const reason = `${what}, but ${tokens.dropped}: ${WHY}`;
    return violation(machine, "httpTokens", reason, fix(machine, "httpEndpoint", "enabled"), "required");
  }
  const isWritten = is(tokens, "optional") && tokens.state === "known" && tokens.shown === undefined;
  const enforced = isWritten ? ", and the launch fails where the account enforces tokens" : "";
  return violation(
    machine,
    "httpTokens",
    `${what}: ${WHY}${enforced}`,
    fix(machine, "httpTokens", "required"),
    "required",
  );
}

/** Nobody sets tokens at launch: the account's default decides, then the image, then EC2, which leaves version 1 on. */
function inherited(machine: Machine, model: Model, options: Options): Verdict {
  const byAccount = asksAccount(machine, options);
  const byImage = options.acceptAmiDefault || options.acceptAmis.length > 0;
  if ((byAccount || byImage) && !model.complete) return OPEN;
  const tokens = accountDefault(model, machine, "httpTokens", options.account);
  const verdict =
    (byAccount ? accepted(machine, model, options, tokens) : undefined) ??
    (byImage ? imageAccepted(machine, model, options, tokens) : undefined);
  return verdict ?? notSet(machine, model);
}

function accepted(machine: Machine, model: Model, options: Options, tokens: Fact): Verdict | undefined {
  const setByNobody = endpoint(machine) === "absent";
  const off = setByNobody ? accountDefault(model, machine, "httpEndpoint", options.account) : undefined;
  if (is(tokens, "required") || (off && is(off, "disabled"))) return PASS;
  if (tokens.state === "unknown") return unverified(machine, "httpTokens", tokens);
  if (off?.state === "unknown") return unverified(machine, "httpTokens", off);
  return undefined;
}

function imageAccepted(machine: Machine, model: Model, options: Options, tokens: Fact): Verdict | undefined {
  if (tokens.state === "known" && !is(tokens, "required")) return undefined;
  if (tokens.state === "unknown") return unverified(machine, "httpTokens", tokens);
  const accepts = { inStack: options.acceptAmiDefault, ids: matcher(options.acceptAmis) };
  // A template without an image starts from those of its machines.
  const withImage = machine.part("image") === undefined && machine.users.length > 0 ? machine.users : [machine];
  const requires = withImage.map((each) => imageRequiresTokens(model, each, accepts));
  if (requires.every((each) => each === true)) return PASS;
  if (requires.includes(false)) return undefined;
  const image = withImage[0]?.part("image");
  const source = image && image !== "hidden" ? image.source : machine.option("httpTokens").source;
  return { kind: "unverified", source, inherited: machine.takes("httpTokens"), waitsFor: undefined };
}

function notSet(machine: Machine, model: Model): Verdict {
  const { launch } = machine;
  if (launch.alternative !== undefined) {
    const where = launch.path === "" ? "This type" : launch.path;
    const reason = `${where} cannot set metadata options, they never reach EC2, so IMDSv1 is not ruled out: ${WHY}`;
    return violation(machine, "httpTokens", reason, `Use ${launch.alternative}.`);
  }
  const left = launch.ignoresAccount ? "leaves IMDSv1 on" : "leaves IMDSv1 to account and image";
  const reason = `${seen(machine, machine.option("httpTokens"))}, which ${left}: ${WHY}`;
  return violation(machine, "httpTokens", reason, howToSet(machine, model), "required");
}

/** Where nothing is said at all, the whole block to paste; else the one property. */
function howToSet(machine: Machine, model: Model): string {
  const owner = ownerOf(machine, "httpTokens");
  const { saysNothing, setter, expresses } = owner.launch;
  if (!saysNothing || setter.block === undefined) return fix(machine, "httpTokens", "required");
  const lines = [
    ...(expresses.has("httpEndpoint") ? ['httpEndpoint: "enabled",'] : []),
    'httpTokens: "required",',
    ...(expresses.has("httpPutResponseHopLimit")
      ? [`httpPutResponseHopLimit: ${isContainerHost(owner, model) ? "2" : "1"},`]
      : []),
  ];
  return `Set ${setter.block}${onTemplate(machine, owner)}: {\n${lines.map((line) => `  ${line}\n`).join("")}}`;
}

/** A bridge network needs one hop more. */
function isContainerHost(machine: Machine, model: Model): boolean {
  const host = machine.role === "template" ? templateHost : containerHost;
  return host(model, machine, () => false).state === "yes";
}

export const imdsRequireV2 = defineRule<Options>({
  name: "imds-require-v2",
  displayName: "Require IMDSv2",
  description: "EC2 machines answer metadata requests only with a session token (IMDSv2), or not at all.",
  level: "mandatory",
  severity: "high",
  rationale:
    "With version 1 of the instance metadata service one forged GET request, by server-side request forgery, an open proxy or a misconfigured firewall, returns the credentials of the machine's role. Version 2 asks for a token first, which such requests cannot obtain.",
  remediationSteps:
    'Set metadataOptions.httpTokens to "required" on the instance or on the launch template it starts from, or set httpEndpoint to "disabled" where nothing reads metadata.',
  tags: ["imds", "credentials"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference: "EC2.8",
    specification: "EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)",
  },
  options: {
    acceptAccountDefault: {
      type: "boolean",
      default: false,
      description:
        "Accept a machine that sets nothing where an InstanceMetadataDefaults of the program, for the same provider and region, requires tokens or disables the endpoint.",
    },
    acceptAmiDefault: {
      type: "boolean",
      default: false,
      description:
        'Accept a machine that sets nothing where its image is in the program with imdsSupport "v2.0" and no account default says optional.',
    },
    acceptAmis: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description: 'Image ids (globs: * any characters, ? one) that count as images with imdsSupport "v2.0".',
    },
    account: ACCOUNT_OPTION,
  },
  example: { acceptAccountDefault: true, acceptAmis: ["ami-0abc*"] },
  roles: ["machine", "template", "account default"],
  remediates: true,
  check: checkTokens,
});
