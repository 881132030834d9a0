import { gunzipSync } from "node:zlib";
import type { Properties } from "../../policies/machine/resource";
import { invoke } from "../../provider";
import { crc32 } from "../../provider/hash";
import { checked, CONFIG, INSTANCE } from "./requests";

const PARTS = [
  { content: "#!/bin/sh\necho hi\n", contentType: "text/x-shellscript", filename: "a.sh" },
  { content: "#cloud-config\n", contentType: "text/cloud-config", mergeType: "list(append)" },
  { content: "plain" },
];
const MESSAGE = [
  'Content-Type: multipart/mixed; boundary="MIMEBOUNDARY"\nMIME-Version: 1.0\r\n\r\n',
  '--MIMEBOUNDARY\r\nContent-Disposition: attachment; filename="a.sh"\r\nContent-Transfer-Encoding: 7bit\r\n',
  "Content-Type: text/x-shellscript\r\nMime-Version: 1.0\r\n\r\n#!/bin/sh\necho hi\n\r\n",
  "--MIMEBOUNDARY\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/cloud-config\r\nMime-Version: 1.0\r\n",
  "X-Merge-Type: list(append)\r\n\r\n#cloud-config\n\r\n",
  "--MIMEBOUNDARY\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/plain\r\nMime-Version: 1.0\r\n\r\nplain\r\n",
  "--MIMEBOUNDARY--\r\n",
].join("");

function cloudinit(args: Properties): Properties {
  const { result, failure } = invoke("cloudinit:index/getConfig:getConfig", args, CONFIG);
  return failure === undefined ? result : { failure };
}

describe("cloudinit", () => {
  test("plain text, byte for byte", () => {
    const { rendered, id } = cloudinit({ gzip: false, base64Encode: false, parts: PARTS });
    expect(rendered).toBe(MESSAGE);
    expect(id).toBe(crc32(MESSAGE));
  });

  test("gzip and base64 by default", () => {
    const { rendered, gzip, base64Encode, boundary } = cloudinit({ parts: PARTS });
    expect(gunzipSync(Buffer.from(String(rendered), "base64")).toString()).toBe(MESSAGE);
    expect({ gzip, base64Encode, boundary }).toEqual({ gzip: true, base64Encode: true, boundary: "MIMEBOUNDARY" });
  });

  test("base64 alone, with another boundary", () => {
    const { rendered } = cloudinit({ gzip: false, boundary: "//", parts: PARTS });
    expect(Buffer.from(String(rendered), "base64").toString()).toBe(MESSAGE.replaceAll("MIMEBOUNDARY", "//"));
  });

  test("gzip without base64, and no part at all, fail", () => {
    expect(cloudinit({ base64Encode: false, parts: PARTS }).failure).toContain("base64_encode");
    expect(cloudinit({ parts: [] }).failure).toContain("part");
  });
});

