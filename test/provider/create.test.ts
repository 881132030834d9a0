import type { Properties } from "../../policies/machine/resource";
import { GROUP, INSTANCE, MACHINE, made, POLICY, ROLE, ROLE_POLICY, TEMPLATE, TRUST, CONFIG } from "./requests";

const ACCOUNT = "123456789012";

describe("what boot scripts are told of other resources is known", () => {
  test.each<[type: string, inputs: Properties, outputs: Properties]>([
    [
      "aws:rds/instance:Instance",
      { instanceClass: "c", engine: "postgres", name: "shop" },
      { dbName: "shop", port: 5432 },
    ],
    [
      "aws:rds/instance:Instance",
      { instanceClass: "c", engine: "mysql", dbName: "shop" },
      { dbName: "shop", port: 3306 },
    ],
    ["aws:rds/instance:Instance", { instanceClass: "c", engine: "mysql" }, { dbName: "" }],
    [
      "aws:rds/instance:Instance",
      { identifier: "db", instanceClass: "c", engine: "mysql", port: "3307" },
      { endpoint: expect.stringMatching(/:3307$/) },
    ],
    ["aws:rds/instance:Instance", { instanceClass: "c", engine: "db2-se" }, { port: 50000 }],
    [
      "aws:docdb/cluster:Cluster",
      { clusterIdentifier: "docs" },
      { endpoint: expect.stringMatching(/^docs\.cluster-/) },
    ],
    [
      "aws:elasticache/cluster:Cluster",
      { clusterId: "cache", engine: "redis" },
      { cacheNodes: [{ id: "0001", address: expect.stringMatching(/^cache\./) as string, port: 6379 }], port: 6379 },
    ],
    ["aws:elasticache/cluster:Cluster", { clusterId: "cache", engine: "memcached" }, { port: 11211 }],
    [
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { replicationGroupId: "cache" },
      { primaryEndpointAddress: expect.stringMatching(/^master\.cache\./) },
    ],
    ["aws:redshift/cluster:Cluster", { clusterIdentifier: "dwh", nodeType: "n" }, { port: 5439 }],
    ["aws:opensearch/domain:Domain", { domainName: "logs" }, { endpoint: expect.stringMatching(/^search-logs-/) }],
    ["aws:msk/cluster:Cluster", { clusterName: "bus" }, { bootstrapBrokersTls: expect.stringMatching(/^b-1\.bus\./) }],
    ["aws:efs/mountTarget:MountTarget", { fileSystemId: "fs-1" }, { dnsName: "fs-1.efs.us-west-2.amazonaws.com" }],
    [
      "aws:elb/loadBalancer:LoadBalancer",
      { name: "web" },
      { dnsName: expect.stringMatching(/^web-\d+\.us-west-2\.elb/) },
    ],
    ["aws:cognito/userPool:UserPool", { name: "users" }, { id: expect.stringMatching(/^us-west-2_\w{9}$/) }],
  ])("%s %j", (type, inputs, outputs) => {
    expect(made(type, inputs, "create").outputs).toMatchObject(outputs);
  });
});

