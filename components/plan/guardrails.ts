/** What an organization or account sets for all of its machines: policy documents and account defaults. */
import type { DeclarativePolicyArgs, ImdsGuardrailsArgs, ServiceControlPolicyArgs } from "../guard-args";
import { found, type Problem } from "./problems";
import { wellFormed } from "./shape";

/** A policy of Organizations. */
export interface PlannedPolicy {
  readonly kind: "service-control" | "declarative";
  readonly type: "SERVICE_CONTROL_POLICY" | "DECLARATIVE_POLICY_EC2";
  readonly description: string;
  readonly content: string;
}

/** The defaults of one region; that of the provider where it is undefined. */
export interface PlannedDefaults {
  readonly region: string | undefined;
  readonly httpTokens: "required";
  readonly httpPutResponseHopLimit: number;
  readonly httpEndpoint: "no-preference";
  readonly instanceMetadataTags: "disabled";
}

export interface GuardrailsPlan {
  readonly problems: readonly Problem[];
  readonly defaults: readonly PlannedDefaults[];
  readonly policies: readonly PlannedPolicy[];
}

/** Characters of a policy document (AWS Organizations User Guide, "Quotas and service limits"). */
const LIMITS = { "service-control": 10_240, declarative: 10_000 } as const;

const OPTION = { "service-control": "serviceControlPolicy", declarative: "declarativePolicy" } as const;

export function planGuardrails(given: ImdsGuardrailsArgs): GuardrailsPlan {
  const { args, problems } = wellFormed("ImdsGuardrails", given);
  const { accountDefaults = true, httpPutResponseHopLimit = 1, regions } = args;
  const policies = policiesOf(args, httpPutResponseHopLimit);
  return {
    problems: [...problems, ...problemsOf(args), ...policies.flatMap(sizeProblems)],
    defaults: accountDefaults
      ? (regions ?? [undefined]).map((region) => defaultsOf(region, httpPutResponseHopLimit))
      : [],
    policies,
  };
}

/** Whether a machine has an endpoint is for whoever starts it to say: those that are off would be on, or the reverse. */
function defaultsOf(region: string | undefined, httpPutResponseHopLimit: number): PlannedDefaults {
  return {
    region,
    httpTokens: "required",
    httpPutResponseHopLimit,
    httpEndpoint: "no-preference",
    instanceMetadataTags: "disabled",
  };
}

function policiesOf(
  { serviceControlPolicy, declarativePolicy }: ImdsGuardrailsArgs,
  hopLimit: number,
): PlannedPolicy[] {
  const control: PlannedPolicy | undefined = serviceControlPolicy && {
    kind: "service-control",
    type: "SERVICE_CONTROL_POLICY",
    description: "Machines take metadata requests with a token only",
    content: JSON.stringify(serviceControlDocument(serviceControlPolicy)),
  };
  const declarative: PlannedPolicy | undefined = declarativePolicy && {
    kind: "declarative",
    type: "DECLARATIVE_POLICY_EC2",
    description: "Metadata options of machines that do not say them",
    content: JSON.stringify(declarativeDocument(declarativePolicy, hopLimit)),
  };
  return [control, declarative].filter((policy) => policy !== undefined);
}

interface DenyStatement {
  readonly Sid: string;
  readonly Effect: "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface ServiceControlDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly DenyStatement[];
}

/** One for the machine, one for a container on a bridge network. */
const MAX_HOP_LIMIT = 2;

const MACHINES = "arn:*:ec2:*:*:instance/*";

/**
 * The service control policy: no machine starts with version 1 or with a larger hop limit, no call of AWS is taken that is
 * signed with credentials which version 1 gave out, and nobody makes tokens optional again. It binds every principal but
 * roles that are linked to a service, so that a group of Auto Scaling still starts what its template says, and none of the
 * management account (EC2 User Guide, "Work with instance metadata"; IAM JSON policy reference).
 */
export function serviceControlDocument(args: ServiceControlPolicyArgs = {}): ServiceControlDocument {
  const { maxHopLimit = MAX_HOP_LIMIT, administrators, allowBootOnly = false } = args;
  return {
    Version: "2012-10-17",
    Statement: [
      deny("RequireImdsV2", "ec2:RunInstances", MACHINES, {
        StringNotEquals: { "ec2:MetadataHttpTokens": "required" },
      }),
      deny("MaxImdsHopLimit", "ec2:RunInstances", MACHINES, {
        NumericGreaterThan: { "ec2:MetadataHttpPutResponseHopLimit": String(maxHopLimit) },
      }),
      deny("RequireRoleDeliveryV2", "*", "*", { NumericLessThan: { "ec2:RoleDelivery": "2.0" } }),
      // The key is what the request asks for, and absent where it leaves tokens as they are.
      deny("KeepImdsV2", "ec2:ModifyInstanceMetadataOptions", MACHINES, {
        StringNotEquals: { "ec2:Attribute/HttpTokens": "required" },
        Null: { "ec2:Attribute/HttpTokens": "false" },
      }),
      ...(administrators === undefined ? [] : administration(administrators, allowBootOnly)),
    ],
  };
}

