import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UNKNOWN } from "../../policies/machine/resource";
import { command, host, named, names, programDirectory } from "./harness";
import { pythonEnvironment } from "./python";

jest.setTimeout(300_000);

const before = { ...process.env };
let environment: string;
beforeAll(() => (environment = pythonEnvironment()));
beforeEach(() => (process.env["VIRTUAL_ENV"] = environment));
afterEach(() => (process.env = { ...before }));

test("a Python program registers what a Node program would: identities, edges, components, providers, configuration", async () => {
  const result = await host("python", { stack: "test", config: ["size=3"] });
  expect([result.outcome, result.errors]).toEqual([{ kind: "completed" }, []]);
  const machine = named(result, "app-machine");
  expect(machine.urn).toBe("urn:pulumi:test::python::my:web:Server$aws:ec2/instance:Instance::app-machine");
  expect(machine.inputs).toMatchObject({
    iamInstanceProfile: named(result, "profile").outputs["name"],
    metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 },
  });
  expect(names(machine.propertyDependencies["iamInstanceProfile"])).toEqual(["profile"]);
  const web = named(result, "web");
  expect(web.inputs).toMatchObject({
    ami: UNKNOWN,
    userData: `echo ${String(named(result, "bucket").outputs["id"])}`,
    tags: { stack: "test", size: "3", count: UNKNOWN },
  });
  expect(web.provider).toMatchObject({ name: "far", props: { region: "eu-west-1" } });
  expect(String(named(result, "policy").inputs?.["policy"])).toMatch(/arn:aws:s3:::bucket-\w+\/\*/);
  expect(named(result, "python-test").outputs).toEqual({ profile: named(result, "profile").outputs["name"] });
});

test.each([
  ["python-throws", "program.py|__main__.py", "the wheels came off", "after registering 1 resource"],
  ["python-exits", "", "exited before it was done", "after registering 1 resource"],
  ["python-config", "", "Missing required configuration variable 'python-config:size'", "--config"],
])("%s: the message says what happened", async (program, place, ...messages) => {
  const result = await command("check", programDirectory(program));
  messages.forEach((message) => expect(result.stderr).toContain(message));
  expect(result.stderr).toMatch(new RegExp(place));
  expect(result.stderr).not.toContain("run_in_stack");
  expect(result.stdout).toContain("incomplete");
  expect(result.exitCode).not.toBe(0);
});

