/** What components take. One declaration for the shells, which create resources, and for the plan, which decides. */
import type * as pulumi from "@pulumi/pulumi";
import type * as aws from "@pulumi/aws";
import type { HardenedInstanceProfile } from "./hardened-instance-profile";
import type { HardenedLaunchTemplate } from "./hardened-launch-template";
import type { RebootWindow } from "./boot/patching";
import type { SecretArgs } from "./boot/secrets";
import type { Grant } from "./plan/grants";
import type { Architecture, Image } from "./plan/images";

/**
 * Changes what the component gives to a resource that it makes: in place, `(args) => { args.ebsOptimized = true; }`, or by
 * returning other arguments, `(args) => ({ ...args, ebsOptimized: true })`. Options are changed in place.
 */
export type Transform<Args> = (args: Args, opts: pulumi.CustomResourceOptions) => void;

/** The root volume of a machine. It is always encrypted. */
export interface RootVolumeArgs {
  /**
   * Size in GiB.
   * @default that of the image
   */
  readonly size?: number;
  /** @default "gp3" */
  readonly type?: "gp3" | "gp2" | "io1" | "io2";
  /**
   * Operations a second, which `io1` and `io2` need.
   * @default that of the type: 3000 for `gp3`
   */
  readonly iops?: number;
  /**
   * ARN of the KMS key that encrypts it.
   * @default the account's key for EBS
   */
  readonly kmsKeyId?: pulumi.Input<string>;
}

/** A file that is written at the first boot. */
export interface FileArgs {
  /** Absolute path. */
  readonly path: string;
  /** Text of the file. Exactly one of `content` and `contentBase64`. */
  readonly content?: pulumi.Input<string>;
  /** Bytes of the file, in base64. */
  readonly contentBase64?: pulumi.Input<string>;
  /**
   * User, or `user:group`, by name. They may be made by settings of cloud-init or come with a package.
   * @default "root:root"
   */
  readonly owner?: string;
  /**
   * Octal digits.
   * @default "0644"
   */
  readonly permissions?: string;
}

/**
 * What a machine does at its first boot. On Windows scripts and commands are one script of PowerShell, which stops at the
 * first error, and there is nothing else; what programs exit with (`$LASTEXITCODE`) it has to look at itself.
 */
export interface UserDataArgs {
  readonly files?: readonly FileArgs[];
  /** Settings of cloud-init, as an object or as YAML: `{ packages: ["nginx"] }`. What `runcmd` has goes to `commands`. */
  readonly cloudConfig?: Readonly<Record<string, unknown>> | pulumi.Input<string>;
  /** Programs, each beginning with `#!` and what runs it. The first that fails ends the row. */
  readonly scripts?: readonly pulumi.Input<string>[];
  /** Lines for one shell (bash), which stops at the first command that fails. One entry may hold several, or a part of one. */
  readonly commands?: readonly pulumi.Input<string>[];
}

