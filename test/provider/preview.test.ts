import type { Properties } from "../../policies/machine/resource";
import { update } from "../../provider";
import {
  CONFIG,
  CONFIGURATION,
  GROUP,
  INSTANCE,
  MACHINE,
  made,
  request,
  ROLE,
  SPOT,
  TEMPLATE,
  TRUST,
  UNKNOWN,
} from "./requests";

const LAUNCHED: Properties = { imageId: "ami-1", instanceType: "t3.micro" };
const SIZES: Properties = { minSize: 1, maxSize: 1 };
const NODES: Properties = {
  clusterName: "c",
  nodeRoleArn: "arn",
  scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 },
  subnetIds: ["subnet-1"],
};

function planned(type: string, inputs: Properties): Properties {
  return made(type, inputs, "preview").outputs;
}

describe("a preview of a new resource", () => {
  test("has no id, and an unknown one among its properties", () => {
    expect(made(INSTANCE, MACHINE, "preview").id).toBe("");
    expect(planned(INSTANCE, MACHINE).id).toBe(UNKNOWN);
  });

  test("shows no marks of the bridge", () => {
    expect(JSON.stringify(planned(INSTANCE, { ...MACHINE, metadataOptions: {} }))).not.toContain("__defaults");
  });

  test.each([INSTANCE, SPOT, TEMPLATE, CONFIGURATION])("%s: metadata options that are not set are unknown", (type) => {
    expect(planned(type, LAUNCHED).metadataOptions).toBe(UNKNOWN);
  });

  test.each<[what: string, type: string, inputs: Properties, expected: Properties]>([
    [
      "an instance's options: what Check filled in is known",
      INSTANCE,
      { ...MACHINE, metadataOptions: { httpTokens: "required" } },
      {
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIpv6: "disabled",
          httpPutResponseHopLimit: UNKNOWN,
          httpTokens: "required",
          instanceMetadataTags: UNKNOWN,
        },
      },
    ],
    [
      "a template's options: what is not set is unknown",
      TEMPLATE,
      { metadataOptions: { httpTokens: "required" } },
      {
        metadataOptions: {
          httpEndpoint: UNKNOWN,
          httpProtocolIpv6: UNKNOWN,
          httpPutResponseHopLimit: UNKNOWN,
          httpTokens: "required",
          instanceMetadataTags: UNKNOWN,
        },
      },
    ],
    [
      "a launch configuration's options are three",
      CONFIGURATION,
      { ...LAUNCHED, metadataOptions: { httpTokens: "required" } },
      { metadataOptions: { httpEndpoint: UNKNOWN, httpPutResponseHopLimit: UNKNOWN, httpTokens: "required" } },
    ],
    [
      "what EC2 decides for an instance",
      INSTANCE,
      MACHINE,
      {
        iamInstanceProfile: UNKNOWN,
        associatePublicIpAddress: UNKNOWN,
        keyName: UNKNOWN,
        userDataBase64: UNKNOWN,
        vpcSecurityGroupIds: UNKNOWN,
        ebsBlockDevices: UNKNOWN,
        monitoring: UNKNOWN,
        userData: null,
        launchTemplate: null,
        tags: null,
        tagsAll: {},
        region: "us-west-2",
        getPasswordData: false,
      },
    ],
    [
      "an instance's template by name",
      INSTANCE,
      { launchTemplate: { name: "lt" } },
      { launchTemplate: { id: UNKNOWN, name: "lt", version: "$Default" } },
    ],
    [
      "a group's template by name",
      GROUP,
      { ...SIZES, launchTemplate: { name: "lt" } },
      {
        launchTemplate: { id: UNKNOWN, name: "lt", version: UNKNOWN },
        mixedInstancesPolicy: UNKNOWN,
        forceDelete: false,
        forceDeleteWarmPool: false,
        ignoreFailedScalingActivities: false,
        waitForCapacityTimeout: "10m",
      },
    ],
    [
      "a template says nothing of what it leaves open",
      TEMPLATE,
      { iamInstanceProfile: { arn: "arn" } },
      {
        iamInstanceProfile: { arn: "arn", name: null },
        userData: null,
        imageId: null,
        networkInterfaces: [],
        blockDeviceMappings: [],
        vpcSecurityGroupIds: null,
        latestVersion: UNKNOWN,
        defaultVersion: UNKNOWN,
        arn: UNKNOWN,
      },
    ],
    [
      "a launch configuration keeps a hash of its user data",
      CONFIGURATION,
      { ...LAUNCHED, userData: "hello" },
      {
        userData: "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        iamInstanceProfile: null,
        associatePublicIpAddress: null,
        keyName: UNKNOWN,
        rootBlockDevice: UNKNOWN,
      },
    ],
    [
      "of base64 it hashes the decoded bytes",
      CONFIGURATION,
      { ...LAUNCHED, userData: "aGVsbG8=" },
      { userData: "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d" },
    ],
    ["an instance keeps its user data", INSTANCE, { ...MACHINE, userData: "hello" }, { userData: "hello" }],
    [
      "a role",
      ROLE,
      { assumeRolePolicy: TRUST },
      {
        assumeRolePolicy: '{"Statement":[],"Version":"2012-10-17"}',
        inlinePolicies: UNKNOWN,
        managedPolicyArns: UNKNOWN,
        description: null,
        permissionsBoundary: null,
        arn: UNKNOWN,
        uniqueId: UNKNOWN,
        namePrefix: UNKNOWN,
      },
    ],
    [
      "inline policies are written anew",
      ROLE,
      { assumeRolePolicy: TRUST, inlinePolicies: [{ name: "a", policy: '{ "b": 1, "a": 2 }' }] },
      { inlinePolicies: [{ name: "a", policy: '{"a":2,"b":1}' }] },
    ],
    [
      "a node group",
      "aws:eks/nodeGroup:NodeGroup",
      { ...NODES, launchTemplate: { name: "lt", version: "1" } },
      {
        launchTemplate: { id: UNKNOWN, name: "lt", version: "1" },
        amiType: UNKNOWN,
        diskSize: UNKNOWN,
        instanceTypes: UNKNOWN,
        releaseVersion: UNKNOWN,
      },
    ],
    [
      "an unknown item makes its list unknown",
      INSTANCE,
      { ...MACHINE, securityGroups: ["a", UNKNOWN] },
      { securityGroups: UNKNOWN },
    ],
    [
      "an unknown tag makes the map unknown",
      INSTANCE,
      { ...MACHINE, tags: { a: "1", b: UNKNOWN } },
      { tags: UNKNOWN, tagsAll: UNKNOWN },
    ],
    [
      "an unknown leaf stays alone in its block",
      TEMPLATE,
      { blockDeviceMappings: [{ deviceName: "/dev/sda1", virtualName: UNKNOWN }] },
      { blockDeviceMappings: [{ deviceName: "/dev/sda1", virtualName: UNKNOWN, ebs: null, noDevice: null }] },
    ],
    ["an unknown block", INSTANCE, { ...MACHINE, metadataOptions: UNKNOWN }, { metadataOptions: UNKNOWN }],
    ["a type without a description", "aws:foo/bar:Bar", { size: 1 }, { size: 1, arn: UNKNOWN, id: UNKNOWN }],
    [
      "a password",
      "random:index/randomPassword:RandomPassword",
      { length: 16 },
      { length: 16, result: UNKNOWN, bcryptHash: UNKNOWN, special: true },
    ],
    ["a rendered message", "cloudinit:index/config:Config", { parts: [{ content: "a" }] }, { rendered: UNKNOWN }],
    [
      "a template of Cloud Control",
      "aws-native:ec2:LaunchTemplate",
      { launchTemplateData: { imageId: "ami-1" } },
      { launchTemplateData: { imageId: "ami-1" }, launchTemplateId: UNKNOWN, latestVersionNumber: UNKNOWN },
    ],
  ])("%s", (_what, type, inputs, expected) => {
    const outputs = planned(type, inputs);
    for (const [key, value] of Object.entries(expected)) expect([key, outputs[key]]).toEqual([key, value]);
  });
});

