import { componentOf } from "../../policies/component";

const OWN = "ec2-hardening:index:HardenedInstance";

const of = (types: string, path: string) => componentOf(`urn:pulumi:dev::test::${types}::web`, path);

test.each([
  ["metadataOptions.httpPutResponseHopLimit", "containerHost"],
  ["metadataOptions.httpTokens", "imds"],
  ["userDataBase64", "userData, secrets, allowedUsers and patching"],
  ["iamInstanceProfile.name", "profile, or grants"],
  ["networkInterfaces[0].associatePublicIpAddress", "associatePublicIpAddress and securityGroupIds"],
  ["associatePublicIpAddress", "associatePublicIpAddress"],
  ["vpcSecurityGroupIds", "securityGroupIds"],
  ["launchTemplate.version", "template"],
  ["assumeRolePolicy", "transform"],
  ["policy.Statement[0].Action", "grants"],
])("%s of a resource is set through its component by %s", (path, argument) => {
  expect(of(`${OWN}$aws:ec2/instance:Instance`, path)).toContain(`(${OWN}): set this through its argument`);
  expect(of(`${OWN}$aws:ec2/instance:Instance`, path)).toMatch(new RegExp(`its arguments? ${argument}, or with`));
});

test("the component that the program makes has the argument, and not one that it makes in turn", () => {
  const types = `shop:index:Shop$ec2-hardening:index:HardenedAutoScalingGroup$ec2-hardening:index:HardenedLaunchTemplate$aws:ec2/launchTemplate:LaunchTemplate`;
  expect(of(types, "userData")).toContain("HardenedAutoScalingGroup");
  expect(of(types, "userData")).not.toContain("HardenedLaunchTemplate");
});

test("other components are named, with their argument where it is known", () => {
  expect(of("eks:index:ManagedNodeGroup$aws:ec2/launchTemplate:LaunchTemplate", "metadataOptions")).toContain(
    "enableIMDSv2",
  );
  expect(of("shop:index:Shop$aws:ec2/instance:Instance", "userData")).toContain("an argument of the component");
});

test("a resource that the program or another resource makes has none", () => {
  expect(of("aws:ec2/instance:Instance", "userData")).toBeUndefined();
  expect(of("pulumi:pulumi:Stack$aws:ec2/instance:Instance", "userData")).toBeUndefined();
  expect(of("aws:ec2/vpc:Vpc$aws:ec2/instance:Instance", "userData")).toBeUndefined();
});
