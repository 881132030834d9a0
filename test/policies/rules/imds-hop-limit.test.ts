import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "imds-hop-limit";
const hop = (httpPutResponseHopLimit: unknown) => ({ ...HARDENED, httpPutResponseHopLimit });

function instance(metadataOptions: unknown, more: Record<string, unknown> = {}, extra = {}): Written {
  return resource("Instance", "web", { ami: "ami-1", metadataOptions, ...more }, extra);
}

const lt = (metadataOptions: unknown, more: Record<string, unknown> = {}) =>
  resource("LaunchTemplate", "lt", { metadataOptions, ...more }, { outputs: { id: unknown } });
const group = (name: string, more: Record<string, unknown> = {}, outputs = {}) =>
  resource(
    "Group",
    name,
    { launchTemplate: { id: unknown, version: "$Latest" }, ...more },
    { edges: { launchTemplate: ["lt"] }, outputs },
  );
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("one machine", () => {
  test.each<[string, unknown, string[]]>([
    ["at the limit", hop(1), []],
    ["written as a string", hop("1"), []],
    ["above the limit", hop(2), ["violation web"]],
    ["above both limits", hop(3), ["violation web"]],
    ["out of range", hop(65), ["violation web"]],
    ["zero", hop(0), ["violation web"]],
    ["a fraction", hop(1.5), ["violation web"]],
    ["a word", hop("two"), ["violation web"]],
    ["an object", hop({}), ["violation web"]],
    ["absent", { httpTokens: "required" }, ["violation web"]],
    ["nothing set at all", undefined, ["violation web"]],
    ["endpoint off", { httpEndpoint: "disabled", httpPutResponseHopLimit: 9 }, []],
    ["unknown", hop(unknown), ["unverified web"]],
    [
      "above the limit under an unknown endpoint",
      { httpEndpoint: unknown, httpPutResponseHopLimit: 3 },
      ["violation web"],
    ],
    ["absent under an unknown endpoint", { httpEndpoint: unknown }, ["unverified web"]],
  ])("%s", (_, options, expected) => {
    expect(verdicts(POLICY, [instance(options)])).toEqual(expected);
  });
});

describe("launch configurations send it next to an enabled endpoint only", () => {
  const config = (metadataOptions: unknown) => resource("LaunchConfiguration", "lc", { metadataOptions });
  test.each<[string, unknown, string[]]>([
    ["enabled", hop(1), []],
    ["absent: as if the limit were", { httpPutResponseHopLimit: 1 }, ["violation lc"]],
    ["unknown", { httpEndpoint: unknown, httpPutResponseHopLimit: 1 }, ["unverified lc"]],
    ["unknown, and above the limit anyway", { httpEndpoint: unknown, httpPutResponseHopLimit: 3 }, ["violation lc"]],
    ["disabled", { httpEndpoint: "disabled", httpPutResponseHopLimit: 3 }, []],
  ])("endpoint %s", (_, options, expected) => {
    expect(verdicts(POLICY, [config(options)])).toEqual(expected);
  });
});

describe("types that cannot express it pass", () => {
  test.each<[string, Written]>([
    ["spot request", resource("SpotInstanceRequest", "spot", { metadataOptions: { httpPutResponseHopLimit: 9 } })],
    ["notebook", resource("NotebookInstance", "nb", { roleArn: "r" })],
    ["Beanstalk", resource("Environment", "env", { solutionStackName: "64bit Amazon Linux 2 v5" })],
    ["launch specifications", resource("SpotFleetRequest", "fleet", { launchSpecifications: [{ ami: "ami-1" }] })],
  ])("%s", (_, written) => {
    expect(verdicts(POLICY, [written])).toEqual([]);
  });
});

