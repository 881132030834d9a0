import { OptionsError, readSettings } from "../../policies/settings";
import { RULES } from "../../policies/rules";

const POLICY = "imds-hop-limit";
const exempt = (more: object) => ({
  [POLICY]: { exemptions: [{ resource: "a", reason: "b", expires: "2027-01-31", ...more }] },
});

test.each<[string, unknown, RegExp]>([
  ["a misspelt option", { [POLICY]: { maxHopLimt: 2 } }, /unknown option "maxHopLimt"/],
  ["a wrong type", { [POLICY]: { maxHopLimit: "2" } }, /maxHopLimit must be integer/],
  ["out of range", { [POLICY]: { maxHopLimit: 65 } }, /maxHopLimit must be <= 64/],
  ["zero", { [POLICY]: { maxHopLimit: 0 } }, /maxHopLimit must be >= 1/],
  ["a string for a list", { [POLICY]: { containerHosts: "ecs-*" } }, /containerHosts must be array/],
  ["another word", { [POLICY]: { onUnverified: "fail" } }, /onUnverified must be equal to one of/],
  ["null", { [POLICY]: { requireExplicit: null } }, /requireExplicit must be boolean/],
  ["an exemption without a reason", exempt({ reason: undefined }), /required property 'reason'/],
  ["an empty reason", exempt({ reason: "  " }), /reason must not be empty/],
  ["an empty resource", exempt({ resource: "" }), /resource must not be empty/],
  ["an extra key", exempt({ owner: "x" }), /additional properties.*owner/],
  ["a date that is none", exempt({ expires: "2027-02-30" }), /expires is no day of the calendar/],
  ["a date in another form", exempt({ expires: "30.06.2027" }), /expires must match pattern/],
  ["an empty account", { [POLICY]: { account: {} } }, /account is not valid/],
  [
    "empty regions",
    { [POLICY]: { account: { httpTokens: "required", regions: [] } } },
    /regions must NOT have fewer than 1 items/,
  ],
  [
    "an account value that is none",
    { [POLICY]: { account: { httpTokens: "yes" } } },
    /httpTokens must be equal to one of/,
  ],
  [
    "an account hop limit of 0",
    { [POLICY]: { account: { httpPutResponseHopLimit: 0 } } },
    /account.httpPutResponseHopLimit is not valid/,
  ],
  ["regions alone", { [POLICY]: { account: { regions: ["eu-west-1"] } } }, /account is not valid/],
  ["an unknown policy", { "imds-hop-limits": "advisory" }, /no policy "imds-hop-limits"/],
  ["an unknown level", { [POLICY]: "warn" }, /no enforcement level/],
  ["an unknown level for all", { all: "warn" }, /no enforcement level/],
  ["a list", [], /no JSON object/],
  ["a number for a policy", { [POLICY]: 3 }, /neither a level nor an object/],
])("%s stops with a correct example", (_, config, expected) => {
  const read = () => readSettings(JSON.parse(JSON.stringify(config)));
  expect(read).toThrow(OptionsError);
  expect(read).toThrow(expected);
  expect(read).toThrow(/A correct example: \{/);
});

test("defaults are those that the contract names", () => {
  const settings = readSettings();
  expect(settings.get(POLICY)).toEqual({
    rule: expect.objectContaining({ name: POLICY }) as unknown,
    level: "mandatory",
    joined: {},
    options: {
      maxHopLimit: 1,
      containerHostMaxHopLimit: 2,
      containerHosts: [],
      requireExplicit: true,
      acceptAccountDefault: false,
    },
    exemptions: [],
    onUnverified: "report",
  });
  expect([...settings].map(([name, { level }]) => [name, level])).toEqual([
    ["imds-require-v2", "mandatory"],
    ["imds-hop-limit", "mandatory"],
    ["imds-disable-when-unneeded", "advisory"],
    ["imds-ipv6-endpoint", "advisory"],
    ["imds-instance-tags", "advisory"],
    ["launch-template-version", "advisory"],
    ["userdata-no-credentials", "mandatory"],
    ["userdata-trusted-sources", "advisory"],
    ["userdata-imdsv2-ready", "advisory"],
    ["profile-no-admin", "mandatory"],
    ["profile-no-privilege-escalation", "mandatory"],
    ["profile-no-credential-access", "mandatory"],
    ["profile-scoped-permissions", "advisory"],
    ["profile-trust-policy", "mandatory"],
    ["profile-not-shared", "advisory"],
    ["imds-attack-path", "advisory"],
    ["imds-os-lockdown", "disabled"],
    ["instance-patching", "disabled"],
    ["imds-usage-alarm", "disabled"],
    ["unverified-at-preview", "advisory"],
  ]);
});

test("levels: a policy's own before all, and a level alone keeps the options", () => {
  const settings = readSettings({ all: "advisory", [POLICY]: { enforcementLevel: "mandatory", maxHopLimit: 2 } });
  expect(settings.get(POLICY)?.level).toBe("mandatory");
  expect(settings.get(POLICY)?.options["maxHopLimit"]).toBe(2);
  expect(settings.get("imds-require-v2")?.level).toBe("advisory");
});

test("version 2 files hold the policies under their own key", () => {
  expect(readSettings({ version: 2, policies: { [POLICY]: "disabled" } }).get(POLICY)?.level).toBe("disabled");
});

test("every rule's example is a correct configuration", () => {
  for (const rule of RULES) expect(() => readSettings({ [rule.name]: rule.example })).not.toThrow();
});
