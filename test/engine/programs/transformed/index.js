const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const image = "ami-0abcdef1234567890";

class Web extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("test:index:Web", name, {}, opts);
    const key = aws.ec2.KeyPair.get(`${name}-key`, "operator");
    new aws.ec2.Instance(
      `${name}-machine`,
      {
        ami: image,
        instanceType: "t3.micro",
        keyName: key.keyName,
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      },
      { parent: this },
    );
  }
}

class Templated extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("test:index:Templated", name, {}, opts);
    const template = new aws.ec2.LaunchTemplate(`${name}-template`, { imageId: image }, { parent: this });
    new aws.ec2.Instance(
      `${name}-machine`,
      {
        instanceType: "t3.micro",
        keyName: "operator",
        launchTemplate: { id: template.id, version: "$Latest" },
      },
      { parent: this },
    );
  }
}

function changing(type, change) {
  return async ({ type: actual, props, opts }) =>
    actual === type ? { props: { ...props, ...change }, opts } : undefined;
}

const instance = "aws:ec2/instance:Instance";
const loose = { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } };

new Web("kept", {});
new Web("loosened", { transforms: [changing(instance, loose)] });
// Whatever such a transform touches, the engine forgets which property depends on what.
new Templated("tagged", { transforms: [changing(instance, { tags: { team: "web" } })] });
