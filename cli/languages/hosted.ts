import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { isolatedEnvironment } from "./environment";
import { onPath } from "./path";

/** Runs programs by Pulumi's own language host for their language, which comes with the Pulumi CLI. */
export function hosted(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const name = `pulumi-language-${project.runtime}`;
  const command = onPath(name);
  if (command === undefined) {
    throw new CheckError(
      `${project.root} is a ${project.runtime} program, which ${name} runs; it comes with the Pulumi CLI and is not on the PATH.\n` +
        "Install Pulumi (https://www.pulumi.com/docs/install/), or judge a preview:\n" +
        "  pulumi preview --json --show-sames | ec2-hardening check -",
    );
  }
  const { directory, entry } = entryPoint(project);
  return (address, providers) => ({
    command,
    args: [address],
    cwd: directory,
    env: {
      ...isolatedEnvironment(),
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Hosts that need a schema ask the provider for it.
      PULUMI_DEBUG_PROVIDERS: [...providers].map(([pkg, at]) => `${pkg}:${portOf(at)}`).join(","),
    },
    host: { program, root: project.root, directory, entry, options: project.runtimeOptions, address },
  });
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(":") + 1);
}
