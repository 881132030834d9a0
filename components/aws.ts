import type * as Aws from "@pulumi/aws";

/** The AWS SDK of Pulumi, loaded with the first resource: who wants only the rules need not have it. */
export function aws(): typeof Aws {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it at the start
  return require("@pulumi/aws") as typeof Aws;
}
