import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { command, type CommandResult } from "./harness";

jest.setTimeout(120_000);

/** Where hosts are made that go wrong, and one that runs nothing. */
let root: string;
const before = { ...process.env };
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "hosts-"));
  // Only Node.js, for what stands in for hosts.
  process.env.PATH = [path.join(root, "bin"), path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter);
  process.env.PULUMI_HOME = path.join(root, "home");
});
afterEach(() => {
  process.env = { ...before };
  rmSync(root, { recursive: true });
});

/** Puts a host into a directory. */
function host(directory: string, script: string, interpreter = "/usr/bin/env node"): void {
  executable(path.join(root, directory, "pulumi-language-pascal"), `#!${interpreter}\n${script}\n`);
}

function executable(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, 0o755);
}

function check(runtime: string, ...flags: string[]): Promise<CommandResult> {
  writeFileSync(path.join(root, "Pulumi.yaml"), `name: sample\nruntime: ${runtime}\n`);
  return command("check", ...flags, root);
}

/** A host that fails at once, with what it was given. */
const TELLS = 'console.error("given " + JSON.stringify(process.argv.slice(2))); process.exit(3);';
/** A gRPC server that prints its port; `SERVICE` adds what it serves. */
const SERVER = `
const grpc = require(${JSON.stringify(createRequire(require.resolve("@pulumi/pulumi")).resolve("@grpc/grpc-js"))});
const service = require(${JSON.stringify(require.resolve("@pulumi/pulumi/proto/language_grpc_pb"))});
const { RunResponse } = require(${JSON.stringify(require.resolve("@pulumi/pulumi/proto/language_pb"))});
const server = new grpc.Server();
SERVICE
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => console.log(port));
`;
const serving = (run: string): string =>
  SERVER.replace("SERVICE", `server.addService(service.LanguageRuntimeService, { run: ${run} });`);

const PREVIEW = "pulumi preview --json --show-sames | ec2-hardening check -";

test.each([
  ["prints something else than its port", 'console.log("ready to serve");', 'printed "ready to serve"'],
  ["fails before it listens", 'console.error("no licence"); process.exit(3);', "no licence"],
  ["ends without a word", "", "ended, or stopped answering"],
  ["names a port where nothing listens", "console.log(1); setInterval(() => {}, 1000);", "ended, or stopped answering"],
  ["dies while it runs the program", serving("() => process.exit(4)"), "ended, or stopped answering"],
  ["runs no programs", SERVER.replace("SERVICE", ""), "pulumi-language-pascal: "],
])("a host that %s: told, with what it printed", async (_what, script, message) => {
  host("bin", script);
  const { exitCode, stderr } = await check("pascal");
  expect(stderr).toContain(message);
  expect(stderr).toContain("pulumi-language-pascal");
  expect(stderr).toMatch(/pulumi preview/);
  expect(stderr).not.toContain("process.exit");
  expect(exitCode).toBe(2);
});

test("a host that a machine cannot run is told", async () => {
  host("bin", "", "/nowhere/node");
  const { exitCode, stderr } = await check("pascal");
  expect(stderr).toMatch(/pulumi-language-pascal cannot be run: .*ENOENT/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(exitCode).toBe(2);
});

test("a host that never listens ends with the time limit", async () => {
  host("bin", "setInterval(() => {}, 1000);");
  const { exitCode, stderr } = await check("pascal", "--timeout", "1");
  expect(stderr).toContain("did not end within 1 s");
  expect(stderr).not.toContain("stopped answering");
  expect(exitCode).toBe(2);
});

test("what a build tool prints before it fails is told", async () => {
  const lines = Array.from({ length: 60 }, (_, i) => `compiling ${String(i)}`);
  const fails = serving(
    `(call, answer) => process.stdout.write(${JSON.stringify(`${lines.join("\n")}\nMain.pas(3): expected ;\n`)}, () => {
      const response = new RunResponse();
      response.setError("exit status 1");
      answer(null, response);
    })`,
  );
  host("bin", fails);
  const { stderr } = await check("pascal");
  expect(stderr).toContain("exit status 1");
  expect(stderr).toContain("Main.pas(3): expected ;");
  expect(stderr).not.toContain("compiling 20\n");
  const verbose = await check("pascal", "--verbose");
  expect(verbose.stderr).toContain("compiling 20\n");
});

describe("a host is found where Pulumi's CLI would find it", () => {
  const found = async (): Promise<string | undefined> => /the host of (\S+)/.exec((await check("pascal")).stderr)?.[1];
  const place = (directory: string): void =>
    host(directory, `console.error("the host of ${directory}"); process.exit(3);`);

  test("the newest of its plugins", async () => {
    for (const version of ["1.9.0", "1.10.0", "0.20.3"]) place(`home/plugins/language-pascal-v${version}`);
    place("home/plugins/language-pascal2-v3.0.0");
    expect(await found()).toBe("home/plugins/language-pascal-v1.10.0");
  });

  test("beside the CLI, wherever the link to it lies", async () => {
    place("home/plugins/language-pascal-v1.0.0");
    place("cellar");
    executable(path.join(root, "cellar/pulumi"), "");
    mkdirSync(path.join(root, "bin"));
    symlinkSync(path.join(root, "cellar/pulumi"), path.join(root, "bin/pulumi"));
    expect(await found()).toBe("cellar");
  });

  test("where the installer puts it, and on the PATH first of all", async () => {
    place("home/bin");
    expect(await found()).toBe("home/bin");
    place("bin");
    expect(await found()).toBe("bin");
  });
});

describe("options of the runtime", () => {
  const usage = `if (process.argv[2] === "-help") {
    console.error("Usage:\\n  -binary string\\n    \\tfile to run\\n  -root string\\n    \\tother: -- -not-one");
    process.exit(0);
  }`;
  const runtime = "{name: pascal, options: {binary: build/app, not-one: 1, deep: {binary: x}}}";

  test("are flags for hosts that know them, as the CLI gave them until the end of 2025", async () => {
    host("bin", `${usage}\n${TELLS}`);
    expect((await check(runtime)).stderr).toMatch(/given \["-binary=build\/app","127\.0\.0\.1:\d+"\]/);
  });

  test("are in the request only, for hosts that know no flags", async () => {
    host("bin", TELLS);
    expect((await check(runtime)).stderr).toMatch(/given \["127\.0\.0\.1:\d+"\]/);
    const asked = "call.request.getInfo().getOptions().toJavaScript().binary";
    const run = `(call) => { console.error("asked for " + ${asked}); process.exit(3); }`;
    host("bin", `if (process.argv[2] === "-help") process.exit(2);\n${serving(run)}`);
    expect((await check(runtime)).stderr).toContain("asked for build/app");
  });
});

test.each([
  ["dotnet", "{name: dotnet, options: {binary: out/app.dll}}", "https://www.pulumi.com/docs/install/"],
  ["java", "{name: java, options: {binary: target/app.jar}}", "https://www.pulumi.com/docs/install/"],
  ["csharp", "csharp", "bun, dotnet, go, java, nodejs, python, yaml"],
])("without a host for %s: what to install, and what to do without", async (name, runtime, advice) => {
  const { exitCode, stderr, stdout } = await check(runtime);
  expect(stderr).toContain(`pulumi-language-${name}`);
  expect(stderr).toContain(advice);
  expect(stderr).toContain(PREVIEW);
  expect([exitCode, stdout]).toEqual([2, ""]);
});
