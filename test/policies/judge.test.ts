import { judgePolicy, judgeStack, unverifiedFindings } from "../../policies/judge";
import { Model } from "../../policies/machine/model";
import { PASS, type Rule } from "../../policies/rules/rule";
import { RULES } from "../../policies/rules";
import { policySettings, readSettings } from "../../policies/settings";
import { HARDENED, resource, stack, TODAY, unknown, verdicts, type Written } from "./harness";

const POLICY = "imds-require-v2";
const weak = (name: string) => resource("Instance", name, { metadataOptions: { ...HARDENED, httpTokens: "optional" } });
const exemption = (more: object) => ({
  exemptions: [{ resource: "web", reason: "Vendor appliance", expires: "2099-12-31", ...more }],
});

function judge(written: readonly Written[], config: unknown = {}) {
  return judgeStack(stack(written), readSettings(config), TODAY);
}

describe("exemptions", () => {
  test.each<[string, object, string[]]>([
    ["by name", {}, ["violation other"]],
    ["by glob on the name", { resource: "we?" }, ["violation other"]],
    ["by glob on the URN", { resource: "urn:*::web" }, ["violation other"]],
    ["a part of a name is no match", { resource: "we" }, ["violation other", "violation web"]],
    ["on its last day", { expires: TODAY }, ["violation other"]],
    ["the day after", { expires: "2026-11-24" }, ["violation other", "violation web"]],
  ])("%s", (_, more, expected) => {
    expect(verdicts(POLICY, [weak("web"), weak("other")], exemption(more))).toEqual(expected);
  });

  test("an expired one is named in the message", () => {
    const { findings } = judge([weak("web")], { [POLICY]: exemption({ expires: "2026-01-31" }) });
    expect(findings[0]?.message).toContain("expired on 2026-01-31");
  });

  test("silences what would be unverified", () => {
    const written = [resource("Instance", "web", { metadataOptions: { ...HARDENED, httpTokens: unknown } })];
    expect(verdicts(POLICY, written, exemption({}))).toEqual([]);
  });

  test("are counted and listed, and those that do nothing or everything are named", () => {
    const nothing = judge([weak("web")], { [POLICY]: exemption({ resource: "gone" }) });
    expect(nothing.notices).toEqual([expect.stringContaining("gone")]);
    const all = judge([weak("web"), weak("other")], { [POLICY]: exemption({ resource: "*" }) });
    expect(all.exempted.map((each) => [each.resource, each.exemption.reason])).toEqual([
      ["other", "Vendor appliance"],
      ["web", "Vendor appliance"],
    ]);
    expect(all.notices).toEqual([expect.stringContaining("every machine")]);
  });
});

describe("what could not be judged", () => {
  const web = resource(
    "Instance",
    "web",
    {
      metadataOptions: { httpTokens: unknown, httpPutResponseHopLimit: unknown, httpEndpoint: "enabled" },
      keyName: "ops",
    },
    { edges: { metadataOptions: ["settings"] } },
  );
  const settings = resource("acme:index:Settings", "settings", { a: 1 });

  test("is one finding a resource, with policies, properties and what they wait for", () => {
    const { findings } = judge([web, settings]);
    expect(findings.map(({ policy }) => policy)).toEqual(["unverified-at-preview"]);
    expect(findings[0]?.message).toBe(
      "Not judged yet:\n- metadataOptions.httpTokens waits for settings: imds-require-v2\n- metadataOptions.httpPutResponseHopLimit waits for settings: imds-hop-limit\nCorrect, set or show these in this program; what only the update can tell is judged there, before it is created.",
    );
  });

  test("a disabled policy is not named", () => {
    const { findings } = judge([web, settings], { "imds-hop-limit": "disabled" });
    expect(findings[0]?.message).not.toContain("imds-hop-limit");
  });

  test("is a finding of the policy itself with onUnverified: violation", () => {
    const { findings } = judge([web, settings], { "imds-require-v2": { onUnverified: "violation" } });
    expect(findings.map(({ policy, level }) => `${level} ${policy}`)).toEqual([
      "mandatory imds-require-v2",
      "advisory unverified-at-preview",
    ]);
    expect(findings[1]?.message).not.toContain("imds-require-v2");
  });

  test("comes in the order of URNs", () => {
    const [a, b] = stack([resource("Instance", "a", {}), resource("Instance", "b", {})]);
    if (!a || !b) throw new Error("two resources");
    const question = (of: typeof a) => ({ policy: POLICY, resource: of, path: "p", waitsFor: "x" });
    expect(unverifiedFindings([question(b), question(a)]).map((finding) => finding.resource)).toEqual(["a", "b"]);
  });
});

test("a fault in a rule becomes a finding that names the rule, and the rest is judged", () => {
  const broken: Rule = {
    ...(RULES[0] as Rule),
    name: "broken",
    check: (machine) => {
      if (machine.resource.name === "web") throw new TypeError("with a secret in it");
      return PASS;
    },
  };
  const model = Model.ofStack(stack([weak("web"), weak("other")]));
  const { findings } = judgePolicy(broken, model, policySettings(broken, "mandatory", {}), TODAY);
  expect(findings.map((finding) => finding.resource)).toEqual(["web"]);
  expect(findings[0]?.message).toContain("broken failed");
  expect(findings[0]?.message).not.toContain("secret");
});

