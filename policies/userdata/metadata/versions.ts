/**
 * Software that asks the metadata service, with the first version that speaks version 2. SDKs: EC2 User Guide, "Use a
 * supported AWS SDK". Agents: their release notes, or the issue in which the maintainers name the version.
 */
export interface Software {
  readonly name: string;
  readonly minimum: string;
  /** Versions of this number and later carry the same name but are something else. */
  readonly below?: string;
}

/** How a package is named and its versions are written. */
export type Ecosystem =
  "pip" | "conda" | "npm" | "gem" | "composer" | "go" | "java" | "nuget" | "powershell" | "system" | "image";

const CLI: Software = { name: "AWS CLI", minimum: "1.16.289" };
const BOTO3: Software = { name: "boto3", minimum: "1.12.6" };
const BOTOCORE: Software = { name: "botocore", minimum: "1.13.25" };
const RUBY: Software = { name: "AWS SDK for Ruby", minimum: "3.79.0" };
const PHP: Software = { name: "AWS SDK for PHP", minimum: "3.147.7" };
const JAVA: Software = { name: "AWS SDK for Java", minimum: "1.11.678" };
const JAVA2: Software = { name: "AWS SDK for Java 2.x", minimum: "2.10.21" };
const NODE: Software = { name: "AWS SDK for JavaScript", minimum: "2.722.0" };
const GO: Software = { name: "AWS SDK for Go", minimum: "1.25.38" };
const GO2: Software = { name: "AWS SDK for Go v2", minimum: "0.19.0" };
const CPP: Software = { name: "AWS SDK for C++", minimum: "1.7.229" };
const NET: Software = { name: "AWS SDK for .NET", minimum: "3.3.634.1" };
const POWERSHELL: Software = { name: "AWS Tools for PowerShell", minimum: "4.0.1.0" };
/** amazon-ssm-agent#277 */
const SSM: Software = { name: "SSM agent", minimum: "2.3.814.0" };
/** aws-codedeploy-agent#263 */
const CODEDEPLOY: Software = { name: "CodeDeploy agent", minimum: "1.2.0" };
/** amazon-kinesis-agent#246 */
const KINESIS: Software = { name: "Kinesis agent", minimum: "2.0.0" };
/** DataDog/documentation#27666 */
export const DATADOG: Software = { name: "Datadog agent", minimum: "7.64.0" };
/** containers-roadmap#670, amazon-ecs-agent#2326 */
const ECS: Software = { name: "ECS agent", minimum: "1.36.0" };
/** cloud-init#55, the release after it */
const CLOUD_INIT: Software = { name: "cloud-init", minimum: "20.1" };
/** efs-utils, release 1.22 */
const EFS: Software = { name: "amazon-efs-utils", minimum: "1.22" };
/** Launchpad bug 1882389 */
const CLOUD_UTILS: Software = { name: "cloud-utils", minimum: "0.32" };
/** kube2iam#376 */
const KUBE2IAM: Software = { name: "kube2iam", minimum: "0.13.0" };
/** kiam#381 */
const KIAM: Software = { name: "kiam", minimum: "3.6" };
/** fluent-bit-docs#610 */
const FLUENT_BIT: Software = { name: "Fluent Bit", minimum: "1.8.8" };
/** aws-for-fluent-bit#259 */
const AWS_FLUENT_BIT: Software = { name: "AWS for Fluent Bit", minimum: "2.21.0" };
/** aws-node-termination-handler#22 */
const NTH: Software = { name: "Node Termination Handler", minimum: "1.3.0" };
/** PyPI, change log of 2.2.0 */
const EC2_METADATA: Software = { name: "ec2-metadata", minimum: "2.2.0" };
/** Release notes of 1.14.2 */
const NEW_RELIC: Software = { name: "New Relic infrastructure agent", minimum: "1.14.2" };

type Packages = readonly (readonly [name: RegExp, software: Software])[];

const PYTHON: Packages = [
  [/^boto3$/, BOTO3],
  [/^botocore$/, BOTOCORE],
  [/^awscli$/, CLI],
  [/^ec2[-_.]metadata$/, EC2_METADATA],
];

/** Names of packages, in small letters. */
export const PACKAGES: Readonly<Record<Ecosystem, Packages>> = {
  pip: PYTHON,
  conda: PYTHON,
  npm: [[/^aws-sdk$/, NODE]],
  gem: [
    [/^aws-sdk-core$/, RUBY],
    [/^aws-sdk(?:-resources)?$/, { ...RUBY, below: "3" }],
  ],
  composer: [[/^aws\/aws-sdk-php$/, PHP]],
  go: [
    [/^github\.com\/aws\/aws-sdk-go$/, GO],
    [/^github\.com\/aws\/aws-sdk-go-v2$/, GO2],
  ],
  java: [
    [/^com\.amazonaws:aws-java-sdk[\w-]{0,60}$/, JAVA],
    [/^software\.amazon\.awssdk:[\w-]{1,60}$/, JAVA2],
  ],
  nuget: [[/^awssdk(?:\.\w{1,60})?$/, NET]],
  powershell: [[/^(?:awspowershell(?:\.netcore)?|aws\.tools\.(?!installer$)\w{1,60})$/, POWERSHELL]],
  system: [
    [/^(?:awscli|aws-cli|python3?-awscli|amazon\.awscli)$/, CLI],
    [/^py(?:thon)?[23]?-boto3$|^boto3$/, BOTO3],
    [/^py(?:thon)?[23]?-botocore$|^botocore$/, BOTOCORE],
    [/^amazon-ssm-agent$/, SSM],
    [/^codedeploy-agent$/, CODEDEPLOY],
    [/^aws-kinesis-agent$/, KINESIS],
    [/^datadog-agent$/, DATADOG],
    [/^(?:amazon-)?ecs-init$/, ECS],
    [/^cloud-init$/, CLOUD_INIT],
    [/^amazon-efs-utils$/, EFS],
    [/^cloud-(?:guest-|image-)?utils$/, CLOUD_UTILS],
    [/^(?:td-agent-bit|fluent-bit)$/, FLUENT_BIT],
    [/^newrelic-infra$/, NEW_RELIC],
    [/^awstools\.powershell$/, POWERSHELL],
  ],
  image: [
    [/(?:^|\/)aws-cli$/, CLI],
    [/(?:^|\/)amazon-ecs-agent$/, ECS],
    [/(?:^|\/)kube2iam$/, KUBE2IAM],
    [/(?:^|\/)kiam$/, KIAM],
    [/^(?:.{0,80}\/)?datadog(?:hq)?\/agent$/, DATADOG],
    [/(?:^|\/)aws-for-fluent-bit$/, AWS_FLUENT_BIT],
    [/(?:^|\/)fluent-bit$/, FLUENT_BIT],
    [/(?:^|\/)aws-node-termination-handler$/, NTH],
    [/^newrelic\/infrastructure(?:-bundle)?$/, NEW_RELIC],
  ],
};

