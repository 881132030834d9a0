/** Components that resources are made by, as their URNs tell. */
import { label } from "./machine/resource";

/** Arguments of well-known components that set metadata options on the machines they make. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map([
  ["eks:index:ManagedNodeGroup", "its argument enableIMDSv2: true, or a launchTemplate of your own"],
]);

const NO_COMPONENT = /^(pulumi:|aws:|aws-native:)/;

/** Who made a resource and how to set its properties there; undefined for a resource that the program makes itself. */
export function componentOf(urn: string): string | undefined {
  const [, , types = "", ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  const parents = types
    .split("$")
    .slice(0, -1)
    .filter((type) => !NO_COMPONENT.test(type));
  const component = parents.at(-1);
  if (component === undefined || name.length === 0) return undefined;
  const argument = ARGUMENTS.get(component) ?? "an argument of the component, if it has one";
  return `It is made by a component (${label({ name: component })}): set this through ${argument}, or with the resource option transforms.`;
}
