// The part of Pulumi's language hosts for Node, Python and Java that a preview and an update need: it runs programs, policy packs
// and plugins, and has the SDK of a package made. For the engine tests only; it installs nothing.
import { spawn } from "node:child_process";
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const MESSAGE_LIMIT = 400 * 1024 * 1024;
/** How `@pulumi/pulumi/cmd/run` says that it has already told the user what went wrong. */
const EXIT_ALREADY_REPORTED = 32;

// The script names its language; the engine passes its log flags next and its address last.
const [, , named] = process.argv;
const isPython = named === "python";
const engineAddress = process.argv.at(-1);
// It takes options with the request only, as Pulumi's newer hosts do.
if (engineAddress === "-help") process.exit(0);

/** A script of the SDK that the program or the pack itself depends on, since that is the version it is written for. */
function sdkScript(script, directory) {
  return createRequire(join(directory, "index.js")).resolve(`@pulumi/pulumi/cmd/${script}`);
}

function getPluginInfo(_call, answer) {
  const info = new plugin.PluginInfo();
  info.setVersion("1.0.0");
  answer(null, info);
}

/** Runs a program; the engine's answer is only how it ended, everything else goes over the resource monitor. */
function run(call, answer) {
  const request = call.request;
  const info = request.getInfo();
  const args = runArguments(request, info);
  const [command, script] = isPython
    ? ["python3", join(HERE, "run-python.py")]
    : [process.execPath, sdkScript("run", info.getProgramDirectory())];
  const child = spawn(command, [script, ...args], {
    cwd: info.getProgramDirectory(),
    env: { ...process.env, ...runEnvironment(request, info) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  call.on("cancelled", () => child.kill("SIGINT"));
  child.on("close", (code) => answer(null, runResponse(code)));
}

/** Runs a Java program by Maven, or the archive that is given, and shows what they print where they fail, as Pulumi's host does. */
function runJava(call, answer) {
  const request = call.request;
  const info = request.getInfo();
  const { binary } = info.getOptions()?.toJavaScript() ?? {};
  const [command, args] = binary
    ? ["java", ["-jar", binary]]
    : ["mvn", ["--no-transfer-progress", "compile", "exec:java"]];
  const child = spawn(command, args, {
    cwd: info.getProgramDirectory(),
    env: { ...process.env, ...javaEnvironment(request) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: [], stderr: [] };
  for (const [name, chunks] of Object.entries(printed)) child[name].on("data", (chunk) => chunks.push(chunk));
  call.on("cancelled", () => child.kill("SIGINT"));
  child.on("error", answer);
  child.on("close", (code) => {
    const response = new language.RunResponse();
    if (code !== 0) {
      for (const [name, chunks] of Object.entries(printed)) writeSync(name === "stdout" ? 1 : 2, Buffer.concat(chunks));
      response.setError(`exit status ${code}`);
    }
    answer(null, response);
  });
}

function javaEnvironment(request) {
  return {
    PULUMI_MONITOR: request.getMonitorAddress(),
    PULUMI_ENGINE: engineAddress,
    PULUMI_ORGANIZATION: request.getOrganization(),
    PULUMI_PROJECT: request.getProject(),
    PULUMI_STACK: request.getStack(),
    PULUMI_PWD: request.getPwd(),
    PULUMI_DRY_RUN: String(request.getDryrun()),
    PULUMI_PARALLEL: String(request.getParallel()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function runArguments(request, info) {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    "root-directory": info.getRootDirectory(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}

function runEnvironment(request, info) {
  const entries = request.getConfigMap().toArray();
  const qualified = entries.map(([key, value]) => [isPython ? key : key.replace(":", ":config:"), value]);
  const options = info.getOptions()?.toJavaScript() ?? {};
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(qualified)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
  };
}

function runResponse(code) {
  const response = new language.RunResponse();
  if (code === EXIT_ALREADY_REPORTED) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

/** Runs a policy pack, or a provider written in Node, and relays what it prints: the first line is the port it serves. */
function runPlugin(call) {
  const request = call.request;
  const child = spawn(process.execPath, pluginArguments(request), {
    cwd: request.getKind() === "analyzer" ? request.getInfo().getProgramDirectory() : request.getPwd(),
    env: { ...process.env, ...Object.fromEntries(request.getEnvList().map(splitVariable)) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk) => call.write(pluginResponse("setStdout", chunk)));
  child.stderr.on("data", (chunk) => call.write(pluginResponse("setStderr", chunk)));
  call.on("cancelled", () => child.kill("SIGINT"));
  child.on("close", (code) => {
    call.write(pluginResponse("setExitcode", code ?? 0));
    call.end();
  });
}

function pluginArguments(request) {
  const directory = request.getInfo().getProgramDirectory();
  return request.getKind() === "analyzer"
    ? [sdkScript("run-policy-pack", directory), ...request.getArgsList(), directory]
    : [sdkScript("run-plugin", directory), directory, ...request.getArgsList()];
}

/** Has the SDK of a package written into a directory. */
function generatePackage(call, answer) {
  const { request } = call;
  const args = [request.getDirectory(), request.getLoaderTarget()];
  const child = spawn("pulumi-python-sdk", args, { stdio: ["pipe", "inherit", "inherit"] });
  child.on("error", answer);
  child.on("close", (code) =>
    answer(code === 0 ? null : new Error(`it ended with ${code}`), new language.GeneratePackageResponse()),
  );
  child.stdin.end(request.getSchema());
}

function splitVariable(variable) {
  const at = variable.indexOf("=");
  return [variable.slice(0, at), variable.slice(at + 1)];
}

function pluginResponse(setter, value) {
  const response = new language.RunPluginResponse();
  response[setter](value);
  return response;
}

const limits = { "grpc.max_receive_message_length": MESSAGE_LIMIT, "grpc.max_send_message_length": MESSAGE_LIMIT };
const server = new grpc.Server(limits);
// Methods that are missing here are answered as not implemented, which the engine tolerates.
server.addService(languageGrpc.LanguageRuntimeService, {
  getPluginInfo,
  run: named === "java" ? runJava : run,
  runPlugin,
  ...(isPython && { generatePackage }),
  getRequiredPackages: (_call, answer) => answer(null, new language.GetRequiredPackagesResponse()),
  installDependencies: (call) => call.end(),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
