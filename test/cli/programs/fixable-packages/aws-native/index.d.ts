import * as pulumi from "@pulumi/pulumi";

export namespace ec2 {
  class Instance extends pulumi.CustomResource {
    constructor(name: string, args: object, opts?: pulumi.CustomResourceOptions);
  }
  class LaunchTemplate extends pulumi.CustomResource {
    constructor(name: string, args: object, opts?: pulumi.CustomResourceOptions);
  }
}
