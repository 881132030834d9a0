import type { Properties } from "../../policies/machine/resource";
import {
  checked,
  CONFIG,
  CONFIGURATION,
  GROUP,
  INSTANCE,
  MACHINE,
  POLICY,
  ROLE,
  ROLE_POLICY,
  SPOT,
  TEMPLATE,
  TRUST,
  UNKNOWN,
  unmarked,
} from "./requests";

const LAUNCHED: Properties = { imageId: "ami-1", instanceType: "t3.micro" };

function reasons(type: string, inputs: Properties, name = "web"): string[] {
  return checked(type, inputs, name).failures.map(({ reason }) => reason);
}

describe("defaults", () => {
  test.each<[what: string, type: string, inputs: Properties, expected: Properties]>([
    ["nothing set: no metadata options appear", INSTANCE, MACHINE, { sourceDestCheck: true }],
    [
      "one metadata option: endpoint and IPv6 come with it, nothing else",
      INSTANCE,
      { ...MACHINE, metadataOptions: { httpTokens: "required" } },
      {
        sourceDestCheck: true,
        metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpProtocolIpv6: "disabled" },
      },
    ],
    [
      "an empty block counts as present",
      INSTANCE,
      { ...MACHINE, metadataOptions: {} },
      { sourceDestCheck: true, metadataOptions: { httpEndpoint: "enabled", httpProtocolIpv6: "disabled" } },
    ],
    [
      "an instance's template gets a version",
      INSTANCE,
      { launchTemplate: { name: "lt" } },
      { sourceDestCheck: true, launchTemplate: { name: "lt", version: "$Default" } },
    ],
    [
      "block devices go with the machine",
      INSTANCE,
      { ...MACHINE, ebsBlockDevices: [{ deviceName: "/dev/sdb" }], rootBlockDevice: {} },
      {
        sourceDestCheck: true,
        ebsBlockDevices: [{ deviceName: "/dev/sdb", deleteOnTermination: true }],
        rootBlockDevice: { deleteOnTermination: true },
      },
    ],
    [
      "a spot request is an instance and more",
      SPOT,
      { ...MACHINE, metadataOptions: {} },
      {
        sourceDestCheck: true,
        spotType: "persistent",
        instanceInterruptionBehavior: "terminate",
        metadataOptions: { httpEndpoint: "enabled", httpProtocolIpv6: "disabled" },
      },
    ],
    [
      "a launch template stays as written",
      TEMPLATE,
      { name: "lt", metadataOptions: { httpTokens: "required" } },
      { metadataOptions: { httpTokens: "required" } },
    ],
    [
      "a launch configuration has no metadata defaults",
      CONFIGURATION,
      { ...LAUNCHED, name: "lc", metadataOptions: { httpTokens: "required" } },
      { enableMonitoring: true, metadataOptions: { httpTokens: "required" } },
    ],
    [
      "a group's template gets no version",
      GROUP,
      { name: "g", minSize: 1, maxSize: 1, launchTemplate: { id: "lt-1" } },
      {
        healthCheckGracePeriod: 300,
        metricsGranularity: "1Minute",
        waitForCapacityTimeout: "10m",
        launchTemplate: { id: "lt-1" },
      },
    ],
    ["a role", ROLE, { name: "r", assumeRolePolicy: TRUST }, { maxSessionDuration: 3600, path: "/" }],
    ["a security group", "aws:ec2/securityGroup:SecurityGroup", { name: "g" }, { description: "Managed by Pulumi" }],
  ])("%s", (_what, type, inputs, expected) => {
    const result = checked(type, inputs);
    const { region, tagsAll, ...rest } = unmarked(result.inputs) as Properties;
    expect(rest).toEqual({ ...inputs, ...expected });
    expect(region).toBe(type.startsWith("aws:iam/") ? undefined : "us-west-2");
    expect(tagsAll).toEqual(type === GROUP || type === CONFIGURATION || type === ROLE_POLICY ? undefined : {});
    expect(result.failures).toEqual([]);
  });

  test("are listed on the resource and on every block, sorted, the autoname among them", () => {
    const { inputs } = checked(ROLE, { assumeRolePolicy: TRUST });
    expect(inputs.__defaults).toEqual(["maxSessionDuration", "name", "path"]);
    const machine = checked(INSTANCE, { ...MACHINE, metadataOptions: {}, cpuOptions: { coreCount: 1 } }).inputs;
    expect(machine).toMatchObject({
      __defaults: ["sourceDestCheck"],
      metadataOptions: { __defaults: ["httpEndpoint", "httpProtocolIpv6"] },
      cpuOptions: { __defaults: [] },
    });
  });

  test("that are false, zero or empty are not filled in", () => {
    const { inputs } = checked(INSTANCE, MACHINE);
    expect(inputs).not.toHaveProperty("getPasswordData");
    expect(inputs).not.toHaveProperty("userDataReplaceOnChange");
  });

  test("never cause a failure, nor replace an unknown value", () => {
    const { inputs, failures } = checked(INSTANCE, { ...MACHINE, metadataOptions: UNKNOWN, sourceDestCheck: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject({ metadataOptions: UNKNOWN, sourceDestCheck: UNKNOWN });
  });
});

describe("region and tags of the provider", () => {
  const config = { ...CONFIG, defaultTags: { team: "core", stage: "dev" } };

  test("a resource's own region comes first", () => {
    expect(checked(INSTANCE, { ...MACHINE, region: "eu-west-1" }).inputs.region).toBe("eu-west-1");
    expect(checked(INSTANCE, MACHINE, "web", { ...CONFIG, region: undefined }).inputs).not.toHaveProperty("region");
  });

  test.each([
    ["aws:ec2/vpc:Vpc", "us-west-2"],
    ["aws:lambda/function:Function", "us-west-2"],
    ["aws:route53/resolverRule:ResolverRule", "us-west-2"],
    ["aws:iam/userPolicy:UserPolicy", undefined],
    ["aws:route53/zone:Zone", undefined],
    ["aws:cloudfront/distribution:Distribution", undefined],
    ["random:index/randomId:RandomId", undefined],
    ["aws-native:ec2:Instance", undefined],
  ])("%s", (type, region) => {
    expect(checked(type, {}).inputs.region).toBe(region);
  });

  test("default tags are merged under the resource's own", () => {
    const { inputs } = checked(INSTANCE, { ...MACHINE, tags: { stage: "prod" } }, "web", config);
    expect(inputs).toMatchObject({ tags: { stage: "prod" }, tagsAll: { team: "core", stage: "prod" } });
  });

  test("one unknown tag makes all of them together unknown, and keeps its siblings", () => {
    const { inputs } = checked(INSTANCE, { ...MACHINE, tags: { a: "1", b: UNKNOWN } }, "web", config);
    expect(inputs).toMatchObject({ tags: { a: "1", b: UNKNOWN }, tagsAll: UNKNOWN });
  });

  test("a group's tags are no map and have no sum", () => {
    const tags = [{ key: "a", value: "1", propagateAtLaunch: true }];
    expect(checked(GROUP, { minSize: 1, maxSize: 1, launchTemplate: { id: "lt-1" }, tags }).inputs).not.toHaveProperty(
      "tagsAll",
    );
  });
});

describe("autonames", () => {
  test.each<[type: string, inputs: Properties, property: string, pattern: RegExp]>([
    [TEMPLATE, {}, "name", /^web-[0-9a-f]{7}$/],
    [ROLE, { assumeRolePolicy: TRUST }, "name", /^web-[0-9a-f]{7}$/],
    ["aws:lambda/function:Function", {}, "name", /^web-[0-9a-f]{7}$/],
    ["aws:rds/instance:Instance", { instanceClass: "db.t3.micro" }, "identifier", /^web[0-9a-f]{7}$/],
    ["aws:s3/bucket:Bucket", {}, "bucket", /^web-[0-9a-f]{7}$/],
    ["aws:kms/alias:Alias", {}, "name", /^alias\/web-[0-9a-f]{7}$/],
    ["aws:sqs/queue:Queue", { fifoQueue: true }, "name", /^web-[0-9a-f]{7}\.fifo$/],
    ["aws:ec2/keyPair:KeyPair", { publicKey: "ssh-ed25519 AAAA" }, "keyName", /^web-[0-9a-f]{7}$/],
    [
      "aws:eks/nodeGroup:NodeGroup",
      { clusterName: "c", nodeRoleArn: "r", scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 }, subnetIds: [] },
      "nodeGroupName",
      /^web-[0-9a-f]{7}$/,
    ],
    ["aws-native:iam:Role", {}, "roleName", /^web-[0-9a-f]{7}$/],
  ])("%s", (type, inputs, property, pattern) => {
    const result = checked(type, inputs);
    expect(result.inputs[property]).toMatch(pattern);
    expect(result.failures).toEqual([]);
  });

  test("bucket names are lower case", () => {
    expect(checked("aws:s3/bucket:Bucket", {}, "MyData").inputs.bucket).toMatch(/^mydata-/);
  });

  test("depend on the URN alone", () => {
    expect(checked(TEMPLATE, { description: "x" }).inputs.name).toBe(checked(TEMPLATE, {}).inputs.name);
    expect(checked(TEMPLATE, {}, "a").inputs.name).not.toBe(checked(TEMPLATE, {}, "b").inputs.name);
  });

  test.each<[what: string, type: string, inputs: Properties]>([
    ["a name that is given", TEMPLATE, { name: "mine" }],
    ["an unknown name", TEMPLATE, { name: UNKNOWN }],
    ["a prefix", TEMPLATE, { namePrefix: "mine-" }],
    ["a type without a name", INSTANCE, MACHINE],
    ["a DNS record", "aws:route53/record:Record", { name: "a", type: "A", zoneId: "Z" }],
  ])("%s is left alone", (_what, type, inputs) => {
    expect(checked(type, inputs).inputs.name).toBe(inputs.name);
  });

  test("one that is too long is refused, never cut", () => {
    const long = "n".repeat(60);
    const { inputs, failures } = checked(ROLE, { assumeRolePolicy: TRUST }, long);
    expect(inputs).not.toHaveProperty("name");
    expect(failures).toEqual([
      { property: "name", reason: `name '${long}-' plus 7 random chars is longer than maximum length 64` },
    ]);
  });

  test("inline policies get their own; an empty one is dropped, one without a policy stays", () => {
    const inlinePolicies = [{ policy: "{}" }, { name: "gone", policy: "" }, {}, { name: "b", policy: "{}" }];
    const { inputs } = checked(ROLE, { assumeRolePolicy: TRUST, inlinePolicies });
    const name: unknown = expect.stringMatching(/^web-[0-9a-f]{7}$/);
    expect(unmarked(inputs.inlinePolicies)).toEqual([{ name, policy: "{}" }, { name }, { name: "b", policy: "{}" }]);
  });
});

