/** Types that YAML programs of the engine suite use, with their properties: the YAML host refuses any other. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": ["ami", "instanceType", "keyName", "launchTemplate", "metadataOptions"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["imageId", "metadataOptions", "updateDefaultVersion"],
  "aws:secretsmanager/secret:Secret": ["name", "arn"],
  "aws-native:ec2:Instance": ["imageId", "instanceType", "keyName", "metadataOptions"],
};

/** The part of a package's Pulumi schema that a YAML program needs. */
export function yamlSchema(packageName: string): unknown {
  const own = Object.entries(TYPES).filter(([type]) => type.startsWith(`${packageName}:`));
  const resources = Object.fromEntries(own.map(([type, names]) => [type, resourceSchema(names)]));
  return { name: packageName, version: "7.48.0", resources };
}

function resourceSchema(names: readonly string[]): unknown {
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: "pulumi.json#/Any" }]));
  return { properties, inputProperties: properties };
}
