/** The plugin behind the components in other languages than TypeScript: the Pulumi CLI starts it and asks it for them. */
import { main } from "@pulumi/pulumi/provider";
import { construct } from "./construct";
import schema from "./schema.json";

void main(
  {
    version: schema.version,
    getSchema: () => Promise.resolve(JSON.stringify(schema)),
    construct: (...given) => Promise.resolve(construct(...given)),
  },
  process.argv.slice(2),
);
