/** Resources that bear secrets: which of their properties hold one, and whether they yield anything else. */
import { isUnknown, label, type StackResource } from "./resource";

/** A value that must not end up in user data. */
export interface SecretValue {
  readonly value: string;
  /** What it is, for a message: `the secret of db`. */
  readonly from: string;
}

interface Bearer {
  /** Top-level properties that hold a secret, as text, list or map. */
  readonly holds: readonly string[];
  /** It yields nothing but credentials: what depends on it and is not known holds one. */
  readonly only?: true;
  /** It bears a secret only where this property has this value. */
  readonly where?: readonly [property: string, value: string];
}

const PASSWORD: Bearer = { holds: ["password"] };
const MASTER: Bearer = { holds: ["masterPassword", "masterUserPassword"] };

const BEARERS: Readonly<Record<string, Bearer>> = {
  "random:index/randomPassword:RandomPassword": { holds: ["result"], only: true },
  "random:index/randomBytes:RandomBytes": { holds: ["base64", "hex"] },
  "aws:iam/accessKey:AccessKey": { holds: ["secret", "sesSmtpPasswordV4"], only: true },
  "aws-native:iam:AccessKey": { holds: ["secretAccessKey"], only: true },
  "aws:iam/userLoginProfile:UserLoginProfile": PASSWORD,
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": { holds: ["servicePassword"] },
  "aws:ssm/parameter:Parameter": { holds: ["value"], where: ["type", "SecureString"] },
  "aws:ssm/activation:Activation": { holds: ["activationCode"] },
  "aws:secretsmanager/secretVersion:SecretVersion": { holds: ["secretString", "secretBinary"] },
  "aws-native:secretsmanager:Secret": { holds: ["secretString"] },
  "aws:rds/instance:Instance": PASSWORD,
  "aws:rds/cluster:Cluster": MASTER,
  "aws-native:rds:DbInstance": MASTER,
  "aws-native:rds:DbCluster": MASTER,
  "aws:docdb/cluster:Cluster": MASTER,
  "aws:redshift/cluster:Cluster": MASTER,
  "aws:redshiftserverless/namespace:Namespace": { holds: ["adminUserPassword"] },
  "aws:elasticache/replicationGroup:ReplicationGroup": { holds: ["authToken"] },
  "aws:elasticache/user:User": { holds: ["passwords"] },
  "aws:memorydb/user:User": { holds: ["authenticationMode"] },
  "aws:opensearch/domain:Domain": { holds: ["advancedSecurityOptions"] },
  "aws:mq/broker:Broker": { holds: ["users"] },
  "aws:directoryservice/directory:Directory": PASSWORD,
  "aws:dms/endpoint:Endpoint": PASSWORD,
  "aws:lightsail/database:Database": MASTER,
  "aws:lightsail/keyPair:KeyPair": { holds: ["privateKey"] },
  "aws:apigateway/apiKey:ApiKey": { holds: ["value"] },
  "aws:appsync/apiKey:ApiKey": { holds: ["key"] },
  "tls:index/privateKey:PrivateKey": { holds: ["privateKeyPem", "privateKeyOpenssh", "privateKeyPemPkcs8"] },
  "kubernetes:core/v1:Secret": { holds: ["data", "stringData"] },
};

/** Resources that only hand on what they are made of. */
const HANDS_ON: ReadonlySet<string> = new Set(["cloudinit:index/config:Config", "cloudinit:index:Config"]);

/** Whether resources of a type may bear a secret, or hand one on. */
export function concernsSecrets(type: string): boolean {
  return Object.hasOwn(BEARERS, type) || HANDS_ON.has(type);
}

/** Whether it only hands on what it is made of. */
export function handsOn({ type }: StackResource): boolean {
  return HANDS_ON.has(type);
}

function bearerOf({ type, inputs, outputs }: StackResource): Bearer | undefined {
  const bearer = Object.hasOwn(BEARERS, type) ? BEARERS[type] : undefined;
  if (!bearer?.where) return bearer;
  const [property, value] = bearer.where;
  return (outputs[property] ?? inputs?.[property]) === value ? bearer : undefined;
}

/** Whether it bears a secret, and perhaps other values. */
export function bearsSecret(resource: StackResource): boolean {
  return bearerOf(resource) !== undefined;
}

/** Whether it yields nothing but credentials. */
export function yieldsOnlySecrets(resource: StackResource): boolean {
  return bearerOf(resource)?.only === true;
}

/** The known secrets of a resource. */
export function secretsOf(resource: StackResource): readonly SecretValue[] {
  const from = `the secret of ${label(resource)}`;
  const values = (bearerOf(resource)?.holds ?? []).flatMap((property) => [
    ...textsIn(resource.outputs[property]),
    ...textsIn(resource.inputs?.[property]),
  ]);
  return [...new Set(values)].map((value) => ({ value, from }));
}

/** The shortest value that is looked for. */
const SHORTEST = 6;

/** Texts of a value; of JSON with members, each of them. Plain words and numbers tell nothing. */
export function textsIn(value: unknown, depth = 0): string[] {
  if (depth > 4) return [];
  if (isUnknown(value)) return [];
  if (typeof value === "string") return textsOfString(value, depth);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((each) => textsIn(each, depth + 1));
}

function textsOfString(text: string, depth: number): string[] {
  const members = membersOf(text);
  if (members !== undefined) return textsIn(members, depth + 1);
  return isTelling(text) ? [text] : [];
}

/** The value of a text that is an object or a list in JSON. */
export function membersOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Long enough, and not what any text may say: a word, a number, a region, a host name. */
function isTelling(text: string): boolean {
  const value = text.trim();
  if (value.length < SHORTEST) return false;
  return !/^(?:[A-Za-z]+|[\d.,:-]+|(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-\w+){1,2}-\d|[a-z\d-]+(?:\.[a-z\d-]+)+)$/.test(
    value,
  );
}
