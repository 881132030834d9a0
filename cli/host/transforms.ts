import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { CallbackInvokeRequest, type Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResourceOptions,
  TransformResponse,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { CallError, empty, fromStruct, localClient, Status, toStruct } from "./grpc";
import type { Registration } from "./registration";
import { mapValues, output, unwrap, type Wire } from "./wire";

/** The program's async transforms: functions that live in the program and are called back while it registers. */
export class Transforms {
  private readonly clients = new Map<string, CallbacksClient>();
  private readonly forStack: Callback[] = [];
  private readonly forInvokes: Callback[] = [];

  /** Adds a transform of every resource registered from now on. */
  addToStack(callback: Callback): object {
    this.forStack.push(callback);
    return empty();
  }

  /** Adds a transform of every function call from now on. */
  addToInvokes(callback: Callback): object {
    this.forInvokes.push(callback);
    return empty();
  }

  /**
   * Applies a resource's own transforms, then those of its parents, then those of the stack, in the engine's order.
   * @param inherited the transforms of the parents, nearest first
   */
  async apply(
    registration: Registration,
    request: RegisterResourceRequest,
    inherited: readonly Callback[],
  ): Promise<Registration> {
    const callbacks = [...registration.transforms, ...inherited, ...this.forStack];
    if (callbacks.length === 0) {
      return registration;
    }
    const own = registration.transforms.length > 0;
    let properties = own ? carryDependencies(registration) : registration.properties;
    let options = optionsOf(registration, request);
    for (const callback of callbacks) {
      const response = await this.transform(callback, registration, properties, options);
      properties = response.hasProperties() ? fromStruct(response.getProperties()) : properties;
      options = response.getOptions() ?? options;
    }
    return {
      ...registration,
      properties,
      provider: options.getProvider(),
      providers: Object.fromEntries(options.getProvidersMap().toObject(false)),
      version: options.getVersion(),
      importId: options.getImport(),
      secretOutputs: options.getAdditionalSecretOutputsList(),
      // The engine reads the dependencies again only where the resource has transforms of its own, and then it knows
      // of a property just what an output value carries through the transform.
      ...(own ? { dependencies: options.getDependsOnList(), propertyDependencies: carried(properties) } : {}),
    };
  }

  /** Applies the transforms of function calls. */
  async applyToInvoke(token: string, args: Wire, provider: string): Promise<{ args: Wire; provider: string }> {
    let result = { args, provider };
    for (const callback of this.forInvokes) {
      const request = new TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(result.args));
      const options = new TransformInvokeOptions();
      options.setProvider(result.provider);
      request.setOptions(options);
      const response = TransformInvokeResponse.deserializeBinary(await this.call(callback, request));
      result = {
        args: response.hasArgs() ? fromStruct(response.getArgs()) : result.args,
        provider: response.getOptions()?.getProvider() ?? result.provider,
      };
    }
    return result;
  }

  /** Closes the connections to the program. */
  close(): void {
    for (const client of this.clients.values()) {
      client.close();
    }
  }

  private async transform(
    callback: Callback,
    registration: Registration,
    properties: Wire,
    options: TransformResourceOptions,
  ): Promise<TransformResponse> {
    const request = new TransformRequest();
    request.setType(registration.type);
    request.setName(registration.name);
    request.setCustom(registration.custom);
    request.setParent(registration.parent);
    request.setProperties(toStruct(properties));
    request.setOptions(options);
    return TransformResponse.deserializeBinary(await this.call(callback, request));
  }

  private call(callback: Callback, message: { serializeBinary(): Uint8Array }): Promise<Uint8Array> {
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(message.serializeBinary());
    return new Promise((resolve, reject) => {
      this.client(callback.getTarget()).invoke(request, (error, response) => {
        if (error) {
          reject(new CallError(Status.UNKNOWN, error.details));
        } else {
          resolve(response.getResponse_asU8());
        }
      });
    });
  }

  private client(target: string): CallbacksClient {
    const known = this.clients.get(target);
    if (known !== undefined) {
      return known;
    }
    const client = new CallbacksClient(target, localClient.credentials(), localClient.options);
    this.clients.set(target, client);
    return client;
  }
}

function carryDependencies(registration: Registration): Wire {
  return mapValues(registration.properties, (value, key) =>
    output(value, registration.propertyDependencies[key] ?? []),
  );
}

function carried(properties: Wire): Record<string, readonly string[]> {
  return mapValues(properties, (value) => [...unwrap(value).dependencies]);
}

function optionsOf(registration: Registration, request: RegisterResourceRequest): TransformResourceOptions {
  const options = new TransformResourceOptions();
  options.setDependsOnList([...registration.dependencies]);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(registration.provider);
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  options.setDeletedWith(request.getDeletedwith());
  options.setAdditionalSecretOutputsList([...registration.secretOutputs]);
  options.setImport(registration.importId);
  options.setHooks(request.getHooks());
  if (request.hasProtect()) {
    options.setProtect(request.getProtect() ?? false);
  }
  if (request.hasRetainondelete()) {
    options.setRetainOnDelete(request.getRetainondelete() ?? false);
  }
  if (request.getDeletebeforereplacedefined()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  for (const [name, reference] of Object.entries(registration.providers)) {
    options.getProvidersMap().set(name, reference);
  }
  return options;
}
