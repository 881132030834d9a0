import { createRequire } from "node:module";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

/**
 * The SDK's generated messages only work with the very instances of grpc-js and google-protobuf that they load
 * themselves, so these come from where the SDK finds them.
 */
const fromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

const grpc = fromSdk("@grpc/grpc-js") as Grpc;
const { Struct: StructClass } = fromSdk("google-protobuf/google/protobuf/struct_pb") as {
  Struct: { fromJavaScript(value: object): Struct };
};
const { Empty: EmptyClass } = fromSdk("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => object };

interface Grpc {
  readonly Server: new (options: object) => Server;
  readonly ServerCredentials: { createInsecure(): unknown };
  readonly credentials: { createInsecure(): Credentials };
}

type Credentials = ConstructorParameters<typeof CallbacksClient>[1];

interface Server {
  addService(definition: unknown, handlers: Handlers): void;
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

/** gRPC handlers by method name. */
export type Handlers = Readonly<Record<string, unknown>>;

/** A protobuf Struct. */
export type Struct = NonNullable<ReturnType<RegisterResourceRequest["getObject"]>>;

/** gRPC status codes that the SDK tells apart. */
export const Status = { UNKNOWN: 2, INVALID_ARGUMENT: 3, ALREADY_EXISTS: 6, INTERNAL: 13, UNAVAILABLE: 14 } as const;

/** An answer that fails the call, and so the program's registration or function. */
export class CallError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const OPTIONS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
  "grpc.server_max_unrequested_time_in_server": 30 * 60,
  "grpc.enable_http_proxy": 0,
};

/** Options and credentials for a client of a service on this machine. */
export const localClient: { credentials(): Credentials; readonly options: object } = {
  credentials: () => grpc.credentials.createInsecure(),
  options: OPTIONS,
};

/** A listening server. */
export interface Listener {
  readonly address: string;
  close(): void;
}

/** Serves gRPC services on a free port of the loopback interface. */
export async function listen(services: readonly (readonly [unknown, Handlers])[]): Promise<Listener> {
  const server = new grpc.Server(OPTIONS);
  for (const [definition, handlers] of services) {
    server.addService(definition, handlers);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) {
        resolve(bound);
      } else {
        reject(error);
      }
    });
  });
  return {
    address: `127.0.0.1:${String(port)}`,
    close: () => {
      server.forceShutdown();
    },
  };
}

type Reply<Response> = (error: { code: number; details: string } | null, response?: Response) => void;

/** Makes a gRPC handler of a function: what it throws fails that one call, never the server. */
export function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): (call: { readonly request: Request }, reply: Reply<Response>) => Promise<void> {
  return async (call, reply) => {
    try {
      reply(null, await handle(call.request));
    } catch (error) {
      const code = error instanceof CallError ? error.code : Status.INTERNAL;
      reply({ code, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** The empty message. */
export function empty(): object {
  return new EmptyClass();
}

/** A record as a protobuf Struct; undefined values are left out. */
export function toStruct(record: object): Struct {
  return StructClass.fromJavaScript(defined(record) as object);
}

function defined(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : defined(item)));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, defined(item)]));
}

/** A protobuf Struct as a record. */
export function fromStruct(struct: Struct | undefined): Record<string, unknown> {
  return struct === undefined ? {} : struct.toJavaScript();
}
