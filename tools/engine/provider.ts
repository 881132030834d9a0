import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../policies/machine/resource";
import { check, create, invoke, update } from "../../provider";
import type { ProviderConfig } from "../../provider/provider";
import { yamlSchema } from "./schema";

/** Packages that the stand-in answers for, whatever their resources are. */
const PACKAGES = ["aws", "aws-native", "random", "cloudinit", "std"];
const ACCOUNT = "123456789012";
const MESSAGE_LIMIT = 400 * 1024 * 1024;

/** One change that an update made: never one that a preview only planned. */
export interface Change {
  readonly operation: "create" | "update" | "delete";
  readonly type: string;
  readonly urn: string;
  readonly properties: Properties;
}

/** Providers without an account behind them, as the engine attaches to them. */
export interface StandInProviders {
  /** The value of PULUMI_DEBUG_PROVIDERS. */
  readonly debugProviders: string;
  /** What updates have changed since the start, in order. */
  readonly changes: readonly Change[];
  stop(): void;
}

/** Serves every package of the stand-in on a port of its own; the region is what AWS_REGION would say. */
export async function startProviders(region: string): Promise<StandInProviders> {
  const changes: Change[] = [];
  const servers: grpc.Server[] = [];
  const attached: string[] = [];
  for (const name of PACKAGES) {
    const server = new grpc.Server({
      "grpc.max_receive_message_length": MESSAGE_LIMIT,
      "grpc.max_send_message_length": MESSAGE_LIMIT,
    });
    server.addService(ResourceProviderService, handlers(name, region, changes));
    attached.push(`${name}:${String(await bind(server))}`);
    servers.push(server);
  }
  return {
    debugProviders: attached.join(","),
    changes,
    stop: () => {
      for (const server of servers) server.forceShutdown();
    },
  };
}

function bind(server: grpc.Server): Promise<number> {
  return new Promise((done, fail) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => {
      if (error === null) done(port);
      else fail(error);
    });
  });
}

type Call<Request> = grpc.ServerUnaryCall<Request, unknown>;

function unary<Request, Response>(answer: (request: Request, call: Call<Request>) => Response) {
  return (call: Call<Request>, callback: grpc.sendUnaryData<Response>): void => {
    let response: Response;
    try {
      response = answer(call.request, call);
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, message: error instanceof Error ? error.message : String(error) });
      return;
    }
    callback(null, response);
  };
}

