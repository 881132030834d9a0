import { is } from "../machine/fact";
import type { Machine, Model } from "../machine/model";
import type * as Calls from "../userdata/metadata-calls";
import { defineRule, endpoint, OPEN, PASS, type Verdict } from "./rule";
import { decodedUserData, findingAt, isVerdict, verdicts } from "./userdata";

const WITH_TOKEN =
  'Ask for a token and send it: TOKEN=$(curl -sfX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 300" http://169.254.169.254/latest/api/token), then curl -sf -H "X-aws-ec2-metadata-token: $TOKEN" with the address.';

/**
 * | user data                                                    | verdict                                  |
 * |--------------------------------------------------------------|------------------------------------------|
 * | none, or the endpoint is off                                 | pass                                     |
 * | reads metadata without a token, or pins software that does   | violation, worded by what tokens are now |
 * | asks for a token and sends it, in whatever way               | pass                                     |
 * | unknown, or not to be decoded in part                        | unverified                               |
 */
function check(machine: Machine, model: Model): Verdict | readonly Verdict[] {
  const decoded = decodedUserData(machine, model);
  if (isVerdict(decoded) && decoded.kind !== "unverified") return decoded;
  const state = endpoint(machine);
  if (state === "off") return PASS;
  if (state === "pending" && !model.complete) return OPEN;
  if (isVerdict(decoded)) return decoded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { oldMetadataUses } = require("../userdata/metadata-calls") as typeof Calls;
  const required = is(machine.option("httpTokens"), "required");
  const effect = required
    ? "it fails at boot, since the machine requires tokens (401 Unauthorized)"
    : "it fails as soon as tokens are required, and keeps version 1 in use until then";
  return verdicts(
    machine,
    decoded,
    oldMetadataUses(decoded).map((use) => findingAt(machine, use, `${seen(use)}: ${effect}`, fix(use))),
  );
}

function seen(use: Calls.OldMetadataUse): string {
  if (use.kind === "call") return `reads instance metadata with ${use.by} without a token`;
  return `pins ${use.name} ${use.version}, which knows IMDSv1 only`;
}

function fix(use: Calls.OldMetadataUse): string {
  return use.kind === "call" ? WITH_TOKEN : `Use ${use.name} ${use.minimum} or later.`;
}

export const userdataImdsv2Ready = defineRule<object>({
  name: "userdata-imdsv2-ready",
  displayName: "Make user data ready for IMDSv2",
  description: "User data does not read instance metadata without a token.",
  level: "advisory",
  severity: "medium",
  rationale:
    "A boot script that calls the metadata service without a token gets 401 Unauthorized once tokens are required: the machine starts with empty values, or not at all. Such a call is also the usual reason why IMDSv1 stays on.",
  remediationSteps:
    "Ask for a session token by PUT to /latest/api/token and send it in the header X-aws-ec2-metadata-token; use SDKs and agents at or above the versions that AWS documents for IMDSv2.",
  tags: ["imds", "user-data"],
  framework: {
    name: "AWS Foundational Security Best Practices",
    reference: "EC2.8",
    specification: "EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)",
  },
  options: {},
  example: {
    exemptions: [{ resource: "legacy-*", reason: "Vendor image, replaced in spring", expires: "2027-06-30" }],
  },
  roles: ["machine", "template", "context"],
  remediates: false,
  check,
});