describe("std", () => {
  const call = (name: string, args: Properties): unknown => {
    const { result, failure } = invoke(`std:index:${name}`, args, CONFIG);
    return failure === undefined ? result.result : { failure };
  };

  test.each<[name: string, args: Properties, expected: unknown]>([
    ["jsonencode", { input: { b: "<a>", a: [1, null, true] } }, '{"a":[1,null,true],"b":"\\u003ca\\u003e"}'],
    ["jsondecode", { input: '{"a":[1]}' }, { a: [1] }],
    ["base64encode", { input: "hé" }, "aMOp"],
    ["base64decode", { input: "aMOp" }, "hé"],
    ["md5", { input: "hello" }, "5d41402abc4b2a76b9719d911017c592"],
    ["sha1", { input: "hello" }, "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"],
    ["sha256", { input: "hello" }, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"],
    ["base64sha256", { input: "hello" }, "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="],
    ["urlencode", { input: "a b&c/é!" }, "a+b%26c%2F%C3%A9%21"],
    ["csvdecode", { input: 'a,b\n1,"x, ""y"""\n' }, [{ a: "1", b: 'x, "y"' }]],
    ["lower", { input: "AbC" }, "abc"],
    ["upper", { input: "AbC" }, "ABC"],
    ["title", { input: "hello world" }, "Hello World"],
    ["trim", { input: "?!hello?!", cutset: "!?" }, "hello"],
    ["trimspace", { input: "  hello\n\n" }, "hello"],
    ["trimprefix", { input: "helloworld", prefix: "hello" }, "world"],
    ["trimsuffix", { input: "helloworld", suffix: "world" }, "hello"],
    ["chomp", { input: "hello\r\n\n" }, "hello"],
    ["strrev", { input: "a☃b" }, "b☃a"],
    ["substr", { input: "hello world", offset: 1, length: 4 }, "ello"],
    ["substr", { input: "hello world", offset: -5, length: -1 }, "world"],
    ["startswith", { input: "hello", prefix: "he" }, true],
    ["endswith", { input: "hello", suffix: "he" }, false],
    ["split", { separator: ",", text: "a,b," }, ["a", "b", ""]],
    ["join", { separator: "-", input: ["a", 1] }, "a-1"],
    ["replace", { text: "1 + 2 + 3", search: "+", replace: "-" }, "1 - 2 - 3"],
    ["replace", { text: "hello world", search: "/w.*d/", replace: "everybody" }, "hello everybody"],
    ["replace", { text: "ab", search: "/(?P<x>a)(b)/", replace: "${2}$1" }, "ba"],
    ["replace", { text: "a$b", search: "$", replace: "$$" }, "a$$b"],
    ["regex", { pattern: "[a-z]+", string: "53453453.345345aaabbb" }, "aaabbb"],
    ["regex", { pattern: "(\\d+)-(\\d+)", string: "1-2" }, ["1", "2"]],
    ["regexall", { pattern: "[a-z]+", string: "1234abcd5678efgh9" }, ["abcd", "efgh"]],
    ["indent", { spaces: 2, input: "a\nb\n" }, "a\n  b\n  "],
    ["format", { input: "Hello, %s!", args: ["Ann"] }, "Hello, Ann!"],
    ["format", { input: "%d%% %05.1f %-4s| %q %v", args: [7, 3.14159, "a", 'x"', [1]] }, '7% 003.1 a   | "x\\"" [1]'],
    ["format", { input: "%[2]s %[1]s", args: ["a", "b"] }, "b a"],
    ["formatlist", { input: "%s-%s", args: [["a", "b"], "x"] }, ["a-x", "b-x"]],
    ["basename", { input: "foo/bar/baz.txt" }, "baz.txt"],
    ["dirname", { input: "foo/bar/baz.txt" }, "foo/bar"],
    ["length", { input: "a☃b" }, 3],
    ["concat", { input: [["a"], ["b", "c"]] }, ["a", "b", "c"]],
    ["contains", { input: [{ a: 1 }], element: { a: 1 } }, true],
    ["distinct", { input: ["a", "b", "a"] }, ["a", "b"]],
    ["element", { input: ["a", "b", "c"], index: 3 }, "a"],
    ["flatten", { input: [["a"], [], ["b", ["c"]]] }, ["a", "b", "c"]],
    ["compact", { input: ["a", "", "b"] }, ["a", "b"]],
    ["coalesce", { input: ["", "b"] }, "b"],
    ["keys", { input: { b: 1, a: 2 } }, ["a", "b"]],
    ["values", { input: { b: 1, a: 2 } }, [2, 1]],
    ["lookup", { map: { a: "x" }, key: "constructor", default: "y" }, "y"],
    ["merge", { input: [{ a: 1 }, { a: 2, b: 3 }] }, { a: 2, b: 3 }],
    ["zipmap", { keys: ["a", "b"], values: [1, 2] }, { a: 1, b: 2 }],
    ["range", { limit: 3 }, [0, 1, 2]],
    ["slice", { list: ["a", "b", "c"], from: 1 }, ["b", "c"]],
    ["sort", { input: ["b", "a"] }, ["a", "b"]],
    ["chunklist", { input: [1, 2, 3], size: 2 }, [[1, 2], [3]]],
    ["transpose", { input: { a: ["1", "2"], b: ["2"] } }, { "1": ["a"], "2": ["a", "b"] }],
    ["setintersection", { input: [["a", "b"], ["b"]] }, ["b"]],
    ["max", { input: [1, 5, 3] }, 5],
    ["sum", { input: [1, 2.5] }, 3.5],
    ["parseint", { input: "ff", base: 16 }, 255],
    ["tobool", { input: "true" }, true],
    ["tonumber", { input: "1.5" }, 1.5],
    ["tostring", { input: 5 }, "5"],
    ["timeadd", { timestamp: "2017-11-22T00:00:00Z", duration: "10m" }, "2017-11-22T00:10:00Z"],
    ["timecmp", { timestampa: "2017-11-22T00:00:00Z", timestampb: "2017-11-22T01:00:00Z" }, -1],
    ["cidrhost", { input: "10.12.112.0/20", host: 268 }, "10.12.113.12"],
    ["cidrhost", { input: "10.12.112.0/20", host: -1 }, "10.12.127.255"],
    ["cidrhost", { input: "fd00:fd12:3456:7890:00a2::/72", host: 34 }, "fd00:fd12:3456:7890::22"],
    ["cidrnetmask", { input: "172.16.0.0/12" }, "255.240.0.0"],
    ["cidrsubnet", { input: "172.16.0.0/12", newbits: 4, netnum: 2 }, "172.18.0.0/16"],
    ["cidrsubnet", { input: "fd00:fd12:3456:7890::/56", newbits: 16, netnum: 162 }, "fd00:fd12:3456:7800:a200::/72"],
    [
      "cidrsubnets",
      { input: "10.1.0.0/16", newbits: [4, 4, 8, 4] },
      ["10.1.0.0/20", "10.1.16.0/20", "10.1.32.0/24", "10.1.48.0/20"],
    ],
  ])("%s %j", (name, args, expected) => {
    expect(call(name, args)).toEqual(expected);
  });

  test("base64gzip is gzip of the text", () => {
    expect(gunzipSync(Buffer.from(String(call("base64gzip", { input: "hello" })), "base64")).toString()).toBe("hello");
  });

  test.each<[name: string, args: Properties]>([
    ["base64decode", { input: "//79" }],
    ["base64decode", { input: "not base64!" }],
    ["file", { input: "/etc/passwd" }],
    ["templatefile", { input: "a" }],
    ["__proto__", {}],
    ["lower", {}],
    ["join", { separator: ",", input: [{}] }],
    ["format", { input: "%s", args: [] }],
    ["regex", { pattern: "(", string: "a" }],
    ["regex", { pattern: "x", string: "a" }],
    ["range", { limit: 1e9 }],
    ["indent", { spaces: 1e9, input: "a\n" }],
    ["cidrhost", { input: "10.0.0.0/33", host: 1 }],
    ["cidrsubnet", { input: "1::2::3/56", newbits: 8, netnum: 1 }],
  ])("%s %j fails", (name, args) => {
    expect(call(name, args)).toHaveProperty("failure");
  });

  test.each(["uuid", "timestamp", "bcrypt"])("%s differs from run to run, and is said to be made up", (name) => {
    const { result, madeUp } = invoke(`std:index:${name}`, { input: "x" }, CONFIG);
    expect(madeUp).toEqual([result.result]);
  });
});

describe("functions of AWS that need no account", () => {
  test.each<[name: string, args: Properties, region: string, expected: Properties]>([
    [
      "Partition",
      {},
      "us-west-2",
      { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
    ],
    ["Partition", {}, "cn-north-1", { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
    [
      "Region",
      {},
      "us-west-2",
      { id: "us-west-2", name: "us-west-2", description: "US West (Oregon)", endpoint: "ec2.us-west-2.amazonaws.com" },
    ],
    ["Region", { region: "eu-west-1" }, "us-west-2", { region: "eu-west-1", description: "Europe (Ireland)" }],
    [
      "Arn",
      { arn: "arn:aws:rds:eu-west-1:123456789012:db:mysql-db" },
      "us-west-2",
      { partition: "aws", service: "rds", region: "eu-west-1", account: "123456789012", resource: "db:mysql-db" },
    ],
    [
      "ServicePrincipal",
      { serviceName: "s3" },
      "us-west-2",
      { id: "s3.us-west-2.amazonaws.com", name: "s3.amazonaws.com", suffix: "amazonaws.com" },
    ],
    ["ServicePrincipal", { serviceName: "logs" }, "cn-north-1", { name: "logs.amazonaws.com.cn" }],
    ["BillingServiceAccount", {}, "us-west-2", { id: "386209384616", arn: "arn:aws:iam::386209384616:root" }],
    ["DefaultTags", {}, "us-west-2", { tags: { team: "core" } }],
  ])("get%s %j in %s", (name, args, region, expected) => {
    const config = { ...CONFIG, region, defaultTags: { team: "core" } };
    const { result, madeUp, failure } = invoke(`aws:index/get${name}:get${name}`, args, config);
    expect({ result, madeUp, failure }).toMatchObject({ result: expected, madeUp: [] });
    expect(failure).toBeUndefined();
  });

  test.each<[name: string, args: Properties]>([
    ["Region", { name: "moon-1" }],
    ["Arn", { arn: "no" }],
  ])("get%s %j fails", (name, args) => {
    expect(invoke(`aws:index/get${name}:get${name}`, args, CONFIG).failure).toBeDefined();
  });

  test("a region that nothing tells is made up", () => {
    const { result, madeUp } = invoke("aws:index/getRegion:getRegion", {}, { ...CONFIG, region: undefined });
    expect(madeUp).toEqual([result.region]);
  });
});

describe("what only AWS knows", () => {
  test.each<[token: string, args: Properties, known: Properties, unknown: readonly string[]]>([
    [
      "aws:ec2/getAmi:getAmi",
      { mostRecent: true, owners: ["amazon"] },
      { mostRecent: true, region: "us-west-2" },
      ["id", "imageId", "arn", "name"],
    ],
    [
      "aws:index/getCallerIdentity:getCallerIdentity",
      {},
      { accountId: "123456789012", id: "123456789012" },
      ["arn", "userId"],
    ],
    [
      "aws:ssm/getParameter:getParameter",
      { name: "/a/b" },
      { id: "/a/b", arn: "arn:aws:ssm:us-west-2:123456789012:parameter/a/b", withDecryption: true },
      ["value", "insecureValue"],
    ],
    [
      "aws:ssm/getParameter:getParameter",
      { name: "/aws/service/x" },
      { arn: "arn:aws:ssm:us-west-2::parameter/aws/service/x" },
      ["value"],
    ],
    [
      "aws:secretsmanager/getSecretVersion:getSecretVersion",
      { secretId: "db" },
      { secretId: "db", versionStage: "AWSCURRENT" },
      ["secretString", "versionId"],
    ],
    [
      "aws:index/getAvailabilityZones:getAvailabilityZones",
      { state: "available" },
      { names: ["us-west-2a", "us-west-2b", "us-west-2c"] },
      [],
    ],
    [
      "aws:ec2/getVpc:getVpc",
      { id: "vpc-1" },
      { id: "vpc-1", arn: "arn:aws:ec2:us-west-2:123456789012:vpc/vpc-1" },
      ["mainRouteTableId"],
    ],
    ["aws:ec2/getVpc:getVpc", { default: true }, { default: true }, ["id", "arn"]],
    ["aws:iam/getPolicy:getPolicy", { name: "X" }, { name: "X" }, ["policy"]],
    [
      "aws:iam/getRole:getRole",
      { name: "r" },
      { id: "r", arn: "arn:aws:iam::123456789012:role/r" },
      ["assumeRolePolicy", "uniqueId"],
    ],
    ["aws:iam/getInstanceProfile:getInstanceProfile", { name: "p" }, { id: "p" }, ["roleName", "roleArn"]],
    ["aws:eks/getCluster:getCluster", { name: "c" }, { name: "c" }, ["endpoint"]],
    ["aws:foo/getBar:getBar", { size: 1 }, { size: 1 }, ["id", "arn", "name"]],
    ["aws-native:ec2:getInstance", { instanceId: "i-1" }, { instanceId: "i-1" }, ["id"]],
    ["other:index:getThing", { size: 1 }, { size: 1 }, ["id"]],
  ])("%s %j", (token, args, known, unknown) => {
    const { result, madeUp, failure } = invoke(token, args, CONFIG);
    expect(failure).toBeUndefined();
    expect(result).toMatchObject(known);
    expect(madeUp).toEqual(expect.arrayContaining(unknown.map((key) => result[key])));
    for (const key of Object.keys(known)) expect(madeUp).not.toContain(result[key]);
  });

  test("an image parameter of AWS holds an image", () => {
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    expect(invoke("aws:ssm/getParameter:getParameter", { name }, CONFIG).result.value).toMatch(/^ami-[0-9a-f]{17}$/);
    const recommended = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended";
    const { value } = invoke("aws:ssm/getParameter:getParameter", { name: recommended }, CONFIG).result;
    expect(value).toMatch(/^\{"image_id":"ami-[0-9a-f]{17}"\}$/);
  });

  test("a secret may be parsed, and its members are made up too", () => {
    const { result, madeUp } = invoke(
      "aws:secretsmanager/getSecretVersion:getSecretVersion",
      { secretId: "a" },
      CONFIG,
    );
    const { username, password } = JSON.parse(String(result.secretString)) as Properties;
    expect(madeUp).toEqual(expect.arrayContaining([username, password]));
  });

  test("the same call gets the same answer, another call another", () => {
    const call = (owner: string): unknown => invoke("aws:ec2/getAmi:getAmi", { owners: [owner] }, CONFIG).result.id;
    expect(call("a")).toBe(call("a"));
    expect(call("a")).not.toBe(call("b"));
  });
});

test("CRC-32", () => {
  expect(crc32("123456789")).toBe("3421780262");
});

describe("what the SDK describes", () => {
  test("has all that is always answered, in its type, and is made up", () => {
    const { result, madeUp } = invoke("aws:ec2/getNetworkInterface:getNetworkInterface", { id: "eni-1" }, CONFIG);
    expect(result).toMatchObject({ id: "eni-1", associations: [{ publicDnsName: expect.any(String) as string }] });
    expect(result["privateIps"]).toHaveLength(3);
    expect(madeUp).toContain(result["macAddress"]);
  });

  test("numbers that machines are judged by are made up too, as the providers take them", () => {
    const instance = invoke("aws:ec2/getInstance:getInstance", { instanceId: "i-1" }, CONFIG);
    const [options] = instance.result["metadataOptions"] as [Properties];
    expect(instance.madeUp).toContain(String(options["httpPutResponseHopLimit"]));
    const inputs = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", metadataOptions: options };
    const limits = checked(INSTANCE, inputs).failures.filter(({ reason }) => /hop_limit/.test(reason));
    expect(limits).toEqual([]);
    const { result, madeUp } = invoke("aws:ec2/getLaunchTemplate:getLaunchTemplate", { name: "lt" }, CONFIG);
    for (const key of ["latestVersion", "defaultVersion"]) {
      expect(typeof result[key]).toBe("number");
      expect(madeUp).toContain(String(result[key]));
    }
  });

  test.each([
    ["aws:ec2/getPrefixList:getPrefixList", (result: Properties) => result["cidrBlocks"]],
    ["aws:index/getIpRanges:getIpRanges", (result: Properties) => result["cidrBlocks"]],
    [
      "aws:ec2/getManagedPrefixList:getManagedPrefixList",
      ({ entries }: Properties) => (entries as Properties[])[0]?.["cidr"],
    ],
  ])("%s: ranges may be any, the whole internet too", (token, rangesOf) => {
    const { result, madeUp } = invoke(token, { name: "x" }, CONFIG);
    const ranges = [rangesOf(result)].flat();
    expect(ranges.length).toBeGreaterThan(0);
    expect(madeUp).toEqual(expect.arrayContaining(ranges));
  });

  test.each([
    [{ mostRecent: "true" }, { mostRecent: true }],
    [{ mostRecent: "perhaps" }, { mostRecent: "perhaps" }],
    [{ owners: ["amazon"] }, { owners: ["amazon"] }],
  ])("arguments come back in their type: %j", (args, expected) => {
    expect(invoke("aws:ec2/getAmi:getAmi", args, CONFIG).result).toMatchObject(expected);
  });

  test.each(["getCredentials", "getAuthorizationToken"])("the token of %s is a user and the password", (name) => {
    const { result, madeUp } = invoke(`aws:ecr/${name}:${name}`, {}, CONFIG);
    const token = String(result["authorizationToken"]);
    expect(Buffer.from(token, "base64").toString()).toBe(`AWS:${String(result["password"])}`);
    expect(madeUp).toEqual(expect.arrayContaining([token, result["password"]]));
  });
});
