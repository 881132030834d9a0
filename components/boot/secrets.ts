/** Secrets that a machine fetches at boot with its role: what they are, what that takes, what is wrong with them. */
import { problemsIn, type Check, type Problem } from "../plan/problems";
import type { Statement } from "../plan/statements";
import { isLater, type Value } from "../plan/value";
import { isFilePath, MODE, sharedPaths, USER } from "./files";

/** A secret by reference: the machine fetches it at every boot, and neither the program nor user data ever holds it. */
export interface SecretArgs {
  /** Whole ARN of a secret of Secrets Manager. Exactly one of `secret` and `parameter`. */
  readonly secret?: Value<string> | undefined;
  /** ARN of a parameter of Systems Manager, such as a SecureString. */
  readonly parameter?: Value<string> | undefined;
  /**
   * Key of a JSON object, where the secret is one and only this value of it is wanted.
   * @default the whole secret
   */
  readonly key?: string | undefined;
  /**
   * ARN of the customer managed key that encrypts it.
   * @default AWS's own key of the service, which takes no permission
   */
  readonly kmsKey?: Value<string> | undefined;
  /**
   * Where the secret is written: a name such as `db` or `app/db`, or the same as a path, `/run/secrets/app/db`. This folder
   * is memory, and root's alone: in one that another user may write to, that user could lead root's writing elsewhere.
   */
  readonly file?: string | undefined;
  /** A service that gets the secret as a variable of its environment. */
  readonly environment?: SecretVariable | undefined;
  /**
   * Services that start only when the secret is there, at every boot. That of `environment` is one by itself.
   * @default []
   */
  readonly neededBy?: readonly string[] | undefined;
  /**
   * User that owns the file.
   * @default "root"
   */
  readonly owner?: string | undefined;
  /**
   * Group of the file.
   * @default the primary group of the owner; of one that is a number, the group of that number
   */
  readonly group?: string | undefined;
  /**
   * Octal digits. Others than the owner and the group never have access.
   * @default "0600"
   */
  readonly mode?: string | undefined;
}

/** A variable of a service. */
export interface SecretVariable {
  /** Name of the systemd unit, such as `web.service`. */
  readonly unit: string;
  /** Name of the variable, such as `DATABASE_PASSWORD`. */
  readonly variable: string;
}

/** A secret whose references are known. */
export interface ResolvedSecret extends SecretArgs {
  readonly secret?: string | undefined;
  readonly parameter?: string | undefined;
  readonly kmsKey?: string | undefined;
}

const SERVICES = {
  secret: {
    arn: /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\d{12}:secret:[\w/+=.@!-]+$/,
    service: "secretsmanager",
    action: "secretsmanager:GetSecretValue",
    context: "kms:EncryptionContext:SecretARN",
    example: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf",
  },
  parameter: {
    arn: /^arn:aws[a-z-]*:ssm:([a-z0-9-]+):\d{12}:parameter\/[\w/.-]+$/,
    service: "ssm",
    action: "ssm:GetParameter",
    context: "kms:EncryptionContext:PARAMETER_ARN",
    example: "arn:aws:ssm:eu-west-1:111122223333:parameter/app/db",
  },
} as const;
type Source = keyof typeof SERVICES;

const KEY = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
const UNIT = /^[A-Za-z0-9_][\w:.-]*(?:@[\w:.-]+)?\.service$/;
const VARIABLE = /^[A-Za-z_]\w*$/;
const PRIVATE = /^0?[0-7][0-7]0$/;

/** What is wrong with secrets given as `at`, as far as their references are known. */
export function secretProblems(at: string, secrets: readonly SecretArgs[]): Problem[] {
  return [
    ...secrets.flatMap((secret, index) => mistakesOf(`${at}[${String(index)}]`, secret)),
    ...sharedPaths(secrets.map(({ file }) => file && placeOf(file))).map((index) => ({
      property: `${at}[${String(index)}].file`,
      reason: "another secret has it, or is a folder of it.",
    })),
    ...repeatedVariables(at, secrets),
  ];
}

function mistakesOf(at: string, secret: SecretArgs): Problem[] {
  const { key, kmsKey, file, environment, neededBy = [], owner = "root", group, mode = "0600" } = secret;
  const one = (secret.secret === undefined) !== (secret.parameter === undefined);
  return problemsIn(at, [
    ["", one, "give secret (ARN of a secret of Secrets Manager) or parameter (ARN of an SSM parameter), not a value."],
    ...(["secret", "parameter"] as const).flatMap((source) => {
      const arn = secret[source];
      return arn === undefined ? [] : [arnCheck(source, source, arn)];
    }),
    keyCheck(kmsKey),
    [
      "key",
      key === undefined || (key !== "" && !/[\0-\x1f]/.test(key)),
      "write the name of a value of the JSON object.",
    ],
    ["", file !== undefined || environment !== undefined, "give file or environment: where the machine puts it."],
    [
      "file",
      file === undefined || isInMemory(file),
      `write a name, or a path below /run/secrets, such as "db-password".`,
    ],
    ["environment.unit", isUnit(environment?.unit), `write the name of a service, such as "web.service".`],
    ["environment.variable", VARIABLE.test(environment?.variable ?? "_"), "write letters, digits and underscores."],
    ["neededBy", neededBy.every(isUnit), `write names of services, such as "web.service".`],
    ["owner", USER.test(owner), "write the name or the number of a user."],
    ["group", group === undefined || USER.test(group), "write the name or the number of a group."],
    ["mode", MODE.test(mode) && PRIVATE.test(mode), `write octal digits that give others nothing, such as "0640".`],
  ]);
}

