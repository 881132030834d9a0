import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { createPack, defineRule, judgeStack, PASS, readSettings, rules, violation, type Rule } from "../../rules";
import { policySettings } from "../../policies/settings";
import { Analyzer, type PolicyConfig, type Sent } from "../../tools/analyzer";
import { resource, stack } from "../policies/harness";

const SAMPLE = path.resolve(__dirname, "../../docs/samples/own-rule");
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const EDGE = "acme-edge-without-metadata";
const BOUNDARY = "acme-role-boundary";

type Options = Readonly<Record<string, unknown>>;

/** As the engine configures a pack: every policy, with its level and defaults. */
function config(more: Readonly<Record<string, Options>> = {}): Record<string, PolicyConfig> {
  const ours = rules.map((rule) => {
    const { level, options, exemptions, onUnverified } = policySettings(rule, rule.level, {});
    return [rule.name, { enforcementLevel: level, ...options, exemptions, onUnverified }] as const;
  });
  const common = { exemptions: [], onUnverified: "report" };
  const own = [
    [EDGE, { enforcementLevel: "mandatory", anyPublicAddress: false, ...common }],
    [BOUNDARY, { enforcementLevel: "advisory", ...common }],
  ] as const;
  return Object.fromEntries([...ours, ...own].map(([name, settings]) => [name, { ...settings, ...more[name] }]));
}

