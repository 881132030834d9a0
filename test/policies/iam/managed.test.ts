import { deprecation, managedDocument } from "../../../policies/iam/managed";

interface Document {
  readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: string | string[] }[];
}

test("a policy is found by its name with its path, in its latest version", () => {
  expect(managedDocument("AdministratorAccess")).toEqual({
    document: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    version: "v1",
    date: "2026-08-26",
  });
  const core = managedDocument("AmazonSSMManagedInstanceCore");
  expect(core?.version).toBe("v2");
  expect((core?.document as Document).Statement[0]?.Action).toContain("ssm:GetParameters");
  expect(managedDocument("service-role/AmazonEC2RoleforSSM")?.version).toBe("v8");
  expect(managedDocument("job-function/ViewOnlyAccess")).toBeDefined();
});

test.each([
  "AmazonEC2RoleforSSM",
  "administratoraccess",
  "aws-service-role/AmazonSSMServiceRolePolicy",
  "policy/AdministratorAccess",
  "constructor",
  "__proto__",
  "",
])("%j is no attachable AWS managed policy", (name) => {
  expect(managedDocument(name)).toBeUndefined();
});

test("in other partitions its ARNs are of that partition", () => {
  const resources = (partition?: string) => {
    const { document } = managedDocument("service-role/AWSElasticBeanstalkService", partition) ?? {};
    return JSON.stringify((document as Document).Statement.map(({ Resource }) => Resource));
  };
  expect(resources()).toContain('"arn:aws:cloudformation:*:*:stack/awseb-*"');
  expect(resources("aws-us-gov")).toContain('"arn:aws-us-gov:cloudformation:*:*:stack/awseb-*"');
  expect(resources("aws-us-gov")).not.toContain("arn:aws:");
  expect(resources('$&"')).not.toContain("arn:aws:");
});

test("a caller may change what it gets", () => {
  const { document } = managedDocument("AdministratorAccess") ?? {};
  (document as { Statement: unknown }).Statement = [];
  expect((managedDocument("AdministratorAccess")?.document as Document).Statement).toHaveLength(1);
});

test("what AWS advises against is known, with what it advises instead", () => {
  expect(deprecation("service-role/AmazonEC2RoleforSSM")).toEqual({ replacement: "AmazonSSMManagedInstanceCore" });
  expect(deprecation("service-role/AmazonElasticMapReduceforEC2Role")).toEqual({ replacement: undefined });
  for (const name of ["AmazonSSMManagedInstanceCore", "AmazonEC2RoleforSSM", "toString"]) {
    expect(deprecation(name)).toBeUndefined();
  }
});
