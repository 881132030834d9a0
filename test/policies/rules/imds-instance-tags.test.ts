import { gzipSync } from "node:zlib";
import { HARDENED, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-instance-tags";
const tags = (instanceMetadataTags: unknown) => ({ ...HARDENED, instanceMetadataTags });
const READS = 'curl -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/tags/instance/Role';

function instance(name: string, metadataOptions: unknown, more: Record<string, unknown> = {}, extra = {}): Written {
  return resource("Instance", name, { metadataOptions, ...more }, extra);
}

const lt = (metadataOptions: unknown, more: Record<string, unknown> = {}) =>
  resource("LaunchTemplate", "lt", { metadataOptions, name: "lt-1", ...more });
const from = (name: string, more: Record<string, unknown> = {}) =>
  instance(name, undefined, { launchTemplate: { name: "lt-1", version: "$Latest" }, ...more });
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");

test.each<[string, Written[], string[]]>([
  ["enabled, no user data", [instance("web", tags("enabled"))], ["violation web"]],
  ["enabled, user data that reads no tags", [instance("web", tags("enabled"), { userData: "id" })], ["violation web"]],
  ["enabled, user data that reads them", [instance("web", tags("enabled"), { userData: READS })], []],
  ["reads them in base64", [instance("web", tags("enabled"), { userDataBase64: base64(READS) })], []],
  ["reads them in gzip", [instance("web", tags("enabled"), { userDataBase64: base64(gzipSync(READS)) })], []],
  ["enabled, user data unknown", [instance("web", tags("enabled"), { userData: unknown })], ["unverified web"]],
  [
    "enabled, but the endpoint is off",
    [instance("web", { httpEndpoint: "disabled", instanceMetadataTags: "enabled" })],
    [],
  ],
  ["disabled", [instance("web", tags("disabled"))], []],
  ["not set", [instance("web", HARDENED)], []],
  ["unknown", [instance("web", tags(unknown))], ["unverified web"]],
  ["disabled, but user data reads them", [instance("web", tags("disabled"), { userData: READS })], ["violation web"]],
  ["not set, but user data reads them", [instance("web", HARDENED, { userData: READS })], ["violation web"]],
  [
    "not set, user data reads them, and the account enables them",
    [
      resource("InstanceMetadataDefaults", "defaults", { instanceMetadataTags: "enabled" }),
      instance("web", HARDENED, { userData: READS }),
    ],
    ["violation defaults"],
  ],
  ["template, nobody reads", [lt(tags("enabled")), from("a"), from("b")], ["violation lt"]],
  ["template, all read", [lt(tags("enabled"), { userData: base64(READS) }), from("a"), from("b")], []],
  [
    "template, one reads: the other is reported",
    [lt(tags("enabled")), from("a", { userData: READS }), from("b")],
    ["violation b"],
  ],
  [
    "a machine that replaces its template's user data is judged by its own",
    [lt(tags("enabled"), { userData: base64(READS) }), from("a"), from("b", { userData: "id" })],
    ["violation b"],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});
