/** The parts of the boot that fetch secrets: a service that runs at every boot, since memory is empty after one. */
import { awsCli } from "./aws-cli";
import { filesPart } from "./files";
import type { BootPart } from "./part";
import { placeOf, referenceOf, type ResolvedSecret } from "./secrets";
import type { LinuxImage } from "../plan/images";
import { INSTANCE, quoted, scriptPart, strictScript } from "./shell";

const SERVICE = "ec2-hardening-secrets.service";
const PROGRAM = "/usr/local/sbin/ec2-hardening-secrets";
const STATUS = "/run/ec2-hardening";
const ENVIRONMENT = `${STATUS}/environment`;
/**
 * There once the machine has what it takes to fetch: packages start their services before that, and so does an image made of a
 * machine that had secrets.
 */
const READY = `${INSTANCE}/ec2-hardening-secrets-ready`;
/** There while all secrets are. */
const FETCHED = `${STATUS}/secrets-fetched`;

/** Parts that make secrets available, before steps run and before the services start that need them. */
export function secretParts(secrets: readonly ResolvedSecret[], image: LinuxImage): BootPart[] {
  if (secrets.length === 0) return [];
  const units = unitsOf(secrets);
  const files = [
    { path: PROGRAM, permissions: "0700", content: fetchScript(secrets) },
    { path: `/etc/systemd/system/${SERVICE}`, content: unit(units) },
    ...units.map((name) => ({
      path: `/etc/systemd/system/${name}.d/50-ec2-hardening-secrets.conf`,
      content: dropIn(
        secrets.flatMap(({ environment }) => (environment?.unit === name ? environment.variable : [])),
        name,
      ),
    })),
  ];
  return [filesPart(files, "secrets-files"), startPart(units, image)];
}

function unitsOf(secrets: readonly ResolvedSecret[]): string[] {
  const names = secrets.flatMap(({ environment, neededBy = [] }) => [
    ...(environment ? [environment.unit] : []),
    ...neededBy,
  ]);
  return [...new Set(names)];
}

function unit(units: readonly string[]): string {
  return `[Unit]
Description=Secrets of this machine, fetched with its role (ec2-hardening)
Wants=network-online.target
After=network-online.target snapd.seeded.service
ConditionPathExists=${READY}
${units.length > 0 ? `Before=${units.join(" ")}\n` : ""}
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${PROGRAM}

[Install]
WantedBy=multi-user.target
`;
}

/**
 * A service does not start where the secrets are missing: what it requires has failed. One that a package starts while the
 * first boot has not come to them is passed over, which is no failure to systemd, nor to the package.
 */
function dropIn(variables: readonly string[], name: string): string {
  const files = variables.map((variable) => `EnvironmentFile=${ENVIRONMENT}/${name}/${variable}\n`).join("");
  return `[Unit]\nRequires=${SERVICE}\nAfter=${SERVICE}\nConditionPathExists=${FETCHED}\n${files === "" ? "" : `\n[Service]\n${files}`}`;
}

function startPart(units: readonly string[], image: LinuxImage): BootPart {
  const restart = units.map(
    (name) => `if systemctl --quiet is-enabled ${name} 2> /dev/null; then systemctl --no-block restart ${name}; fi`,
  );
  return scriptPart(
    "secrets",
    "starts the service that fetches secrets",
    ...awsCli(image, "secrets"),
    [
      `: > ${READY}`,
      "systemctl daemon-reload",
      `systemctl enable ${SERVICE}`,
      `systemctl start ${SERVICE} || fail "secrets: not fetched, journalctl -u ${SERVICE} says why"`,
      ...(restart.length > 0
        ? [
            "# They were passed over until now, or ran without; waiting for them could wait for this script.",
            ...restart,
          ]
        : []),
    ].join("\n"),
  );
}

