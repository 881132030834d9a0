const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
config.require("size");
config.requireNumber("count");
config.requireObject("tags");
new pulumi.Config("aws").requireSecret("profileName");