describe("JSON documents", () => {
  test.each<[what: string, value: unknown, expected: unknown]>([
    [
      "an object: sorted keys, no spaces, no nulls",
      { b: 1, a: ["x", { d: null, c: true }] },
      '{"a":["x",{"c":true}],"b":1}',
    ],
    ["number-like keys in byte order", { "10": 1, "2": 2 }, '{"10":1,"2":2}'],
    ["what Go escapes", { a: "<&>" }, '{"a":"\\u003c\\u0026\\u003e"}'],
    ["text: kept byte for byte", '{ "b": 1,  "a": 2 }', '{ "b": 1,  "a": 2 }'],
    ["an unknown leaf: unknown as a whole", { a: [{ b: UNKNOWN }] }, UNKNOWN],
    ["unknown", UNKNOWN, UNKNOWN],
  ])("%s", (_what, policy, expected) => {
    const result = checked("aws:s3/bucketPolicy:BucketPolicy", { bucket: "b", policy });
    expect(result.inputs.policy).toBe(expected);
    expect(result.failures).toEqual([]);
  });

  test.each([
    [ROLE, "assumeRolePolicy"],
    [ROLE_POLICY, "policy"],
    [POLICY, "policy"],
  ])("%s refuses %s that is no JSON", (type, property) => {
    const [failure] = reasons(type, { role: "r", [property]: "not json" });
    expect(failure).toContain("invalid JSON");
  });

  test("a policy that is neither text nor object is refused", () => {
    expect(checked(POLICY, { policy: 7 }).failures[0]).toMatchObject({ property: "policy" });
  });

  test("an inline policy is text only, and an unknown leaf reaches the leaf alone", () => {
    const inlinePolicies = [{ name: "a", policy: UNKNOWN }];
    expect(unmarked(checked(ROLE, { assumeRolePolicy: TRUST, inlinePolicies }).inputs.inlinePolicies)).toEqual(
      inlinePolicies,
    );
  });
});

