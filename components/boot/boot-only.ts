/** The endpoint is on while the machine boots for the first time, and off from then on. */
import { METADATA_ENV, metadataFilePart } from "./metadata-file";
import type { BootPart } from "./part";
import type { Statement } from "../plan/statements";
import { awsCli } from "./aws-cli";
import type { LinuxImage } from "../plan/images";
import { V4, V6 } from "./imds";
import { FAIL, INSTANCE, SAY } from "./shell";

export interface BootOnlyOptions {
  /** Decides how the AWS CLI is installed, which turns the endpoint off. */
  readonly image: LinuxImage;
  /**
   * Seconds for which turning the endpoint off is tried before the boot counts as failed.
   * @default 180
   */
  readonly patience?: number;
}

/** Parts of user data, before and after everything else that boot does. */
export interface BootOnlyParts {
  readonly first: readonly BootPart[];
  readonly last: readonly BootPart[];
}

export function bootOnlyParts({ image, patience = 180 }: BootOnlyOptions): BootOnlyParts {
  return { first: [metadataFilePart(), installPart(image, patience)], last: [OFF] };
}

/**
 * What Pulumi has to leave alone: the program says that the endpoint is on, which is right for the first boot, and a
 * refresh followed by an update would turn it on again.
 */
export const BOOT_ONLY_IGNORED: readonly string[] = ["metadataOptions.httpEndpoint"];

/**
 * The statement with which a machine turns its own endpoint off, and does nothing else.
 *
 * - Its own: `ec2:SourceInstanceARN` is the machine whose role's credentials sign the request, `ec2:InstanceID` the one
 *   that is changed; both are keys of this action or of all actions (AWS, "Actions, resources, and condition keys for
 *   Amazon EC2"). `${ec2:SourceInstanceARN}` alone cannot stand as the resource: IAM wants an ARN or `*` there.
 * - Off only: `ec2:Attribute/HttpEndpoint` is the value that the request asks for. AWS documents that for its sibling
 *   `ec2:Attribute/HttpTokens` (EC2 user guide, "Deny opt-out of IMDSv2"). `ec2:MetadataHttpEndpoint` is no help: it is
 *   the state that the machine is in. A request that leaves the attribute out has no such key, and is not allowed.
 * - Nothing along with it: a request may change other options at once, and then those may only be the strict values.
 *   IfExists, because the keys are there only for options that a request names.
 *
 * This is AWS's word. It has been judged by the policies of this package, not by IAM: `aws ec2
 * modify-instance-metadata-options --dry-run` on a machine answers `DryRunOperation` for `--http-endpoint disabled` and has
 * to answer `UnauthorizedOperation` for `enabled`. If a condition never held, the machine could not turn its
 * endpoint off, and the boot would fail closed.
 */
export function bootOnlyStatements(): readonly Statement[] {
  return [
    {
      Sid: "TurnOwnMetadataEndpointOff",
      Effect: "Allow",
      Action: "ec2:ModifyInstanceMetadataOptions",
      Resource: "arn:*:ec2:*:*:instance/*",
      Condition: {
        ArnLike: { "ec2:SourceInstanceARN": "arn:*:ec2:*:*:instance/${ec2:InstanceID}" },
        StringEquals: { "ec2:Attribute/HttpEndpoint": "disabled" },
        StringEqualsIfExists: {
          "ec2:Attribute/HttpTokens": "required",
          "ec2:Attribute/HttpProtocolIpv6": "disabled",
          "ec2:Attribute/InstanceMetadataTags": "disabled",
        },
        NumericLessThanEqualsIfExists: { "ec2:Attribute/HttpPutResponseHopLimit": "1" },
      },
    },
  ];
}

const PROGRAM = "/usr/local/sbin/ec2-hardening-imds-off";
const UNIT = "ec2-hardening-imds-off.service";
/** There while this machine, and not only the one whose image it started from, turns its endpoint off. */
const OWN = `${INSTANCE}/ec2-hardening-boot-only`;

/**
 * What has to hold before the endpoint goes off, because cloud-init asks it again at every boot. `DataSourceEc2` cannot
 * check its cache without IMDS; a cache that is not trusted is thrown away, the fallback data source is a new instance, and
 * what runs once an instance runs again: host keys of SSH are made anew (cloud-init, `stages.py` and `cmd/main.py`).
 *
 * - `manual_cache_clean`, and the marker that cloud-init and `ds-identify` look for, make it trust the cache.
 * - The cache is lost nevertheless where the version of Python changes. `ssh_deletekeys` then keeps the host keys.
 *
 * A machine that starts from an image of such a one would take itself for it: `cloud-init clean`, and the removal of this file,
 * belong before the making of the image. What else comes along in it does nothing there.
 */
const PINS = `# Made by ec2-hardening: the metadata service is off after the first boot, and cloud-init must not miss it.
manual_cache_clean: true
ssh_deletekeys: false
`;

/**
 * Runs at every boot: it answers at once where the endpoint is off, and turns it off again where somebody turned it on.
 * Forbidden (403) is what EC2 answers for an endpoint that is off (EC2 user guide, "Use the Instance Metadata Service"). No
 * answer proves nothing, but at the IPv6 address nobody answers where that endpoint was never on; one option rules both.
 */
