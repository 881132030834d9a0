/** An estate as Terraform has it: the files that people write, and the plan that `terraform show -json` prints. */
import type { Estate, Machine, Role } from "./estate";

type Values = Readonly<Record<string, unknown>>;

interface Block {
  readonly type: string;
  readonly name: string;
  readonly values: Values;
  /** Attributes that refer to another resource, with what they refer to. */
  readonly references: Readonly<Record<string, string>>;
}

/** A nested block, which HCL writes without an equals sign. */
class Nested {
  constructor(readonly values: Values) {}
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

function ofRole({ name, profile, policy }: Role): Block[] {
  const role = `aws_iam_role.${name}`;
  return [
    { type: "aws_iam_role", name, values: { name, assume_role_policy: JSON.stringify(TRUST) }, references: {} },
    {
      type: "aws_iam_role_policy",
      name,
      values: { name, policy: JSON.stringify(policy) },
      references: { role: `${role}.id` },
    },
    {
      type: "aws_iam_instance_profile",
      name: profile,
      values: { name: profile },
      references: { role: `${role}.name` },
    },
  ];
}

function metadataOf({ metadata }: Exclude<Machine, { kind: "group" }>): Values {
  if (metadata === undefined) return {};
  const { tokens, hopLimit } = metadata;
  const options = { http_endpoint: "enabled", http_tokens: tokens, http_put_response_hop_limit: hopLimit };
  return { metadata_options: new Nested(options) };
}

function ofMachine(machine: Machine): Block {
  const { name } = machine;
  if (machine.kind === "group") {
    const template = `aws_launch_template.${machine.template}.id`;
    const values = { name, min_size: 1, max_size: 3, vpc_zone_identifier: ["subnet-0a11", "subnet-0a12"] };
    return {
      type: "aws_autoscaling_group",
      name,
      values: { ...values, launch_template: new Nested({ version: "$Latest" }) },
      references: { "launch_template.id": template },
    };
  }
  const profile = `aws_iam_instance_profile.${machine.profile}.name`;
  const { image, type, userData, publicIp, encrypted, tags } = machine;
  if (machine.kind === "instance") {
    return {
      type: "aws_instance",
      name,
      values: {
        ...{ ami: image, instance_type: type, subnet_id: "subnet-0a11", vpc_security_group_ids: ["sg-0a11"], tags },
        ...{ associate_public_ip_address: publicIp, user_data: userData, ...metadataOf(machine) },
        root_block_device: new Nested({ encrypted, volume_size: 20 }),
      },
      references: { iam_instance_profile: profile },
    };
  }
  return {
    type: "aws_launch_template",
    name,
    values: {
      ...{ name, image_id: image, instance_type: type, ...metadataOf(machine), tags },
      user_data: Buffer.from(userData).toString("base64"),
      network_interfaces: new Nested({ associate_public_ip_address: publicIp, security_groups: ["sg-0a11"] }),
      iam_instance_profile: new Nested({}),
    },
    references: { "iam_instance_profile.name": profile },
  };
}

function blocksOf({ roles, machines }: Estate): Block[] {
  return [...roles.flatMap(ofRole), ...machines.map(ofMachine)];
}

/** Long texts as here documents, with Terraform's own marks escaped. */
function literal(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const escaped = value.replaceAll("${", "$${").replaceAll("%{", "%%{");
  return value.includes("\n") ? `<<END_OF_TEXT\n${escaped}\nEND_OF_TEXT` : JSON.stringify(escaped);
}

function body(values: Values, references: Block["references"], indent: string): string {
  const lines = Object.entries(values).map(([key, value]) => {
    if (!(value instanceof Nested)) return `${indent}${key} = ${literal(value)}\n`;
    const inner = Object.entries(references).filter(([name]) => name.startsWith(`${key}.`));
    const own = Object.fromEntries(inner.map(([name, to]) => [name.slice(key.length + 1), to]));
    return `${indent}${key} {\n${body(value.values, own, `${indent}  `)}${indent}}\n`;
  });
  const links = Object.entries(references).filter(([name]) => !name.includes("."));
  return [...links.map(([name, to]) => `${indent}${name} = ${to}\n`), ...lines].join("");
}

/** The estate in files of some fifty resources, by their names. */
export function terraformFiles(estate: Estate): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [index, { type, name, values, references }] of blocksOf(estate).entries()) {
    const file = `part-${String(Math.floor(index / 50))}.tf`;
    const text = `resource "${type}" "${name}" {\n${body(values, references, "  ")}}\n\n`;
    files.set(file, (files.get(file) ?? "") + text);
  }
  return files;
}

/** What a plan knows: nested blocks are lists, references are known after the apply. */
function planned(values: Values): Values {
  const entries = Object.entries(values);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, value instanceof Nested ? [planned(value.values)] : value]),
  );
}

/** The part of a plan that keeps what the files say: constants, and what refers to what. */
function expressions(values: Values, references: Block["references"], prefix = ""): Values {
  const entries = Object.entries(values).map(([key, value]): [string, unknown] =>
    value instanceof Nested
      ? [key, [expressions(value.values, references, `${prefix}${key}.`)]]
      : [key, { constant_value: value }],
  );
  const links = Object.entries(references).flatMap(([name, to]): [string, unknown][] => {
    const key = name.slice(prefix.length);
    if (!name.startsWith(prefix) || key.includes(".")) return [];
    return [[key, { references: [to, to.split(".").slice(0, 2).join(".")] }]];
  });
  return Object.fromEntries([...entries, ...links]);
}

/** The plan that creates the estate, as `terraform show -json` prints it. */
export function terraformPlan(estate: Estate): string {
  const blocks = blocksOf(estate);
  const provider = "registry.terraform.io/hashicorp/aws";
  const head = ({ type, name }: Block): object => ({ address: `${type}.${name}`, mode: "managed", type, name });
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.9.5",
    planned_values: {
      root_module: {
        resources: blocks.map((block) => ({
          ...head(block),
          ...{ provider_name: provider, schema_version: 1, values: planned(block.values), sensitive_values: {} },
        })),
      },
    },
    resource_changes: blocks.map((block) => ({
      ...head(block),
      provider_name: provider,
      change: { actions: ["create"], before: null, after: planned(block.values), after_unknown: { id: true } },
    })),
    configuration: {
      provider_config: { aws: { name: "aws", full_name: provider } },
      root_module: {
        resources: blocks.map((block) => ({
          ...head(block),
          ...{ provider_config_key: "aws", schema_version: 1 },
          expressions: expressions(block.values, block.references),
        })),
      },
    },
  });
}
