import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct } from "./grpc";
import { positionIn, type Position } from "./position";
import type { Wire } from "./wire";

/** What the program asks for when it registers a resource, after its transforms. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** A component that a plugin builds. */
  readonly remote: boolean;
  readonly parent: string;
  readonly properties: Wire;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** `URN::ID` of an explicit provider, or empty. */
  readonly provider: string;
  /** Providers a component hands to its children, by package. */
  readonly providers: Readonly<Record<string, string>>;
  readonly version: string;
  readonly importId: string;
  readonly secretOutputs: readonly string[];
  readonly transforms: readonly Callback[];
  /** Where the program creates it, where its SDK tells. */
  readonly position: Position | undefined;
}

/** Reads a request of the SDK. */
export function readRegistration(request: RegisterResourceRequest, rootUrn: string): Registration {
  const properties = fromStruct(request.getObject());
  const dependencies = request.getDependenciesList();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: request.getParent() || rootUrn,
    properties,
    dependencies,
    propertyDependencies: propertyDependencies(request, properties, dependencies),
    provider: request.getProvider(),
    providers: Object.fromEntries(request.getProvidersMap().toObject(false)),
    version: request.getVersion(),
    importId: request.getImportid(),
    secretOutputs: request.getAdditionalsecretoutputsList(),
    transforms: request.getTransformsList(),
    position: positionIn(request.getStacktrace(), request.getSourceposition()),
  };
}

/** A request without property dependencies means that every property depends on everything it lists. */
function propertyDependencies(request: RegisterResourceRequest, properties: Wire, dependencies: readonly string[]) {
  const map = request.getPropertydependenciesMap();
  if (map.getLength() === 0 && !request.getRemote()) {
    return Object.fromEntries(Object.keys(properties).map((key) => [key, dependencies]));
  }
  const entries: [string, readonly string[]][] = [];
  map.forEach((value, key) => entries.push([key, value.getUrnsList()]));
  return Object.fromEntries(entries);
}