/** Names in addresses and names of files, with what may stand between them and a version. */
export const DOWNLOADS: Packages = [
  [/(?<![\w-])awscli(?:-bundle)?[-_]v?(?=\d)|AWSCLI(?:32|64)(?:PY3)?-(?=\d)/gi, CLI],
  [
    /\/(?:SSMAgent|amazon-ssm-[a-z]{2}(?:-[a-z]{1,9}){1,2}-\d)\/(?=\d)|(?<![\w-])amazon-ssm-agent(?:[-_]|\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi,
    SSM,
  ],
  [/(?<![\w-])codedeploy-agent(?:[-_]|\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi, CODEDEPLOY],
  [
    /(?<![\w-])(?:aws|amazon)-kinesis-agent(?:[-_]|\/(?:archive|tags|releases\/download)\/(?:refs\/tags\/)?)v?(?=\d)/gi,
    KINESIS,
  ],
  [/(?<![\w-])ecs-(?:agent|init)[-_/]v?(?=\d)/gi, ECS],
  [/(?<![\w-])(?:datadog-agent[-_](?:\d:)?|ddagent-cli-)(?=\d)/gi, DATADOG],
  [/(?<![\w-])aws-java-sdk(?:-[a-z]{1,20}){0,3}-(?=\d)|com\/amazonaws\/aws-java-sdk[\w-]{0,40}\/(?=\d)/gi, JAVA],
  [/software\/amazon\/awssdk\/[\w-]{1,40}\/(?=\d)/gi, JAVA2],
  [/(?<![\w-])aws-sdk-php(?:-|\/(?:releases\/download|archive)\/(?:refs\/tags\/)?)v?(?=\d)/gi, PHP],
  [/(?<![\w-])aws-sdk-cpp(?:-|\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi, CPP],
  [/(?<![\w-])aws-sdk-go-v2\/archive\/(?:refs\/tags\/)?v?(?=\d)/gi, GO2],
  [/(?<![\w-])aws-sdk-go\/archive\/(?:refs\/tags\/)?v?(?=\d)/gi, GO],
  [/(?<![\w-])(?:amazon-efs-utils[-_]|efs-utils\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi, EFS],
  [/(?<![\w-])boto3(?:-|(?:\.git)?@v?)(?=\d)/gi, BOTO3],
  [/(?<![\w-])botocore(?:-|(?:\.git)?@v?)(?=\d)/gi, BOTOCORE],
  [/(?<![\w-])kube2iam(?:-|\/releases\/download\/|\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi, KUBE2IAM],
  [/(?<![\w-])kiam(?:-|\/releases\/download\/|\/archive\/(?:refs\/tags\/)?)v?(?=\d)/gi, KIAM],
  [/(?<![\w-])aws-node-termination-handler\/releases\/download\/v?(?=\d)/gi, NTH],
];

/** Repositories that are cloned at a tag. */
export const REPOSITORIES: Packages = [
  [/\/aws-sdk-cpp(?:\.git)?$/, CPP],
  [/\/boto3(?:\.git)?$/, BOTO3],
  [/\/botocore(?:\.git)?$/, BOTOCORE],
  [/\/aws-cli(?:\.git)?$/, CLI],
  [/\/aws-sdk-php(?:\.git)?$/, PHP],
  [/\/aws-sdk-go(?:\.git)?$/, GO],
  [/\/efs-utils(?:\.git)?$/, EFS],
  [/\/amazon-kinesis-agent(?:\.git)?$/, KINESIS],
  [/\/kube2iam(?:\.git)?$/, KUBE2IAM],
  [/\/kiam(?:\.git)?$/, KIAM],
];

/** Whether a text may name any of them. */
export function mayPin(text: string): boolean {
  return text.length > 5 && NAMES.test(text);
}

const NAMES =
  /boto|awscli|aws-cli|aws[-_.]?(?:sdk|java|tools|powershell)|awssdk|ssm-?agent|amazon-ssm|codedeploy|kinesis-agent|datadog|ddagent|DD_AGENT|ecs-(?:init|agent)|cloud-(?:init|utils|guest)|efs-utils|kube2iam|kiam|fluent-bit|agent-bit|termination-handler|ec2.metadata|newrelic/i;
