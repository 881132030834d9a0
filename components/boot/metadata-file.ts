/** The file that keeps the machine's metadata after the endpoint is off: programs read it in place of IMDS. */
import { V4 } from "./imds";
import type { BootPart } from "./part";
import { FAIL, SAY, STATE } from "./shell";

/**
 * Metadata as lines for `EnvironmentFile=` of a unit. AWS_REGION and AWS_DEFAULT_REGION are among them, because SDKs that
 * find no region in the environment ask IMDS for it. The same as JSON is in metadata.json beside it. Both are on disk,
 * because a later boot cannot ask again.
 */
export const METADATA_ENV = `${STATE}/metadata.env`;

/**
 * Nothing that changes while the machine exists: a public address comes and goes with a stop, and the type of the
 * machine can be changed while it is stopped (AWS, "Instance metadata categories").
 */
const SCRIPT = `#!/bin/bash
# Writes metadata that programs need to files that only root reads: the endpoint is turned off at the end of this boot.
set -euo pipefail
umask 077

readonly folder=${STATE}
readonly imds=http://${V4}/latest

${SAY}

${FAIL}

trap 'fail "metadata: it could not be written to $folder"' ERR

request() {
  curl --silent --fail --noproxy '*' --connect-timeout 2 --max-time 10 --retry 5 --retry-connrefused "$@"
}

status=0
token=$(request --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$imds/api/token") || status=$?
# The endpoint is off already (403): what is there is this machine's. Else an image may have brought it along, of another one.
if ((status == 22)) && [[ -s $folder/metadata.json && -s $folder/metadata.env ]]; then
  exit 0
fi
((status == 0))

get() {
  local value
  value=$(request --header "X-aws-ec2-metadata-token: $token" "$imds/$1") || return 1
  # What the files are made of must not be able to end a string or a line of them.
  [[ $value =~ ^[A-Za-z0-9.:_-]+$ ]] || return 1
  printf '%s' "$value"
}

instance_id=$(get meta-data/instance-id)
partition=$(get meta-data/services/partition)
region=$(get meta-data/placement/region)
zone=$(get meta-data/placement/availability-zone)
ipv4=$(get meta-data/local-ipv4)
image_id=$(get meta-data/ami-id)
document=$(request --header "X-aws-ec2-metadata-token: $token" "$imds/dynamic/instance-identity/document")
[[ $document =~ \\"accountId\\"[[:space:]]*:[[:space:]]*\\"([0-9]{12})\\" ]]
account_id=\${BASH_REMATCH[1]}

install -d -m 0700 "$folder"
# Written whole or not at all.
cat >"$folder/metadata.json.new" <<END
{
  "instanceId": "$instance_id",
  "accountId": "$account_id",
  "partition": "$partition",
  "region": "$region",
  "availabilityZone": "$zone",
  "localIpv4": "$ipv4",
  "imageId": "$image_id"
}
END
cat >"$folder/metadata.env.new" <<END
EC2_INSTANCE_ID=$instance_id
AWS_ACCOUNT_ID=$account_id
AWS_PARTITION=$partition
AWS_REGION=$region
AWS_DEFAULT_REGION=$region
EC2_AVAILABILITY_ZONE=$zone
EC2_LOCAL_IPV4=$ipv4
EC2_IMAGE_ID=$image_id
END
mv "$folder/metadata.json.new" "$folder/metadata.json"
mv "$folder/metadata.env.new" "$folder/metadata.env"
`;

/** A script that writes the files while the endpoint is on; a run after that leaves them as they are. */
export function metadataFilePart(): BootPart {
  return { name: "metadata-file.sh", kind: "script", content: SCRIPT };
}