/** Prints the value, and nothing else of the answer; what goes wrong is named without any of it. */
const EXTRACT = String.raw`import base64, json, sys
key, variable = sys.argv[1:3]
try:
    answer = json.load(sys.stdin)
    if "Parameter" in answer:
        value = answer["Parameter"]["Value"].encode()
    elif answer.get("SecretString") is not None:
        value = answer["SecretString"].encode()
    else:
        value = base64.b64decode(answer["SecretBinary"])
    if key:
        part = json.loads(value)[key]
        value = (part if isinstance(part, str) else json.dumps(part)).encode()
    if variable:
        text = value.decode()
        if any(ord(each) < 32 and each not in "\t\n" or ord(each) == 127 for each in text):
            sys.exit("it holds control characters, which no environment takes")
        for each in "\\\"$" + chr(96):
            text = text.replace(each, "\\" + each)
        value = (variable + "=\"" + text + "\"\n").encode()
except Exception as error:
    sys.exit("the answer is not as expected: " + type(error).__name__)
if not value:
    sys.exit("it is empty")
sys.stdout.buffer.write(value)`;

const FETCH = String.raw`# The answer of AWS, as JSON: it goes from program to program, and is never an argument.
answer() {
  local service=$1 region=$2 arn=$3
  if [ "$service" = ssm ]; then
    timeout 60 aws ssm get-parameter --region "$region" --output json --with-decryption --name "$arn"
  else
    timeout 60 aws secretsmanager get-secret-value --region "$region" --output json --secret-id "$arn"
  fi
}

# Whether a folder and all on the way to it are root's alone: whoever else may write to one could put a link there.
own() {
  [ "$1" = / ] || own "$(dirname "$1")" || return 1
  [ -e "$1" ] || [ -L "$1" ] || (umask 066 && mkdir "$1") || return 1
  [ "$(LC_ALL=C stat -c '%F %u' "$1")" = "directory 0" ] && (((8#$(stat -c %a "$1") & 8#22) == 0))
}

# fetch WHAT SERVICE REGION ARN KEY VARIABLE FILE OWNER GROUP MODE
fetch() {
  local what=$1 folder attempt
  folder=$(dirname "$7")
  own "$folder" || fail "$what: $folder is not a folder that root alone may write to"
  [ "$(stat -f -c %T "$folder")" = tmpfs ] || fail "$what: $folder is not in memory"
  temporary=$(mktemp "$folder/.XXXXXXXXXX")
  # A role and its policies may take a while to be known everywhere, therefore refusals are tried again too.
  for attempt in 1 2 3 4 5 6; do
    ! answer "$2" "$3" "$4" | python3 -c "$extract" "$5" "$6" > "$temporary" || break
    [ "$attempt" -lt 6 ] || fail "$what: could not be fetched"
    sleep "$((2 ** attempt))"
  done
  chown "$8:$9" "$temporary" || fail "$what: there is no user $8 or no group $9"
  chmod "$10" "$temporary"
  mv -fT "$temporary" "$7" || fail "$what: $7 cannot be written"
}`.replace('"$10"', '"$' + '{10}"');

function fetchScript(secrets: readonly ResolvedSecret[]): string {
  return [
    strictScript("secrets", "fetches secrets with the machine's role, at every boot"),
    "umask 077",
    'export HOME=/root PATH="$PATH:/snap/bin" AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=5',
    `extract='${EXTRACT}'`,
    FETCH,
    "temporary=/nonexistent\ntrap 'rm -f \"$temporary\"' EXIT",
    `own ${STATUS} || fail "secrets: ${STATUS} is not a folder that root alone may write to"\nrm -f ${FETCHED}`,
    'command -v aws > /dev/null || fail "secrets: the AWS CLI is not on this image"',
    `${secrets.flatMap((secret, index) => calls(secret, `secrets[${String(index)}]`)).join("\n")}\n: > ${FETCHED}\n`,
  ].join("\n\n");
}

function calls(secret: ResolvedSecret, what: string): string[] {
  const { key = "", file, environment, owner = "root", mode = "0600" } = secret;
  // `chown USER:` takes the user's own group, which a number may lack.
  const { group = /^\d+$/.test(owner) ? owner : "" } = secret;
  const { service, region, arn } = referenceOf(secret);
  const call = (...rest: readonly string[]): string =>
    ["fetch", ...[what, service, region, arn, key, ...rest].map(quoted)].join(" ");
  const variable = environment && `${ENVIRONMENT}/${environment.unit}/${environment.variable}`;
  return [
    ...(file === undefined ? [] : [call("", placeOf(file), owner, group, mode)]),
    ...(environment && variable !== undefined ? [call(environment.variable, variable, "root", "root", "0600")] : []),
  ];
}