/** What instances and launch templates have in common. */
export interface MachineArgs {
  /**
   * The operating system: its current image is looked up in the public parameters of Systems Manager. Where `ami` is given,
   * it says which system that image has.
   * @default "al2023"
   */
  readonly image?: Image;
  /**
   * Id of the image to start from.
   * @default the current image of the operating system
   */
  readonly ami?: pulumi.Input<string>;
  /** @default "t3.micro" */
  readonly instanceType?: pulumi.Input<string>;
  /** @default that of the instance type */
  readonly architecture?: Architecture;
  /**
   * The metadata service: `required` takes requests with a token only; `off` has none, and nothing that needs it;
   * `boot-only` turns it off when the machine has booted, and keeps in /var/lib/ec2-hardening/metadata.json and
   * metadata.env (`EC2_INSTANCE_ID`, `AWS_REGION` and others), which root alone reads, what programs ask it for. Until
   * then every process reaches it, unless `allowedUsers` says who: an empty list leaves it to root alone. The role's
   * credentials, and with them what `grants` gives, run out within 6 hours after it. Before an image is made of such a
   * machine, run `cloud-init clean` and remove /etc/cloud/cloud.cfg.d/99-ec2-hardening-boot-only.cfg: what starts from it
   * takes itself for the old machine otherwise. Where nothing on the machine needs the service, it is off.
   * @default "required"
   */
  readonly imds?: "required" | "off" | "boot-only";
  /**
   * Other users of the operating system than root that reach the metadata service. An empty list is root alone. EC2 Instance
   * Connect fetches its keys as `ec2-instance-connect`: name that user where people connect by it.
   * @default every user reaches it
   */
  readonly allowedUsers?: readonly string[];
  /**
   * Whether containers on a bridge network need the metadata service: tokens then travel two hops, and nothing else that
   * the machine forwards reaches it. Tasks of ECS and pods of EKS that have roles of their own need it not.
   * @default false
   */
  readonly containerHost?: boolean;
  /**
   * Network interfaces behind which these containers are, `*` at the end for any rest: `br-apps`, `eni*`.
   * @default ["docker0"] with containerHost, ["eni*"] where EKS launches the machine
   */
  readonly containerInterfaces?: readonly string[];
  /**
   * What the machine does at its first boot, in this order: files, settings of cloud-init, scripts, commands. It is no
   * place for secrets.
   */
  readonly userData?: UserDataArgs;
  /**
   * Secrets that the machine fetches at each boot, into memory. Its own role may read just these; with `profile` that has to be
   * a HardenedInstanceProfile whose `grants` allow it.
   */
  readonly secrets?: readonly SecretArgs[];
  /**
   * The instance profile to carry: a component, or the name of a profile from elsewhere. Its role stays as it is: what `secrets`
   * and `imds: "boot-only"` take stands in the grants of the component (`grantReadSecret`, `grantReadParameter`,
   * `grantBootOnly`), and beside a name neither can be had.
   * @default one of its own, where something on the machine needs a role
   */
  readonly profile?: HardenedInstanceProfile | pulumi.Input<string>;
  /**
   * What the machine's own role may do.
   * @default nothing but what the other arguments take
   */
  readonly grants?: readonly Grant[];
  /** ARN of the policy that bounds what the machine's own role may do. */
  readonly permissionsBoundary?: pulumi.Input<string>;
  /**
   * Whether people get on the machine by Session Manager.
   * @default true, unless `imds` is `off` or `boot-only`, since the agent needs the role's credentials, or `image` is
   * `debian-12`, whose images have no agent
   */
  readonly sessionManager?: boolean;
  /**
   * Which updates the machine installs, at its first boot and daily. Where they cannot be fetched, the console and the journal
   * say so, the machine boots on, and they are tried again each day.
   * @default "security"; "off" on Windows, where `imds` is `off`, and on hosts of ECS, EKS and Batch, which new images update:
   * beneath running containers, Docker would be restarted
   */
  readonly patching?: "security" | "all" | "off";
  /**
   * When it may restart for updates that need it.
   * @default never
   */
  readonly rebootWindow?: RebootWindow;
  /** @default encrypted, gp3, the image's size */
  readonly rootVolume?: RootVolumeArgs;
  /**
   * Detailed monitoring: metrics every minute, which are paid for.
   * @default false
   */
  readonly monitoring?: boolean;
  /**
   * Tags of machine, root volume and role, beside Name, which is the component's. What starts from a template has them on all
   * volumes and network interfaces.
   */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Name of an EC2 key pair, for SSH.
   * @default none
   */
  readonly keyName?: pulumi.Input<string>;
  /** @default false */
  readonly associatePublicIpAddress?: boolean;
  /** @default the default security group of the VPC */
  readonly securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
}

export interface HardenedInstanceArgs extends MachineArgs {
  /**
   * Subnet of the machine. It has no public address: for Session Manager, updates and secrets the subnet needs a route to a NAT
   * gateway, or VPC endpoints for `ssm`, `ssmmessages`, `ec2messages` and, as a gateway, `s3`, whose buckets are the
   * repositories of Amazon Linux; other systems fetch updates over the internet. `secrets` from Secrets Manager take an
   * endpoint for `secretsmanager`, and `imds: "boot-only"` one for `ec2`.
   * @default a subnet of the default VPC: it is public, so that a machine without a public address reaches nothing from there
   * without endpoints
   */
  readonly subnetId?: pulumi.Input<string>;
  /**
   * Whether a machine that runs is replaced when its image is another one.
   * @default true where `ami` is written out, false where the image is looked up
   */
  readonly replaceOnNewImage?: boolean;
  /**
   * Whether a machine that runs is replaced when its user data is other: what `userData`, `secrets`, `allowedUsers` and
   * `patching` ask for. User data runs at the first boot. Where the machine stays, Pulumi stops it, changes the text and
   * starts it again, and nothing of the change happens. What is on its disks is lost with the machine.
   * @default false
   */
  readonly replaceOnNewUserData?: boolean;
  /**
   * An `aws.ec2.Instance` of this program, by its name or whole URN, that becomes this component's machine. It is not
   * replaced: image, root volume, public address and user data stay as they were. What user data does is refused beside it,
   * because it runs at the first boot: `allowedUsers`, `containerHost`, `secrets`, `userData`, `patching` and
   * `imds: "boot-only"`.
   * @default none: the machine is a new one
   */
  readonly adopt?: string;
  /** Changes to single resources. */
  readonly transform?: ProfileTransforms & { readonly instance?: Transform<aws.ec2.InstanceArgs> };
}

