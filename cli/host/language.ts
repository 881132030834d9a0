/** Pulumi's language hosts: plugins that run the programs of one language when they are asked to. */
import { LanguageRuntimeClient } from "@pulumi/pulumi/proto/language_grpc_pb";
import { ProgramInfo, RunRequest, type RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { StackConfig, Stack } from "./run";
import { localClient, Status, toStruct } from "./grpc";
import { JUDGE_PREVIEW } from "../preview-command";

/** What a language host is asked to run. */
export interface HostedRun {
  /** Name of the host, for messages. */
  readonly name: string;
  readonly program: { readonly stack: Stack; readonly config: StackConfig };
  readonly root: string;
  readonly directory: string;
  readonly entry: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Address of the engine. */
  readonly address: string;
}

/** Where a host fails, Pulumi's own words help most. */
const INSTEAD = `See whether pulumi preview works, and judge that: ${JUDGE_PREVIEW}`;

/** What is told of a host that goes before its program is done. */
export function hostGone(name: string): string {
  return `${name} ended, or stopped answering, before the program was done. ${INSTEAD}`;
}

/**
 * Asks a host to run a program; answers why it failed, empty where the host has told that already.
 * @param port the first line that the host printed
 */
export async function runHosted(port: string, asked: HostedRun): Promise<string | undefined> {
  if (!/^\d{1,5}$/.test(port)) {
    return `${asked.name} printed ${JSON.stringify(port.slice(0, 80))} where Pulumi's language hosts print a port. ${INSTEAD}`;
  }
  const client = new LanguageRuntimeClient(`127.0.0.1:${port}`, localClient.credentials(), localClient.options);
  try {
    return await new Promise<string | undefined>((resolve) => {
      client.run(requestOf(asked), (error, answer) => {
        resolve(error ? failureOf(error, asked.name) : answered(answer));
      });
    });
  } finally {
    client.close();
  }
}

function answered(answer: RunResponse): string | undefined {
  return answer.getError() === "" && !answer.getBail() ? undefined : answer.getError();
}

/** What a host answers in place of running the program, such as that a tool is missing. */
function failureOf({ code, details }: { readonly code: number; readonly details: string }, name: string): string {
  return code === Status.UNAVAILABLE ? hostGone(name) : `${name}: ${details}\n${INSTEAD}`;
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