describe("types", () => {
  test.each<[what: string, type: string, inputs: Properties, expected: Properties]>([
    [
      "text to a number",
      INSTANCE,
      { ...MACHINE, metadataOptions: { httpPutResponseHopLimit: "1" } },
      { metadataOptions: { httpPutResponseHopLimit: 1 } },
    ],
    ["text to a boolean", INSTANCE, { ...MACHINE, sourceDestCheck: "false" }, { sourceDestCheck: false }],
    [
      "a boolean to text",
      TEMPLATE,
      { networkInterfaces: [{ associatePublicIpAddress: true }] },
      { networkInterfaces: [{ associatePublicIpAddress: "true" }] },
    ],
    ["a number to text", GROUP, { launchTemplate: { id: "lt-1", version: 1 } }, { launchTemplate: { version: "1" } }],
    [
      "a list of one to its block",
      TEMPLATE,
      { metadataOptions: [{ httpTokens: "required" }] },
      { metadataOptions: { httpTokens: "required" } },
    ],
    ["null to nothing", TEMPLATE, { userData: null, metadataOptions: { httpTokens: null } }, { metadataOptions: {} }],
    [
      "an unknown leaf keeps its siblings",
      TEMPLATE,
      { metadataOptions: { httpTokens: UNKNOWN, httpEndpoint: "enabled" } },
      { metadataOptions: { httpTokens: UNKNOWN, httpEndpoint: "enabled" } },
    ],
    ["user data stays plain text", INSTANCE, { ...MACHINE, userData: "#!/bin/sh" }, { userData: "#!/bin/sh" }],
  ])("%s", (_what, type, inputs, expected) => {
    expect(checked(type, inputs).inputs).toMatchObject(expected);
  });

  test.each<[what: string, inputs: Properties, property: string]>([
    [
      "a word where a number goes",
      { metadataOptions: { httpPutResponseHopLimit: "one" } },
      "metadataOptions.httpPutResponseHopLimit",
    ],
    ["an object where text goes", { imageId: { a: 1 } }, "imageId"],
    ["text where a list goes", { vpcSecurityGroupIds: "sg-1" }, "vpcSecurityGroupIds"],
    ["text where a block goes", { metadataOptions: "required" }, "metadataOptions"],
    ["a list where a map goes", { tags: ["a"] }, "tags"],
  ])("%s is refused", (_what, inputs, property) => {
    expect(checked(TEMPLATE, inputs).failures).toContainEqual(expect.objectContaining({ property }));
  });
});

