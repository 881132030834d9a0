import { topProperty } from "../machine/parts";
import type { UserData } from "../machine/launch";
import type { Machine, Model } from "../machine/model";
import { label } from "../machine/resource";
import { bearsSecret, handsOn, yieldsOnlySecrets } from "../machine/secrets";
import type * as Credentials from "../userdata/credentials";
import { secretFinder } from "../userdata/secrets";
import { defineRule, OPEN, type Verdict } from "./rule";
import { decodedUserData, findingAt, isVerdict, question, verdicts } from "./userdata";

const WHY = "everyone on the machine, and everyone who may call ec2:DescribeInstanceAttribute, can read it";
const FETCH =
  "Keep it in AWS Secrets Manager or in an SSM SecureString parameter, and let the boot script fetch it with the instance's role (aws secretsmanager get-secret-value, aws ssm get-parameter --with-decryption).";

/** What to do instead, by what was found. */
const INSTEAD: Readonly<Record<Credentials.Kind, string>> = {
  password: FETCH,
  "password hash":
    "Keep accounts without a password (SSH keys, Session Manager), or fetch the hash at boot: it can be cracked.",
  "pass phrase": FETCH,
  secret: FETCH,
  token: FETCH,
  key: `Where it is a key of AWS, remove it and give the instance profile what it allowed. Else: ${FETCH}`,
  "private key": `Make the key on the machine at boot, or: ${FETCH}`,
  "connection string": `Keep the address here without its password. ${FETCH}`,
  cookie: FETCH,
  "webhook address": `Who knows the address can use it. ${FETCH}`,
  "shared access signature": FETCH,
};

/**
 * | user data                                                  | verdict                                       |
 * |------------------------------------------------------------|-----------------------------------------------|
 * | none                                                       | pass                                          |
 * | unknown, made of what yields only credentials              | violation                                     |
 * | unknown otherwise                                          | unverified, naming what bears secrets         |
 * | a credential in any decoded layer                          | violation, one a secret                       |
 * | the value of a secret of the program or its configuration  | violation, one a secret                       |
 * | cannot be decoded in part                                  | unverified, besides what the rest shows       |
 */
function check(machine: Machine, model: Model): Verdict | readonly Verdict[] {
  const { userData } = machine.launch;
  if (userData?.fact.state === "unknown") return model.complete ? whereUnknown(machine, model, userData) : OPEN;
  const decoded = decodedUserData(machine, model);
  if (isVerdict(decoded)) return decoded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { credentialsIn } = require("../userdata/credentials") as typeof Credentials;
  const found = credentialsIn(decoded);
  const places = new Set(found.map(({ path, line }) => `${path}:${String(line)}`));
  const held = secretFinder(model.secrets)(decoded).filter(({ path, line }) => !places.has(`${path}:${String(line)}`));
  return verdicts(machine, decoded, [
    ...found.map((each) => findingAt(machine, each, `holds a ${each.kind} in plain text: ${WHY}`, INSTEAD[each.kind])),
    ...held.map((each) => findingAt(machine, each, `holds ${each.from} in plain text: ${WHY}`, FETCH)),
  ]);
}

function whereUnknown(machine: Machine, model: Model, userData: UserData): Verdict {
  const { fact } = userData;
  const sources = model.graph.madeOf(machine.resource, topProperty(fact.source.path), handsOn);
  const only = sources.filter(yieldsOnlySecrets);
  if (only.length > 0) {
    const names = only.map(label).sort().join(", ");
    const reason = `${fact.source.path} is made of ${names}, which yields nothing but credentials: ${WHY}`;
    return { kind: "violation", source: fact.source, inherited: false, reason, fix: FETCH };
  }
  const bearing = sources.filter(bearsSecret).map(label).sort();
  return question(userData, bearing.length > 0 ? `${bearing.join(", ")}, which bears a secret` : undefined);
}

export const userdataNoCredentials = defineRule<object>({
  name: "userdata-no-credentials",
  displayName: "Keep credentials out of user data",
  description: "User data holds no password, token, key or other credential, in whatever encoding.",
  level: "mandatory",
  severity: "critical",
  rationale:
    "User data is no secret: every process on the machine reads it from the metadata service, every principal with ec2:DescribeInstanceAttribute or ec2:DescribeLaunchTemplateVersions reads it by one API call, and cloud-init keeps a copy on disk. A password, token or key in it is lost with the first forged request, and stays valid after the machine is gone.",
  remediationSteps:
    "Keep the secret in AWS Secrets Manager or an SSM SecureString parameter, fetch it at boot with the instance's role, and replace the value that was exposed.",
  tags: ["user-data", "secrets"],
  framework: {
    name: "MITRE ATT&CK",
    reference: "T1552.005",
    specification: "Unsecured Credentials: Cloud Instance Metadata API",
  },
  options: {},
  example: { exemptions: [{ resource: "lab-*", reason: "Throw-away lab, no network", expires: "2027-06-30" }] },
  roles: ["machine", "template", "context"],
  remediates: false,
  check,
});
