/** An estate of machines, the same at every call, of which Pulumi's and Terraform's files tell the same. */
import { typical } from "./user-data-texts";

export interface MetadataOptions {
  readonly tokens: "required" | "optional";
  readonly hopLimit: number;
}

/** What an instance and a template have in common. */
interface Launch {
  readonly name: string;
  readonly image: string;
  readonly type: string;
  readonly metadata: MetadataOptions | undefined;
  readonly userData: string;
  readonly profile: string;
  readonly publicIp: boolean;
  readonly encrypted: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export type Machine =
  | (Launch & { readonly kind: "instance" | "template" })
  | { readonly kind: "group"; readonly name: string; readonly template: string };

export interface Role {
  readonly name: string;
  readonly profile: string;
  readonly policy: object;
}

export interface Estate {
  readonly roles: readonly Role[];
  readonly machines: readonly Machine[];
  /** How many instances and templates leave version 1 of the metadata service on. */
  readonly weak: number;
}

const ROLES = 25;
const FLEET = 10;
const METADATA: readonly (MetadataOptions | undefined)[] = [
  ...Array.from({ length: 7 }, () => ({ tokens: "required", hopLimit: 1 }) as const),
  { tokens: "required", hopLimit: 2 },
  { tokens: "optional", hopLimit: 1 },
  undefined,
];
const TYPES = ["t3.micro", "t3.large", "m6i.large", "m6i.xlarge", "c7g.large"] as const;
const TEAMS = ["platform", "payments", "search", "data"] as const;
/** Each is filled up to the end of what sets one service up, some 1,300 characters. */
const SCRIPT_CHARACTERS = [0, 1, 2000, 3500] as const;

function at<T>(list: readonly [T, ...T[]] | readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function role(index: number): Role {
  const name = `app-${String(index)}`;
  const bucket = `arn:aws:s3:::data-${String(index)}`;
  const allow = (Action: string | string[], Resource: string): object => ({ Effect: "Allow", Action, Resource });
  const statements = [
    allow(["s3:GetObject", "s3:PutObject"], `${bucket}/*`),
    allow("s3:ListBucket", bucket),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], "arn:aws:logs:*:*:log-group:app*"),
    allow("ec2:Describe*", "*"),
    ...(index % 5 === 0 ? [allow("secretsmanager:GetSecretValue", "*")] : []),
    ...(index % 10 === 3 ? [allow(["iam:PassRole", "ec2:RunInstances"], "*")] : []),
  ];
  return { name, profile: `${name}-profile`, policy: { Version: "2012-10-17", Statement: statements } };
}

/**
 * Ten machines that stand together boot by the same script, as machines of one module do; in every fourth ten, each has
 * its name in it. In one ten of twenty there is a password in it.
 */
function script(name: string, index: number): string {
  const fleet = Math.floor(index / FLEET);
  const host = fleet % 4 === 0 ? name : `fleet-${String(fleet)}`;
  const secret = fleet % 20 === 7 ? `export DB_PASSWORD=Kq7xT2v9Lm${String(fleet)}\n` : "";
  return `#!/bin/bash\nhostnamectl set-hostname ${host}\n${secret}${typical(at(SCRIPT_CHARACTERS, fleet))}`;
}

function launch(name: string, index: number): Launch {
  return {
    name,
    image: "ami-0c2f1e3d4b5a69788",
    type: at(TYPES, index),
    metadata: at(METADATA, index * 7 + Math.floor(index / 10)),
    userData: script(name, index),
    profile: `app-${String(index % ROLES)}-profile`,
    publicIp: index % 8 === 0,
    encrypted: index % 3 !== 0,
    tags: { Name: name, team: at(TEAMS, index), environment: "production" },
  };
}

/** Of ten machines, eight are instances; the other two are a group and its template. */
function machine(index: number): Machine {
  const name = (kind: string, of = index): string => `${kind}-${String(of)}`;
  if (index % 10 === 9) return { kind: "group", name: name("group"), template: name("template", index - 1) };
  const kind = index % 10 === 8 ? "template" : "instance";
  return { kind, ...launch(name(kind), index) };
}

/** An estate of so many machines. */
export function estate(size: number): Estate {
  const machines = Array.from({ length: size }, (_, index) => machine(index));
  const weak = machines.filter((each) => each.kind !== "group" && each.metadata?.tokens !== "required").length;
  return { roles: Array.from({ length: ROLES }, (_, index) => role(index)), machines, weak };
}
