/** Pulumi's language hosts: plugins that run the programs of one language when they are asked to. */
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { ProgramInfo, RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { StackConfig, Stack } from "./run";
import { localClient, toStruct } from "./grpc";

/** What a language host is asked to run. */
export interface HostedRun {
  readonly program: { readonly stack: Stack; readonly config: StackConfig };
  readonly root: string;
  readonly directory: string;
  readonly entry: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Address of the engine. */
  readonly address: string;
}

/** Asks a host on a port to run a program; answers why it failed, empty where the host has told that already. */
export async function runHosted(port: string, asked: HostedRun): Promise<string | undefined> {
  const client = new LanguageRuntimeClient(`127.0.0.1:${port}`, localClient.credentials(), localClient.options);
  try {
    const response = await new Promise<RunResponse>((resolve, reject) => {
      client.run(requestOf(asked), (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
    return response.getError() === "" && !response.getBail() ? undefined : response.getError();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.close();
  }
}

function requestOf({ program, root, directory, entry, options, address }: HostedRun): RunRequest {
  const { stack, config } = program;
  const info = new ProgramInfo();
  info.setRootDirectory(root);
  info.setProgramDirectory(directory);
  info.setEntryPoint(entry);
  info.setOptions(toStruct(options));
  const request = new RunRequest();
  request.setOrganization(stack.organization);
  request.setProject(stack.project);
  request.setStack(stack.name);
  request.setPwd(directory);
  request.setProgram(entry);
  request.setDryrun(true);
  request.setParallel(16);
  request.setMonitorAddress(address);
  request.setConfigsecretkeysList([...config.secretKeys]);
  config.values.forEach((value, key) => request.getConfigMap().set(key, value));
  request.setInfo(info);
  return request;
}
