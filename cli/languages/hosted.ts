import { CheckError } from "../errors";
import type { Program } from "../host";
import type { Project } from "../project";
import { entryPoint } from "./entry";
import { isolatedEnvironment } from "./environment";
import { findHost, flagsOf } from "./hosts";
import { JUDGE_PREVIEW } from "../preview-command";

/** Languages whose programs Pulumi's CLI runs as it is installed. */
const OF_THE_CLI = ["bun", "dotnet", "go", "java", "nodejs", "python", "yaml"];

/** Runs programs by Pulumi's own language host for their language. */
export function hosted(project: Project, program: Omit<Program, "launch">): Program["launch"] {
  const command = findHost(project.runtime);
  if (command === undefined) throw new CheckError(missingHost(project));
  const { directory, entry } = entryPoint(project);
  const flags = flagsOf(command, project.runtimeOptions);
  return (address, providers) => ({
    command,
    args: [...flags, address],
    cwd: directory,
    env: {
      ...isolatedEnvironment(),
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Hosts that need a schema ask the provider for it.
      PULUMI_DEBUG_PROVIDERS: [...providers].map(([pkg, at]) => `${pkg}:${portOf(at)}`).join(","),
    },
    host: {
      name: `pulumi-language-${project.runtime}`,
      program,
      root: project.root,
      directory,
      entry,
      options: project.runtimeOptions,
      address,
    },
  });
}

function missingHost({ root, runtime, file }: Project): string {
  const host = `pulumi-language-${runtime}`;
  const isKnown = OF_THE_CLI.includes(runtime);
  return [
    `${root} is a ${runtime} program, which ${host} runs: it is neither on the PATH, nor beside the Pulumi CLI, nor among its plugins.`,
    isKnown
      ? "Install Pulumi (https://www.pulumi.com/docs/install/), or judge a preview:"
      : `Pulumi's own languages are ${OF_THE_CLI.join(", ")}: correct runtime in ${file}, install the plugin (pulumi plugin install language ${runtime}), or judge a preview:`,
    `  ${JUDGE_PREVIEW}`,
  ].join("\n");
}

function portOf(address: string): string {
  return address.slice(address.lastIndexOf(":") + 1);
}
