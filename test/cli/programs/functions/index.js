const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

pulumi.runtime.registerInvokeTransform((args) =>
  args.token === "aws:ec2/getAmi:getAmi" ? { args: { ...args.args, mostRecent: true }, opts: args.opts } : undefined,
);
const ami = aws.ec2.getAmiOutput({ owners: ["amazon"] });
module.exports = async () => {
  const caller = await aws.getCallerIdentity();
  const document = await aws.iam.getPolicyDocument({
    statements: [{ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::data-${caller.accountId}/*`] }],
  });
  new aws.iam.Policy("policy", { policy: document.json });
  const { ids } = await pulumi.runtime.invoke("aws:ec2/getSubnetIds:getSubnetIds", { vpcId: "vpc-0123456789abcdef0" });
  const { authorizationToken } = await aws.ecr.getCredentials({ registryId: "123456789012" });
  const [user, password] = Buffer.from(authorizationToken, "base64").toString().split(":");
  const { outputs } = await aws.cloudformation.getStack({ name: "network" });
  const [{ issuer }] = (await aws.eks.getCluster({ name: "main" })).identities[0].oidcs;
  const zone = await aws.ec2.getNetworkInterface({ id: "eni-0123456789abcdef0" });
  new aws.ec2.Instance("reader", {
    ami: "ami-0abcdef1234567890",
    instanceType: "t3.micro",
    subnetId: ids[2],
    keyName: password,
    userData: `echo ${issuer.replace("https://", "")} ${outputs.Missing}`,
    tags: { subnets: String(ids.length), user, zone: zone.associations[0].publicDnsName },
  });
  const web = new aws.ec2.Instance("web", {
    ami: ami.id,
    instanceType: "t3.micro",
    tags: { visible: ami.id.apply((id) => String(id.startsWith("ami-"))) },
  });
  const same = new aws.ec2.Instance("same", undefined, { urn: await new Promise((resolve) => web.urn.apply(resolve)) });
  return { type: same.instanceType };
};
