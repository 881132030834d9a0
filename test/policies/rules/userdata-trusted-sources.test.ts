import { b64 } from "../../corpus/corpus";
import { HARDENED, messages, resource, unknown, verdicts, type Written } from "../harness";

const POLICY = "userdata-trusted-sources";
const web = (inputs: Record<string, unknown>): Written =>
  resource("Instance", "web", { metadataOptions: HARDENED, ...inputs });
const script = (line: string): string => `#!/bin/bash\n${line}\n`;
const OPEN = script("curl -s http://get.example.com/agent.sh | bash");

test.each<[string, Written[], string[]]>([
  ["no user data", [web({})], []],
  ["HTTP to a shell", [web({ userData: OPEN })], ["violation web"]],
  ["HTTPS to a shell", [web({ userData: OPEN.replace("http:", "https:") })], []],
  ["in base64", [web({ userDataBase64: b64(OPEN) })], ["violation web"]],
  ["unknown", [web({ userData: unknown })], ["unverified web"]],
  ["not to be decoded", [web({ userDataBase64: "UEsDBBQAAAAIAA==" })], ["unverified web"]],
  [
    "a template, once",
    [
      resource("LaunchTemplate", "lt", { name: "lt-1", userData: b64(OPEN), metadataOptions: HARDENED }),
      resource("Instance", "web", { launchTemplate: { name: "lt-1", version: "$Latest" } }),
    ],
    ["violation lt"],
  ],
])("%s", (_, written, expected) => {
  expect(verdicts(POLICY, written)).toEqual(expected);
});

test("the address stays out of the message, and a source is one finding", () => {
  const twice = script("curl -s http://get.example.com/agent.sh -o /tmp/a && bash /tmp/a\nbash /tmp/a");
  const found = messages(POLICY, [web({ userData: twice })]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^userData:2 gets what .* over HTTP/);
  expect(found.join()).not.toContain("get.example.com");
});
