/** Images that components start from, by the public parameters in which their makers keep the current one. */

export const IMAGES = [
  "al2023",
  "ecs-al2023",
  "ubuntu-22.04",
  "ubuntu-24.04",
  "debian-12",
  "windows-2022",
  "windows-2025",
] as const;

/** An operating system that components know: which image to start from, and which language its user data speaks. */
export type Image = (typeof IMAGES)[number];

/** Processor architecture of a machine. */
export type Architecture = "x86_64" | "arm64";

interface ImageFacts {
  /** The SSM parameter that holds the id of the current image; undefined where there is none for the architecture. */
  readonly parameter: (architecture: Architecture) => string | undefined;
  /** Device name of the root volume in the image. */
  readonly rootDevice: string;
  readonly family: "amazon-linux" | "debian" | "windows";
  /** Whether SSM Agent, which Session Manager needs, is in the image. */
  readonly hasAgent: boolean;
}

/**
 * Sources: Systems Manager User Guide, "Discovering public parameters" and "Find AMIs with the SSM Agent preinstalled"; Ubuntu
 * on AWS, "Find Ubuntu images"; Debian wiki, Cloud/AmazonEC2Image; ECS Developer Guide, "Retrieving Amazon ECS-optimized Linux
 * AMI metadata".
 */
const FACTS: Readonly<Record<Image, ImageFacts>> = {
  al2023: {
    parameter: (architecture) => `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`,
    rootDevice: "/dev/xvda",
    family: "amazon-linux",
    hasAgent: true,
  },
  "ecs-al2023": {
    parameter: (architecture) =>
      `/aws/service/ecs/optimized-ami/amazon-linux-2023${architecture === "arm64" ? "/arm64" : ""}/recommended/image_id`,
    rootDevice: "/dev/xvda",
    family: "amazon-linux",
    hasAgent: true,
  },
  "ubuntu-22.04": ubuntu("22.04", "ebs-gp2"),
  "ubuntu-24.04": ubuntu("24.04", "ebs-gp3"),
  "debian-12": {
    parameter: (architecture) => `/aws/service/debian/release/12/latest/${debianName(architecture)}`,
    rootDevice: "/dev/xvda",
    family: "debian",
    hasAgent: false,
  },
  "windows-2022": windows("2022"),
  "windows-2025": windows("2025"),
};

function ubuntu(release: string, storage: string): ImageFacts {
  const base = `/aws/service/canonical/ubuntu/server/${release}/stable/current`;
  return {
    parameter: (architecture) => `${base}/${debianName(architecture)}/hvm/${storage}/ami-id`,
    rootDevice: "/dev/sda1",
    family: "debian",
    hasAgent: true,
  };
}

function windows(release: string): ImageFacts {
  const parameter = `/aws/service/ami-windows-latest/Windows_Server-${release}-English-Full-Base`;
  return {
    parameter: (architecture) => (architecture === "x86_64" ? parameter : undefined),
    rootDevice: "/dev/sda1",
    family: "windows",
    hasAgent: true,
  };
}

function debianName(architecture: Architecture): string {
  return architecture === "x86_64" ? "amd64" : "arm64";
}

export function imageFacts(image: Image): ImageFacts {
  return FACTS[image];
}

export type WindowsImage = Extract<Image, `windows-${string}`>;

/** Images of Linux, whose packages and services differ. */
export type LinuxImage = Exclude<Image, WindowsImage>;

export type AmazonLinuxImage = Extract<Image, `${string}al2023`>;

export function isWindows(image: Image): image is WindowsImage {
  return FACTS[image].family === "windows";
}

export function isAmazonLinux(image: Image): image is AmazonLinuxImage {
  return FACTS[image].family === "amazon-linux";
}

/**
 * Graviton's families carry a `g` after their generation: t4g, m7gd, c8gn; a1 was the first. Those with `gb` and a number at
 * the end, such as p6e-gb200, have Grace processors of NVIDIA.
 */
export function architectureOf(instanceType: string): Architecture {
  const [family = ""] = instanceType.split(".");
  return /^(?:a1|[a-z]+\d+g[a-z-]*|[a-z]+\d+[a-z]*-gb\d+)$/.test(family) ? "arm64" : "x86_64";
}
