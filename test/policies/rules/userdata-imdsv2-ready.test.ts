import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "userdata-imdsv2-ready";
const CALL = "#!/bin/bash\ncurl -s http://169.254.169.254/latest/meta-data/instance-id > /etc/id\n";
const TOKEN = `#!/bin/bash
T=$(curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
curl -s -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/instance-id > /etc/id
`;
const OLD = "#!/bin/bash\npip3 install boto3==1.9.0\n";

const web = (userData: unknown, metadataOptions: unknown = HARDENED): Written =>
  resource("Instance", "web", { userData, metadataOptions });

test.each<[string, Written[], string[]]>([
  ["no user data", [web(undefined)], []],
  ["a call without a token", [web(CALL)], ["violation web"]],
  ["a call with a token", [web(TOKEN)], []],
  ["an old SDK", [web(OLD)], ["violation web"]],
  ["unknown", [web(unknown)], ["unverified web"]],
  ["the endpoint is off", [web(CALL, { httpEndpoint: "disabled" })], []],
  ["the endpoint is off, whatever the text", [web(unknown, { httpEndpoint: "disabled" })], []],
  ["an unknown endpoint leaves the finding", [web(CALL, { ...HARDENED, httpEndpoint: unknown })], ["violation web"]],
  [
    "the template turns the endpoint off",
    [
      resource("LaunchTemplate", "lt", { name: "lt-1", metadataOptions: { httpEndpoint: "disabled" } }),
      resource("Instance", "web", { userData: CALL, launchTemplate: { name: "lt-1", version: "$Latest" } }),
    ],
    [],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("worded as a break where tokens are required, and as what blocks the change where not", () => {
  expect(messages(POLICY, [web(CALL)])[0]).toContain("fails at boot");
  expect(messages(POLICY, [web(CALL, { httpTokens: "optional" })])[0]).toContain("as soon as tokens are required");
  expect(messages(POLICY, [web(OLD)])[0]).toContain("boto3 1.9.0");
});