describe("values that are refused", () => {
  test.each<[what: string, type: string, inputs: Properties, expected: string[]]>([
    [
      "tokens",
      TEMPLATE,
      { metadataOptions: { httpTokens: "maybe" } },
      [
        `expected metadata_options.0.http_tokens to be one of ["optional" "required"], got another value. Examine values at 'web.metadataOptions.httpTokens'.`,
      ],
    ],
    [
      "a hop limit",
      INSTANCE,
      { ...MACHINE, metadataOptions: { httpPutResponseHopLimit: 65 } },
      [
        "expected metadata_options.0.http_put_response_hop_limit to be in the range (1 - 64), got 65. Examine values at 'web.metadataOptions.httpPutResponseHopLimit'.",
      ],
    ],
    [
      "account defaults know -1 and no preference",
      "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
      { httpPutResponseHopLimit: -1, httpTokens: "no-preference" },
      [],
    ],
    [
      "both forms of user data: once per side",
      INSTANCE,
      { ...MACHINE, userData: "a", userDataBase64: "YQ==" },
      [
        `"user_data": conflicts with user_data_base64. Examine values at 'web.userData'.`,
        `"user_data_base64": conflicts with user_data. Examine values at 'web.userDataBase64'.`,
      ],
    ],
    ["unknown counterparts are left for later", INSTANCE, { ...MACHINE, userData: "a", userDataBase64: UNKNOWN }, []],
    [
      "an instance without image or template",
      INSTANCE,
      { instanceType: "t3.micro" },
      [
        "\"ami\": one of `ami,launch_template` must be specified. Examine values at 'web.ami'.",
        "\"launch_template\": one of `ami,launch_template` must be specified. Examine values at 'web.launchTemplate'.",
      ],
    ],
    ["an instance from a template", INSTANCE, { launchTemplate: { id: "lt-1" } }, []],
    ["no user data in a launch configuration is not empty user data", CONFIGURATION, { ...LAUNCHED }, []],
    [
      "empty user data in a launch configuration",
      CONFIGURATION,
      { ...LAUNCHED, userData: "" },
      ["expected length of user_data to be in the range (1 - 16384), got 0 bytes. Examine values at 'web.userData'."],
    ],
    ["user data of a template is not looked at", TEMPLATE, { userData: "not base64!" }, []],
    [
      "an inline policy that is no JSON, among others",
      ROLE,
      {
        assumeRolePolicy: TRUST,
        inlinePolicies: [
          { name: "a", policy: "{}" },
          { name: "b", policy: "x" },
        ],
      },
      [`"inline_policies.0.policy" contains an invalid JSON policy. Examine values at 'web.inlinePolicies.policy'.`],
    ],
    [
      "user data that is no base64",
      INSTANCE,
      { ...MACHINE, userDataBase64: "#!/bin/sh" },
      ["expected user_data_base64 to be base64. Examine values at 'web.userDataBase64'."],
    ],
    ["a role with an unknown trust policy", ROLE, { assumeRolePolicy: UNKNOWN }, []],
    [
      "a role without a trust policy",
      ROLE,
      {},
      [
        `The argument "assume_role_policy" is required, but no definition was found. Examine values at 'web.assumeRolePolicy'.`,
      ],
    ],
  ])("%s", (_what, type, inputs, expected) => {
    expect(reasons(type, inputs)).toEqual(expected);
  });

  test.each<[what: string, inputs: Properties, count: number]>([
    ["none", {}, 3],
    ["one", { launchConfiguration: "lc" }, 0],
    ["two", { launchConfiguration: "lc", launchTemplate: { id: "lt-1" } }, 2],
    ["two, one unknown", { launchConfiguration: UNKNOWN, launchTemplate: { id: "lt-1" } }, 0],
    ["a template by id and name", { launchTemplate: { id: "lt-1", name: "lt" } }, 2],
  ])("a group launches from exactly one source: %s", (_what, inputs, count) => {
    expect(reasons(GROUP, { minSize: 1, maxSize: 1, ...inputs })).toHaveLength(count);
  });

  test("failures come with the inputs", () => {
    const { inputs } = checked(TEMPLATE, { metadataOptions: { httpTokens: "maybe" } });
    expect(inputs).toMatchObject({ metadataOptions: { httpTokens: "maybe" }, region: "us-west-2" });
  });
});
