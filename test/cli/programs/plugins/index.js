const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" };
const remote = (name) =>
  new pulumi.ComponentResource("eks:index:Cluster", name, { size: 1, kubeconfig: undefined }, {}, true);
const cluster = remote("cluster");
remote("other");
// What only the plugin knows reads as nothing.
const moves = { transforms: [({ props, opts }) => ({ props, opts: { ...opts, parent: props.core.cluster } })] };
new pulumi.ComponentResource("eks:index:NodeGroup", "workers", { cluster: cluster.core }, moves, true);
const config = pulumi.runtime.call("eks:index:Cluster/getKubeconfig", { __self__: cluster }, cluster);
new aws.ec2.Instance("web", { ...machine, userData: config.result, keyName: cluster.kubeconfig });

class Parameterized extends pulumi.CustomResource {
  constructor(name, args) {
    const reference = pulumi.runtime.registerPackage({
      baseProviderName: "terraform-provider",
      baseProviderVersion: "0.5.0",
      baseProviderDownloadUrl: "",
      packageName: "acme",
      packageVersion: "1.0.0",
      base64Parameter: "e30=",
    });
    super("acme:index/thing:Thing", name, args, {}, false, reference);
  }
}
new Parameterized("thing", { size: 3 });
