import { judgeStack } from "../../../policies/judge";
import { readSettings } from "../../../policies/settings";
import { HARDENED, resource, stack, TODAY, unknown, type Written } from "../harness";

const POLICY = "unverified-at-preview";

/** Resources that the policy reports, with the policies each finding names. */
function reported(written: readonly Written[], config: Record<string, unknown> = {}): [string, string[]][] {
  const { findings } = judgeStack(stack(written), readSettings(config), TODAY);
  const mine = findings.filter(({ policy }) => policy === POLICY);
  return mine.map(({ resource: name, message }) => [
    name,
    [...new Set(message.match(/(imds|launch)-[a-z0-9-]+/g))].sort(),
  ]);
}

const web = (metadataOptions: unknown) => resource("Instance", "web", { metadataOptions, keyName: "ops" });

test.each<[string, Written[], [string, string[]][]]>([
  ["everything is known", [web(HARDENED)], []],
  ["a known violation is none", [web({ httpTokens: "optional" })], []],
  ["one unknown value", [web({ ...HARDENED, httpTokens: unknown })], [["web", ["imds-require-v2"]]]],
  [
    "the whole block",
    [web(unknown)],
    [
      [
        "web",
        ["imds-disable-when-unneeded", "imds-hop-limit", "imds-instance-tags", "imds-ipv6-endpoint", "imds-require-v2"],
      ],
    ],
  ],
  [
    "at the template, not again at its machines",
    [
      resource("LaunchTemplate", "lt", { name: "lt-1", metadataOptions: { ...HARDENED, httpTokens: unknown } }),
      resource("Group", "asg", { launchTemplate: { name: "lt-1", version: "$Latest" } }),
    ],
    [["lt", ["imds-require-v2"]]],
  ],
  [
    "a node group for which EKS makes the template",
    [resource("NodeGroup", "nodes", { clusterName: "prod" })],
    [["nodes", ["imds-hop-limit", "imds-require-v2"]]],
  ],
])("%s", (_, written, expected) => {
  expect(reported(written)).toEqual(expected);
});

test("can be exempted, disabled and made mandatory like any other", () => {
  const written = [web(unknown)];
  expect(reported(written, { [POLICY]: "disabled" })).toEqual([]);
  const exemptions = [{ resource: "web", reason: "Set by the platform", expires: "2099-12-31" }];
  expect(reported(written, { [POLICY]: { exemptions } })).toEqual([]);
  const { findings } = judgeStack(stack(written), readSettings({ [POLICY]: "mandatory" }), TODAY);
  expect(findings.map(({ level }) => level)).toEqual(["mandatory"]);
});
