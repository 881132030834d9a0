import assert from "node:assert";
import test from "node:test";
import { judgeStack, readSettings, type StackResource } from "ec2-hardening/rules";
import { edgeWithoutMetadata } from "./edge-without-metadata";

const RULES = [edgeWithoutMetadata];

function machine(metadataOptions: object): StackResource {
  const inputs = { ami: "ami-1", ipv6AddressCount: 1, vpcSecurityGroupIds: ["sg-1"], metadataOptions };
  return {
    urn: "urn:pulumi:dev::shop::aws:ec2/instance:Instance::web",
    type: "aws:ec2/instance:Instance",
    name: "web",
    inputs,
    outputs: inputs,
    parent: undefined,
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    created: true,
  };
}

function policies(metadataOptions: object): readonly string[] {
  const { findings } = judgeStack([machine(metadataOptions)], readSettings({}, RULES), "2026-01-01");
  return findings.map(({ policy }) => policy);
}

test("a machine at the edge has no metadata service", () => {
  assert.deepStrictEqual(policies({ httpEndpoint: "enabled" }), ["acme-edge-without-metadata"]);
  assert.deepStrictEqual(policies({ httpEndpoint: "disabled" }), []);
});