describe("ids and ARNs", () => {
  test.each<[type: string, inputs: Properties, id: RegExp, arn: RegExp | undefined]>([
    [INSTANCE, MACHINE, /^i-[0-9a-f]{17}$/, /^arn:aws:ec2:us-west-2:123456789012:instance\/i-[0-9a-f]{17}$/],
    [TEMPLATE, {}, /^lt-[0-9a-f]{17}$/, /^arn:aws:ec2:us-west-2:123456789012:launch-template\/lt-[0-9a-f]{17}$/],
    [
      GROUP,
      { minSize: 1, maxSize: 1, launchTemplate: { id: "lt-1" } },
      /^web-[0-9a-f]{7}$/,
      /^arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/web-[0-9a-f]{7}$/,
    ],
    [ROLE, { name: "r", path: "/x/", assumeRolePolicy: TRUST }, /^r$/, /^arn:aws:iam::123456789012:role\/x\/r$/],
    [
      "aws:iam/instanceProfile:InstanceProfile",
      { name: "p" },
      /^p$/,
      /^arn:aws:iam::123456789012:instance-profile\/p$/,
    ],
    [
      POLICY,
      { name: "p", policy: "{}" },
      /^arn:aws:iam::123456789012:policy\/p$/,
      /^arn:aws:iam::123456789012:policy\/p$/,
    ],
    [ROLE_POLICY, { name: "p", role: "r", policy: "{}" }, /^r:p$/, undefined],
    [
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "r", policyArn: "arn:aws:iam::aws:policy/X" },
      /^r\/arn:aws:iam::aws:policy\/X$/,
      undefined,
    ],
    ["aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, /^subnet-[0-9a-f]{17}$/, /:subnet\/subnet-[0-9a-f]{17}$/],
    ["aws:ec2/route:Route", { routeTableId: "rtb-1" }, /^r-rtb-1\d{10}$/, undefined],
    ["aws:s3/bucket:Bucket", { bucket: "data" }, /^data$/, /^arn:aws:s3:::data$/],
    ["aws:kms/key:Key", {}, /^[0-9a-f-]{36}$/, /^arn:aws:kms:us-west-2:123456789012:key\/[0-9a-f-]{36}$/],
    [
      "aws:secretsmanager/secret:Secret",
      { name: "db" },
      /^arn:aws:secretsmanager:us-west-2:123456789012:secret:db-[A-Za-z0-9]{6}$/,
      /^arn:aws:secretsmanager:us-west-2:123456789012:secret:db-[A-Za-z0-9]{6}$/,
    ],
    ["aws:ssm/parameter:Parameter", { name: "/a/b", type: "String" }, /^\/a\/b$/, /:parameter\/a\/b$/],
    [
      "aws:sqs/queue:Queue",
      { name: "q" },
      /^https:\/\/sqs\.us-west-2\.amazonaws\.com\/123456789012\/q$/,
      /^arn:aws:sqs:us-west-2:123456789012:q$/,
    ],
    ["aws:rds/instance:Instance", { identifier: "db", instanceClass: "c" }, /^db-[A-Z0-9]{26}$/, /:db:db$/],
    ["aws:foo/bar:Bar", { name: "b" }, /^b$/, /^arn:aws:foo:us-west-2:123456789012:bar\/b$/],
    ["aws-native:iam:Role", { roleName: "r" }, /^r$/, /^arn:aws:iam::123456789012:role\/r$/],
    ["aws-native:iam:RolePolicy", { policyName: "p", roleName: "r" }, /^p\|r$/, undefined],
    ["other:index:Thing", { size: 1 }, /^[0-9a-f]{16}$/, undefined],
  ])("%s", (type, inputs, id, arn) => {
    const result = made(type, inputs, "create");
    expect(result.id).toMatch(id);
    expect(result.outputs.id).toBe(result.id);
    if (arn === undefined) expect(result.outputs).not.toHaveProperty("arn");
    else expect(result.outputs.arn).toMatch(arn);
  });

  test("are the same in every run, and differ between resources", () => {
    expect(made(INSTANCE, MACHINE, "create")).toEqual(made(INSTANCE, MACHINE, "create"));
    expect(made(INSTANCE, MACHINE, "create", "a").id).not.toBe(made(INSTANCE, MACHINE, "create", "b").id);
  });

  test.each([
    ["cn-north-1", "arn:aws-cn:ec2:cn-north-1:"],
    ["us-gov-west-1", "arn:aws-us-gov:ec2:us-gov-west-1:"],
  ])("follow the partition of %s", (region, start) => {
    const { outputs } = made(INSTANCE, MACHINE, "create", "web", { ...CONFIG, region });
    expect(outputs.arn).toContain(start);
  });
});