function offProgram(patience: number): string {
  return `#!/bin/bash
# Turns the metadata service of this machine off, and proves it. If that fails, closes it by firewall for everyone.
set -uo pipefail
umask 077
export PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin

readonly metadata=${METADATA_ENV}
readonly patience=${String(patience)}
reason='it was stopped before it was done'

${SAY}

${FAIL}

rules() {
  ip -4 rule "$1" pref 90 to ${V4}/32 prohibit
  ip -6 rule "$1" pref 90 to ${V6}/128 prohibit
} 2>/dev/null

# For every user and every container: rules of routing come before all tables, and every image has ip.
block() {
  rules add
  if command -v nft >/dev/null; then
    nft -f - <<'END'
table inet imds_closed
delete table inet imds_closed
table inet imds_closed {
  chain output {
    type filter hook output priority filter - 20; policy accept;
    ip daddr ${V4} drop
    ip6 daddr ${V6} drop
  }
  chain forward {
    type filter hook forward priority filter - 20; policy accept;
    ip daddr ${V4} drop
    ip6 daddr ${V6} drop
  }
}
END
  fi
}

unblock() {
  rules del
  if command -v nft >/dev/null; then
    nft delete table inet imds_closed 2>/dev/null
  fi
}

finish() {
  local status=$?
  trap - EXIT
  if ((status != 0)); then
    block
    fail "boot-only: the metadata service could not be turned off ($reason): it is closed by firewall until the next boot"
  fi
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

answer() {
  curl --silent --output /dev/null --write-out '%{http_code}' --noproxy '*' --connect-timeout 2 --max-time 5 \\
    --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 1' "$1/latest/api/token"
}

is_off() {
  [[ $(answer http://${V4}) == 403 && $(answer 'http://[${V6}]') == @(403|000) ]]
}

is_off_soon() {
  for _ in 1 2 3 4 5; do
    ! is_off || return 0
    sleep 1
  done
  return 1
}

pin_cloud_init() {
  cat >/etc/cloud/cloud.cfg.d/99-ec2-hardening-boot-only.cfg <<'END' || return 1
${PINS}END
  chmod 0644 /etc/cloud/cloud.cfg.d/99-ec2-hardening-boot-only.cfg || return 1
  # An empty file in the folder of the instance: what cloud-init itself makes of manual_cache_clean.
  [[ -s ${INSTANCE}/obj.pkl ]] && : >${INSTANCE}/manual-clean
}

# Whether all of this came with an image that was made of another machine, and this one's program asks for nothing like it.
is_of_image() {
  local token id
  [[ ! -e ${OWN} ]] || return 1
  token=$(curl --silent --fail --noproxy '*' --connect-timeout 2 --max-time 5 --request PUT \\
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://${V4}/latest/api/token) || return 1
  id=$(curl --silent --fail --noproxy '*' --connect-timeout 2 --max-time 5 \\
    --header "X-aws-ec2-metadata-token: $token" http://${V4}/latest/meta-data/instance-id) || return 1
  [[ $id != "\${EC2_INSTANCE_ID:-}" ]]
}

ask() {
  local answer
  if answer=$(timeout 30 aws ec2 modify-instance-metadata-options --instance-id "$EC2_INSTANCE_ID" \\
    --region "$AWS_REGION" --http-endpoint disabled --output text 2>&1); then
    reason='EC2 accepted it, but the endpoint still answers'
  elif [[ $answer =~ \\(([A-Za-z.]+)\\) ]]; then
    reason="EC2 answered \${BASH_REMATCH[1]}"
  else
    reason='the call of EC2 failed'
  fi
}

unblock
if is_off; then
  say 'the metadata service is off'
  exit 0
fi
# shellcheck source=/dev/null
[[ ! -s $metadata ]] || . "$metadata"
if is_of_image; then
  say 'nothing is turned off: this machine was made from an image of another one'
  exit 0
fi
reason='cloud-init could not be pinned to what it knows'
pin_cloud_init || exit 1
reason="$metadata is missing"
[[ -n \${EC2_INSTANCE_ID:-} && -n \${AWS_REGION:-} ]] || exit 1
reason='aws is not installed'
command -v aws >/dev/null || exit 1

deadline=$((SECONDS + patience))
ask
until is_off_soon; do
  ((SECONDS < deadline)) || exit 1
  ask
done
say 'the metadata service is off'
`;
}

/**
 * Installed before anything else runs, and only enabled: what cloud-init runs once an instance does not start over after a
 * reboot in the middle of the first boot, and then the unit turns the endpoint off all the same.
 */
function installPart(image: LinuxImage, patience: number): BootPart {
  const installation = ["", SAY, FAIL, ...awsCli(image, "boot-only")];
  const content = `#!/bin/bash
# Installs what turns the metadata service off at the end of this boot and keeps it off at every later one.
set -euo pipefail
umask 077

: >${OWN}
cat >${PROGRAM} <<'PROGRAM'
${offProgram(patience)}PROGRAM
chmod 0700 ${PROGRAM}
cat >/etc/systemd/system/${UNIT} <<'UNIT'
[Unit]
Description=Turn the EC2 metadata service off
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=${PROGRAM}
TimeoutStartSec=${String(patience + 120)}

[Install]
WantedBy=multi-user.target
UNIT
chmod 0644 /etc/systemd/system/${UNIT}
systemctl daemon-reload
systemctl enable ${UNIT}
${installation.join("\n\n")}
`;
  return { name: "boot-only-install.sh", kind: "script", content };
}

/** The last thing that boot does. A failed unit makes a failed script, and that a failed boot (`cloud-init status`). */
const OFF: BootPart = {
  name: "boot-only-off.sh",
  kind: "script",
  content: `#!/bin/bash
# Turns the metadata service off: nothing that needs it may come after this.
${SAY}

${FAIL}

if [[ -x ${PROGRAM} ]]; then
  exec systemctl start ${UNIT}
fi
ip -4 rule add pref 90 to ${V4}/32 prohibit
ip -6 rule add pref 90 to ${V6}/128 prohibit
fail 'boot-only: ${PROGRAM} is missing: the metadata service is closed by firewall until the next boot'
`,
};
