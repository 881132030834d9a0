import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-disable-when-unneeded";
const OFF = { httpEndpoint: "disabled" };

function instance(metadataOptions: unknown, more: Record<string, unknown> = {}, extra = {}): Written {
  return resource("Instance", "web", { ami: "ami-1", metadataOptions, ...more }, extra);
}

const lt = (metadataOptions: unknown, more: Record<string, unknown> = {}) =>
  resource("LaunchTemplate", "lt", { metadataOptions, ...more }, { outputs: { id: unknown } });
const NODES = [{ resourceType: "instance", tags: { "ec2-hardening:container-host": "true" } }];
const from = (metadataOptions: unknown, more: Record<string, unknown> = {}) =>
  instance(
    metadataOptions,
    { launchTemplate: { id: unknown, version: "$Latest" }, ...more },
    { edges: { launchTemplate: ["lt"] } },
  );
const nodes = resource(
  "NodeGroup",
  "nodes",
  { nodeRoleArn: "arn:aws:iam::111122223333:role/node", launchTemplate: { id: unknown, version: "$Latest" } },
  { edges: { launchTemplate: ["lt"] } },
);

test.each<[string, Written[], string[]]>([
  ["on, and nothing needs it", [instance(HARDENED)], ["violation web"]],
  ["absent, and nothing needs it", [instance(undefined)], ["violation web"]],
  ["off, and nothing needs it", [instance(OFF)], []],
  ["on, with a profile", [instance(HARDENED, { iamInstanceProfile: "app" })], []],
  ["on, with an unknown profile", [instance(HARDENED, { iamInstanceProfile: unknown })], []],
  ["on, with user data", [instance(HARDENED, { userData: "#!/bin/sh" })], []],
  ["on, with a key pair", [instance(HARDENED, { keyName: "ops" })], []],
  ["endpoint unknown", [instance({ httpEndpoint: unknown })], ["unverified web"]],
  ["off, with a profile", [instance(OFF, { iamInstanceProfile: "app" })], ["violation web"]],
  ["off, with user data", [instance(OFF, { userData: "#!/bin/sh" })], ["violation web"]],
  ["off, with a key pair only", [instance(OFF, { keyName: "ops" })], []],
  ["template that nothing uses", [lt(HARDENED)], ["violation lt"]],
  ["template of nodes that nothing uses here", [lt(HARDENED, { tagSpecifications: NODES })], []],
  ["template and its machine: once", [lt(HARDENED), from(undefined)], ["violation lt"]],
  ["template whose machine adds a profile", [lt(HARDENED), from(undefined, { iamInstanceProfile: "app" })], []],
  ["template of a service", [lt(HARDENED), nodes], []],
  ["template turned off for a service", [lt(OFF), nodes], ["violation nodes"]],
  [
    "template turned off, its machine adds a profile",
    [lt(OFF), from(undefined, { iamInstanceProfile: "app" })],
    ["violation web"],
  ],
  [
    "off by the account default of the program",
    [resource("InstanceMetadataDefaults", "defaults", OFF), instance(undefined)],
    [],
  ],
  ["a type without the option", [resource("NotebookInstance", "nb", { roleArn: "r" })], []],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("the reverse warning says what breaks", () => {
  const [message] = messages(POLICY, [instance(OFF, { iamInstanceProfile: "app", userData: "x" })]);
  expect(message).toContain("the credentials of the instance profile cannot be read and the user data never runs");
});