describe("options", () => {
  const defaults = (inputs: Record<string, unknown>) => resource("InstanceMetadataDefaults", "defaults", inputs);
  const silent = instance({ httpTokens: "required" });
  test.each<[string, Written[], Record<string, unknown>, string[]]>([
    ["a higher limit", [instance(hop(3))], { maxHopLimit: 3 }, []],
    ["explicit not required", [silent], { requireExplicit: false }, []],
    ["explicit not required, endpoint unknown", [instance({ httpEndpoint: unknown })], { requireExplicit: false }, []],
    ["explicit not required, but too high", [instance(hop(3))], { requireExplicit: false }, ["violation web"]],
    [
      "account default within the limit",
      [defaults({ httpPutResponseHopLimit: 1 }), silent],
      { acceptAccountDefault: true },
      [],
    ],
    [
      "account default above the limit",
      [defaults({ httpPutResponseHopLimit: 3 }), silent],
      { acceptAccountDefault: true },
      ["violation defaults", "violation web"],
    ],
    [
      "account default of an uncertain region that sets no hop limit decides nothing",
      [defaults({ httpTokens: "required", region: "eu-west-1" }), silent],
      { acceptAccountDefault: true },
      ["violation web"],
    ],
    ["account default not accepted", [defaults({ httpPutResponseHopLimit: 1 }), silent], {}, ["violation web"]],
    [
      "no preference",
      [defaults({ httpPutResponseHopLimit: -1 }), silent],
      { acceptAccountDefault: true },
      ["violation web"],
    ],
    ["stated account", [silent], { account: { httpPutResponseHopLimit: 1 } }, []],
    ["stated account of 2", [silent], { account: { httpPutResponseHopLimit: 2 } }, ["violation web"]],
    [
      "stated account of 2, on a machine that may be a container host",
      [instance({ httpTokens: "required" }, { tags: unknown })],
      { account: { httpPutResponseHopLimit: 2 } },
      ["unverified web"],
    ],
    [
      "stated account of 3, on a machine that may be a container host",
      [instance({ httpTokens: "required" }, { tags: unknown })],
      { account: { httpPutResponseHopLimit: 3 } },
      ["violation web"],
    ],
    ["named as a container host", [instance(hop(2))], { containerHosts: ["we*"] }, []],
  ])("%s", (_, written, options, expected) => {
    expect(verdicts(POLICY, written, options)).toEqual(expected);
  });
});