/** A service that launches machines from a template and decides itself what role they carry and how they join it. */
export type LaunchingService = "eks" | "batch";

export interface HardenedLaunchTemplateArgs extends MachineArgs {
  /**
   * The service that launches machines from this template: `eks` for a managed node group, `batch` for a compute environment.
   * The template leaves out what the service refuses or decides: the role of `profile` is for its `nodeRoleArn`, the profile
   * for its `instanceRole`; the image is its own for Amazon Linux 2023, unless `ami` is given, and so are instance types and
   * security groups. User data is a message that it can add to. To nodes of a given `ami` EKS adds nothing, and they do not
   * join by themselves: let `userData.commands` run `nodeadm init` with a `NodeConfig` among `userData.files`.
   * @default none: a group, a fleet or a capacity provider takes the template as it is
   */
  readonly launchedBy?: LaunchingService;
  /** Changes to single resources. */
  readonly transform?: ProfileTransforms & { readonly launchTemplate?: Transform<aws.ec2.LaunchTemplateArgs> };
}

/** How the machines of a group are replaced when their template changes. */
export interface InstanceRefreshArgs {
  /**
   * Percentage of the group that stays in service meanwhile.
   * @default 90
   */
  readonly minHealthyPercentage?: number;
  /**
   * Seconds for which a new machine warms up.
   * @default the group's health check grace period
   */
  readonly instanceWarmup?: number;
}

export interface HardenedAutoScalingGroupArgs extends MachineArgs {
  /** Subnets that the machines start in. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The template of the machines. The arguments that describe a machine are then the template's.
   * @default one of its own
   */
  readonly template?: HardenedLaunchTemplate;
  /** @default 1 */
  readonly minSize?: number;
  /** @default minSize */
  readonly maxSize?: number;
  /** @default minSize, and then what scaling makes of it */
  readonly desiredCapacity?: number;
  /** Target groups of load balancers. */
  readonly targetGroupArns?: pulumi.Input<pulumi.Input<string>[]>;
  /** @default "ELB" with target groups, else "EC2" */
  readonly healthCheckType?: "EC2" | "ELB";
  /**
   * Seconds before a new machine's health counts.
   * @default 300
   */
  readonly healthCheckGracePeriod?: number;
  /** @default machines are replaced a few at a time */
  readonly instanceRefresh?: InstanceRefreshArgs | false;
  /** Changes to single resources. */
  readonly transform?: HardenedLaunchTemplateArgs["transform"] & {
    readonly autoScalingGroup?: Transform<aws.autoscaling.GroupArgs>;
  };
}

/** Changes to the resources of an instance profile. */
export interface ProfileTransforms {
  readonly role?: Transform<aws.iam.RoleArgs>;
  readonly rolePolicy?: Transform<aws.iam.RolePolicyArgs>;
  readonly instanceProfile?: Transform<aws.iam.InstanceProfileArgs>;
}

export interface HardenedInstanceProfileArgs {
  /**
   * What machines that carry it may do.
   * @default nothing but what sessions need
   */
  readonly grants?: readonly Grant[];
  /**
   * Whether people get on these machines by Session Manager.
   * @default true
   */
  readonly sessionManager?: boolean;
  /** ARN of the policy that bounds what the role may do. */
  readonly permissionsBoundary?: pulumi.Input<string>;
  /** Tags of role and profile, beside Name. */
  readonly tags?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Changes to single resources. */
  readonly transform?: ProfileTransforms;
}