/** Methods that are missing here are answered as not implemented, which the engine tolerates. */
function handlers(packageName: string, region: string, changes: Change[]): grpc.UntypedServiceImplementation {
  // The engine opens one connection per provider resource, and Configure is the only call that tells its region.
  const configs = new Map<string, ProviderConfig>();
  const configOf = (call: { getPeer(): string }): ProviderConfig => configs.get(call.getPeer()) ?? readConfig({});
  return {
    attach: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion("7.48.0")),
    getSchema: unary(() => new pb.GetSchemaResponse().setSchema(JSON.stringify(yamlSchema(packageName)))),
    checkConfig: unary((request: pb.CheckRequest) => checkConfig(packageName, region, request)),
    diffConfig: unary(() => new pb.DiffResponse().setChanges(pb.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary((request: pb.ConfigureRequest, call) => {
      configs.set(call.getPeer(), readConfig(fromStruct(request.getArgs())));
      return configureResponse(packageName);
    }),
    check: unary((request: pb.CheckRequest, call) => checkResource(request, configOf(call))),
    diff: unary(diffResource),
    create: unary((request: pb.CreateRequest, call) => createResource(request, configOf(call), changes)),
    read: unary((request: pb.ReadRequest, call) => readResource(request, configOf(call))),
    update: unary((request: pb.UpdateRequest, call) => updateResource(request, configOf(call), changes)),
    delete: unary((request: pb.DeleteRequest) => {
      changes.push({ ...subject(request), operation: "delete", properties: {} });
      return new Empty();
    }),
    invoke: unary((request: pb.InvokeRequest, call) => invokeFunction(request, configOf(call))),
  };
}

function subject(request: { getUrn(): string; getType(): string }): { urn: string; type: string } {
  return { urn: request.getUrn(), type: request.getType() };
}

/** The answer of the AWS provider: no secrets, no resource references, whatever the engine offers. */
function configureResponse(packageName: string): pb.ConfigureResponse {
  return new pb.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(packageName === "aws");
}

function checkConfig(packageName: string, region: string, request: pb.CheckRequest): pb.CheckResponse {
  const inputs = fromStruct(request.getNews());
  const defaults = { region, skipCredentialsValidation: "false", skipRegionValidation: "true" };
  return new pb.CheckResponse().setInputs(toStruct(packageName === "aws" ? { ...defaults, ...inputs } : inputs));
}

function readConfig(args: Properties): ProviderConfig {
  const region = typeof args.region === "string" ? args.region : undefined;
  return { region, defaultTags: readDefaultTags(args.defaultTags), accountId: ACCOUNT };
}

/** Nested values of a provider's configuration arrive as JSON text. */
function readDefaultTags(value: unknown): Readonly<Record<string, string>> {
  const parsed: unknown = typeof value === "string" ? JSON.parse(value) : value;
  if (typeof parsed !== "object" || parsed === null || !("tags" in parsed)) return {};
  const tags = Object.entries(parsed.tags ?? {});
  return Object.fromEntries(tags.map(([key, tag]) => [key, String(tag)]));
}

function checkResource(request: pb.CheckRequest, config: ProviderConfig): pb.CheckResponse {
  const result = check({
    ...subject(request),
    name: request.getName(),
    inputs: fromStruct(request.getNews()),
    config,
  });
  const failures = result.failures.map(({ property, reason }) =>
    new pb.CheckFailure().setProperty(property).setReason(reason),
  );
  return new pb.CheckResponse().setInputs(toStruct(result.inputs)).setFailuresList(failures);
}

/** Of all that makes the AWS provider replace a resource, the image of a machine ("ami - (Required) … Forces new resource"). */
function diffResource(request: pb.DiffRequest): pb.DiffResponse {
  const before = fromStruct(request.getOldInputs());
  const after = fromStruct(request.getNews());
  const ignored = new Set(["__defaults", ...request.getIgnorechangesList()]);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !ignored.has(key) && !isDeepStrictEqual(before[key], after[key]));
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const forced = changed.filter((key) => request.getType() === "aws:ec2/instance:Instance" && key === "ami");
  return new pb.DiffResponse()
    .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList(changed)
    .setReplacesList(forced);
}

function createResource(request: pb.CreateRequest, config: ProviderConfig, changes: Change[]): pb.CreateResponse {
  const inputs = fromStruct(request.getProperties());
  const mode = request.getPreview() ? "preview" : "create";
  const { id, outputs } = create({ ...subject(request), name: request.getName(), inputs, config, mode });
  if (mode === "create") changes.push({ ...subject(request), operation: "create", properties: inputs });
  return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
}

/** A refresh finds what the state says; `.get()` finds a resource as if it had been made under the given id. */
function readResource(request: pb.ReadRequest, config: ProviderConfig): pb.ReadResponse {
  const response = new pb.ReadResponse().setId(request.getId());
  const inputs = request.getInputs();
  if (inputs !== undefined) return response.setProperties(request.getProperties()).setInputs(inputs);
  const wanted = { ...subject(request), name: request.getName(), config };
  const found = check({ ...wanted, inputs: fromStruct(request.getProperties()) }).inputs;
  const { id, outputs } = create({ ...wanted, inputs: found, mode: "create" });
  const named = Object.entries(outputs).map(([key, value]): [string, unknown] => [
    key,
    value === id ? request.getId() : value,
  ]);
  return response.setProperties(toStruct(Object.fromEntries(named))).setInputs(toStruct(found));
}

function updateResource(request: pb.UpdateRequest, config: ProviderConfig, changes: Change[]): pb.UpdateResponse {
  const inputs = fromStruct(request.getNews());
  const mode = request.getPreview() ? "preview" : "create";
  const { outputs } = update({
    ...subject(request),
    name: request.getName(),
    inputs,
    config,
    mode,
    id: request.getId(),
    state: fromStruct(request.getOlds()),
  });
  if (mode === "create") changes.push({ ...subject(request), operation: "update", properties: inputs });
  return new pb.UpdateResponse().setProperties(toStruct(outputs));
}

function invokeFunction(request: pb.InvokeRequest, config: ProviderConfig): pb.InvokeResponse {
  const { result, failure } = invoke(request.getTok(), fromStruct(request.getArgs()), config);
  const response = new pb.InvokeResponse().setReturn(toStruct(result));
  return failure === undefined ? response : response.setFailuresList([new pb.CheckFailure().setReason(failure)]);
}

function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function toStruct(properties: Properties): Struct {
  // Drops what JSON cannot hold, as the wire would.
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}
