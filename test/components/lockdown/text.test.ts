/** The boothook as text: what the policies of the pack say of it, and which names may stand in it. */
import { isInterfaceName, lockdownParts, type Reach } from "../../../components/boot/lockdown";
import { isUserName } from "../../../components/boot/user-names";
import { decode } from "../../../policies/userdata/decode";
import { lockdownOf } from "../../../policies/userdata/lockdown";
import { RULES } from "../../../policies/rules";
import { HARDENED, resource, verdicts } from "../../policies/harness";
import { multipart, userData } from "../../policies/userdata/harness";

/** As cloud-init gets it. */
function composed(reach: Reach): string {
  const parts = lockdownParts(reach).map(({ content }) => `Content-Type: text/cloud-boothook\n\n${content}`);
  return multipart(parts);
}

test("the decoded text closes both addresses, and shows all that it does", () => {
  const { closed, complete } = lockdownOf(decode(userData(composed({ users: ["app"] }))));
  expect([[...closed].sort(), complete]).toEqual([["v4", "v6"], true]);
});

test("one that closes only containers does not count as a lock-down by user", () => {
  expect(lockdownOf(decode(userData(composed({})))).closed).not.toContain("v4");
});

const OF_USER_DATA = RULES.map(({ name }) => name).filter((name) => /^userdata-|^imds-os-lockdown$/.test(name));

test.each(OF_USER_DATA)("%s passes it", (policy) => {
  const metadataOptions = { ...HARDENED, httpProtocolIpv6: "enabled" };
  const inputs = { metadataOptions, userData: composed({ users: ["app"], interfaces: ["br-apps"] }) };
  expect(verdicts(policy, [resource("Instance", "web", inputs)])).toEqual([]);
});

test("the same names make the same text, and nothing of a name is left out", () => {
  const reach = { users: ["app", "svc.web", "_apt"], interfaces: ["br-apps", "eni*"] };
  const [text] = lockdownParts(reach).map(({ content }) => content);
  expect(lockdownParts(reach).map(({ content }) => content)).toEqual([text]);
  expect(text).toContain("in root ec2-instance-connect app svc.web _apt; do");
  expect(text).toContain('iifname "eni*" accept');
});

test.each<[string, boolean]>([
  ["app", true],
  ["ec2-instance-connect", true],
  ["svc.web", true],
  ["_apt", true],
  ["a".repeat(32), true],
  ["a".repeat(33), false],
  ["", false],
  ["1001", false],
  ["-rf", false],
  ["a b", false],
  ["a;reboot", false],
  ["$(reboot)", false],
  ["a\nb", false],
  ["app\n", false],
])("a user of the name %j: %j", (name, expected) => {
  expect(isUserName(name)).toBe(expected);
});

test.each<[string, boolean]>([
  ["docker0", true],
  ["br-1f2e3d4c5b6a", true],
  ["eni*", true],
  ["vlan.eth.100", true],
  ["a".repeat(16), false],
  ["", false],
  ["*", false],
  ["br*apps", false],
  ['br"apps', false],
  ["br apps", false],
  ["br\n", false],
])("an interface of the name %j: %j", (name, expected) => {
  expect(isInterfaceName(name)).toBe(expected);
});
