/** Services that hide their machines: Image Builder, SageMaker, EMR, Lightsail. */
import { integer, MALFORMED, type Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Attribute, Launch, Reading } from "../launch";
import {
  blockSetter,
  byName,
  describeOnly,
  launch,
  launchFrom,
  machine,
  mapTags,
  networkOf,
  NOTHING,
  onlyOptions,
  setIn,
  userData,
  type Readers,
} from "../parts";

function buildInfrastructure(properties: Cursor): Launch {
  const block = properties.block("instanceMetadataOptions");
  return launch(properties, {
    options: onlyOptions(block, {
      httpTokens: block.at("httpTokens").fact,
      httpPutResponseHopLimit: block.at("httpPutResponseHopLimit").fact,
    }),
    expresses: new Set(["httpTokens", "httpPutResponseHopLimit"] as const),
    setter: blockSetter("instanceMetadataOptions"),
    saysNothing: block.isAbsent,
    service: { name: "EC2 Image Builder", runsContainers: false, patches: true, isHidden: true },
    profile: byName("instance profile", properties.at("instanceProfileName")),
    keyName: properties.at("keyPair").fact,
    tags: () => mapTags(properties.at("tags"), properties.at("resourceTags")),
    network: networkOf({ securityGroups: ["securityGroupIds"], subnet: "subnetId" }, properties),
  });
}

/** Scripts that a machine runs at boot, where nothing is said of metadata options: of a recipe's build machine, of a notebook. */
function bootScripts(...scripts: readonly Cursor[]): Reading {
  const launches = scripts.map((at) =>
    launch(at, {
      options: onlyOptions(at, {}),
      expresses: NOTHING,
      setter: describeOnly(blockSetter("metadataOptions").describe),
      userData: userData(at, "base64"),
    }),
  );
  return { role: "context", launches };
}

/** The lowest version that is accepted, as a state of the tokens. */
function tokensFromVersion(at: Cursor): Fact {
  const { fact } = at;
  if (fact.state !== "known") return fact;
  const version = integer(fact.value);
  if (version !== 1 && version !== 2) return { ...fact, value: MALFORMED };
  return { ...fact, value: version === 2 ? "required" : "optional", shown: `is ${JSON.stringify(fact.value)}` };
}

const NOTEBOOK_BLOCK = "instanceMetadataServiceConfiguration";

function notebook(properties: Cursor): Launch {
  const version = properties.block(NOTEBOOK_BLOCK).at("minimumInstanceMetadataServiceVersion");
  return launch(properties, {
    options: onlyOptions(version, { httpTokens: tokensFromVersion(version) }),
    expresses: new Set(["httpTokens"] as const),
    setter: {
      describe: () => `${NOTEBOOK_BLOCK}: { minimumInstanceMetadataServiceVersion: "2" }`,
      apply: (inputs) => setIn(inputs, NOTEBOOK_BLOCK, { minimumInstanceMetadataServiceVersion: "2" }),
    },
    service: {
      name: "Amazon SageMaker",
      runsContainers: false,
      principal: "sagemaker",
      patches: true,
      isHidden: true,
    },
    ignoresAccount: true,
    profile: byName("role", properties.at("roleArn")),
  });
}

/** EMR reads its options from a JSON document (EMR Management Guide, "Create a security configuration"). */
function emrSecurity(document: Cursor, isText: boolean): Reading {
  const block = parsed(document, isText).block("InstanceMetadataServiceConfiguration");
  const version = block.at("MinimumInstanceMetadataServiceVersion");
  return {
    role: "template",
    launches: [
      launch(document, {
        path: "",
        options: onlyOptions(block, {
          httpTokens: tokensFromVersion(version),
          httpPutResponseHopLimit: block.at("HttpPutResponseHopLimit").fact,
        }),
        expresses: new Set(["httpTokens", "httpPutResponseHopLimit"] as const),
        setter: describeOnly((attribute, value) => `${emrSetting(attribute, value)} in ${document.path}`),
        ignoresAccount: true,
        service: EMR,
      }),
    ],
  };
}

const EMR = { name: "Amazon EMR", runsContainers: false, patches: true };

/** `aws` takes the document as text alone, CloudFormation as an object too. */
function parsed(document: Cursor, isText: boolean): Cursor {
  if (document.isAbsent || document.isUnknown) return document;
  if (document.text === undefined) return isText ? document.replace(MALFORMED) : document;
  try {
    return document.replace(JSON.parse(document.text));
  } catch {
    return document.replace(MALFORMED);
  }
}

const EMR_GROUPS = [
  "emrManagedMasterSecurityGroup",
  "emrManagedSlaveSecurityGroup",
  "additionalMasterSecurityGroups",
  "additionalSlaveSecurityGroups",
];

function emrCluster(properties: Cursor): Launch {
  const attributes = properties.block("ec2Attributes");
  const named = properties.at("securityConfiguration");
  const parts = {
    expresses: new Set(["httpTokens", "httpPutResponseHopLimit"] as const),
    setter: describeOnly(
      (attribute, value) =>
        `securityConfiguration to an aws.emr.SecurityConfiguration with ${emrSetting(attribute, value)}`,
    ),
    service: EMR,
    ignoresAccount: true,
    profile: byName("instance profile", attributes.at("instanceProfile")),
    keyName: attributes.at("keyName").fact,
    network: networkOf({ securityGroups: EMR_GROUPS, subnet: "subnetId", subnets: ["subnetIds"] }, attributes),
  };
  return launchFrom(properties, byName("security configuration", named), parts, named);
}

function emrSetting(attribute: Attribute, value: string | number): string {
  const isTokens = attribute === "httpTokens";
  const setting = isTokens ? "MinimumInstanceMetadataServiceVersion: 2" : `HttpPutResponseHopLimit: ${String(value)}`;
  return `InstanceMetadataServiceConfiguration: { ${setting} }`;
}

function lightsail(properties: Cursor): Reading {
  const reading = bootScripts(properties.at("userData"));
  return {
    ...reading,
    launches: reading.launches.map((l) => ({ ...l, userData: userData(properties.at("userData"), "plain") })),
  };
}

export const readers: Readers = {
  "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration": (properties) =>
    machine(buildInfrastructure(properties)),
  "aws-native:imagebuilder:InfrastructureConfiguration": (properties) => machine(buildInfrastructure(properties)),
  "aws:imagebuilder/imageRecipe:ImageRecipe": (properties) => bootScripts(properties.at("userDataBase64")),
  "aws-native:imagebuilder:ImageRecipe": (properties) =>
    bootScripts(properties.block("additionalInstanceConfiguration").at("userDataOverride")),
  "aws:sagemaker/notebookInstance:NotebookInstance": (properties) => machine(notebook(properties)),
  "aws-native:sagemaker:NotebookInstance": (properties) => machine(notebook(properties)),
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": (properties) =>
    bootScripts(properties.at("onCreate"), properties.at("onStart")),
  "aws-native:sagemaker:NotebookInstanceLifecycleConfig": (properties) =>
    bootScripts(...["onCreate", "onStart"].flatMap((key) => properties.items(key).map((item) => item.at("content")))),
  "aws:emr/cluster:Cluster": (properties) => machine(emrCluster(properties)),
  "aws:emr/securityConfiguration:SecurityConfiguration": (properties) =>
    emrSecurity(properties.at("configuration"), true),
  "aws-native:emr:SecurityConfiguration": (properties) => emrSecurity(properties.at("securityConfiguration"), false),
  "aws:lightsail/instance:Instance": lightsail,
  "aws-native:lightsail:Instance": lightsail,
};