function administration(administrators: readonly string[], allowBootOnly: boolean): DenyStatement[] {
  const others = { ArnNotLike: { "aws:PrincipalArn": [...administrators] } };
  // A request that does not turn the endpoint off has another value, or no such key: both are not equal.
  const off = { StringNotEquals: { "ec2:Attribute/HttpEndpoint": "disabled" } };
  return [
    deny("AdministratorsChangeMetadataOptions", "ec2:ModifyInstanceMetadataOptions", "*", {
      ...others,
      ...(allowBootOnly && off),
    }),
    deny("AdministratorsChangeMetadataDefaults", "ec2:ModifyInstanceMetadataDefaults", "*", others),
  ];
}

function deny(Sid: string, Action: string, Resource: string, Condition: DenyStatement["Condition"]): DenyStatement {
  return { Sid, Effect: "Deny", Action, Resource, Condition };
}

interface Assigned<T> {
  readonly "@@assign": T;
}

export interface DeclarativeDocument {
  readonly ec2_attributes: {
    readonly instance_metadata_defaults: {
      readonly http_tokens: Assigned<"required">;
      readonly http_put_response_hop_limit: Assigned<string>;
      readonly http_endpoint: Assigned<"no_preference">;
      readonly instance_metadata_tags: Assigned<"disabled">;
      readonly http_tokens_enforced?: Assigned<"enabled">;
    };
  };
}

/**
 * The declarative policy for EC2 (AWS Organizations User Guide, "Declarative policy syntax and examples").
 * @param httpPutResponseHopLimit hop limit of machines that do not say one
 */
export function declarativeDocument(
  args: DeclarativePolicyArgs = {},
  httpPutResponseHopLimit = 1,
): DeclarativeDocument {
  const { enforce = false } = args;
  return {
    ec2_attributes: {
      instance_metadata_defaults: {
        http_tokens: { "@@assign": "required" },
        http_put_response_hop_limit: { "@@assign": String(httpPutResponseHopLimit) },
        http_endpoint: { "@@assign": "no_preference" },
        instance_metadata_tags: { "@@assign": "disabled" },
        ...(enforce && { http_tokens_enforced: { "@@assign": "enabled" } }),
      },
    },
  };
}

function problemsOf(args: ImdsGuardrailsArgs): readonly Problem[] {
  const { regions, accountDefaults = true, httpPutResponseHopLimit, serviceControlPolicy, declarativePolicy } = args;
  const nothing = !accountDefaults && serviceControlPolicy === undefined && declarativePolicy === undefined;
  return found(
    nothing && { property: "accountDefaults", reason: "nothing is left to set: leave it out, or give a policy." },
    !accountDefaults &&
      regions !== undefined && { property: "regions", reason: "has no effect where accountDefaults is false." },
    ...regionProblems(regions),
    hopProblem("httpPutResponseHopLimit", httpPutResponseHopLimit),
    ...(serviceControlPolicy ? controlProblems(serviceControlPolicy, httpPutResponseHopLimit) : []),
  );
}

function controlProblems(
  { maxHopLimit, administrators, allowBootOnly }: ServiceControlPolicyArgs,
  hopLimit = 1,
): readonly Problem[] {
  const at = (property: string): string => `serviceControlPolicy.${property}`;
  return found(
    hopProblem(at("maxHopLimit"), maxHopLimit),
    hopLimit > (maxHopLimit ?? MAX_HOP_LIMIT) && {
      property: at("maxHopLimit"),
      reason: "machines would start with a larger httpPutResponseHopLimit by default: raise it, or lower that.",
    },
    administrators?.length === 0 && {
      property: at("administrators"),
      reason: "an empty list locks everyone out: name what deploys, or leave it out.",
    },
    ...(administrators ?? []).map(
      (arn, index) =>
        !PRINCIPAL.test(arn) && {
          property: at(`administrators[${String(index)}]`),
          reason: 'write the ARN of a role, user or account root, e.g. "arn:aws:iam::*:role/deploy".',
        },
    ),
    allowBootOnly !== undefined &&
      administrators === undefined && {
        property: at("allowBootOnly"),
        reason: "has no effect without administrators: machines may turn their endpoint off as it is.",
      },
  );
}

/** What aws:PrincipalArn holds: of a session of a role the role's own ARN (IAM User Guide, "AWS global condition context keys"). */
const PRINCIPAL = /^arn:[a-z*-]+:iam::(?:\d{12}|\*):(?:root|(?:role|user)\/.+)$/;

function regionProblems(regions: readonly string[] | undefined): readonly (Problem | false)[] {
  const none = { property: "regions", reason: "name a region, or leave it out for that of the provider." };
  return [
    regions?.length === 0 && none,
    ...(regions ?? []).map((region, index): Problem | false => {
      const property = `regions[${String(index)}]`;
      if (!/^[a-z]{2,4}(?:-[a-z]+)+-\d$/.test(region)) {
        return { property, reason: 'write the code of a region, e.g. "eu-central-1".' };
      }
      return regions?.indexOf(region) !== index && { property, reason: "is named twice." };
    }),
  ];
}

function hopProblem(property: string, value: number | undefined): Problem | false {
  const isRight = value === undefined || (Number.isInteger(value) && value >= 1 && value <= 64);
  return !isRight && { property, reason: "write a whole number from 1 to 64." };
}

function sizeProblems({ kind, content }: PlannedPolicy): readonly Problem[] {
  const over = content.length - LIMITS[kind];
  if (over <= 0) return [];
  const reason = `the document is ${String(over)} characters above the ${String(LIMITS[kind])} that Organizations takes: name administrators by patterns.`;
  return [{ property: OPTION[kind], reason }];
}
