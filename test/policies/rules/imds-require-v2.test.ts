import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-require-v2";

function instance(metadataOptions: unknown, more: Record<string, unknown> = {}, extra = {}): Written {
  return resource("Instance", "web", { ami: "ami-1", metadataOptions, ...more }, extra);
}

const lt = (metadataOptions: unknown, more: Record<string, unknown> = {}) =>
  resource("LaunchTemplate", "lt", { imageId: "ami-1", metadataOptions, ...more }, { outputs: { id: unknown } });

const from = (metadataOptions: unknown, version: unknown = "$Latest") =>
  instance(metadataOptions, { launchTemplate: { id: unknown, version } }, { edges: { launchTemplate: ["lt"] } });

describe("one machine", () => {
  test.each<[string, unknown, string[]]>([
    ["nothing is set", undefined, ["violation web"]],
    ["null is nothing", null, ["violation web"]],
    ["an empty block", {}, ["violation web"]],
    ["tokens required", { httpTokens: "required" }, []],
    ["a list of one is its item", [{ httpTokens: "required" }], []],
    ["an empty string is nothing", { httpTokens: "" }, ["violation web"]],
    ["tokens optional", { httpTokens: "optional" }, ["violation web"]],
    ["another word", { httpTokens: "Required" }, ["violation web"]],
    ["another type", { httpTokens: true }, ["violation web"]],
    ["a block of another type", "required", ["violation web"]],
    ["a list of two", [{ httpTokens: "required" }, {}], ["violation web"]],
    ["the endpoint is off", { httpEndpoint: "disabled", httpTokens: "optional" }, []],
    ["tokens unknown", { httpTokens: unknown }, ["unverified web"]],
    ["tokens unknown but the endpoint off", { httpEndpoint: "disabled", httpTokens: unknown }, []],
    ["the block unknown", unknown, ["unverified web"]],
    ["endpoint unknown, tokens required", { httpEndpoint: unknown, httpTokens: "required" }, []],
    ["endpoint unknown, tokens optional", { httpEndpoint: unknown, httpTokens: "optional" }, ["violation web"]],
    ["endpoint unknown, tokens absent", { httpEndpoint: unknown }, ["unverified web"]],
  ])("%s", (_, options, expected) => {
    expect(verdicts(POLICY, [instance(options)])).toEqual(expected);
  });
});

