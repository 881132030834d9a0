import { createHash } from "node:crypto";
import { isRecord, isUnknown, type Properties, type ProviderRef } from "../../policies/machine/resource";
import type { ProviderConfig } from "../../provider/provider";
import { makeUrn, nameOf, packageOf } from "./urn";
import { mapValues } from "./wire";

const PROVIDER_TYPE = "pulumi:providers:";

/** The account that made-up ARNs name: the one of AWS's own documentation. */
const ACCOUNT = "123456789012";

/** Whether a type token is that of a provider. */
export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_TYPE);
}

/** The package a provider type serves. */
function providerPackage(type: string): string {
  return type.slice(PROVIDER_TYPE.length);
}

/** The package of the provider that a reference `URN::ID` names. */
export function referencedPackage(reference: string): string | undefined {
  const type = reference.split("::")[2]?.split("$").at(-1) ?? "";
  return isProviderType(type) ? providerPackage(type) : undefined;
}

/** A stable id for an explicit provider; the engine draws a random one. */
export function providerId(urn: string): string {
  const hex = createHash("sha256").update(urn).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** The default provider of a package, made of the stack's configuration and the environment as the engine does. */
export function defaultProvider(
  stack: { readonly name: string; readonly project: string },
  type: string,
  version: string,
  config: ReadonlyMap<string, string>,
): ProviderRef {
  const pkg = packageOf(type);
  const name = version === "" ? "default" : `default_${version.replace(/[^A-Za-z0-9]/g, "_")}`;
  const props = { ...(version === "" ? {} : { version }), ...configOf(pkg, config) };
  const region = pkg.startsWith("aws") ? (process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"]) : undefined;
  return {
    urn: makeUrn(stack.name, stack.project, "", `${PROVIDER_TYPE}${pkg}`, name),
    name,
    props: region === undefined ? props : { region, ...props },
  };
}

/** What the configuration of a stack says to the default provider of a package. */
export function configOf(pkg: string, config: ReadonlyMap<string, string>): Record<string, string> {
  const own = [...config].filter(([key]) => key.startsWith(`${pkg}:`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(pkg.length + 1), value]));
}

/** An explicit provider. */
export function explicitProvider(urn: string, props: Properties): ProviderRef {
  return { urn, name: nameOf(urn), props };
}

/** What the description of the AWS provider needs to know of a provider. */
export function providerConfig(provider: ProviderRef): ProviderConfig {
  const region = provider.props["region"];
  return {
    region: typeof region === "string" && !isUnknown(region) && region !== "" ? region : undefined,
    defaultTags: defaultTags(provider.props["defaultTags"]),
    accountId: accountId(provider.props["allowedAccountIds"]),
  };
}

/** The SDK sends structured provider arguments as JSON text. */
function structured(value: unknown): unknown {
  if (typeof value !== "string" || isUnknown(value)) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function defaultTags(value: unknown): Readonly<Record<string, string>> {
  const parsed = structured(value);
  const tags = isRecord(parsed) ? parsed["tags"] : undefined;
  return isRecord(tags) ? mapValues(tags, String) : {};
}

function accountId(value: unknown): string {
  const allowed = structured(value);
  const only: unknown = Array.isArray(allowed) && allowed.length === 1 ? allowed[0] : undefined;
  return typeof only === "string" && /^\d{12}$/.test(only) ? only : ACCOUNT;
}
