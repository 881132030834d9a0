import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "launch-template-version";
const NEW = { id: unknown, latestVersion: unknown, defaultVersion: unknown };
const existing = (defaultVersion: unknown, latestVersion: unknown) => ({ id: "lt-1", defaultVersion, latestVersion });

const lt = (outputs: Record<string, unknown>, more: Record<string, unknown> = {}, extra = {}) =>
  resource("LaunchTemplate", "lt", { metadataOptions: HARDENED, name: "lt-1", ...more }, { outputs, ...extra });
const group = (version: unknown, edges: readonly string[] | null = ["lt"]) =>
  resource(
    "Group",
    "asg",
    { launchTemplate: { name: "lt-1", version } },
    edges ? { edges: { launchTemplate: edges } } : {},
  );

test.each<[string, Written[], string[]]>([
  ["$Latest", [lt(existing(1, 3)), group("$Latest")], []],
  ["$Default, which lags behind", [lt(existing(1, 3)), group("$Default")], ["violation asg"]],
  ["no version, which is $Default", [lt(existing(1, 3)), group(undefined)], ["violation asg"]],
  ["$Default that changes now", [lt(existing(1, unknown)), group("$Default")], ["violation asg"]],
  ["$Default that the next change leaves behind", [lt(existing(3, 3)), group("$Default")], ["violation asg"]],
  ["$Default of a template with a single version", [lt(existing(1, 1)), group("$Default")], []],
  ["$Default with updateDefaultVersion", [lt(existing(1, 3), { updateDefaultVersion: true }), group("$Default")], []],
  [
    "$Default with updateDefaultVersion as a string",
    [lt(existing(1, 3), { updateDefaultVersion: "true" }), group("$Default")],
    [],
  ],
  [
    "$Default with an unknown updateDefaultVersion",
    [lt(existing(1, 3), { updateDefaultVersion: unknown }), group("$Default")],
    ["unverified asg"],
  ],
  ["$Default of a new template", [lt(NEW), group("$Default")], []],
  ["a number below the latest", [lt(existing(1, 3)), group("2")], ["violation asg"]],
  ["the latest number", [lt(existing(1, 3)), group(3)], []],
  ["a number above the latest", [lt(existing(1, 3)), group("4")], ["unverified asg"]],
  ["version 1 of a new template", [lt(NEW), group("1")], []],
  ["version 2 of a new template", [lt(NEW), group("2")], ["unverified asg"]],
  ["the template's own output", [lt(NEW), group(unknown)], []],
  [
    "an unknown version from elsewhere",
    [lt(NEW), resource("other:index:Thing", "thing", { a: 1 }), group(unknown, ["lt", "thing"])],
    ["unverified asg"],
  ],
  ["an unknown version without an edge", [lt(existing(1, 3)), group(unknown, null)], ["unverified asg"]],
  ["a word", [lt(existing(1, 3)), group("newest")], ["unverified asg"]],
  ["$Default of a template outside the stack", [group("$Default")], []],
  ["$Latest of a template outside the stack", [group("$Latest")], []],
  ["read template, default is the latest", [lt(existing(3, 3), {}, { read: true }), group("$Default")], []],
  [
    "read template, default lags behind",
    [lt(existing(2, 3), {}, { read: true }), group("$Default")],
    ["violation asg"],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("the message names the template and both ways out", () => {
  const [message] = messages(POLICY, [lt(existing(1, 3)), group("$Default")]);
  expect(message).toContain("launch template lt");
  expect(message).toContain("updateDefaultVersion: true");
  expect(message).toContain("latest version");
});