describe("an update of a launch template", () => {
  const before: Properties = {
    metadataOptions: { httpTokens: "optional" },
    tags: { a: "1" },
    description: "old",
    latestVersion: 3,
    defaultVersion: 2,
    arn: "arn",
  };

  function updated(inputs: Properties, mode: "preview" | "create"): Properties {
    const subject = { ...request(TEMPLATE, { name: "lt", ...inputs }), config: CONFIG, mode };
    const result = update({ ...subject, id: "lt-1", state: before });
    expect(result.id).toBe("lt-1");
    return { ...result.outputs };
  }

  const same: Properties = { metadataOptions: { httpTokens: "optional" }, tags: { a: "1" }, description: "old" };
  const hardened: Properties = { ...same, metadataOptions: { httpTokens: "required" } };

  test.each<[what: string, inputs: Properties, latest: unknown, standard: unknown, planned: unknown]>([
    ["nothing changes", same, 3, 2, 3],
    ["a description makes no version", { ...same, description: "new" }, 3, 2, 3],
    ["an option makes one, and the default stays", hardened, 4, 2, UNKNOWN],
    ["a tag makes one", { ...same, tags: { a: "2" } }, 4, 2, UNKNOWN],
    ["the default follows where asked to", { ...hardened, updateDefaultVersion: true }, 4, 4, UNKNOWN],
    ["the default is what the program says", { ...hardened, defaultVersion: 1 }, 4, 1, UNKNOWN],
  ])("%s", (_what, inputs, latestVersion, defaultVersion, planned) => {
    expect(updated(inputs, "create")).toMatchObject({ latestVersion, defaultVersion, arn: "arn" });
    expect(updated(inputs, "preview").latestVersion).toBe(planned);
  });
});
