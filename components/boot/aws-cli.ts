import type { LinuxImage } from "../plan/images";
import { RETRY } from "./shell";

/**
 * How the AWS CLI gets onto the image, from where its makers publish it for that distribution. Amazon Linux has it, but not
 * its minimal images, nor what ECS makes of it for itself and for Batch; Ubuntu 24.04 has no package of it, and AWS publishes a snap (AWS CLI User Guide, "Installing").
 */
const CLI: Readonly<Record<LinuxImage, readonly string[]>> = {
  al2023: ["dnf install -y awscli-2"],
  "ecs-al2023": ["dnf install -y awscli-2"],
  "ubuntu-22.04": ["snap wait system seed.loaded", "snap install aws-cli --classic"],
  "ubuntu-24.04": ["snap wait system seed.loaded", "snap install aws-cli --classic"],
  "debian-12": [
    "apt-get -o DPkg::Lock::Timeout=300 update",
    "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends awscli",
  ],
};

/** Blocks of a script that install the AWS CLI where it is missing. They need `fail`, which says what it was for. */
export function awsCli(image: LinuxImage, purpose: string): readonly string[] {
  const install = CLI[image].map(
    (command) => `  retry ${command} || fail "${purpose}: the AWS CLI cannot be installed"`,
  );
  return [
    RETRY,
    ['export PATH="$PATH:/snap/bin"', "if ! command -v aws > /dev/null; then", ...install, "fi"].join("\n"),
  ];
}