/** Whether `property` holds the ARN of a secret, or of a parameter, as far as it is known. */
export function arnCheck(property: string, source: Source, arn: Value<string>): Check {
  return [property, isArn(arn, SERVICES[source].arn), `write its ARN, such as ${SERVICES[source].example}.`];
}

/** Whether `kmsKey` is left out, or holds the ARN of a key, as far as it is known. */
export function keyCheck(kmsKey: Value<string> | undefined): Check {
  const reason = "write the ARN of the key itself: IAM knows no aliases of keys.";
  return ["kmsKey", kmsKey === undefined || isArn(kmsKey, KEY), reason];
}

function isArn(value: Value<string>, form: RegExp): boolean {
  return isLater(value) || form.test(value);
}

function isUnit(name: string | undefined): boolean {
  return name === undefined || UNIT.test(name);
}

function isInMemory(file: string): boolean {
  const place = placeOf(file);
  return place.startsWith("/run/secrets/") && isFilePath(place);
}

/** The absolute path of a file that is given by its name or by its path. */
export function placeOf(file: string): string {
  return file.startsWith("/") ? file : `/run/secrets/${file}`;
}

function repeatedVariables(at: string, secrets: readonly SecretArgs[]): Problem[] {
  const seen = new Set<string>();
  return secrets.flatMap(({ environment }, index) => {
    if (environment === undefined) return [];
    const variable = `${environment.unit} ${environment.variable}`;
    if (seen.has(variable))
      return [{ property: `${at}[${String(index)}].environment`, reason: "another secret has it." }];
    seen.add(variable);
    return [];
  });
}

/** Where a secret whose reference is known comes from. */
export function referenceOf({ secret, parameter }: ResolvedSecret): { service: string; region: string; arn: string } {
  const source = secret === undefined ? "parameter" : "secret";
  const arn = secret ?? parameter ?? "";
  return { service: SERVICES[source].service, region: regionOf(source, arn) ?? "", arn };
}

function regionOf(source: Source, arn: Value<string>): string | undefined {
  return isLater(arn) ? undefined : SERVICES[source].arn.exec(arn)?.[1];
}

/** Exactly what it takes to fetch secrets: to read each, and to decrypt it where a customer managed key encrypts it. */
export function secretStatements(secrets: readonly SecretArgs[]): Statement[] {
  return secrets
    .filter((each, index) => !secrets.slice(0, index).some((other) => isSame(each, other)))
    .flatMap(({ secret, parameter, kmsKey }) => {
      if (secret !== undefined) return statementsOf("secret", secret, kmsKey);
      return parameter === undefined ? [] : statementsOf("parameter", parameter, kmsKey);
    });
}

/** One secret may go to a file and to several services. */
function isSame(one: SecretArgs, other: SecretArgs): boolean {
  return one.secret === other.secret && one.parameter === other.parameter && one.kmsKey === other.kmsKey;
}

function statementsOf(source: Source, arn: Value<string>, kmsKey: Value<string> | undefined): Statement[] {
  const { action, service, context } = SERVICES[source];
  const resource = source === "secret" && !isLater(arn) ? secretResource(arn) : arn;
  const read: Statement = { Effect: "Allow", Action: action, Resource: resource };
  if (kmsKey === undefined) return [read];
  const via = { "kms:ViaService": `${service}.${endpointOf(source, arn)}` };
  const decrypt: Statement = {
    Effect: "Allow",
    Action: "kms:Decrypt",
    Resource: kmsKey,
    // AWS KMS Developer Guide: "How AWS Secrets Manager uses AWS KMS", "How AWS Systems Manager Parameter Store uses AWS KMS".
    Condition: { StringLike: { ...via, [context]: resource } },
  };
  return [read, decrypt];
}

/**
 * Secrets Manager puts a hyphen and six characters behind a name. An ARN may lack them, and where it ends like that, the
 * name itself may (AWS Secrets Manager User Guide, "GetSecretValue": partial ARN): both are that secret.
 */
function secretResource(arn: string): string | readonly string[] {
  const whole = `${arn}-??????`;
  return /-[A-Za-z0-9]{6}$/.test(arn) ? [arn, whole] : whole;
}

/** What follows the service in the value that KMS sets. */
function endpointOf(source: Source, arn: Value<string>): string {
  return isLater(arn) ? "*" : `${regionOf(source, arn) ?? "*"}.${domainOf(arn)}`;
}

/** The domain of the endpoints in the partition of an ARN: China and other partitions have their own. */
export function domainOf(arn: Value<string>): string {
  return !isLater(arn) && /^arn:aws(?:-us-gov)?:/.test(arn) ? "amazonaws.com" : "*";
}
