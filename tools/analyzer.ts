/** A client of the Analyzer protocol: starts a policy pack as the engine does and speaks to it. Tests and bench only. */
import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as StructPb from "google-protobuf/google/protobuf/struct_pb";
import type * as EmptyPb from "google-protobuf/google/protobuf/empty_pb";
import * as ag from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as ap from "@pulumi/pulumi/proto/analyzer_pb";

/** The very instances that @pulumi/pulumi uses: its generated code checks classes by identity. */
const pulumiRequire = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = pulumiRequire("@grpc/grpc-js") as typeof Grpc;
const { Struct } = pulumiRequire("google-protobuf/google/protobuf/struct_pb") as typeof StructPb;
const { Empty } = pulumiRequire("google-protobuf/google/protobuf/empty_pb") as typeof EmptyPb;

type Json = Readonly<Record<string, unknown>>;

/** A resource as the engine would send it. */
export interface Sent {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Json;
  readonly outputs?: Json;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly provider?: { readonly urn: string; readonly name: string; readonly props: Json };
}

export interface Diagnostic {
  readonly policy: string;
  readonly level: string;
  readonly message: string;
  /** URN the finding is about; in the resource pass, the resource's. */
  readonly urn: string;
}

export interface PolicyConfig {
  readonly enforcementLevel: string;
  readonly [option: string]: unknown;
}

const LEVELS = ["advisory", "mandatory", "disabled", "remediate"];
const LEVEL_NUMBERS: ReadonlyMap<string, ap.EnforcementLevel> = new Map([
  ["advisory", ap.EnforcementLevel.ADVISORY],
  ["mandatory", ap.EnforcementLevel.MANDATORY],
  ["disabled", ap.EnforcementLevel.DISABLED],
  ["remediate", ap.EnforcementLevel.REMEDIATE],
]);
const UNLIMITED = { "grpc.max_send_message_length": -1, "grpc.max_receive_message_length": -1 };

type Callback<T> = (error: Error | null, response: T) => void;

/** A running policy pack. */
export class Analyzer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ag.AnalyzerClient,
    /** Milliseconds until the pack told its port. */
    readonly startTime: number,
  ) {}

  /** Starts the pack in a directory; `node` is the binary to run it with. */
  static async start(directory: string, node = process.execPath): Promise<Analyzer> {
    const begun = performance.now();
    const fromPack = createRequire(path.join(directory, "package.json"));
    const runner = fromPack.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(node, [runner, "127.0.0.1:1", directory], {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const port = await firstLine(child);
    const time = performance.now() - begun;
    const client = new ag.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), UNLIMITED);
    return new Analyzer(child, client, time);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  stop(): void {
    this.client.close();
    this.child.kill();
  }

  async info(): Promise<ap.AnalyzerInfo.AsObject> {
    return (await this.infoMessage()).toObject();
  }

  /** Option schema of a policy, as the engine gets it. */
  async schema(policy: string): Promise<Json> {
    const found = (await this.infoMessage()).getPoliciesList().find((each) => each.getName() === policy);
    return found?.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
  }

  private infoMessage(): Promise<ap.AnalyzerInfo> {
    return call((done: Callback<ap.AnalyzerInfo>) => this.client.getAnalyzerInfo(new Empty(), done));
  }

  async configure(config: Readonly<Record<string, PolicyConfig>>): Promise<void> {
    const request = new ap.ConfigureAnalyzerRequest();
    for (const [name, { enforcementLevel, ...options }] of Object.entries(config)) {
      const policy = new ap.PolicyConfig();
      policy.setEnforcementlevel(LEVEL_NUMBERS.get(enforcementLevel) ?? ap.EnforcementLevel.ADVISORY);
      policy.setProperties(Struct.fromJavaScript(options as Parameters<typeof Struct.fromJavaScript>[0]));
      request.getPolicyconfigMap().set(name, policy);
    }
    await call((done: Callback<unknown>) => this.client.configure(request, done));
  }

  /** Resource pass of one resource. */
  async analyze(resource: Sent): Promise<Diagnostic[]> {
    const response = await call((done: Callback<ap.AnalyzeResponse>) =>
      this.client.analyze(analyzeRequest(resource), done),
    );
    return response.getDiagnosticsList().map((each) => ({ ...diagnostic(each), urn: resource.urn }));
  }

  /** Inputs after each remediation of one resource, by policy. */
  async remediate(resource: Sent): Promise<Map<string, Json>> {
    const response = await call((done: Callback<ap.RemediateResponse>) =>
      this.client.remediate(analyzeRequest(resource), done),
    );
    const list = response.getRemediationsList();
    return new Map(list.map((each) => [each.getPolicyname(), (each.getProperties()?.toJavaScript() ?? {}) as Json]));
  }

  /** Stack pass. */
  async analyzeStack(resources: readonly Sent[]): Promise<Diagnostic[]> {
    const request = new ap.AnalyzeStackRequest();
    request.setResourcesList(resources.map(stackResource));
    const response = await call((done: Callback<ap.AnalyzeResponse>) => this.client.analyzeStack(request, done));
    return response.getDiagnosticsList().map(diagnostic);
  }

  /** Both passes, as a preview makes them. */
  async preview(resources: readonly Sent[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    for (const resource of resources) found.push(...(await this.analyze(resource)));
    return [...found, ...(await this.analyzeStack(resources))];
  }
}

function diagnostic(each: ap.AnalyzeDiagnostic): Diagnostic {
  const level = LEVELS[each.getEnforcementlevel()] ?? "";
  return { policy: each.getPolicyname(), level, message: each.getMessage(), urn: each.getUrn() };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr?.on("data", (data: Buffer) => (errors += data.toString()));
    child.once("exit", (code) => {
      reject(new Error(`the pack ended with ${String(code)}: ${errors.slice(0, 1000)}`));
    });
    child.stdout?.once("data", (data: Buffer) => {
      resolve(data.toString().trim().split("\n")[0] ?? "");
    });
  });
}

function call<T>(method: (done: Callback<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    method((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}

function struct(value: Json): InstanceType<typeof Struct> {
  return Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);
}

function options(): ap.AnalyzerResourceOptions {
  const made = new ap.AnalyzerResourceOptions();
  made.setCustomtimeouts(new ap.AnalyzerResourceOptions.CustomTimeouts());
  return made;
}

function provider(resource: Sent): ap.AnalyzerProviderResource | undefined {
  if (!resource.provider) return undefined;
  const made = new ap.AnalyzerProviderResource();
  made.setType("pulumi:providers:aws");
  made.setName(resource.provider.name);
  made.setUrn(resource.provider.urn);
  made.setProperties(struct(resource.provider.props));
  return made;
}

function analyzeRequest(resource: Sent): ap.AnalyzeRequest {
  const request = new ap.AnalyzeRequest();
  request.setUrn(resource.urn);
  request.setType(resource.type);
  request.setName(resource.name);
  request.setOptions(options());
  request.setProvider(provider(resource));
  request.setProperties(struct(resource.inputs));
  return request;
}

function stackResource(resource: Sent): ap.AnalyzerResource {
  const made = new ap.AnalyzerResource();
  made.setUrn(resource.urn);
  made.setType(resource.type);
  made.setName(resource.name);
  made.setOptions(options());
  made.setProvider(provider(resource));
  made.setProperties(struct({ ...resource.inputs, ...resource.outputs }));
  made.setParent(resource.parent ?? "");
  made.setDependenciesList([...(resource.dependencies ?? [])]);
  for (const [key, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new ap.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    made.getPropertydependenciesMap().set(key, dependencies);
  }
  return made;
}
