import path from "node:path";
import { RULES } from "../../policies/rules";
import { policySettings } from "../../policies/settings";
import { Analyzer, type PolicyConfig, type Sent } from "../../tools/analyzer";

const ROOT = path.resolve(__dirname, "../..");
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** As the engine configures a pack: every policy, with its level and defaults. */
function config(more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {}): Record<string, PolicyConfig> {
  return Object.fromEntries(
    RULES.map((rule) => {
      const { level, options, exemptions, onUnverified } = policySettings(rule, rule.level, {});
      return [rule.name, { enforcementLevel: level, ...options, exemptions, onUnverified, ...more[rule.name] }];
    }),
  );
}

function sent(type: string, name: string, inputs: Record<string, unknown>, more: Partial<Sent> = {}): Sent {
  return { urn: `urn:pulumi:dev::p::${type}::${name}`, type, name, inputs, ...more };
}

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const weak = (name: string) =>
  sent(INSTANCE, name, { ami: "ami-1", metadataOptions: { httpTokens: "optional" }, keyName: "k" });

let pack: Analyzer;
beforeAll(async () => {
  pack = await Analyzer.start(ROOT, process.env["PACK_NODE"]);
}, 60_000);
afterAll(() => {
  pack.stop();
});

test("the pack tells everything about its policies", async () => {
  const info = await pack.info();
  expect(info.name).toBe("ec2-hardening");
  expect(info.policiesList.map(({ name }) => name)).toEqual(RULES.map(({ name }) => name));
  for (const policy of info.policiesList) {
    expect(policy.displayname).not.toBe("");
    expect(policy.description).not.toBe("");
    expect(policy.severity).toBeGreaterThan(0);
    expect(policy.remediationSteps).not.toBe("");
    expect(policy.url).toContain(policy.name);
    expect(policy.tagsList).not.toEqual([]);
  }
  expect(info.policiesList[0]?.framework?.reference).toBe("EC2.8");
  expect(await pack.schema("imds-hop-limit")).toMatchObject({ maxHopLimit: { default: 1 } });
});

test("a finding of the resource pass is not repeated in the stack pass", async () => {
  await pack.configure(config());
  const found = await pack.preview([weak("web")]);
  expect(found.map(({ policy, level }) => `${level} ${policy}`)).toEqual([
    "mandatory imds-require-v2",
    "mandatory imds-hop-limit",
  ]);
});

test("a machine is stopped by the resource pass alone, before anything is created", async () => {
  await pack.configure(config());
  const found = await pack.analyze(weak("web"));
  expect(found.map(({ policy }) => policy)).toEqual(["imds-require-v2", "imds-hop-limit"]);
});

test("one run after another: what was reported is reported again", async () => {
  await pack.configure(config());
  const first = await pack.preview([weak("web")]);
  expect(await pack.preview([weak("web")])).toEqual(first);
});

test("a run without a resource pass starts afresh", async () => {
  await pack.configure(config());
  await pack.preview([weak("web")]);
  const read = sent(INSTANCE, "web", {}, { outputs: weak("web").inputs });
  expect(await pack.analyzeStack([read])).toEqual([]);
});

test("the program's inputs decide, not EC2's computed outputs", async () => {
  await pack.configure(config());
  const web = sent(INSTANCE, "web", { ami: "ami-1", keyName: "k" }, { outputs: { metadataOptions: UNKNOWN } });
  const seenBefore = { ...web, outputs: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } } };
  for (const resource of [web, seenBefore]) {
    const policies = (await pack.preview([resource])).map(({ policy }) => policy);
    expect(policies).toEqual(["imds-require-v2", "imds-hop-limit"]);
  }
});

test("what waits for a value is one finding with the URN, whatever the order of the resources", async () => {
  await pack.configure(config());
  const unknowns = ["b", "a"].map((name) => sent(INSTANCE, name, { metadataOptions: UNKNOWN, keyName: "k" }));
  const found = await pack.preview(unknowns);
  expect(found.map(({ policy, urn }) => `${policy} ${urn.split("::").pop() ?? ""}`)).toEqual([
    "unverified-at-preview a",
    "unverified-at-preview b",
  ]);
  expect(await pack.preview([...unknowns].reverse())).toEqual(found);
});

test("disabled policies are silent in both passes", async () => {
  const off = Object.fromEntries(RULES.map(({ name }) => [name, { enforcementLevel: "disabled" }]));
  await pack.configure(config(off));
  expect(await pack.preview([weak("web")])).toEqual([]);
  await pack.configure(config());
  expect(await pack.preview([weak("web")])).not.toEqual([]);
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ["misspelt", { maxHopLimt: 2 }, /imds-hop-limit: unknown option "maxHopLimt".*A correct example/],
  ["of the wrong type", { maxHopLimit: "2" }, /imds-hop-limit: maxHopLimit must be integer.*A correct example/],
  ["out of range", { maxHopLimit: 65 }, /imds-hop-limit: maxHopLimit must be <= 64.*A correct example/],
])("an option that is %s stops the run at the first resource, with a correct example", async (_, options, expected) => {
  await pack.configure(config({ "imds-hop-limit": options }));
  await expect(pack.analyze(sent("pulumi:pulumi:Stack", "p-dev", {}))).rejects.toThrow(expected);
});