describe("other outputs", () => {
  test.each<[type: string, inputs: Properties, expected: Properties]>([
    [TEMPLATE, {}, { latestVersion: 1, defaultVersion: 1 }],
    [
      INSTANCE,
      MACHINE,
      {
        iamInstanceProfile: "",
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIpv6: "disabled",
          httpPutResponseHopLimit: 1,
          httpTokens: "optional",
          instanceMetadataTags: "disabled",
        },
        privateIp: expect.stringMatching(/^10\.0\.\d+\.\d+$/),
        publicDns: expect.stringMatching(/^ec2-203-0-113-\d+\.us-west-2\.compute\.amazonaws\.com$/),
      },
    ],
    [INSTANCE, { ...MACHINE, privateIp: "10.9.9.9" }, { privateIp: "10.9.9.9" }],
    [INSTANCE, { ...MACHINE, associatePublicIpAddress: false }, { publicIp: "", publicDns: "" }],
    [ROLE, { assumeRolePolicy: TRUST }, { inlinePolicies: [], managedPolicyArns: [] }],
    ["aws:sqs/queue:Queue", { name: "q" }, { url: `https://sqs.us-west-2.amazonaws.com/${ACCOUNT}/q` }],
    [
      "aws:rds/instance:Instance",
      { identifier: "db", instanceClass: "c", engine: "postgres" },
      { endpoint: expect.stringMatching(/^db\.[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com:5432$/), port: 5432 },
    ],
    [
      "aws:iam/accessKey:AccessKey",
      { user: "u" },
      { id: expect.stringMatching(/^AKIA[A-Z0-9]{16}$/), secret: expect.stringMatching(/^[A-Za-z0-9]{40}$/) },
    ],
    [
      "aws-native:ec2:LaunchTemplate",
      {},
      { launchTemplateId: expect.stringMatching(/^lt-/), latestVersionNumber: "1", defaultVersionNumber: "1" },
    ],
    [
      "cloudinit:index/config:Config",
      { gzip: false, base64Encode: false, parts: [{ content: "hello" }] },
      { rendered: expect.stringContaining("hello") },
    ],
  ])("%s", (type, inputs, expected) => {
    expect(made(type, inputs, "create").outputs).toMatchObject(expected);
  });

  test("a load balancer's ARN ends in its suffix", () => {
    const { outputs } = made("aws:lb/loadBalancer:LoadBalancer", { name: "front" }, "create");
    expect(outputs.arn).toMatch(/loadbalancer\/app\/front\/[0-9a-f]{16}$/);
    expect(String(outputs.arn).endsWith(String(outputs.arnSuffix))).toBe(true);
  });

  test("a machine from a template shows no defaults of its own", () => {
    const { outputs } = made(INSTANCE, { launchTemplate: { id: "lt-1" } }, "create");
    expect(outputs).not.toHaveProperty("metadataOptions");
    expect(outputs).not.toHaveProperty("iamInstanceProfile");
  });

  test("a prefix becomes a name", () => {
    expect(made(TEMPLATE, { namePrefix: "web-" }, "create").outputs.name).toMatch(/^web-\d{26}$/);
  });
});

describe("random", () => {
  const random = (type: string, inputs: Properties): Properties =>
    made(`random:index/random${type}:Random${type}`, inputs, "create").outputs;

  test.each<[type: string, inputs: Properties, expected: Properties]>([
    ["Password", { length: 20 }, { id: "none", result: expect.stringMatching(/^.{20}$/) }],
    ["Password", { length: 12, special: false, upper: false }, { result: expect.stringMatching(/^[a-z0-9]{12}$/) }],
    ["Password", { length: 6, minNumeric: 6 }, { result: expect.stringMatching(/^\d{6}$/) }],
    ["String", { length: 8, special: false }, { result: expect.stringMatching(/^[A-Za-z0-9]{8}$/) }],
    ["Id", { byteLength: 4 }, { hex: expect.stringMatching(/^[0-9a-f]{8}$/), dec: expect.stringMatching(/^\d+$/) }],
    ["Pet", { length: 3, separator: "_" }, { id: expect.stringMatching(/^[a-z]+_[a-z]+_[a-z]+$/) }],
    ["Pet", { prefix: "my" }, { id: expect.stringMatching(/^my-[a-z]+-[a-z]+$/) }],
    ["Integer", { min: 5, max: 5 }, { result: 5, id: "5" }],
    ["Uuid", {}, { result: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/) }],
    ["Bytes", { length: 3 }, { hex: expect.stringMatching(/^[0-9a-f]{6}$/) }],
  ])("%s %j", (type, inputs, expected) => {
    expect(random(type, inputs)).toMatchObject(expected);
  });

  test("a shuffle keeps its members", () => {
    const { results } = random("Shuffle", { inputs: ["a", "b", "c"] });
    expect([...(results as string[])].sort()).toEqual(["a", "b", "c"]);
    expect(random("Shuffle", { inputs: ["a", "b", "c"], resultCount: 2 }).results).toHaveLength(2);
  });
});
