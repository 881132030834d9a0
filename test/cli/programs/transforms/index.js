const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };
const profile = new aws.iam.InstanceProfile("profile", {});
const trace = (step) => (args) => ({
  props: { ...args.props, tags: { ...args.props.tags, trace: `${args.props.tags?.trace ?? ""}${step}` } },
  opts: args.opts,
});

pulumi.runtime.registerResourceTransform((args) =>
  args.type === "aws:ec2/instance:Instance" ? trace("stack")(args) : undefined,
);

class Fleet extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("my:fleet:Fleet", name, {}, opts);
    new aws.ec2.Instance("inner", machine, { parent: this, transforms: [trace("own,")] });
  }
}
new Fleet("fleet", { transforms: [(args) => (args.type.startsWith("aws:") ? trace("parent,")(args) : undefined)] });

new aws.ec2.Instance("added", machine, {
  transforms: [
    (args) => ({
      props: { ...args.props, iamInstanceProfile: profile.name, metadataOptions: { httpTokens: "required" } },
      opts: args.opts,
    }),
  ],
});
new aws.ec2.Instance("tagged", { ...machine, iamInstanceProfile: profile.name }, { transforms: [trace("tags,")] });
new aws.ec2.Instance("untouched", { ...machine, iamInstanceProfile: profile.name });
new aws.ec2.Instance("watched", { ...machine, iamInstanceProfile: profile.name }, { transforms: [() => undefined] });
new aws.ec2.Instance("legacy", machine, {
  transformations: [(args) => ({ props: { ...args.props, iamInstanceProfile: profile.name }, opts: args.opts })],
});
