const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Server extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("my:web:Server", name, args, opts);
    const profile = new aws.iam.InstanceProfile(`${name}-profile`, {}, { parent: this });
    this.profileName = profile.name;
    this.machine = new aws.ec2.Instance(
      `${name}-machine`,
      { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", tags: { size: args.size } },
      { parent: this },
    );
    this.registerOutputs({ profileName: this.profileName });
  }
}

class App extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("my:web:App", name, args, opts);
    this.server = new Server(`${name}-server`, { size: "small" }, { parent: this });
    this.registerOutputs();
  }
}

const frankfurt = new aws.Provider("frankfurt", {
  region: "eu-central-1",
  defaultTags: { tags: { team: "web" } },
});
const app = new App("app", {}, { providers: { aws: frankfurt } });
new aws.ec2.Instance("user", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
  iamInstanceProfile: app.server.profileName,
});
new aws.ec2.Instance("after", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" }, { dependsOn: [app] });
new aws.ec2.Instance(
  "regional",
  { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", region: "us-east-2" },
  { provider: frankfurt },
);
