import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import { empty, listen, unary, type Listener } from "./grpc";

/** Serves the schema of a package as its provider would, and nothing else of it. */
export function serveSchema(schema: string): Promise<Listener> {
  const handlers = {
    attach: unary(() => empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion("0.0.0")),
    getSchema: unary(() => new GetSchemaResponse().setSchema(schema)),
  };
  return listen([[ResourceProviderService, handlers]]);
}
