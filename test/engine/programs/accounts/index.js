const aws = require("@pulumi/aws");

const basics = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", keyName: "operator" };
const defaults = { httpTokens: "required", httpPutResponseHopLimit: 1 };

const ireland = new aws.Provider("ireland", { region: "eu-west-1" });
new aws.ec2.InstanceMetadataDefaults("ireland", defaults, { provider: ireland });
new aws.ec2.Instance("in-ireland", basics, { provider: ireland });

const region = "eu-central-1";
new aws.ec2.InstanceMetadataDefaults("frankfurt", { ...defaults, region });
new aws.ec2.Instance("in-frankfurt", { ...basics, region });

new aws.ec2.Instance("elsewhere", basics);
