import { Model } from "../../policies/machine/model";
import { HARDENED, resource, stack, unknown, verdicts, type Written } from "./harness";

const POLICY = "imds-require-v2";
const WEAK = { httpTokens: "optional" };

const lt = (name: string, metadataOptions: unknown, inputs: Record<string, unknown> = {}, extra = {}) =>
  resource("LaunchTemplate", name, { metadataOptions, ...inputs }, { outputs: { id: unknown }, ...extra });
const byId = (extra: object, inputs: Record<string, unknown> = {}) =>
  resource("Instance", "web", { launchTemplate: { id: unknown, version: "$Latest" }, ...inputs }, extra);
const byName = (name: string, extra = {}, inputs: Record<string, unknown> = {}) =>
  resource("Instance", "web", { launchTemplate: { name, version: "$Latest" }, ...inputs }, extra);
const provider = (name: string, region: string) => ({
  urn: `urn:pulumi:dev::test::pulumi:providers:aws::${name}`,
  name,
  props: { region },
});

/** Whether the machine's template was found: then a hardened one leaves nothing to report. */
test.each<[string, Written[], string[]]>([
  ["by the recorded dependency", [lt("lt", HARDENED), byId({ edges: { launchTemplate: ["lt"] } })], []],
  [
    "the whole reference unknown",
    [
      lt("lt", HARDENED),
      resource("Instance", "web", { launchTemplate: unknown }, { edges: { launchTemplate: ["lt"] } }),
    ],
    [],
  ],
  [
    "through a component: its descendants",
    [
      resource("acme:index:Nodes", "nodes", {}),
      resource("acme:index:Inner", "inner", {}, { parent: "nodes" }),
      lt("lt", HARDENED, {}, { parent: "inner" }),
      byId({ edges: { launchTemplate: ["nodes"] } }),
    ],
    [],
  ],
  ["by a known name", [lt("lt", HARDENED, { name: "golden" }), byName("golden")], []],
  ["another name", [lt("lt", HARDENED, { name: "golden" }), byName("silver")], ["unverified web"]],
  [
    "two absent names are no match",
    [lt("lt", HARDENED), resource("Instance", "web", { launchTemplate: { version: "1" } })],
    ["unverified web"],
  ],
  [
    "the same name in another provider",
    [lt("lt", HARDENED, { name: "golden" }, { provider: provider("other", "eu-west-1") }), byName("golden")],
    ["unverified web"],
  ],
  [
    "the same name in another region of the provider",
    [lt("lt", HARDENED, { name: "golden", region: "eu-west-1" }), byName("golden", {}, { region: "us-east-1" })],
    ["unverified web"],
  ],
  [
    "the same name in two regions: the machine's own",
    [
      lt("weak", WEAK, { name: "golden", region: "eu-west-1" }),
      lt("good", HARDENED, { name: "golden", region: "us-east-1" }),
      byName("golden", {}, { region: "us-east-1" }),
    ],
    ["violation weak"],
  ],
  ["edges wiped by a transform: plain dependencies", [lt("lt", HARDENED), byId({ dependsOn: ["lt"] })], []],
  [
    "an empty edge leads outside the stack",
    [lt("lt", HARDENED), byId({ edges: { launchTemplate: [] }, dependsOn: ["lt"] })],
    ["unverified web"],
  ],
  [
    "candidates that agree",
    [lt("a", HARDENED), lt("b", HARDENED), byId({ edges: { launchTemplate: ["a", "b"] } })],
    [],
  ],
  [
    "candidates that differ",
    [lt("a", HARDENED), lt("b", WEAK), byId({ edges: { launchTemplate: ["a", "b"] } })],
    ["unverified web", "violation b"],
  ],
  [
    "a list of references takes them all",
    [
      lt("a", HARDENED),
      lt("b", WEAK),
      resource(
        "Group",
        "asg",
        {
          mixedInstancesPolicy: {
            launchTemplate: {
              launchTemplateSpecification: { launchTemplateId: unknown, version: "$Latest" },
              overrides: [{ launchTemplateSpecification: { launchTemplateId: unknown, version: "$Latest" } }],
            },
          },
        },
        { edges: { mixedInstancesPolicy: ["a", "b"] } },
      ),
    ],
    ["violation b"],
  ],
  [
    "a known name among the edges picks its own",
    [
      lt("a", HARDENED, { name: "a-1" }),
      lt("b", WEAK, { name: "b-1" }),
      byName("a-1", { edges: { launchTemplate: ["a", "b"] } }),
    ],
    ["violation b"],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("circular parents and dependencies end", () => {
  const written = [
    resource("acme:index:A", "a", {}, { parent: "b", dependsOn: ["b"] }),
    resource("acme:index:B", "b", {}, { parent: "a", dependsOn: ["a"] }),
    byId({ edges: { launchTemplate: ["a", "web"] } }),
  ];
  expect(verdicts(POLICY, written)).toEqual(["unverified web"]);
});

test("subjects come in the order of their URNs, whatever the engine's", () => {
  const written = ["c", "a", "b"].map((name) => lt(name, HARDENED));
  const names = Model.ofStack(stack(written)).subjects.map(({ resource: { name } }) => name);
  expect(names).toEqual(["a", "b", "c"]);
});
