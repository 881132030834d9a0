/** A run as renderers get it, judged for real, of resources that are made here instead of by a program. */
import { machineViews } from "../../../cli/machines";
import { buildReport, type Report } from "../../../cli/report";
import { renderJson } from "../../../cli/render/json";
import { runReport, type FailedProject, type RunReport } from "../../../cli/run-report";
import type { SourceLocation } from "../../../cli/source-files";
import { judgeModel } from "../../../policies/judge";
import { Model } from "../../../policies/machine/model";
import type { Properties } from "../../../policies/machine/resource";
import { readSettings } from "../../../policies/settings";
import { HARDENED, resource, stack, TODAY, unknown, type Written } from "../../policies/harness";

/** Names that try to get out of every format. */
export const HOSTILE = [
  `</script><script>window.hacked = 1</script>`,
  `"><img src=x onerror="window.hacked = 2">`,
  `]]></failure><!-- `,
  `::error::100%,a:b\r\n::warning::x`,
  "``` </summary> @team [x](https://example.com) | #1 ![y](z)",
  `\u202eevil\u0000\u001b[2J`,
  `__proto__`,
  `${"long-".repeat(60)}name`,
] as const;

const CONFIG = {
  "imds-instance-tags": {
    enforcementLevel: "advisory",
    exemptions: [{ resource: "tagged", reason: "The agent reads <b>tags</b>", expires: "2030-01-31" }],
  },
};

const trust = JSON.stringify({
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function role(name: string, ...statements: Properties[]): Written[] {
  return [
    resource("InstanceProfile", `${name}-profile`, { name, role: name }),
    resource("Role", name, { name, assumeRolePolicy: trust }),
    resource("RolePolicy", `${name}-policy`, { role: name, policy: JSON.stringify({ Statement: statements }) }),
  ];
}

const V1 = { ...HARDENED, httpTokens: "optional" };
const exposed = { associatePublicIpAddress: true, vpcSecurityGroupIds: ["sg-1"], metadataOptions: V1 };
const open = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
const group = resource("aws:ec2/securityGroup:SecurityGroup", "sg", { ingress: [open] }, { outputs: { id: "sg-1" } });

/** A program with everything that reports show: attack paths, templates, what is not known, an exemption. */
export const MIXED: readonly Written[] = [
  group,
  ...role("deployer", { Effect: "Allow", Action: ["iam:PassRole", "ec2:RunInstances"], Resource: "*" }),
  ...role("reader", { Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" }),
  ...role("forwarder", { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }),
  resource("Instance", "web", { ...exposed, iamInstanceProfile: "reader" }),
  resource("Instance", "shop", { ...exposed, iamInstanceProfile: "reader" }),
  resource("Instance", "build", { ...exposed, iamInstanceProfile: "deployer" }),
  resource("Instance", "nat", {
    sourceDestCheck: false,
    iamInstanceProfile: "forwarder",
    metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 },
  }),
  resource("LaunchTemplate", "workers", { name: "workers", metadataOptions: { ...HARDENED, httpTokens: unknown } }),
  resource("Group", "workers", { launchTemplate: { name: "workers", version: "$Latest" } }),
  resource("Instance", "outside", { launchTemplate: { id: "lt-0123456789abcdef0" } }),
  resource("Instance", "tagged", {
    metadataOptions: { ...HARDENED, instanceMetadataTags: "enabled" },
    keyName: "admin",
  }),
];

/** Machines whose names are hostile, and one whose role is. */
export const HOSTILE_PROGRAM: readonly Written[] = [
  group,
  ...role("deployer", { Effect: "Allow", Action: "*", Resource: "*" }),
  ...HOSTILE.map((name) => resource("Instance", name, { ...exposed, iamInstanceProfile: "deployer" })),
];

/** Many machines, each with several findings. */
export function many(count: number): readonly Written[] {
  return Array.from({ length: count }, (_, i) =>
    resource("Instance", `machine-${String(i)}`, { metadataOptions: { ...V1, instanceMetadataTags: "enabled" } }),
  );
}

/** Many machines that can be reached, each with a role of its own that is worth it. */
export function manyPaths(count: number): readonly Written[] {
  return [
    group,
    ...Array.from({ length: count }, (_, i) => [
      ...role(`role-${String(i)}`, { Effect: "Allow", Action: "*", Resource: "*" }),
      resource("Instance", `machine-${String(i)}`, { ...exposed, iamInstanceProfile: `role-${String(i)}` }),
    ]).flat(),
  ];
}

/** Judges a program. */
export function judged(written: readonly Written[], change: Partial<Report> = {}): Report {
  const resources = stack(written);
  const model = Model.ofStack(resources);
  const judgement = judgeModel(model, readSettings(CONFIG), TODAY);
  const locations = new Map<string, SourceLocation>(
    resources
      .filter(({ name }) => name !== "outside")
      .map(({ urn }, index) => [urn, { file: "infra/index.ts", line: index + 1, column: 5 }]),
  );
  const parts = {
    directory: "infra",
    file: "infra/Pulumi.yaml",
    stack: { name: "dev", project: "shop", organization: "organization" },
    outcome: { kind: "completed" },
    errors: [],
    hints: [],
  } as const;
  const judgedProgram = { judgement, machines: machineViews(model), locations, notes: ["One <i>notice</i>."] };
  return { ...buildReport(parts, resources, judgedProgram), ...change };
}

/** A run of programs. */
export function run(projects: readonly Report[], failed: readonly FailedProject[] = []): RunReport {
  return runReport(readSettings(CONFIG), projects, failed);
}

/** A run as JSON. */
export function jsonOf(all: RunReport): string {
  return [...renderJson(all)].join("");
}