describe("remediation", () => {
  const remediate = { enforcementLevel: "remediate" };
  const all = {
    "imds-require-v2": remediate,
    "imds-hop-limit": remediate,
    "imds-ipv6-endpoint": remediate,
    "imds-instance-tags": remediate,
  };

  /** Inputs after all remediations. */
  async function remediated(resource: Sent): Promise<unknown> {
    await pack.configure(config(all));
    return [...(await pack.remediate(resource)).values()].at(-1);
  }

  test("sets each property and leaves unknowns and secrets as they were", async () => {
    const inputs = {
      ami: UNKNOWN,
      tags: { token: secret("hunter2"), owner: "web" },
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "optional",
        httpPutResponseHopLimit: 9,
        httpProtocolIpv6: "enabled",
        instanceMetadataTags: "enabled",
      },
    };
    expect(await remediated(sent(INSTANCE, "web", inputs))).toEqual({
      ...inputs,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: "disabled",
        instanceMetadataTags: "disabled",
      },
    });
  });

  test("keeps a secret block secret", async () => {
    const inputs = { metadataOptions: secret({ httpTokens: "optional", httpPutResponseHopLimit: 1 }) };
    expect(await remediated(sent(INSTANCE, "web", inputs))).toEqual({
      metadataOptions: secret({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
    });
  });

  test("a list of one stays a list of one", async () => {
    const inputs = { metadataOptions: [{ httpTokens: "optional", httpPutResponseHopLimit: 1 }] };
    expect(await remediated(sent(INSTANCE, "web", inputs))).toEqual({
      metadataOptions: [{ httpTokens: "required", httpPutResponseHopLimit: 1 }],
    });
  });

  test("a launch configuration gets its endpoint, without which nothing is sent", async () => {
    const lc = sent("aws:ec2/launchConfiguration:LaunchConfiguration", "lc", { imageId: "ami-1" });
    expect(await remediated(lc)).toEqual({
      imageId: "ami-1",
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
  });

  test("a setting of Beanstalk is replaced where it stands, and secrets beside it stay secret", async () => {
    const setting = (name: string, value: unknown) => ({
      namespace: "aws:autoscaling:launchconfiguration",
      name,
      value,
    });
    const settings = [setting("DisableIMDSv1", "false"), setting("EC2KeyName", secret("ops"))];
    const env = sent("aws:elasticbeanstalk/environment:Environment", "env", {
      solutionStackName: "64bit Amazon Linux 2 v5",
      settings,
    });
    expect(await remediated(env)).toMatchObject({ settings: [setting("DisableIMDSv1", "true"), settings[1]] });
  });

  test("tags that the boot script reads are turned on", async () => {
    const inputs = {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1, instanceMetadataTags: "disabled" },
      userData: "curl http://169.254.169.254/latest/meta-data/tags/instance/Role",
    };
    expect(await remediated(sent(INSTANCE, "web", inputs))).toMatchObject({
      metadataOptions: { instanceMetadataTags: "enabled" },
    });
  });

  test("the limit that applies: a container host's is 2", async () => {
    const inputs = {
      tags: { "karpenter.sh/discovery": "prod" },
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 9 },
    };
    expect(await remediated(sent(INSTANCE, "web", inputs))).toMatchObject({
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
    });
  });

  test.each<[string, Sent]>([
    [
      "an unknown value",
      sent(INSTANCE, "web", { metadataOptions: { httpTokens: UNKNOWN, httpPutResponseHopLimit: 1 } }),
    ],
    ["what a template sets", sent(INSTANCE, "web", { launchTemplate: { id: UNKNOWN, version: "$Latest" } })],
    [
      "a template's hop limit between the two limits",
      sent(TEMPLATE, "lt", { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } }),
    ],
    [
      "a type that cannot express it",
      sent("aws:ec2/spotInstanceRequest:SpotInstanceRequest", "spot", { ami: "ami-1" }),
    ],
    [
      "what is right already",
      sent(INSTANCE, "web", { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } }),
    ],
    ["other types", sent("aws:s3/bucket:Bucket", "b", { bucket: "b" })],
  ])("never touches %s", async (_, resource) => {
    expect(await remediated(resource)).toBeUndefined();
  });

  test("never touches an exempted resource", async () => {
    const exemptions = [{ resource: "web", reason: "Vendor appliance", expires: "2099-12-31" }];
    await pack.configure(config({ "imds-require-v2": { ...remediate, exemptions } }));
    expect([...(await pack.remediate(weak("web"))).keys()]).toEqual([]);
  });

  test("what it leaves is compliant", async () => {
    await pack.configure(config(all));
    const web = sent(INSTANCE, "web", { ami: "ami-1", keyName: "k" });
    const inputs = [...(await pack.remediate(web)).values()].at(-1) ?? {};
    expect(await pack.preview([{ ...web, inputs }])).toEqual([]);
  });
});
