"use strict";
const { ec2: machines } = require("@pulumi/aws");

module.exports = new machines.Instance("javascript", {
  ami: "ami-0abcdef1234567890",
  instanceType: "t3.micro",
});
