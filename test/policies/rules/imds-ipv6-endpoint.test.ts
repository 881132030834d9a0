import { HARDENED, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-ipv6-endpoint";
const ipv6 = (httpProtocolIpv6: unknown) => ({ ...HARDENED, httpProtocolIpv6 });

function instance(metadataOptions: unknown, more: Record<string, unknown> = {}, extra = {}): Written {
  return resource("Instance", "web", { metadataOptions, ...more }, extra);
}

const lt = (metadataOptions: unknown) => resource("LaunchTemplate", "lt", { metadataOptions, name: "lt-1" });
const from = (metadataOptions: unknown) =>
  instance(metadataOptions, { launchTemplate: { name: "lt-1", version: "$Latest" } });

test.each<[string, Written[], string[]]>([
  ["enabled", [instance(ipv6("enabled"))], ["violation web"]],
  ["disabled", [instance(ipv6("disabled"))], []],
  ["not set", [instance(HARDENED)], []],
  ["no valid value", [instance(ipv6(true))], ["violation web"]],
  ["unknown", [instance(ipv6(unknown))], ["unverified web"]],
  ["enabled, but the endpoint is off", [instance({ httpEndpoint: "disabled", httpProtocolIpv6: "enabled" })], []],
  ["enabled in the template: once, there", [lt(ipv6("enabled")), from(undefined)], ["violation lt"]],
  [
    "an instance that sets any option sets this one too, by the provider's default",
    [lt(ipv6("enabled")), from({ httpTokens: "required" })],
    ["violation lt"],
  ],
  ["template outside the stack", [from(undefined)], ["unverified web"]],
  ["node group without a template", [resource("NodeGroup", "nodes", { clusterName: "c" })], []],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});
