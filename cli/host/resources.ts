import {
  ReadResourceResponse,
  RegisterResourceResponse,
  type ReadResourceRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { isRecord, UNKNOWN, type Properties, type ProviderRef } from "../../policies/machine/resource";
import type { CheckFailure, CheckRequest, CheckResult } from "../../provider/provider";
import { CallError, empty, fromStruct, Status, toStruct } from "./grpc";
import {
  defaultProvider,
  explicitProvider,
  isProviderType,
  providerConfig,
  providerId,
  referencedPackage,
} from "./providers";
import { positionIn } from "./position";
import { readRegistration, type Registration } from "./registration";
import type { Entry } from "./registry";
import type { Run } from "./run";
import { makeUrn, packageOf } from "./urn";
import { hide, mapValues, secret, unwrap, type Wire } from "./wire";

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Registers and reads resources: plays the engine, and the provider behind it. */
export class Resources {
  private readonly defaults = new Map<string, ProviderRef>();

  constructor(private readonly run: Run) {}

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const { registry } = this.run;
    const asked = this.inherit(readRegistration(request, registry.rootUrn));
    const urn = this.reserve(asked.parent, asked.type, asked.name);
    const registration = await this.transformed(asked, request);
    const entry = this.makeEntry(urn, registration);
    registry.add(entry, {
      parent: registration.parent,
      transforms: registration.transforms,
      provider: registration.provider,
      providers: registration.custom ? {} : { ...registry.scope(asked.parent)?.providers, ...registration.providers },
    });
    const response = new RegisterResourceResponse();
    response.setUrn(urn);
    response.setId(entry.id);
    response.setObject(toStruct(entry.custom ? entry.state : {}));
    return response;
  }

  /** A transform of what a plugin builds may read what only the plugin knows, such as URNs of other components' children. */
  private async transformed(asked: Registration, request: RegisterResourceRequest): Promise<Registration> {
    const { registry, transforms, notes } = this.run;
    try {
      return await transforms.apply(asked, request, registry.inheritedTransforms(asked.parent));
    } catch (error) {
      if (!asked.remote) throw error;
      notes.add(`a transform of ${asked.type} failed here, where its plugin does not run: judged as it is written.`);
      return asked;
    }
  }

  /** Takes what a component says it made. */
  registerOutputs(request: RegisterResourceOutputsRequest): object {
    const entry = this.run.registry.find(request.getUrn());
    if (entry !== undefined) {
      entry.outputs = this.shown(fromStruct(request.getOutputs()));
    }
    return empty();
  }

  /** Answers `.get()`: the id is known, and so is what the program says about the resource; the rest only AWS knows. */
  read(request: ReadResourceRequest): ReadResourceResponse {
    const type = request.getType();
    const parent = request.getParent() || this.run.registry.rootUrn;
    const urn = this.reserve(parent, type, request.getName());
    const given = fromStruct(request.getProperties());
    const state = type === STACK_REFERENCE ? { ...given, outputs: UNKNOWN, secretOutputNames: UNKNOWN } : given;
    const reference = this.inheritedProvider(parent, type, request.getProvider(), {});
    const provider = this.provider(reference, type, request.getVersion());
    const entry: Entry = {
      urn,
      type,
      name: request.getName(),
      custom: true,
      id: request.getId(),
      parent,
      inputs: undefined,
      outputs: { ...this.unread(urn, type, request.getName(), provider), ...this.shown(state), id: request.getId() },
      state,
      provider,
      dependencies: request.getDependenciesList(),
      propertyDependencies: {},
      created: undefined,
      position: positionIn(request.getStacktrace(), request.getSourceposition()),
    };
    this.run.registry.add(entry, { parent, transforms: [], provider: reference, providers: {} });
    const response = new ReadResourceResponse();
    response.setUrn(urn);
    response.setProperties(toStruct(state));
    return response;
  }

  /** The provider a reference `URN::ID` names, or the default one of the type's package. */
  provider(reference: string, type: string, version: string): ProviderRef {
    if (reference !== "") {
      const urn = reference.slice(0, reference.lastIndexOf("::"));
      const entry = this.run.registry.find(urn);
      if (entry === undefined) {
        throw new CallError(Status.INVALID_ARGUMENT, `unknown provider '${reference}'`);
      }
      return explicitProvider(urn, entry.inputs ?? {});
    }
    const key = `${packageOf(type)}@${version}`;
    const { stack, config } = this.run;
    const provider = this.defaults.get(key) ?? defaultProvider(stack, type, version, config.values);
    this.defaults.set(key, provider);
    return provider;
  }

  private reserve(parent: string, type: string, name: string): string {
    const { registry, stack } = this.run;
    if (parent !== "" && registry.find(parent) === undefined) {
      throw new CallError(Status.INVALID_ARGUMENT, `could not find parent resource ${parent}`);
    }
    const urn = makeUrn(stack.name, stack.project, parent, type, name);
    if (!registry.reserve(urn)) {
      throw new CallError(Status.ALREADY_EXISTS, `Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    return urn;
  }

  private inherit(registration: Registration): Registration {
    const { parent, type, provider, providers } = registration;
    if (registration.custom || registration.remote) {
      return { ...registration, provider: this.inheritedProvider(parent, type, provider, providers) };
    }
    return { ...registration, provider: provider || (this.run.registry.scope(parent)?.provider ?? "") };
  }

  private inheritedProvider(parent: string, type: string, own: string, providers: Readonly<Record<string, string>>) {
    const pkg = packageOf(type);
    const scope = this.run.registry.scope(parent);
    const ofParent = scope !== undefined && referencedPackage(scope.provider) === pkg ? scope.provider : "";
    return own || ofParent || providers[pkg] || scope?.providers[pkg] || "";
  }

  private makeEntry(urn: string, registration: Registration): Entry {
    const unwrapped = mapValues(registration.properties, (value) => unwrap(value));
    const inputs = mapValues(unwrapped, ({ value }) => value);
    const propertyDependencies = mapValues(unwrapped, ({ dependencies }, key) => [
      ...new Set([...(registration.propertyDependencies[key] ?? []), ...dependencies]),
    ]);
    const base = {
      urn,
      type: registration.type,
      name: registration.name,
      custom: registration.custom,
      parent: registration.parent,
      dependencies: registration.dependencies,
      propertyDependencies,
      created: registration.importId === "",
      position: registration.position,
    };
    const secretKeys = new Set(registration.secretOutputs);
    for (const [key, value] of Object.entries(unwrapped)) {
      if (value.secret) {
        secretKeys.add(key);
      }
    }
    const made = this.make(urn, registration, inputs);
    return {
      ...base,
      id: made.id,
      inputs: this.shown(made.inputs),
      outputs: this.shown(made.id === "" ? made.outputs : { ...made.outputs, id: made.id }),
      state: mapValues(made.outputs, (value, key) => (secretKeys.has(key) ? secret(value) : value)),
      provider: made.provider,
    };
  }

  private make(urn: string, registration: Registration, inputs: Wire): Made {
    if (registration.remote) {
      this.run.notes.add(
        `components of ${registration.type} are built by a plugin, which does not run here: what they create is not judged. ` +
          "`pulumi preview --policy-pack` judges it.",
      );
    }
    if (!registration.custom) {
      return { id: "", inputs, outputs: {}, provider: undefined };
    }
    if (isProviderType(registration.type)) {
      return { id: providerId(urn), inputs, outputs: inputs, provider: undefined };
    }
    return this.create(urn, registration, inputs);
  }

  private create(urn: string, registration: Registration, program: Wire): Made {
    const { type, name, importId } = registration;
    const provider = this.provider(registration.provider, type, registration.version);
    const config = providerConfig(provider);
    const { inputs, failures } = this.checked({ type, urn, name, inputs: program, config });
    if (failures.length > 0) {
      throw new CallError(Status.INVALID_ARGUMENT, describeFailures(type, name, failures));
    }
    const { id, outputs } = this.run.model.create({ type, urn, name, inputs, config, mode: "create" });
    return { id: importId || id, inputs, outputs: importId ? { ...outputs, id: importId } : outputs, provider };
  }

  /** What is made up need not be one of the values that AWS takes: the provider has nothing to say about it. */
  private checked(request: CheckRequest): CheckResult {
    const { model, madeUp } = this.run;
    const result = model.check(request);
    const isExact = result.failures.length === 0 || madeUp.size === 0;
    return isExact
      ? result
      : model.check({ ...request, inputs: mapValues(request.inputs, (value) => hide(value, madeUp)) });
  }

  /** Every property the provider would read, all unknown: what the program does not say must not look absent. */
  private unread(urn: string, type: string, name: string, provider: ProviderRef): Properties {
    const request = { type, urn, name, inputs: {}, config: providerConfig(provider), mode: "preview" as const };
    return mapValues(this.run.model.create(request).outputs, () => UNKNOWN);
  }

  /** Properties as the judge may see them: plain, without the SDK's internals, made-up values taken for unknown. */
  private shown(properties: Properties): Properties {
    const plain = unwrap(properties).value;
    const known = this.run.madeUp.size === 0 ? plain : hide(plain, this.run.madeUp);
    return Object.fromEntries(Object.entries(isRecord(known) ? known : {}).filter(([key]) => !key.startsWith("__")));
  }
}

interface Made {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly provider: ProviderRef | undefined;
}

function describeFailures(type: string, name: string, failures: readonly CheckFailure[]): string {
  const reasons = failures.map(({ property, reason }) =>
    property === "" ? reason : `${reason}. Examine values at '${name}.${property}'.`,
  );
  return `${type} resource '${name}' has a problem: ${reasons.join("\n")}`;
}
