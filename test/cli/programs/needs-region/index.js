const aws = require("@pulumi/aws");

exports.region = aws.config.requireRegion();
