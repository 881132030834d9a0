import { CheckFailure, CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type {
  ResourceCallRequest,
  ResourceInvokeRequest,
  ResourceInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { isRecord, UNKNOWN, type Properties } from "../../policies/machine/resource";
import { CallError, fromStruct, Status, toStruct } from "./grpc";
import { providerConfig } from "./providers";
import type { Resources } from "./resources";
import type { Run } from "./run";
import { unwrap } from "./wire";

/** What this SDK's monitor answers: older ones name the message otherwise, with the same fields. */
const { responseType: InvokeResponse } = ResourceMonitorService.invoke as unknown as {
  readonly responseType: new () => ResourceInvokeResponse;
};

/** Answers function calls: data sources, and methods of components. */
export class Functions {
  constructor(
    private readonly run: Run,
    private readonly resources: Resources,
  ) {}

  async invoke(request: ResourceInvokeRequest): Promise<ResourceInvokeResponse> {
    const token = request.getTok();
    const called = await this.run.transforms.applyToInvoke(token, fromStruct(request.getArgs()), request.getProvider());
    const plain = unwrap(called.args).value;
    const args = isRecord(plain) ? plain : {};
    switch (token) {
      case "pulumi:pulumi:getResource":
        return answer(this.getResource(String(args["urn"])));
      case "pulumi:pulumi:readStackOutputs":
      case "pulumi:pulumi:readStackResourceOutputs":
        return answer({ ...args, outputs: UNKNOWN });
      default:
        return this.ask(token, args, called.provider, request.getVersion());
    }
  }

  /** A method of a component that a plugin builds: nothing is known of its result, and the program goes on. */
  call(request: ResourceCallRequest): CallResponse {
    this.run.notes.add(`${request.getTok()} is a method that a plugin implements: its result is not known here.`);
    const response = new CallResponse();
    response.setReturn(toStruct({ result: UNKNOWN }));
    return response;
  }

  private ask(token: string, args: Properties, reference: string, version: string): ResourceInvokeResponse {
    const provider = this.resources.provider(reference, token, version);
    const { result, madeUp, failure } = this.run.model.invoke(token, args, providerConfig(provider));
    for (const text of madeUp) {
      this.run.madeUp.add(text);
    }
    return failure === undefined ? answer(result) : refuse(failure);
  }

  private getResource(urn: string): Properties {
    const entry = this.run.registry.find(urn);
    if (entry === undefined) {
      throw new CallError(Status.UNKNOWN, `unknown resource ${urn}`);
    }
    return { urn, id: entry.id, state: entry.state };
  }
}

function answer(result: Properties): ResourceInvokeResponse {
  const response = new InvokeResponse();
  response.setReturn(toStruct(result));
  return response;
}

function refuse(reason: string): ResourceInvokeResponse {
  const failure = new CheckFailure();
  failure.setReason(reason);
  const response = new InvokeResponse();
  response.addFailures(failure);
  return response;
}