function sent(type: string, name: string, inputs: Options, edges: Sent["propertyDependencies"] = {}): Sent {
  const dependencies = Object.values(edges).flat();
  return { urn: urnOf(type, name), type, name, inputs, dependencies, propertyDependencies: edges };
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::p::${type}::${name}`;
}

const INSTANCE = "aws:ec2/instance:Instance";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ROLE = "aws:iam/role:Role";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

const HARDENED = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };

function machine(name: string, inputs: Options, group = "open"): Sent {
  const all = { ami: "ami-1", keyName: "k", metadataOptions: HARDENED, vpcSecurityGroupIds: [UNKNOWN], ...inputs };
  return sent(INSTANCE, name, all, { vpcSecurityGroupIds: [urnOf(GROUP, group)] });
}

function group(name: string, cidrBlocks: readonly string[]): Sent {
  return sent(GROUP, name, { ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks }] });
}

const GROUPS = [group("open", ["0.0.0.0/0"]), group("closed", ["10.0.0.0/8"])];

describe("the sample pack, as the engine runs it", () => {
  let pack: Analyzer;
  beforeAll(async () => {
    // As the CLI starts packs of the Node.js runtime.
    process.env["PULUMI_NODEJS_TYPESCRIPT"] = "true";
    pack = await Analyzer.start(SAMPLE);
  }, 300_000);
  afterAll(() => {
    pack.stop();
  });

  async function found(resources: readonly Sent[], more: Readonly<Record<string, Options>> = {}): Promise<string[]> {
    await pack.configure(config(more));
    const diagnostics = await pack.preview([...GROUPS, ...resources]);
    return diagnostics.map(({ level, policy, urn }) => `${level} ${policy} ${urn.split("::").pop() ?? ""}`);
  }

  test("has its own rules beside those of the package, and what collects from all of them last", async () => {
    const { name, policiesList } = await pack.info();
    expect(name).toBe("acme-ec2");
    const [last, ...others] = [...rules].reverse();
    expect(policiesList.map((policy) => policy.name)).toEqual([
      ...others.reverse().map((rule) => rule.name),
      EDGE,
      BOUNDARY,
      last?.name,
    ]);
    const url = (of: string) => policiesList.find((policy) => policy.name === of)?.url;
    expect(url(EDGE)).toBe("https://wiki.acme.example/policies/edge-without-metadata");
    expect(url(BOUNDARY)).toBe("");
    expect(url("imds-require-v2")).toContain("/docs/rules/imds-require-v2.md");
    expect(await pack.schema(EDGE)).toMatchObject({ anyPublicAddress: { default: false } });
  });

  test.each<[string, Sent, readonly string[]]>([
    [
      "reachable, with a metadata service",
      machine("web", { associatePublicIpAddress: true }),
      [`mandatory ${EDGE} web`],
    ],
    [
      "reachable, without one",
      machine("web", { associatePublicIpAddress: true, metadataOptions: { httpEndpoint: "disabled" } }),
      [],
    ],
    ["behind a closed security group", machine("web", { associatePublicIpAddress: true }, "closed"), []],
    ["without a public address", machine("web", { associatePublicIpAddress: false }), []],
    [
      "of an address that is not known",
      machine("web", { associatePublicIpAddress: UNKNOWN }),
      ["advisory unverified-at-preview web"],
    ],
    [
      "with a fault of the package's own rules too",
      machine("web", { associatePublicIpAddress: true, metadataOptions: { ...HARDENED, httpTokens: "optional" } }),
      ["mandatory imds-require-v2 web", `mandatory ${EDGE} web`],
    ],
  ])("a machine %s", async (_what, web, expected) => {
    expect(await found([web])).toEqual(expected);
  });

  test("the message names the property with its value, the way in, and what to set", async () => {
    await pack.configure(config());
    const [finding] = await pack.preview([...GROUPS, machine("web", { associatePublicIpAddress: true })]);
    expect(finding?.message).toContain('metadataOptions.httpEndpoint is "enabled"');
    expect(finding?.message).toContain("(0.0.0.0/0:443)");
    expect(finding?.message).toContain('Set metadataOptions.httpEndpoint: "disabled".');
  });

  test("its option counts, and a misspelt one stops the run with the rule's own example", async () => {
    const closed = machine("web", { associatePublicIpAddress: true }, "closed");
    expect(await found([closed], { [EDGE]: { anyPublicAddress: true } })).toEqual([`mandatory ${EDGE} web`]);
    await expect(found([closed], { [EDGE]: { anyPublicAdress: true } })).rejects.toThrow(
      /acme-edge-without-metadata: unknown option "anyPublicAdress".*A correct example: .*"anyPublicAddress":true/,
    );
  });

  test("the sample's configuration is valid, and counts", async () => {
    const settings = JSON.parse(readFileSync(path.join(SAMPLE, "policy-config.json"), "utf8")) as Record<
      string,
      Options
    >;
    const machines = ["web", "bastion"].map((name) => machine(name, { associatePublicIpAddress: true }, "closed"));
    expect(await found(machines, { [EDGE]: settings[EDGE] ?? {} })).toEqual([`mandatory ${EDGE} web`]);
    expect(Object.keys(settings)).toEqual([EDGE, BOUNDARY]);
  });

  test("exemptions and onUnverified are those of every policy", async () => {
    const exemptions = [{ resource: "web", reason: "vendor appliance", expires: "2999-12-31" }];
    expect(await found([machine("web", { associatePublicIpAddress: true })], { [EDGE]: { exemptions } })).toEqual([]);
    const unknown = machine("web", { associatePublicIpAddress: UNKNOWN });
    expect(await found([unknown], { [EDGE]: { onUnverified: "violation" } })).toContain(`mandatory ${EDGE} web`);
  });

  test("a rule over roles reports at the role that a machine carries", async () => {
    const trust = { Version: "2012-10-17", Statement: [] };
    const resources = (boundary: Options): Sent[] => [
      sent(ROLE, "app", { name: "app", assumeRolePolicy: JSON.stringify(trust), ...boundary }),
      sent(PROFILE, "app", { name: "app", role: "app" }, { role: [urnOf(ROLE, "app")] }),
    ];
    expect(await found(resources({}))).toContain(`advisory ${BOUNDARY} app`);
    const bounded = await found(resources({ permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }));
    expect(bounded.filter((line) => line.includes(BOUNDARY))).toEqual([]);
  });
});

const TOKENS: Rule = defineRule<object>({
  name: "acme-tokens",
  displayName: "Tokens",
  description: "Tokens.",
  level: "mandatory",
  severity: "high",
  rationale: "Tokens.",
  remediationSteps: "Tokens.",
  tags: ["imds"],
  options: {},
  example: {},
  roles: ["machine"],
  remediates: false,
  check: (machine) => {
    const fact = machine.option("httpTokens");
    return fact.state === "known" && fact.value === "optional" ? violation(machine, "httpTokens", "v1", "v2") : PASS;
  },
});

/** What one rule finds: its policy and the resource. */
function judged(rule: Rule, ...written: Parameters<typeof stack>[0]): string[] {
  const { findings } = judgeStack(stack(written), readSettings({}, [rule]), "2026-01-01");
  return findings.map(({ policy, resource: name }) => `${policy} ${name}`);
}

const TEMPLATE = resource("LaunchTemplate", "template", { metadataOptions: { httpTokens: "optional" } });
const FROM_TEMPLATE = resource(
  "Instance",
  "web",
  { launchTemplate: { id: "lt-1", version: "$Latest" } },
  { edges: { launchTemplate: ["template"] } },
);

test("a rule over machines only reports what comes from a template at the machine, one over both at the template", () => {
  expect(judged(TOKENS, TEMPLATE, FROM_TEMPLATE)).toEqual(["acme-tokens web"]);
  expect(judged({ ...TOKENS, roles: ["machine", "template"] }, TEMPLATE, FROM_TEMPLATE)).toEqual([
    "acme-tokens template",
  ]);
});

test("a rule that fails is a finding that names it, and nothing of the error but its name", () => {
  const failing: Rule = {
    ...TOKENS,
    check: () => {
      throw new RangeError("hunter2");
    },
  };
  const { findings } = judgeStack(
    stack([resource("Instance", "web", { keyName: "k" })]),
    readSettings({}, [...rules, failing]),
    "2026-01-01",
  );
  expect(findings.map(({ policy }) => policy)).toEqual(["imds-require-v2", "imds-hop-limit", "acme-tokens"]);
  expect(findings[2]?.message).toContain("acme-tokens failed on this resource (RangeError)");
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});

/** The sample's own test, compiled, away from the packs that a run would start. */
test("the sample's own test passes", () => {
  const directory = path.resolve(".cache/docs/own-rule");
  mkdirSync(directory, { recursive: true });
  for (const name of ["edge-without-metadata", "edge.test"]) {
    const source = readFileSync(path.join(SAMPLE, `${name}.ts`), "utf8");
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
    writeFileSync(path.join(directory, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText);
  }
  const { stdout } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", "edge.test.js"], {
    cwd: directory,
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
}, 120_000);

test("a configuration knows the rules that it is read for, and no others", () => {
  expect(readSettings({ "acme-tokens": "advisory" }, [TOKENS]).get("acme-tokens")?.level).toBe("advisory");
  expect(() => readSettings({ "acme-tokens": "advisory" })).toThrow('There is no policy "acme-tokens"');
  expect(() => readSettings({ "imds-hop-limit": "advisory" }, [TOKENS])).toThrow("there are acme-tokens");
});

test.each<[string, Partial<Rule>, string]>([
  ["is taken", { name: "imds-hop-limit" }, "acme-imds-hop-limit"],
  ["means all policies", { name: "all" }, "acme-edge-without-metadata"],
  ["is no name", { name: "Tokens only" }, "acme-edge-without-metadata"],
  ["option is one of every policy", { options: { exemptions: { type: "array", description: "." } } }, "exemptions"],
])("a pack refuses a rule whose name %s", (_what, more, message) => {
  expect(() => createPack("mine", { rules: [...rules, { ...TOKENS, ...more }] })).toThrow(message);
});