describe("which Python", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "python-"));
    delete process.env["VIRTUAL_ENV"];
    delete process.env["PULUMI_PYTHON_CMD"];
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function program(options: string, place = "."): string {
    const directory = path.join(root, place);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, "Pulumi.yaml"), `name: tool\nruntime: {name: python, options: {${options}}}\n`);
    writeFileSync(path.join(directory, "__main__.py"), "import pulumi\npulumi.export('a', 1)\n");
    return directory;
  }

  test.each([
    ["the project's own", "toolchain: pip, virtualenv: env", ".", "env"],
    ["uv's, in a workspace above the project", "toolchain: uv", "infra/web", ".venv"],
    ["one that lies in the project", "", ".", "venv"],
  ])("%s", async (_what, options, place, venv) => {
    const directory = program(options, place);
    symlinkSync(environment, path.join(root, venv));
    const result = await command("check", directory);
    expect(result).toEqual({ exitCode: 0, stdout: "✔ no findings (0 of 0 resources judged)\n", stderr: "" });
  });

  test("uv's own, whatever is active", async () => {
    const directory = program("", "infra/web");
    writeFileSync(path.join(root, "infra/uv.lock"), "");
    symlinkSync(environment, path.join(root, "infra/.venv"));
    process.env["VIRTUAL_ENV"] = emptyEnvironment();
    expect((await command("check", directory)).exitCode).toBe(0);
  });

  test("Poetry's, which only it knows, where its lock tells that it keeps the packages", async () => {
    const directory = program("");
    writeFileSync(path.join(directory, "poetry.lock"), "");
    executable("poetry", `echo ${environment}`);
    process.env["PULUMI_PYTHON_CMD"] = executable("none", "exit 77");
    expect((await command("check", directory)).exitCode).toBe(0);
    process.env["PATH"] = before["PATH"];
    const { stderr } = await command("check", directory);
    expect(stderr).toContain("poetry is not on the PATH");
    expect(stderr).toContain("poetry install");
  });

  /** A program of the path. */
  function executable(name: string, script: string): string {
    const file = path.join(root, "bin", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env["PATH"] = `${path.dirname(file)}:${String(before["PATH"])}`;
    return file;
  }

  /** An environment without the SDK. */
  function emptyEnvironment(): string {
    const file = path.join(root, "empty-env/bin/python");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "#!/bin/sh\nexit 77\n", { mode: 0o755 });
    return path.join(root, "empty-env");
  }

  /** How versions of the SDK tell where a resource is created that tell no other frames. */
  const COUNTS_FRAMES = `
import pulumi.runtime.resource as registration
registration._get_stack_trace = lambda: None
registration._get_source_position = lambda skip: None
`;

  test.each([
    ["all frames", ""],
    ["one of them", COUNTS_FRAMES],
  ])("a resource lies where the program has it, if main is a file and the SDK tells %s", async (_what, customize) => {
    writeFileSync(path.join(root, "sitecustomize.py"), customize);
    process.env["PYTHONPATH"] = root;
    const directory = program("");
    appendFileSync(path.join(directory, "Pulumi.yaml"), "main: program.py\n");
    const text = `import pulumi

class Site(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("my:web:Site", name)

Site("site")
`;
    writeFileSync(path.join(directory, "program.py"), text);
    process.env["VIRTUAL_ENV"] = environment;
    const result = await host(directory);
    expect(result.positions.get(named(result, "site").urn)).toMatchObject({
      file: path.join(directory, "program.py"),
      line: 7,
    });
  });

  test("where there is none, the message says how to make it", async () => {
    const empty = path.join(root, "empty");
    writeFileSync(empty, `#!/bin/sh\nexit 77\n`, { mode: 0o755 });
    process.env["PULUMI_PYTHON_CMD"] = empty;
    const result = await command("check", program("toolchain: pip, virtualenv: env"));
    expect(result.stderr).toContain("the virtual environment env does not exist");
    expect(result.stderr).toContain("python3 -m venv env && env/bin/pip install -r requirements.txt");
    expect(result.exitCode).toBe(2);
  });

  test.each(['os.environ["ABSENT_HERE"]', "os.getenv('ABSENT_HERE').split()"])(
    "a variable of the environment that is missing is named: %s",
    async (read) => {
      process.env["VIRTUAL_ENV"] = environment;
      const directory = program("");
      writeFileSync(
        path.join(directory, "__main__.py"),
        `import os, pulumi\ndef zones():\n    return ${read}\nzones()\n`,
      );
      const { stderr } = await command("check", directory);
      expect(stderr).toContain("hint: __main__.py:3 reads the environment variable ABSENT_HERE, which is not set.");
    },
  );

  test("configuration of every type is named at once", async () => {
    process.env["VIRTUAL_ENV"] = environment;
    const directory = program("");
    const types = ["", "_bool", "_int", "_float", "_object", "_secret", "_secret_bool", "_secret_object"];
    const reads = types.map((type, index) => `config.require${type}("key${String(index)}")`);
    writeFileSync(
      path.join(directory, "__main__.py"),
      ["import pulumi", "config = pulumi.Config()", ...reads, ""].join("\n"),
    );
    const { stderr } = await command("check", directory);
    expect(stderr).toContain(`does not set: ${types.map((_, index) => `tool:key${String(index)}`).join(", ")}.`);
  });

  test("a program without its first file is told so", async () => {
    const directory = program("");
    rmSync(path.join(directory, "__main__.py"));
    const result = await command("check", directory);
    expect(result.stderr).toContain(`${directory} has no __main__.py`);
    expect(result.exitCode).toBe(2);
  });
});
