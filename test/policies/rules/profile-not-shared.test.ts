import type { Properties } from "../../../policies/machine/resource";
import { messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "profile-not-shared";
const shared = [
  resource("InstanceProfile", "profile", { name: "app", role: "app" }),
  resource("Role", "app", { name: "app" }),
];
const machine = (name: string, inputs: Properties = {}) =>
  resource("Instance", name, { iamInstanceProfile: "app", ...inputs });
const inPublic = (name: string, inputs: Properties = {}) =>
  machine(name, { associatePublicIpAddress: true, ...inputs });
const tagged = (name: string, Purpose: unknown, more: Properties = {}) => machine(name, { tags: { Purpose }, ...more });
const TAG = { purposeTag: "Purpose" };

test.each<[string, Written[], Properties, string[]]>([
  ["one with and one without a public address", [inPublic("a"), machine("b"), ...shared], {}, ["violation app"]],
  ["two with one", [inPublic("a"), inPublic("b"), ...shared], {}, []],
  ["two without one", [machine("a"), machine("b"), ...shared], {}, []],
  ["a machine alone", [inPublic("a"), ...shared], {}, []],
  [
    "one that may have one",
    [machine("a", { associatePublicIpAddress: unknown }), machine("b"), ...shared],
    {},
    ["unverified app"],
  ],
  ["one alone that may have one", [machine("a", { associatePublicIpAddress: unknown }), ...shared], {}, []],
  [
    "one that may have one, beside two that differ",
    [machine("a", { associatePublicIpAddress: unknown }), machine("b"), inPublic("c"), ...shared],
    {},
    ["violation app"],
  ],
  [
    "by an Elastic IP",
    [
      machine("a"),
      machine("b"),
      resource("aws:ec2/eip:Eip", "ip", { instance: unknown }, { edges: { instance: ["a"] } }),
      ...shared,
    ],
    {},
    ["violation app"],
  ],
  [
    "two profiles with one role",
    [
      inPublic("a"),
      machine("b", { iamInstanceProfile: "second" }),
      ...shared,
      resource("InstanceProfile", "second", { name: "second", role: "app" }),
    ],
    {},
    ["violation app"],
  ],
  [
    "two roles",
    [
      inPublic("a"),
      machine("b", { iamInstanceProfile: "second" }),
      ...shared,
      resource("InstanceProfile", "second", { name: "second", role: "other" }),
      resource("Role", "other", { name: "other" }),
    ],
    {},
    [],
  ],
  [
    "a role outside the stack: at a machine",
    [inPublic("a"), machine("b"), resource("InstanceProfile", "profile", { name: "app", role: "elsewhere" })],
    {},
    ["violation a"],
  ],
  [
    "a group by its template, and a machine",
    [
      resource("LaunchTemplate", "lt", {
        name: "lt",
        iamInstanceProfile: { name: "app" },
        networkInterfaces: [{ associatePublicIpAddress: "true" }],
      }),
      resource("Group", "group", { launchTemplate: { name: "lt", version: "$Latest" } }),
      machine("b"),
      ...shared,
    ],
    {},
    ["violation app"],
  ],
  ["different purposes", [tagged("a", "web"), tagged("b", "batch"), ...shared], TAG, ["violation app"]],
  ["the same purpose", [tagged("a", "web"), tagged("b", "web"), ...shared], TAG, []],
  ["different purposes that nobody asks for", [tagged("a", "web"), tagged("b", "batch"), ...shared], {}, []],
  ["one without the tag", [tagged("a", "web"), machine("b"), ...shared], TAG, []],
  ["a purpose that is not known", [tagged("a", "web"), tagged("b", unknown), ...shared], TAG, ["unverified app"]],
  [
    "tags that are not known",
    [tagged("a", "web"), machine("b", { tags: unknown }), ...shared],
    TAG,
    ["unverified app"],
  ],
  [
    "tags that a group passes on",
    [
      resource("LaunchTemplate", "lt", { name: "lt", iamInstanceProfile: { name: "app" } }),
      ...["web", "batch"].map((value) =>
        resource("Group", value, {
          launchTemplate: { name: "lt", version: "$Latest" },
          tags: [{ key: "Purpose", value, propagateAtLaunch: true }],
        }),
      ),
      ...shared,
    ],
    TAG,
    ["violation app"],
  ],
  [
    "both at once: one finding",
    [tagged("a", "web", { associatePublicIpAddress: true }), tagged("b", "batch"), ...shared],
    TAG,
    ["violation app"],
  ],
  [
    "an exemption",
    [inPublic("a"), machine("b"), ...shared],
    { exemptions: [{ resource: "app", reason: "known", expires: "2099-12-31" }] },
    [],
  ],
])("%s", (_, written, options, expected) => {
  expect(verdicts(POLICY, written, options)).toEqual(expected);
});

test("says which machines differ, and not by what value", () => {
  expect(messages(POLICY, [machine("b"), inPublic("a"), ...shared])).toEqual([
    "Role app is on a, which has a public address, and on b, which has none: whoever takes over the one has every permission of the other.\nGive each of them a role and an instance profile of its own, with the permissions that it uses.",
  ]);
  expect(messages(POLICY, [tagged("a", "web"), tagged("b", "batch"), ...shared], TAG)[0]).toMatch(
    /^Role app is on a and on b, whose values of the tag Purpose differ: /,
  );
});
