import { createHash } from "node:crypto";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  DeploymentInfo,
  ExistsResourceResponse,
  RegisterPackageResponse,
  ResourceMonitorFeature,
  SupportsFeatureResponse,
  type ReadResourceRequest,
  type RegisterPackageRequest,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Functions } from "./functions";
import { empty, unary, type Handlers } from "./grpc";
import { Resources } from "./resources";
import type { Run } from "./run";

/** Features by the names under which older SDKs ask for them; those have no numbers for them, or for the latest. */
const FEATURES: ReadonlyMap<string, keyof typeof ResourceMonitorFeature> = new Map([
  ["secrets", "RESOURCE_MONITOR_FEATURE_SECRETS"],
  ["resourceReferences", "RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES"],
  ["outputValues", "RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES"],
  ["aliasSpecs", "RESOURCE_MONITOR_FEATURE_ALIAS_SPECS"],
  ["replacementTrigger", "RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER"],
  ["deletedWith", "RESOURCE_MONITOR_FEATURE_DELETED_WITH"],
  ["replaceWith", "RESOURCE_MONITOR_FEATURE_REPLACE_WITH"],
  ["transforms", "RESOURCE_MONITOR_FEATURE_TRANSFORMS"],
  ["invokeTransforms", "RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS"],
  ["parameterization", "RESOURCE_MONITOR_FEATURE_PARAMETERIZATION"],
  ["resourceHooks", "RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS"],
  ["errorHooks", "RESOURCE_MONITOR_FEATURE_ERROR_HOOKS"],
  ["stateMigrations", "RESOURCE_MONITOR_FEATURE_STATE_MIGRATIONS"],
]);

/** The engine's resource monitor: what a program talks to while it runs. */
export class Monitor {
  private readonly resources: Resources;
  private readonly functions: Functions;
  private askedForInfo = false;
  private signalled = false;
  private stackOutputs = false;

  constructor(private readonly run: Run) {
    this.resources = new Resources(run);
    this.functions = new Functions(run, this.resources);
  }

  /**
   * Whether the program ran to its end. SDKs that signal the end also ask for the deployment's data; with older ones
   * the outputs of the stack, registered last, have to do.
   */
  get finished(): boolean {
    return this.signalled || (!this.askedForInfo && this.stackOutputs);
  }

  /** Handlers by method name of the ResourceMonitor service; what is not here answers UNIMPLEMENTED. */
  handlers(): Handlers {
    const { transforms } = this.run;
    return {
      getDeploymentInfo: unary(() => this.deploymentInfo()),
      supportsFeature: unary((request: SupportsFeatureRequest) => supports(request)),
      registerResource: unary((request: RegisterResourceRequest) => this.resources.register(request)),
      registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => this.registerOutputs(request)),
      readResource: unary((request: ReadResourceRequest) => this.resources.read(request)),
      existsResource: unary(() => existenceUnknown()),
      invoke: unary((request: ResourceInvokeRequest) => this.functions.invoke(request)),
      call: unary((request: ResourceCallRequest) => this.functions.call(request)),
      registerStackTransform: unary((callback: Callback) => transforms.addToStack(callback)),
      registerStackInvokeTransform: unary((callback: Callback) => transforms.addToInvokes(callback)),
      // Hooks act on real operations; nothing is created here.
      registerResourceHook: unary(() => empty()),
      registerErrorHook: unary(() => empty()),
      registerPackage: unary((request: RegisterPackageRequest) => packageReference(request)),
      signalAndWaitForShutdown: unary(() => this.end()),
    };
  }

  private registerOutputs(request: RegisterResourceOutputsRequest): object {
    this.stackOutputs ||= request.getUrn() === this.run.registry.rootUrn;
    return this.resources.registerOutputs(request);
  }

  private end(): object {
    this.signalled = true;
    return empty();
  }

  private deploymentInfo(): DeploymentInfo {
    this.askedForInfo = true;
    const { stack, config } = this.run;
    const info = new DeploymentInfo();
    info.setProject(stack.project);
    info.setStack(stack.name);
    info.setOrganization(stack.organization);
    info.setDryrun(true);
    info.setConfigsecretkeysList([...config.secretKeys]);
    const known = [...FEATURES.values()].filter((name) => name in ResourceMonitorFeature);
    info.setSupportedfeaturesList(known.map((name) => ResourceMonitorFeature[name]));
    for (const [key, value] of config.values) {
      info.getConfigMap().set(key, value);
    }
    return info;
  }
}

function supports(request: SupportsFeatureRequest): SupportsFeatureResponse {
  const response = new SupportsFeatureResponse();
  response.setHassupport(FEATURES.has(request.getId()));
  return response;
}

function existenceUnknown(): ExistsResourceResponse {
  const response = new ExistsResourceResponse();
  response.setUnknown(true);
  return response;
}

function packageReference(request: RegisterPackageRequest): RegisterPackageResponse {
  const response = new RegisterPackageResponse();
  response.setRef(createHash("sha256").update(request.serializeBinary()).digest("hex"));
  return response;
}
