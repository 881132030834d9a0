/** Components that resources are made by, as their URNs tell. */
import { label } from "./machine/resource";

interface Argument {
  /** What of the child the argument sets: the beginning of a property path. */
  readonly sets: string;
  readonly how: string;
}

/** Arguments of this package's components, by what they set on the resources that these make. */
const OWN: readonly Argument[] = [
  { sets: "metadataOptions.httpPutResponseHopLimit", how: "its argument containerHost" },
  { sets: "metadataOptions", how: "its argument imds" },
  { sets: "userData", how: "its arguments userData, secrets, allowedUsers and patching" },
  { sets: "iamInstanceProfile", how: "its argument profile, or grants" },
  { sets: "networkInterfaces", how: "its arguments associatePublicIpAddress and securityGroupIds" },
  { sets: "associatePublicIpAddress", how: "its argument associatePublicIpAddress" },
  { sets: "vpcSecurityGroupIds", how: "its argument securityGroupIds" },
  { sets: "launchTemplate", how: "its argument template" },
  { sets: "assumeRolePolicy", how: "its argument transform" },
  { sets: "", how: "its argument grants" },
];

const OWN_COMPONENT = /^ec2-hardening:index:Hardened/;

/** Arguments of well-known components that set metadata options on the machines they make. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["eks:index:ManagedNodeGroup", "its argument enableIMDSv2: true, or a launchTemplate of your own"],
]);

const NO_COMPONENT = /^(pulumi:|aws:|aws-native:)/;

function argumentFor(component: string, path: string): string {
  if (OWN_COMPONENT.test(component)) return OWN.find(({ sets }) => path.startsWith(sets))?.how ?? "";
  return ARGUMENTS.get(component) ?? "an argument of the component, if it has one";
}

/** Components of this package make others of it: the one that the program makes has the argument. */
function outermostOwn(components: readonly string[]): string | undefined {
  const own = components.findIndex((type) => OWN_COMPONENT.test(type));
  return own === -1 ? components.at(-1) : components[own];
}

/**
 * Who made a resource and how to set a property of it there, by the property's path; undefined for a resource that the
 * program makes itself.
 */
export function componentOf(urn: string, path: string): string | undefined {
  const [, , types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  const parents = types
    .split("$")
    .slice(0, -1)
    .filter((type) => !NO_COMPONENT.test(type));
  const component = outermostOwn(parents);
  if (component === undefined || name.length === 0) return undefined;
  return `It is made by a component (${label({ name: component })}): set this through ${argumentFor(component, path)}, or with the resource option transforms.`;
}