describe("container hosts", () => {
  test.each<[string, Written[], string[]]>([
    ["own tag", [instance(hop(2), { tags: { "ec2-hardening:container-host": "true" } })], []],
    [
      "own tag, another value",
      [instance(hop(2), { tags: { "ec2-hardening:container-host": "no" } })],
      ["violation web"],
    ],
    ["cluster tag owned", [instance(hop(2), { tags: { "kubernetes.io/cluster/prod": "owned" } })], []],
    [
      "cluster tag of another value",
      [instance(hop(2), { tags: { "kubernetes.io/cluster/prod": "x" } })],
      ["violation web"],
    ],
    ["Karpenter", [instance(hop(2), { tags: { "karpenter.sh/discovery": "prod" } })], []],
    ["above its limit too", [instance(hop(3), { tags: { "karpenter.sh/discovery": "prod" } })], ["violation web"]],
    ["unknown tags", [instance(hop(2), { tags: unknown })], ["unverified web"]],
    ["one unknown tag that is no evidence", [instance(hop(2), { tags: { Name: unknown } })], ["violation web"]],
    [
      "one unknown tag that may be evidence",
      [instance(hop(2), { tags: { "kubernetes.io/cluster/x": unknown } })],
      ["unverified web"],
    ],
    [
      "user data that joins a cluster",
      [instance(hop(2), { userData: "echo ECS_CLUSTER=a >> /etc/ecs/ecs.config" })],
      [],
    ],
    ["user data that runs docker", [instance(hop(2), { userData: "docker run nginx" })], ["violation web"]],
    ["unknown user data", [instance(hop(2), { userData: unknown })], ["unverified web"]],
    [
      "unknown user data beside other evidence",
      [instance(hop(2), { userData: unknown, tags: { "karpenter.sh/discovery": "x" } })],
      [],
    ],
    ["template without machines", [lt(hop(2))], ["violation lt"]],
    [
      "template with instance tags",
      [lt(hop(2), { tagSpecifications: [{ resourceType: "instance", tags: { "karpenter.sh/discovery": "x" } }] })],
      [],
    ],
    [
      "template's own and volume tags are no evidence",
      [
        lt(hop(2), {
          tags: { "karpenter.sh/discovery": "x" },
          tagSpecifications: [{ resourceType: "volume", tags: { "karpenter.sh/discovery": "x" } }],
        }),
      ],
      ["violation lt"],
    ],
    ["template with Bottlerocket user data", [lt(hop(2), { userData: base64("[settings.kubernetes]\n") })], []],
    [
      "template of a node group",
      [
        lt(hop(2)),
        resource(
          "NodeGroup",
          "nodes",
          { launchTemplate: { id: unknown, version: "1" } },
          { edges: { launchTemplate: ["lt"] } },
        ),
      ],
      [],
    ],
    [
      "group that passes its tag on",
      [lt(hop(2)), group("asg", { tags: [{ key: "karpenter.sh/discovery", value: "x", propagateAtLaunch: true }] })],
      [],
    ],
    [
      "group that gets its tag from a resource of its own",
      [
        lt(hop(2)),
        group("asg", { name: "asg-1" }),
        resource("aws:autoscaling/tag:Tag", "tag", {
          autoscalingGroupName: "asg-1",
          tag: { key: "kubernetes.io/cluster/prod", value: "owned", propagateAtLaunch: true },
        }),
      ],
      [],
    ],
    [
      "group that keeps its tag",
      [lt(hop(2)), group("asg", { tags: [{ key: "karpenter.sh/discovery", value: "x", propagateAtLaunch: false }] })],
      ["violation lt"],
    ],
    [
      "group that may pass its tag on",
      [
        lt(hop(2)),
        group("asg", { tags: [{ key: "kubernetes.io/cluster/x", value: "owned", propagateAtLaunch: unknown }] }),
      ],
      ["unverified lt"],
    ],
    [
      "Karpenter's tag on a group that may pass it on",
      [lt(hop(2)), group("asg", { tags: [{ key: "karpenter.sh/discovery", value: "x", propagateAtLaunch: unknown }] })],
      ["unverified lt"],
    ],
    [
      "a container host that sets its own limit is no reason for the template's",
      [
        lt(hop(2)),
        instance(
          hop(1),
          { launchTemplate: { id: unknown, version: "$Latest" }, tags: { "karpenter.sh/discovery": "x" } },
          { edges: { launchTemplate: ["lt"] } },
        ),
      ],
      ["violation lt"],
    ],
    [
      "one user unknown, the other plain: reported itself",
      [
        lt(hop(2)),
        instance(
          undefined,
          { launchTemplate: { id: unknown, version: "$Latest" }, tags: unknown },
          { edges: { launchTemplate: ["lt"] } },
        ),
        group("plain"),
      ],
      ["unverified lt", "violation plain"],
    ],
    ["a comment joins no cluster", [instance(hop(2), { userData: "# ECS_CLUSTER=a" })], ["violation web"]],
    [
      "image infrastructure that tags its build machines",
      [
        resource("InfrastructureConfiguration", "infra", {
          instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
          resourceTags: { "ec2-hardening:container-host": "true" },
        }),
      ],
      [],
    ],
    [
      "fleet whose user data joins a cluster",
      [
        lt(hop(2)),
        resource(
          "aws-native:ec2:Ec2Fleet",
          "fleet",
          {
            launchTemplateConfigs: [
              {
                launchTemplateSpecification: {
                  launchTemplateId: unknown,
                  version: "$Latest",
                  launchTemplateSpecificationUserData: base64("ECS_CLUSTER=a"),
                },
              },
            ],
          },
          { edges: { launchTemplateConfigs: ["lt"] } },
        ),
      ],
      [],
    ],
    [
      "group that an ECS capacity provider takes over",
      [
        lt(hop(2)),
        group("asg", {}, { arn: unknown }),
        resource(
          "CapacityProvider",
          "cp",
          { autoScalingGroupProvider: { autoScalingGroupArn: unknown } },
          { edges: { autoScalingGroupProvider: ["asg"] } },
        ),
      ],
      [],
    ],
    [
      "right for one of its users: the other is reported itself",
      [
        lt(hop(2)),
        group("cluster", { tags: [{ key: "karpenter.sh/discovery", value: "x", propagateAtLaunch: true }] }),
        group("plain"),
      ],
      ["violation plain"],
    ],
  ])("%s", (_, written, expected) => {
    expect(verdicts(POLICY, written)).toEqual(expected);
  });
});

describe("messages", () => {
  test("short where nothing is set: the block of the other policy settles it", () => {
    expect(messages(POLICY, [instance(undefined)])).toEqual([
      "metadataOptions is not set.\nSet metadataOptions.httpPutResponseHopLimit: 1; the block that settles imds-require-v2 settles this too.",
    ]);
  });
  test("the evidence that makes a container host", () => {
    const [message] = messages(POLICY, [instance(hop(5), { tags: { "karpenter.sh/discovery": "x" } })]);
    expect(message).toContain("karpenter.sh/discovery");
    expect(message).toContain("IRSA or Pod Identity");
    expect(message).toContain("httpPutResponseHopLimit: 2");
  });
  test("the value that was seen", () => {
    expect(messages(POLICY, [instance(hop(3))])[0]).toMatch(
      /^metadataOptions\.httpPutResponseHopLimit is 3, above 1: /,
    );
  });
});
