// A password in a boot script, encoded or not
import * as aws from "@pulumi/aws";

const bootScript = `#!/bin/bash
mysqladmin -u root -pchangeme create shop
`;

new aws.ec2.Instance("web", {
  ami: "ami-0123456789abcdef0",
  instanceType: "t3.micro",
  userDataBase64: Buffer.from(bootScript).toString("base64"),
  metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
});
