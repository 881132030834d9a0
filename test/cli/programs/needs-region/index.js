const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

exports.region = aws.config.requireRegion();
exports.zone = aws.getRegionOutput().name;
exports.size = new pulumi.Config().requireNumber("size");