describe("messages hold nothing that a program may have made from a secret, and forge no lines", () => {
  const SECRET = "hunter2-hunter2";

  test("names, ids and tags", () => {
    const from = resource("Instance", "from", { launchTemplate: { name: SECRET, version: SECRET }, keyName: "k" });
    const tagged = resource("Instance", "tagged", {
      metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 9 },
      tags: { [`kubernetes.io/cluster/${SECRET}`]: "owned" },
      keyName: "k",
    });
    const wrong = resource("Instance", "wrong", { metadataOptions: { httpTokens: SECRET, httpProtocolIpv6: SECRET } });
    const texts = judge([from, tagged, wrong]).findings.map(({ message }) => message);
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.filter((text) => text.includes(SECRET))).toEqual([]);
  });

  test("resource names are one line", () => {
    const name = "lt\n✔ no findings\u001b[2J";
    const lt = resource(
      "LaunchTemplate",
      name,
      { name: "lt-1", metadataOptions: HARDENED },
      { outputs: { id: "lt-1", latestVersion: 3, defaultVersion: 1 } },
    );
    const asg = resource("Group", "asg", { launchTemplate: { name: "lt-1" } });
    const texts = judge([lt, asg]).findings.map(({ message }) => message);
    expect(texts.join("\n")).toContain("launch template lt ✔ no findings [2J");
  });

  test("names of account defaults too", () => {
    const name = "defaults\n✔ no findings";
    const written = [
      resource("InstanceMetadataDefaults", name, { httpTokens: unknown }),
      resource("InstanceMetadataDefaults", `${name} 2`, { httpTokens: "required", region: "eu-west-1" }),
      resource("Instance", "web", { metadataOptions: { httpPutResponseHopLimit: 1 }, keyName: "k" }),
    ];
    for (const stackOf of [written.slice(0, 1), written.slice(1, 2)]) {
      const { findings } = judge([...stackOf, ...written.slice(2)], { [POLICY]: { acceptAccountDefault: true } });
      const text = findings.find((finding) => finding.resource === "web")?.message ?? "";
      expect(text).toContain("defaults ✔ no findings");
      expect(text).not.toContain("\n✔");
    }
  });
});

test("a finding on what a component made names the component and the way to set it there", () => {
  const [made] = stack([weak("web")]);
  if (!made) throw new Error("one resource");
  const urn = "urn:pulumi:dev::test::eks:index:ManagedNodeGroup$aws:ec2/instance:Instance::web";
  const { findings } = judgeStack([{ ...made, urn }], readSettings(), TODAY);
  expect(findings[0]?.message).toContain("eks:index:ManagedNodeGroup");
  expect(findings[0]?.message).toContain("enableIMDSv2");
});

test("a clean machine has no finding at any level", () => {
  const clean = resource("Instance", "web", { metadataOptions: HARDENED, keyName: "ops" });
  expect(judge([clean]).findings).toEqual([]);
});

describe("components of which a plugin makes the machines", () => {
  const asked = (written: readonly Written[], config: unknown = {}) =>
    judge(written, config).findings.map(({ policy, resource }) => `${policy} ${resource}`);

  test.each<[string, string, Record<string, unknown>, boolean]>([
    ["a cluster as it comes", "eks:index:Cluster", {}, true],
    ["a cluster whose groups are not known", "eks:index:Cluster", { skipDefaultNodeGroup: unknown }, true],
    ["a cluster without a group", "eks:index:Cluster", { skipDefaultNodeGroup: true }, false],
    ["a cluster on Fargate", "eks:index:Cluster", { fargate: { selectors: [] } }, false],
    ["a cluster that EKS fills", "eks:index:Cluster", { autoMode: { enabled: true } }, false],
    ["the same with a group", "eks:index:Cluster", { autoMode: { enabled: true }, skipDefaultNodeGroup: false }, true],
    ["a node group", "eks:index:NodeGroup", { cluster: unknown }, true],
    ["one of the second kind", "eks:index:NodeGroupV2", { cluster: unknown }, true],
    ["a managed one", "eks:index:ManagedNodeGroup", { cluster: unknown }, true],
    ["a network", "awsx:ec2:Vpc", { cidrBlock: "10.0.0.0/16" }, false],
  ])("%s", (_what, type, inputs, isOpen) => {
    expect(asked([resource(type, "workers", inputs)])).toEqual(isOpen ? ["unverified-at-preview workers"] : []);
  });

  test("name the policies, and wait for a preview", () => {
    const { findings, notices } = judge([resource("eks:index:NodeGroup", "workers", { cluster: unknown })], {
      "imds-hop-limit": exemption({ resource: "workers" }),
    });
    const [{ message } = { message: "" }] = findings;
    expect(message).toContain("preview");
    expect(message).toContain("imds-require-v2");
    expect(message).toContain("profile-no-admin");
    expect(message).not.toContain("imds-hop-limit");
    expect(notices).toEqual([]);
  });

  test("are findings of a policy that takes what is not known for wrong", () => {
    const strict = { "imds-require-v2": { onUnverified: "violation" } };
    expect(asked([resource("eks:index:NodeGroup", "workers", { cluster: unknown })], strict)).toEqual([
      "imds-require-v2 workers",
      "unverified-at-preview workers",
    ]);
  });

  test.each([
    ["launchTemplate", []],
    ["taints", ["imds-hop-limit lt"]],
  ])("run containers on what launches from their template: %s", (property, findings) => {
    const template = { metadataOptions: { ...HARDENED, httpPutResponseHopLimit: 2 }, keyName: "ops" };
    const written = [
      resource("LaunchTemplate", "lt", template),
      resource("eks:index:ManagedNodeGroup", "workers", { cluster: unknown }, { edges: { [property]: ["lt"] } }),
    ];
    expect(asked(written)).toEqual([...findings, "unverified-at-preview workers"]);
  });

  test("are judged by what is shown of them", () => {
    const built = [
      resource("eks:index:Cluster", "cluster", {}),
      resource("Instance", "worker", { metadataOptions: HARDENED, keyName: "ops" }, { parent: "cluster" }),
    ];
    expect(asked(built)).toEqual([]);
  });
});
