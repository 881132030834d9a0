import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
  type LogRequest,
  type SetRootResourceRequest,
} from "@pulumi/pulumi/proto/engine_pb";
import { empty, unary, type Handlers } from "./grpc";

/** A message that the program, or the SDK in it, logged. */
export interface LogEntry {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
}

const SEVERITIES = {
  [LogSeverity.DEBUG]: "debug",
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
} as const;

const MAX_ERRORS = 100;
const MAX_MESSAGE = 16 * 1024;

/** The engine's side of the protocol that is not about resources: logs and the root of the stack. */
export class Engine {
  private readonly errorLog: string[] = [];
  private root = "";

  /** @param onLog receives every message as it comes; only errors are kept. */
  constructor(private readonly onLog: (entry: LogEntry) => void) {}

  /** The first errors the program logged. */
  get errors(): readonly string[] {
    return this.errorLog;
  }

  /** Handlers by method name of the Engine service. */
  handlers(): Handlers {
    return {
      log: unary((request: LogRequest) => this.log(request)),
      getRootResource: unary(() => this.getRoot()),
      setRootResource: unary((request: SetRootResourceRequest) => this.setRoot(request)),
      startDebugging: unary(() => empty()),
      requirePulumiVersion: unary(() => new RequirePulumiVersionResponse()),
    };
  }

  private log(request: LogRequest): object {
    const entry: LogEntry = {
      severity: SEVERITIES[request.getSeverity()],
      message: request.getMessage().slice(0, MAX_MESSAGE),
    };
    if (entry.severity === "error" && this.errorLog.length < MAX_ERRORS) {
      this.errorLog.push(entry.message);
    }
    this.onLog(entry);
    return empty();
  }

  private getRoot(): GetRootResourceResponse {
    const response = new GetRootResourceResponse();
    response.setUrn(this.root);
    return response;
  }

  private setRoot(request: SetRootResourceRequest): SetRootResourceResponse {
    this.root = request.getUrn();
    return new SetRootResourceResponse();
  }
}
