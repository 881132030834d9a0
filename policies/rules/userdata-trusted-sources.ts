import type { Machine, Model } from "../machine/model";
import type * as Sources from "../userdata/sources";
import { defineRule, type Verdict } from "./rule";
import { decodedUserData, findingAt, isVerdict, verdicts } from "./userdata";

const OPEN_CHANNEL = "whoever sits on the way runs code on the machine with its role";
const PRESIGNED = "the address is a credential that everyone reads with the user data, until it expires";

const CHECK =
  "Fetch it over HTTPS, or with the instance's role from Amazon S3 (aws s3 cp), or check a digest that stands here before it is used (sha256sum -c under set -e).";
const BY_ROLE = "Let the machine fetch it with its role (aws s3 cp s3://…), which needs no presigned address.";

/**
 * | what the machine runs                                          | verdict    |
 * |----------------------------------------------------------------|------------|
 * | came over an open channel, and nothing checked it before       | violation  |
 * | came from a presigned address                                  | violation  |
 * | came over HTTPS, SSH, from S3 by the role, or is checked       | pass       |
 * | user data unknown, or not to be decoded in part                | unverified |
 */
function check(machine: Machine, model: Model): Verdict | readonly Verdict[] {
  const decoded = decodedUserData(machine, model);
  if (isVerdict(decoded)) return decoded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { untrustedSources } = require("../userdata/sources") as typeof Sources;
  const found = untrustedSources(decoded).map((source) => {
    const presigned = source.channel === "a presigned URL";
    const reason = `${presigned ? "takes" : "gets"} what ${source.use} ${presigned ? "from" : "over"} ${source.channel}`;
    return findingAt(
      machine,
      source,
      `${reason}: ${presigned ? PRESIGNED : OPEN_CHANNEL}`,
      presigned ? BY_ROLE : CHECK,
    );
  });
  return verdicts(machine, decoded, found);
}

export const userdataTrustedSources = defineRule<object>({
  name: "userdata-trusted-sources",
  displayName: "Run only what comes from trusted sources",
  description: "Nothing that the machine runs at boot comes over an open channel or from a presigned address.",
  level: "advisory",
  severity: "medium",
  rationale:
    "A script that is fetched over plain HTTP and run as root can be replaced by anyone on the way: a proxy, a name server, a stale mirror. The machine's role then works for them. A presigned address in user data lets every reader fetch the same object, and stops working when it expires.",
  remediationSteps:
    "Use HTTPS, or aws s3 cp with the instance's role; where only HTTP is served, check a digest or a signature before use so that a mismatch stops the script.",
  tags: ["user-data", "supply-chain"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1195.002",
    specification: "Supply Chain Compromise: Compromise Software Supply Chain",
  },
  options: {},
  example: { exemptions: [{ resource: "lab-*", reason: "Mirror in the same subnet", expires: "2027-06-30" }] },
  roles: ["machine", "template", "context"],
  remediates: false,
  check,
});