describe("from a launch template", () => {
  test.each<[string, Written[], string[]]>([
    ["both silent: reported at the template", [lt(undefined), from(undefined)], ["violation lt"]],
    ["hardened template", [lt(HARDENED), from(undefined)], []],
    ["weak template: once, at the template", [lt({ httpTokens: "optional" }), from(undefined)], ["violation lt"]],
    ["unknown at the template: once", [lt({ httpTokens: unknown }), from(undefined)], ["unverified lt"]],
    ["overridden for the worse", [lt(HARDENED), from({ httpTokens: "optional" })], ["violation web"]],
    ["overridden for the better", [lt({ httpTokens: "optional" }), from(HARDENED)], ["violation lt"]],
    [
      "endpoint off in the template, turned on by the machine",
      [lt({ httpEndpoint: "disabled" }), from({ httpPutResponseHopLimit: 1 })],
      ["violation web"],
    ],
    [
      "endpoint unknown in the template, turned on by the machine: certain there",
      [lt({ httpEndpoint: unknown }), from({ httpPutResponseHopLimit: 1 })],
      ["unverified lt", "violation web"],
    ],
    [
      "the whole reference unknown over an existing template",
      [
        resource(
          "LaunchTemplate",
          "lt",
          { metadataOptions: HARDENED },
          { outputs: { id: "lt-1", latestVersion: 3, defaultVersion: 1 } },
        ),
        instance(undefined, { launchTemplate: unknown }, { edges: { launchTemplate: ["lt"] } }),
      ],
      ["unverified web"],
    ],
    ["another version than described", [lt(HARDENED), from(undefined, "7")], ["unverified web"]],
    ["outside the stack", [from(undefined)], ["unverified web"]],
    [
      "read with .get(): reported at the machine",
      [
        resource(
          "LaunchTemplate",
          "lt",
          { metadataOptions: { httpTokens: "optional" } },
          { read: true, outputs: { id: "lt-1" } },
        ),
        instance(
          undefined,
          { launchTemplate: { id: "lt-1", version: "$Latest" } },
          { edges: { launchTemplate: ["lt"] } },
        ),
      ],
      ["violation web"],
    ],
    ["not evaluated (--target)", [resource("LaunchTemplate", "lt", {}), from(undefined)], ["unverified web"]],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("types with a way of their own", () => {
  const config = (metadataOptions: unknown) =>
    resource("LaunchConfiguration", "lc", { imageId: "ami-1", metadataOptions });
  const stack = (name: string, solutionStackName: unknown, settings: unknown = []) =>
    resource("Environment", name, { solutionStackName, settings });
  const setting = (value: unknown) => [
    { namespace: "aws:autoscaling:launchconfiguration", name: "DisableIMDSv1", value },
  ];
  test.each<[string, Written[], string[]]>([
    ["launch configuration, endpoint explicit", [config(HARDENED)], []],
    ["launch configuration, endpoint absent: dropped", [config({ httpTokens: "required" })], ["violation lc"]],
    [
      "launch configuration, endpoint unknown",
      [config({ httpEndpoint: unknown, httpTokens: "required" })],
      ["unverified lc"],
    ],
    ["launch configuration, endpoint off", [config({ httpEndpoint: "disabled" })], []],
    [
      "CloudFormation's launch configuration drops nothing",
      [resource("aws-native:autoscaling:LaunchConfiguration", "lc", { metadataOptions: { httpTokens: "required" } })],
      [],
    ],
    [
      "spot request: whatever is written",
      [resource("SpotInstanceRequest", "spot", { metadataOptions: HARDENED })],
      ["violation spot"],
    ],
    [
      "spot fleet: each launch specification",
      [resource("SpotFleetRequest", "fleet", { launchSpecifications: [{ ami: "ami-1" }, { ami: "ami-2" }] })],
      ["violation fleet", "violation fleet"],
    ],
    [
      "a fleet's template that is left out",
      [resource("aws:ec2/fleet:Fleet", "fleet", { launchTemplateConfigs: [{}] })],
      ["violation fleet"],
    ],
    [
      "a spot fleet's template that is left out",
      [resource("SpotFleetRequest", "fleet", { launchTemplateConfigs: [{}] })],
      ["violation fleet"],
    ],
    [
      "a mixed instances policy without a template",
      [resource("aws:autoscaling/group:Group", "group", { mixedInstancesPolicy: { launchTemplate: {} } })],
      ["violation group"],
    ],
    [
      "overrides of a fleet that are not known: they carry no options",
      [
        resource("LaunchTemplate", "lt", { imageId: "ami-1", metadataOptions: HARDENED }),
        resource(
          "aws:ec2/fleet:Fleet",
          "fleet",
          {
            launchTemplateConfigs: [
              { launchTemplateSpecification: { launchTemplateId: unknown, version: "$Latest" }, overrides: unknown },
            ],
          },
          { edges: { launchTemplateConfigs: ["lt"] } },
        ),
      ],
      [],
    ],
    [
      "overrides of CloudFormation's fleet that are not known: they may carry some",
      [
        resource("LaunchTemplate", "lt", { imageId: "ami-1", metadataOptions: HARDENED }),
        resource(
          "aws-native:ec2:Ec2Fleet",
          "fleet",
          {
            launchTemplateConfigs: [
              { launchTemplateSpecification: { launchTemplateId: unknown, version: "$Latest" }, overrides: unknown },
            ],
          },
          { edges: { launchTemplateConfigs: ["lt"] } },
        ),
      ],
      ["unverified fleet"],
    ],
    ["node group without a template", [resource("NodeGroup", "nodes", { clusterName: "c" })], ["unverified nodes"]],
    ["Batch on Fargate", [resource("ComputeEnvironment", "batch", { computeResources: { type: "FARGATE" } })], []],
    [
      "Batch on EC2 without a template",
      [resource("ComputeEnvironment", "batch", { computeResources: { type: "EC2" } })],
      ["unverified batch"],
    ],
    [
      "ECS managed instances",
      [resource("CapacityProvider", "cp", { managedInstancesProvider: {} })],
      ["unverified cp"],
    ],
    [
      "notebook, version 2",
      [
        resource("NotebookInstance", "nb", {
          instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
        }),
      ],
      [],
    ],
    [
      "notebook, version 1",
      [
        resource("NotebookInstance", "nb", {
          instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: 1 },
        }),
      ],
      ["violation nb"],
    ],
    ["notebook, nothing", [resource("NotebookInstance", "nb", { roleArn: "r" })], ["violation nb"]],
    ["Beanstalk on Amazon Linux 2023", [stack("env", "64bit Amazon Linux 2023 v4.0.1 running Python 3.11")], []],
    [
      "Beanstalk on Amazon Linux 2023, turned back on",
      [stack("env", "64bit Amazon Linux 2023 v4.0.1 running Python 3.11", setting("false"))],
      ["violation env"],
    ],
    [
      "Beanstalk on Amazon Linux 2",
      [stack("env", "64bit Amazon Linux 2 v5.9.1 running Node.js 18")],
      ["violation env"],
    ],
    [
      "Beanstalk on Amazon Linux 2018.03",
      [stack("env", "64bit Amazon Linux 2018.03 v2.9.1 running PHP 5.4")],
      ["violation env"],
    ],
    [
      "Beanstalk on Windows Server Core 2022",
      [stack("env", "64bit Windows Server Core 2022 v2.15 running IIS 10.0")],
      [],
    ],
    [
      "Beanstalk with the setting",
      [stack("env", "64bit Amazon Linux 2 v5.9.1 running Node.js 18", setting("true"))],
      [],
    ],
    ["Beanstalk, platform unknown", [stack("env", unknown)], ["unverified env"]],
    [
      "Beanstalk, settings unknown",
      [stack("env", "64bit Amazon Linux 2 v5.9.1 running Node.js 18", unknown)],
      ["unverified env"],
    ],
    [
      "EMR without a security configuration",
      [resource("Cluster", "emr", { releaseLabel: "emr-7.0.0" })],
      ["violation emr"],
    ],
    [
      "EMR by its security configuration",
      [
        resource("SecurityConfiguration", "sec", {
          name: "sec",
          configuration: JSON.stringify({
            InstanceMetadataServiceConfiguration: {
              MinimumInstanceMetadataServiceVersion: 2,
              HttpPutResponseHopLimit: 1,
            },
          }),
        }),
        resource("Cluster", "emr", { securityConfiguration: "sec" }),
      ],
      [],
    ],
    [
      "EMR document that is no JSON",
      [resource("SecurityConfiguration", "sec", { configuration: "{" })],
      ["violation sec"],
    ],
    [
      "image infrastructure",
      [resource("InfrastructureConfiguration", "infra", { instanceMetadataOptions: { httpTokens: "required" } })],
      [],
    ],
    [
      "account default optional",
      [resource("InstanceMetadataDefaults", "defaults", { httpTokens: "optional" })],
      ["violation defaults"],
    ],
    [
      "account default without preference",
      [resource("InstanceMetadataDefaults", "defaults", { httpTokens: "no-preference" })],
      [],
    ],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("what account and image decide", () => {
  const silent = instance({ httpPutResponseHopLimit: 1 });
  const defaults = (inputs: Record<string, unknown>, extra = {}) =>
    resource("InstanceMetadataDefaults", "defaults", inputs, extra);
  const image = resource("Ami", "image", { imdsSupport: "v2.0" }, { outputs: { id: "ami-1" } });
  test.each<[string, Written[], Record<string, unknown>, string[]]>([
    ["not accepted by default", [defaults({ httpTokens: "required" }), silent], {}, ["violation web"]],
    ["account default", [defaults({ httpTokens: "required" }), silent], { acceptAccountDefault: true }, []],
    [
      "account default that disables an endpoint nobody sets",
      [defaults({ httpEndpoint: "disabled" }), instance(undefined)],
      { acceptAccountDefault: true },
      [],
    ],
    [
      "account default never beats the provider's explicit endpoint",
      [defaults({ httpEndpoint: "disabled" }), silent],
      { acceptAccountDefault: true },
      ["violation web"],
    ],
    [
      "account default of another region",
      [defaults({ httpTokens: "required", region: "eu-west-1" }), instance({}, { region: "us-east-1" })],
      { acceptAccountDefault: true },
      ["violation web"],
    ],
    [
      "unknown account default",
      [defaults({ httpTokens: unknown }), silent],
      { acceptAccountDefault: true },
      ["unverified defaults", "unverified web"],
    ],
    ["image in the stack", [image, silent], { acceptAmiDefault: true }, []],
    [
      "image, but the account says optional",
      [image, defaults({ httpTokens: "optional" }), silent],
      { acceptAmiDefault: true },
      ["violation defaults", "violation web"],
    ],
    ["accepted image id", [silent], { acceptAmis: ["ami-?"] }, []],
    ["other image id", [silent], { acceptAmis: ["ami-2*"] }, ["violation web"]],
    ["unknown image id", [instance({}, { ami: unknown })], { acceptAmis: ["ami-2*"] }, ["unverified web"]],
    [
      "account defaults that differ",
      [
        defaults({ httpTokens: "required" }),
        resource("InstanceMetadataDefaults", "others", { httpTokens: "no-preference" }),
        silent,
      ],
      { acceptAccountDefault: true },
      ["unverified web"],
    ],
    [
      "a notebook runs in an account of the service",
      [defaults({ httpTokens: "required" }), resource("NotebookInstance", "nb", { roleArn: "r" })],
      { acceptAccountDefault: true },
      ["violation nb"],
    ],
    [
      "an image that Batch overrides",
      [
        resource("ComputeEnvironment", "batch", {
          computeResources: {
            type: "EC2",
            imageId: "ami-1",
            ec2Configurations: [{ imageIdOverride: "ami-x2" }],
            launchTemplate: { launchTemplateName: "lt-1", version: "$Latest" },
          },
        }),
        resource("LaunchTemplate", "lt", { name: "lt-1", imageId: "ami-1" }),
      ],
      { acceptAmis: ["ami-1"] },
      ["violation batch"],
    ],
    ["stated account", [instance(undefined)], { account: { httpTokens: "required" } }, []],
    [
      "stated for another region",
      [instance(undefined, { region: "eu-west-1" })],
      { account: { httpTokens: "required", regions: ["us-east-1"] } },
      ["violation web"],
    ],
    [
      "stated for regions, region not known",
      [instance(undefined)],
      { account: { httpTokens: "required", regions: ["us-east-1"] } },
      ["unverified web"],
    ],
    [
      "the program's default comes before what is stated",
      [defaults({ httpTokens: "optional" }), silent],
      { account: { httpTokens: "required" } },
      ["violation defaults", "violation web"],
    ],
  ])("%s", (_, written, options, expected) => {
    expect(verdicts(POLICY, written, options)).toEqual(expected);
  });
});

describe("messages", () => {
  test("the whole block to paste where nothing is set", () => {
    expect(messages(POLICY, [instance(undefined)])[0]).toContain(
      'metadataOptions: {\n  httpEndpoint: "enabled",\n  httpTokens: "required",',
    );
  });
  test("one property where the block is there", () => {
    expect(messages(POLICY, [instance({ httpTokens: "optional" })])[0]).toMatch(
      /^metadataOptions\.httpTokens is "optional": .*\.\nSet metadataOptions\.httpTokens: "required"\.$/,
    );
  });
  test("what the program wrote, not what it amounts to", () => {
    const notebook = { instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "1" } };
    expect(messages(POLICY, [resource("NotebookInstance", "nb", notebook)])[0]).toContain('Version is "1"');
  });
  test("a weak template that is only read is named at the machine", () => {
    const read = resource("LaunchTemplate", "lt", { metadataOptions: { httpTokens: "optional" } }, { read: true });
    expect(messages(POLICY, [read, from(undefined)])[0]).toContain("on launch template lt.");
  });
  test("every message begins with a property", () => {
    const all = [
      resource("Cluster", "emr", { releaseLabel: "emr-7.0.0" }),
      resource("SecurityConfiguration", "sec", { configuration: "{}" }),
      resource("Environment", "env", { solutionStackName: "64bit Amazon Linux 2 v5" }),
    ];
    expect(messages(POLICY, all).filter((message) => !/^[a-z][A-Za-z.]+ (is not set|leaves)/.test(message))).toEqual(
      [],
    );
  });
  test("a value outside the enum is not repeated", () => {
    expect(messages(POLICY, [instance({ httpTokens: "hunter2" })])[0]).not.toContain("hunter2");
  });
  test("what to use where the type cannot express it", () => {
    expect(messages(POLICY, [resource("SpotInstanceRequest", "spot", { ami: "ami-1" })])[0]).toContain(
      "instanceMarketOptions",
    );
  });
});
