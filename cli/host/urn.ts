/** Type of the component at the root of every stack. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Builds URNs as the engine does: the types of the parents stand before the type, the root stack excepted. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : qualifiedType(parent);
  const chain = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}

/** The package of a type token, e.g. `aws` for `aws:ec2/instance:Instance`. */
export function packageOf(type: string): string {
  return type.split(":", 1)[0] ?? "";
}

/** The name at the end of a URN; a name may hold `::` itself. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}
