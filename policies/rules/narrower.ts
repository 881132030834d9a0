/** The statement to write instead: actions that are seen, on resources of the program, or else on ARNs of their form. */
import { catalogue, type ActionInfo, type ResourceType } from "../iam/catalogue";
import { decidingTypes } from "../iam/judgements/methods";
import type { Code, Issue } from "../iam/judgements/issue";
import type { MachineRole } from "../iam/role";
import type { Model } from "../machine/model";
import { label, type StackResource } from "../machine/resource";

/** Where the program makes something that an ARN of IAM names. */
interface Kind {
  /** Resource type of the data about IAM, with its service. */
  readonly type: string;
  readonly tokens: readonly string[];
  /** What follows the resource's ARN. */
  readonly suffix?: string;
  /** What machines usually call on it, where a statement names the whole service. */
  readonly usual?: readonly string[];
}

export const KINDS: readonly Kind[] = [
  {
    type: "s3:object",
    tokens: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws-native:s3:Bucket"],
    suffix: "/*",
    usual: ["s3:GetObject"],
  },
  { type: "s3:bucket", tokens: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2", "aws-native:s3:Bucket"] },
  {
    type: "secretsmanager:Secret",
    tokens: ["aws:secretsmanager/secret:Secret"],
    usual: ["secretsmanager:GetSecretValue"],
  },
  { type: "ssm:parameter", tokens: ["aws:ssm/parameter:Parameter"], usual: ["ssm:GetParameter"] },
  { type: "kms:key", tokens: ["aws:kms/key:Key", "aws-native:kms:Key"], usual: ["kms:Decrypt"] },
  {
    type: "sqs:queue",
    tokens: ["aws:sqs/queue:Queue", "aws-native:sqs:Queue"],
    usual: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
  },
  { type: "sns:topic", tokens: ["aws:sns/topic:Topic"], usual: ["sns:Publish"] },
  {
    type: "dynamodb:table",
    tokens: ["aws:dynamodb/table:Table", "aws-native:dynamodb:Table"],
    usual: ["dynamodb:GetItem", "dynamodb:PutItem"],
  },
  { type: "kinesis:stream", tokens: ["aws:kinesis/stream:Stream"], usual: ["kinesis:PutRecords"] },
  { type: "lambda:function", tokens: ["aws:lambda/function:Function"], usual: ["lambda:InvokeFunction"] },
  { type: "ecr:repository", tokens: ["aws:ecr/repository:Repository", "aws-native:ecr:Repository"] },
  { type: "logs:log-stream", tokens: ["aws:cloudwatch/logGroup:LogGroup"], suffix: ":*", usual: ["logs:PutLogEvents"] },
  { type: "iam:role", tokens: ["aws:iam/role:Role", "aws-native:iam:Role"] },
];

/** Issues that go away once resources are named. */
const NAMING: ReadonlySet<Code> = new Set<Code>([
  "full-admin",
  "power-user",
  "privesc-passrole",
  "passrole-star",
  "assumerole-star",
  "credentials",
  "exfil-secrets",
  "exfil-data",
  "service-wildcard",
  "write-star",
]);

/** What is named already needs no other name. */
const WHOLE: ReadonlySet<string> = new Set(["everything", "every role"]);

/** Roles of the program that may be named: handing over any other, or taking it, is what the issue is about. */
export type IsHarmless = (role: StackResource) => boolean;

/** The statement, or two, as a program writes them; undefined where nothing tells what it should be. */
export function narrower(issue: Issue, role: MachineRole, model: Model, isHarmless: IsHarmless): string | undefined {
  const [{ policy }] = issue.clauses;
  if (!NAMING.has(issue.code) || !WHOLE.has(issue.target) || policy.managed !== undefined) return undefined;
  const writer = new Writer(role, model, isHarmless);
  const statements = wildcardOf(issue) ?? issue.actions.flatMap((each) => firstAction(each) ?? []);
  const written = typeof statements === "string" ? writer.usual(statements) : writer.named(statements);
  return written.length === 0 ? undefined : written.slice(0, MOST_STATEMENTS).join(" and ");
}

const MOST_STATEMENTS = 2;
const MOST_ACTIONS = 3;
const MOST_RESOURCES = 2;

/** `*`, or the service that a pattern names whole. */
function wildcardOf({ code, actions: [first = ""] }: Issue): string | undefined {
  if (code === "full-admin" || code === "power-user") return "*";
  if (code !== "service-wildcard") return undefined;
  return first.split(":", 1)[0] ?? "*";
}

/** Of actions that are called together, the one that names what is acted on stands first. */
function firstAction(text: string): ActionInfo | undefined {
  return catalogue().action(text.split(" + ", 1)[0] ?? "");
}

class Writer {
  constructor(
    private readonly role: MachineRole,
    private readonly model: Model,
    private readonly isHarmless: IsHarmless,
  ) {}

  /** What machines usually call on what the program makes; on any name where a single service is asked for. */
  usual(service: string): readonly string[] {
    const kinds = KINDS.filter(({ type, usual }) => usual && (service === "*" || type.startsWith(`${service}:`)));
    return kinds.flatMap(({ type, usual = [] }) => {
      const actions = usual.flatMap((name) => catalogue().action(name) ?? []);
      const place = actions[0] && placeOf(actions[0], type);
      const made = this.made(type);
      if (made) return [statement(usual, made)];
      return service === "*" || !place ? [] : [statement(usual, [this.template(place)])];
    });
  }

  /** Actions by what they are called on, first those on what the program makes. */
  named(actions: readonly ActionInfo[]): readonly string[] {
    const groups = new Map<string, { readonly place: ResourceType; readonly names: Set<string> }>();
    for (const action of actions) {
      const place = placeOf(action);
      if (!place) continue;
      const key = `${place.service}:${place.name}`;
      const group = groups.get(key) ?? { place, names: new Set() };
      groups.set(key, group);
      group.names.add(action.name);
    }
    const made = [...groups].map(([key, { place, names }]) => ({ place, names: [...names], arns: this.made(key) }));
    const seen = made.filter(({ arns }) => arns);
    return (seen.length > 0 ? seen : made.slice(0, 1)).map(({ names, arns, place }) =>
      statement(names, arns ?? [this.template(place)]),
    );
  }

  /** ARNs of what the program makes of a kind, best of what the machines depend on; undefined where that is too much. */
  private made(type: string): readonly string[] | undefined {
    const kind = KINDS.find((each) => each.type === type);
    if (!kind) return undefined;
    const all = kind.tokens
      .flatMap((token) => this.model.graph.ofType(token))
      .filter((each) => type !== "iam:role" || (each !== this.role.resource && this.isHarmless(each)));
    const near = all.filter(({ urn }) => this.needs.has(urn));
    const chosen = (near.length > 0 ? near : all).flatMap((each) => variable(each) ?? []);
    if (chosen.length === 0 || chosen.length > MOST_RESOURCES) return undefined;
    const { suffix } = kind;
    return chosen.map((name) =>
      suffix === undefined ? `${name}.arn` : `pulumi.interpolate\`\${${name}.arn}${suffix}\``,
    );
  }

  private get needs(): ReadonlySet<string> {
    return new Set(
      this.role.machines.flatMap(({ resource, named }) => [
        ...resource.dependencies,
        ...(named?.resource.dependencies ?? []),
      ]),
    );
  }

  /** `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME` */
  private template({ arns: [form = "*"] }: ResourceType): string {
    const filled = form
      .replaceAll("${Partition}", this.role.identity.partition ?? "aws")
      .replaceAll("${Region}", "REGION")
      .replaceAll("${Account}", "ACCOUNT");
    const isOne = filled.split("${").length === 2;
    const text = filled.replaceAll(/\$\{(\w+?)(?:Name|Id)?(?:With\w+)?\}/g, (_, name: string) =>
      isOne ? "NAME" : name.toUpperCase(),
    );
    return JSON.stringify(text);
  }
}

/** What an action is called on: what the program can make before anything else. */
function placeOf({ name, required, optional }: ActionInfo, wanted?: string): ResourceType | undefined {
  const deciding = decidingTypes(name);
  const all = [...required, ...optional].filter((type) => deciding.length === 0 || deciding.includes(type.name));
  // A call that takes several resources at once is not granted by naming one.
  if (deciding.length === 0 && required.length > 2) return undefined;
  const is = ({ service, name }: ResourceType, type: string): boolean => `${service}:${name}` === type;
  const known = all.find((type) =>
    wanted === undefined ? KINDS.some((kind) => is(type, kind.type)) : is(type, wanted),
  );
  return known ?? all[0];
}

function statement(actions: readonly string[], resources: readonly string[]): string {
  const quoted = actions.slice(0, MOST_ACTIONS).map((name) => JSON.stringify(name));
  return `{ Action: ${oneOrList(quoted)}, Resource: ${oneOrList(resources)} }`;
}

function oneOrList(items: readonly string[]): string {
  return items.length === 1 ? items.join("") : `[${items.join(", ")}]`;
}

/** A resource's name as a variable would have it: `db-password` is `dbPassword`. */
function variable(resource: StackResource): string | undefined {
  const [first, ...others] = label(resource)
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== "");
  if (first === undefined || !/^[A-Za-z_]/.test(first)) return undefined;
  return (
    first.charAt(0).toLowerCase() +
    first.slice(1) +
    others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")
  );
}
