/** Turns rules into CrossGuard policies that judge in both passes. */
import type {
  Policy,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { ofInputs, ofStack, plainSecrets, propertiesOf, withChanges } from "./engine-resource";
import { judgePolicy, judgeUnverified, keyOf, type Finding, type PolicyJudgement, type Unverified } from "./judge";
import { Model } from "./machine/model";
import type { Properties } from "./machine/resource";
import { ShownRoles } from "./machine/shown-roles";
import { concernsSecrets, secretsOf, type SecretValue } from "./machine/secrets";
import { remediate } from "./remediate";
import { RULES } from "./rules";
import { ruleUrl, type Rule, type RuleOptions } from "./rules/rule";
import type * as StackConfig from "./stack-config";
import { policySettings, schemaOf, withJoined, type PolicySettings } from "./settings";
import { UNVERIFIED } from "./unverified";

/** One request of the engine: the SDK calls every enabled policy once, in order, each with its own copy of the data. */
interface Request {
  readonly model: Model;
  readonly asked: Set<string>;
  readonly unverified: Unverified[];
}

/** Requests that may be under way at once; models of earlier ones are let go. */
const OPEN_REQUESTS = 256;

/** What one run of the engine has shown so far. One process serves one run; tests serve several after each other. */
class Session {
  private readonly requests = new Map<string, Request>();
  private readonly inputs = new Map<string, Properties>();
  /** Keys of the findings that the resource pass reported, by URN. */
  private readonly reported = new Map<string, Set<string>>();
  private stack: Request | undefined;
  /** The engine tells each policy its own configuration only. */
  private readonly configured = new Map<string, PolicySettings>();
  /** The policy that is asked first: whose copy of the inputs is kept. */
  private keeper: string | undefined;
  /** Secrets that resources of this run were given, and those of the stack's configuration. */
  private readonly shown = new Map<string, readonly SecretValue[]>();
  private config: readonly SecretValue[] | undefined;
  /** What `up` has shown of roles; a preview waits for the whole stack. */
  private shownRoles = new ShownRoles();

  constructor(private readonly isUpdate: boolean) {}

  /** Settings of a policy, with those of the policies that were asked before it. */
  settings(own: PolicySettings): PolicySettings {
    this.configured.set(own.rule.name, own);
    return withJoined(own, (name) => this.configured.get(name));
  }

  /** The resource pass of one resource: undefined where no rule reads its type. */
  resource(policy: string, args: ResourceValidationArgs): Request | undefined {
    if (this.stack) this.reset();
    if (concernsSecrets(args.type)) this.show(args);
    const isRead = Model.reads(args.type);
    if (!isRead && Model.follows(args.type)) this.keep(policy, args);
    if (!isRead && !(this.isUpdate && Model.follows(args.type))) return undefined;
    const open = this.requests.get(args.urn);
    const request = open && !open.asked.has(policy) ? open : this.openResource(args);
    request.asked.add(policy);
    return request;
  }

  /** The stack pass. */
  wholeStack(policy: string, args: StackValidationArgs): Request {
    if (this.stack?.asked.has(policy)) this.reset();
    if (!this.stack) {
      const resources = args.resources.map((resource) => ofStack(resource, this.inputs.get(resource.urn)));
      this.stack = { model: Model.ofStack(resources, () => this.secretsOfConfig()), asked: new Set(), unverified: [] };
    }
    this.stack.asked.add(policy);
    return this.stack;
  }

  /** Keeps what the resource pass reports, so that the stack pass leaves it out; answers what is new. */
  remember(findings: readonly Finding[]): readonly Finding[] {
    const fresh = this.leftOpen(findings);
    for (const finding of fresh) {
      this.reported.set(finding.urn, (this.reported.get(finding.urn) ?? new Set()).add(keyOf(finding)));
    }
    return fresh;
  }

  /** What the resource pass left open. */
  leftOpen(findings: readonly Finding[]): readonly Finding[] {
    return findings.filter((finding) => this.reported.get(finding.urn)?.has(keyOf(finding)) !== true);
  }

  private openResource(args: ResourceValidationArgs): Request {
    const inputs = propertiesOf(args.props);
    this.inputs.set(args.urn, inputs);
    const resource = ofInputs(args, inputs);
    const request = {
      model: Model.reads(args.type)
        ? Model.ofResource(resource, () => this.secrets())
        : Model.ofShownRoles(this.shownRoles.see(resource)),
      asked: new Set<string>(),
      unverified: [],
    };
    this.requests.set(args.urn, request);
    for (const urn of this.requests.keys()) {
      if (this.requests.size <= OPEN_REQUESTS) break;
      this.requests.delete(urn);
    }
    this.reported.delete(args.urn);
    return request;
  }

  /** Keeps what the program sets on something that machines refer to; of the policies that ask, for one alone. */
  private keep(policy: string, args: ResourceValidationArgs): void {
    this.keeper ??= policy;
    if (policy === this.keeper || !this.inputs.has(args.urn)) this.inputs.set(args.urn, propertiesOf(args.props));
  }

  private show(args: ResourceValidationArgs): void {
    if (!this.shown.has(args.urn)) this.shown.set(args.urn, secretsOf(ofInputs(args, propertiesOf(args.props))));
  }

  private secrets(): readonly SecretValue[] {
    return [...this.secretsOfConfig(), ...[...this.shown.values()].flat()];
  }

  /** The engine gives the pack the decrypted configuration in its environment. */
  private secretsOfConfig(): readonly SecretValue[] {
    this.config ??= readConfigSecrets();
    return this.config;
  }

  private reset(): void {
    this.shown.clear();
    this.shownRoles = new ShownRoles();
    this.keeper = undefined;
    this.requests.clear();
    this.inputs.clear();
    this.reported.clear();
    this.stack = undefined;
  }
}

function readConfigSecrets(): readonly SecretValue[] {
  const config = process.env["PULUMI_CONFIG"] ?? "";
  if (config === "" || config === "{}") return [];
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { configSecrets } = require("./stack-config") as typeof StackConfig;
  try {
    const values = Object.entries(JSON.parse(config) as Record<string, unknown>);
    const texts = values.filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return configSecrets(texts, process.env["PULUMI_NODEJS_STACK"] ?? process.env["PULUMI_STACK"] ?? "");
  } catch {
    return [];
  }
}

/** All policies of the pack, sharing one session. */
export function policies(rules: readonly Rule[] = RULES, clock: () => Date = () => new Date()): Policy[] {
  const session = new Session(process.env["PULUMI_NODEJS_DRY_RUN"] === "false");
  return rules.map((rule) => policy(rule, session, clock));
}

function policy(rule: Rule, session: Session, clock: () => Date): ResourceValidationPolicy & StackValidationPolicy {
  const settings = settingsReader(rule);
  // Only exemptions ask for the day.
  const today = ({ exemptions }: PolicySettings): string =>
    exemptions.length === 0 ? "" : clock().toISOString().slice(0, 10);
  return {
    ...metadata(rule),
    validateResource: (args, reportViolation) => {
      const configured = settings(args.getConfig<RuleOptions>());
      const request = session.resource(rule.name, args);
      if (!request || rule.name === UNVERIFIED) return;
      const { findings } = judgePolicy(rule, request.model, configured, today(configured));
      report(session.remember(findings), reportViolation);
    },
    validateStack: (args, reportViolation) => {
      const configured = session.settings(settings(args.getConfig<RuleOptions>()));
      const { findings } = judgeInStack(rule, session.wholeStack(rule.name, args), configured, today(configured));
      report(session.leftOpen(findings), reportViolation);
    },
    ...(rule.remediates && {
      remediateResource: (args): Record<string, unknown> | undefined => {
        const configured = settings(args.getConfig<RuleOptions>());
        if (!Model.reads(args.type)) return undefined;
        const written = propertiesOf(args.props);
        const inputs = plainSecrets(written);
        const changed = remediate(rule, ofInputs(args, inputs), inputs, configured, today(configured));
        return changed && (withChanges(written, inputs, changed) as Record<string, unknown>);
      },
    }),
  };
}

function report(findings: readonly Finding[], reportViolation: ReportViolation): void {
  for (const finding of findings) reportViolation(finding.message, finding.urn);
}

function judgeInStack(rule: Rule, request: Request, settings: PolicySettings, today: string): PolicyJudgement {
  if (rule.name === UNVERIFIED) return judgeUnverified(request.unverified, settings, today);
  const judgement = judgePolicy(rule, request.model, settings, today);
  request.unverified.push(...judgement.unverified);
  return judgement;
}

/** Options are read once for each configuration, and wrong ones stop the run. */
function settingsReader(rule: Rule): (config: RuleOptions) => PolicySettings {
  let [read, settings]: [RuleOptions | undefined, PolicySettings | undefined] = [undefined, undefined];
  return (config) => {
    if (!settings || !read || !sameValues(read, config)) {
      settings = policySettings(rule, rule.level, config);
      read = config;
    }
    return settings;
  };
}

/** The SDK makes a new object of the same values for every call. */
function sameValues(a: RuleOptions, b: RuleOptions): boolean {
  for (const key in a) if (a[key] !== b[key]) return false;
  for (const key in b) if (!(key in a)) return false;
  return true;
}

/**
 * Names, meanings and defaults. Types stay here: the engine would refuse a wrong one by itself, without the correct
 * example that the pack's own error shows.
 */
function wireSchema(rule: Rule): Record<string, object> {
  const entries = Object.entries(schemaOf(rule)).map(([name, schema]) => [
    name,
    { description: schema.description, ...(schema.default !== undefined && { default: schema.default }) },
  ]);
  return Object.fromEntries(entries) as Record<string, object>;
}

function metadata(rule: Rule): Omit<Policy, "validateResource" | "validateStack"> {
  const url = RULES.includes(rule) ? ruleUrl(rule.name) : rule.url;
  const { name, displayName, description, level, severity, tags, remediationSteps, framework } = rule;
  return {
    name,
    displayName,
    description,
    enforcementLevel: level,
    severity,
    tags: [...tags],
    remediationSteps,
    ...(url !== undefined && { url }),
    ...(framework && { framework }),
    configSchema: { properties: wireSchema(rule) },
  } as Omit<Policy, "validateResource" | "validateStack">;
}
