// Copies what only AWS knows of others into machines of its own.
const aws = require("@pulumi/aws");

const old = aws.ec2.getInstanceOutput({ instanceId: "i-0123456789abcdef0" });
const lookedUp = aws.ec2.getSubnetOutput({ id: "subnet-0123456789abcdef0" });
const template = aws.ec2.getLaunchTemplateOutput({ name: "golden" });
const image = aws.ec2.getAmiOutput({ owners: ["self"], mostRecent: true });
const list = aws.ec2.getPrefixListOutput({ name: "offices" });

const role = new aws.iam.Role("role", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
});
const profile = new aws.iam.InstanceProfile("profile", { role: role.name });
const group = (name, cidrBlocks) =>
  new aws.ec2.SecurityGroup(name, { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks }] });
const open = group("open", ["0.0.0.0/0"]);
const listed = group("listed-group", list.cidrBlocks);
const subnet = new aws.ec2.Subnet("subnet", {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "10.0.1.0/24",
  mapPublicIpOnLaunch: lookedUp.mapPublicIpOnLaunch,
});

const machine = (name, args) =>
  new aws.ec2.Instance(name, {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    vpcSecurityGroupIds: [open.id],
    ...args,
  });
machine("own", { associatePublicIpAddress: true, tags: { made: new Date().toISOString() } });
machine("copied", { associatePublicIpAddress: old.associatePublicIpAddress });
machine("derived", { associatePublicIpAddress: lookedUp.apply((found) => !found.mapPublicIpOnLaunch) });
machine("inside", { subnetId: subnet.id });
machine("listed", { associatePublicIpAddress: true, vpcSecurityGroupIds: [listed.id] });
machine("options", { metadataOptions: old.metadataOptions[0] });
machine("limit", {
  metadataOptions: {
    httpTokens: "required",
    httpPutResponseHopLimit: template.apply((found) => found.metadataOptions[0].httpPutResponseHopLimit),
  },
});
machine("image", { ami: image.id, metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } });

const golden = new aws.ec2.LaunchTemplate("golden", {
  imageId: "ami-0abcdef1234567890",
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
});
new aws.autoscaling.Group("group", {
  minSize: 1,
  maxSize: 1,
  vpcZoneIdentifiers: ["subnet-0123456789abcdef0"],
  launchTemplate: { id: golden.id, version: template.defaultVersion.apply(String) },
});
