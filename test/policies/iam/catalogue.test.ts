import { catalogue } from "../../../policies/iam/catalogue";

const names = (pattern: string) => [...catalogue().actions(catalogue().expand(pattern))].map(({ name }) => name);
const typeNames = (of: readonly { name: string }[] = []) => of.map(({ name }) => name);

test("it has every action of every service", () => {
  expect(catalogue().size).toBe(22_091);
  expect(catalogue().services).toHaveLength(456);
  expect(catalogue().date).toBe("2026-09-26");
});

test("an action has its levels, resource types and condition keys", () => {
  expect(catalogue().action("iam:PassRole")).toEqual({
    id: expect.any(Number) as number,
    service: "iam",
    name: "iam:PassRole",
    levels: ["write"],
    required: [
      {
        name: "role",
        service: "iam",
        arns: ["arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"],
        conditionKeys: ["aws:ResourceTag/${TagKey}", "iam:ResourceTag/${TagKey}"],
      },
    ],
    optional: [],
    conditionKeys: ["iam:AssociatedResourceArn", "iam:PassedToService"],
  });
});

test.each([
  ["iam:AttachRolePolicy", ["permissions", "write"]],
  ["ec2:CreateTags", ["tagging", "write"]],
  ["s3:GetObject", ["read"]],
  ["s3:ListBucket", ["list"]],
])("%s is %j", (name, levels) => {
  expect(catalogue().action(name)?.levels).toEqual(levels);
});

test.each([
  ["ec2:DescribeInstances", [], []],
  ["cloudwatch:PutMetricData", [], ["dataset"]],
  ["ssm:SendCommand", ["document"], ["bucket", "instance", "managed-instance"]],
])("%s takes %j and perhaps %j", (name, required, optional) => {
  const action = catalogue().action(name);
  expect([typeNames(action?.required), typeNames(action?.optional)]).toEqual([required, optional]);
});

test("a type may have ARNs of another service, or several", () => {
  const ofSsm = catalogue()
    .action("ssm:SendCommand")
    ?.optional.map(({ service }) => service);
  expect(ofSsm).toEqual(["s3", "ec2", "ssm"]);
  const types = catalogue()
    .ofService("lex")
    .flatMap(({ required, optional }) => [...required, ...optional]);
  expect(types.find(({ name }) => name === "bot")?.arns).toEqual([
    "arn:${Partition}:lex:${Region}:${Account}:bot/${BotId}",
    "arn:${Partition}:lex:${Region}:${Account}:bot:${BotName}",
  ]);
});

test("names are found in any case, and ids lead back to them", () => {
  expect(catalogue().action("IAM:passROLE")?.name).toBe("iam:PassRole");
  for (const wrong of ["iam:PassRoles", "PassRole", "iam:", "", ":", " iam:PassRole", "ec2:PassRole", "toString:x"]) {
    expect(catalogue().action(wrong)).toBeUndefined();
  }
  const all = [...catalogue().actions(catalogue().expand("*"))];
  expect(all.map(({ id }) => id)).toEqual([...all.keys()]);
  expect(catalogue().ofService("IAM")).toHaveLength(190);
});

test.each([
  ["s3:GetObject", ["s3:GetObject"]],
  ["S3:getobject", ["s3:GetObject"]],
  ["iam:?assrole", ["iam:PassRole"]],
  ["iam:Pass*e", ["iam:PassRole"]],
  ["iam:pass**role", ["iam:PassRole"]],
  ["iam:Pa*sR*le", ["iam:PassRole"]],
  ["i*m:PassRole", []],
  ["?am:PassRole", []],
  ["*:PassRole", []],
  ["s*:*", []],
  ["sts:GetS*T*n", ["sts:GetServiceBearerToken", "sts:GetSessionToken"]],
  ["iam:?PassRole", []],
  ["iam:PassRole?", []],
  ["iam:PassRole*", ["iam:PassRole"]],
  ["iam:PassRole ", []],
  [" iam:PassRole", []],
  ["ec2:PassRole", []],
  ["iam:*:PassRole", []],
  ["i*role", []],
  ["", []],
  [" *", []],
  ["iam:(PassRole|x)", []],
])("%j names %j", (pattern, expected) => {
  expect(names(pattern)).toEqual(expected);
});

test("wildcards alone name everything", () => {
  for (const all of ["*", "**", "*:*", "*:**"]) expect(catalogue().expand(all).count).toBe(catalogue().size);
  expect(catalogue().expand("iam:*").count).toBe(catalogue().ofService("iam").length);
});

test("each level has its actions", () => {
  const counts = (["read", "list", "write", "tagging", "permissions"] as const).map(
    (level) => catalogue().ofLevel(level).count,
  );
  expect(counts).toEqual([5_871, 3_719, 12_501, 719, 425]);
  expect(catalogue().ofLevel("permissions").minus(catalogue().ofLevel("write")).isEmpty).toBe(true);
});

test("hostile patterns take no longer than others", () => {
  const start = performance.now();
  for (const unit of ["*?", "?*", "*", "?", "*a", "a*b?", ":", "*e*?"]) {
    for (const prefix of ["", "iam:", "*:"]) catalogue().expand(prefix + unit.repeat(10_000 / unit.length));
  }
  for (let index = 0; index < 1_000; index += 1) catalogue().expand(`iam:${"*a".repeat(index)}`);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test("sets of patterns are kept, but not without end", () => {
  const first = catalogue().expand("iam:Create*");
  expect(catalogue().expand("IAM:create*")).toBe(first);
  for (let index = 0; index < 4100; index += 1) catalogue().expand(`iam:Create*${String(index)}`);
  expect(catalogue().expand("iam:Create*")).not.toBe(first);
  expect([...catalogue().expand("iam:Create*")]).toEqual([...first]);
});
