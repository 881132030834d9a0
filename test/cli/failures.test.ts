import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { failureText } from "../../cli/failures";
import { command, programDirectory } from "./harness";

jest.setTimeout(60_000);

const SEEN = /web \(aws:ec2:Instance\)[^]*imds-require-v2/;

describe("the verdicts so far are kept, and the message says what happened", () => {
  test.each([
    ["throws", "the wheels came off"],
    ["throws-in-apply", "apply went wrong"],
    ["throws-late", "late trouble"],
    ["exits", "exit code 3"],
    ["floods", "after the flood"],
    ["duplicates", "Duplicate resource URN"],
    ["invalid", "expected metadata_options.0.http_tokens to be one of"],
  ])("%s", async (program, message) => {
    const result = await command("check", programDirectory(program));
    expect(result.stdout).toMatch(SEEN);
    expect(result.stdout).toContain("incomplete");
    expect(result.stderr).toContain(message);
    expect(result.stderr).toContain("after registering 1 resource");
    expect(result.exitCode).toBe(1);
  });
});

test("a program that never ends is stopped with all it started", async () => {
  const result = await command("check", "--timeout", "15", programDirectory("hangs"));
  expect(result.stdout).toMatch(SEEN);
  expect(result.stderr).toMatch(/did not end within 15 s; it had registered 1 resource.*--timeout/);
  expect(result.exitCode).toBe(1);
});

test("nobody waits for what a program leaves running, also where that holds its output open", async () => {
  const result = await command("check", programDirectory("forks"));
  expect(result.stdout).toMatch(SEEN);
  expect([result.exitCode, result.stderr]).toEqual([1, ""]);
});

test.each(["automation", "automation-project"])("%s starts Pulumi by itself: told how to judge it", async (program) => {
  const result = await command("check", "--timeout", "30", programDirectory(program));
  expect(result.stderr).toContain("Automation API");
  expect(result.stderr).toContain("policyPacks");
  expect(result.exitCode).toBe(2);
});

test.each(["throws", "exits"])("%s: verbose tells each thing once", async (program) => {
  const { stderr } = await command("check", "--verbose", programDirectory(program));
  expect(stderr.split(program === "throws" ? "the wheels came off" : "giving up")).toHaveLength(2);
});

test.each([
  [
    "needs-config",
    "Missing required configuration variable 'needs-config:size'",
    "only --config gives",
    "needs-config:size, needs-config:count, needs-config:tags, aws:profileName. Give it with --config needs-config:size",
  ],
  ["needs-region", "No AWS region has been configured", "aws:region, needs-region:size. Give it with"],
])("%s: nothing was registered, so nothing was judged", async (program, ...messages) => {
  const result = await command("check", programDirectory(program));
  messages.forEach((message) => expect(result.stderr).toContain(message));
  expect(result.stdout).toContain("no findings (0 of 0 resources judged), incomplete");
  expect(result.exitCode).toBe(2);
});

test("types are checked where that is asked for: it takes longer than all the rest", async () => {
  const { stdout, exitCode } = await command("check", programDirectory("mistyped"));
  expect([stdout, exitCode]).toEqual(["✔ no findings (0 of 0 resources judged)\n", 0]);
  process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "false";
  try {
    const checked = await command("check", programDirectory("mistyped"));
    expect(checked.stderr).toContain("index.ts(1,26): error TS2583");
    expect(checked.exitCode).toBe(2);
  } finally {
    delete process.env["PULUMI_NODEJS_TRANSPILE_ONLY"];
  }
});

test("what only the type check knows is asked of it where a program fails without", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "enums-"));
  cpSync(programDirectory("mistyped"), directory, { recursive: true });
  symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(directory, "node_modules"));
  const write = (program: string): void => {
    writeFileSync(path.join(directory, "index.ts"), program);
  };
  try {
    writeFileSync(path.join(directory, "sizes.ts"), 'export declare const enum Size { Small = "t3.micro" }\n');
    write('import { Size } from "./sizes";\nexport const size: string = Size.Small;\n');
    expect(await command("check", directory)).toMatchObject({ exitCode: 0, stderr: "" });
    write('import { Size } from "./sizes";\nexport const size: number = Size.Small;\n');
    const { exitCode, stderr } = await command("check", directory);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("(reading 'Small')")]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

describe("hints", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "hints-"));
    symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(directory, "node_modules"));
    write("Pulumi.yaml", "name: hints\nruntime:\n  name: nodejs\n  options: { typescript: false }\n");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const write = (name: string, content: string): void => {
    writeFileSync(path.join(directory, name), content);
  };
  const hintsOf = async (program: string): Promise<string[]> => {
    write("index.js", program);
    const { stderr } = await command("check", directory);
    return stderr.split("\n").filter((line) => line.startsWith("hint: "));
  };
  const REACHES = expect.stringContaining("reaches for a network") as string;

  test.each([
    ["a package of Node.js", 'require("absent-package");', "absent-package"],
    ["one of Python", `throw new Error("ModuleNotFoundError: No module named 'jinja2.ext'");`, "jinja2"],
  ])("%s that is not installed is named", async (_what, program, name) => {
    expect(await hintsOf(program)).toEqual([
      `hint: the program lacks ${name}. Install its packages: cd ${directory} && npm install`,
    ]);
  });

  test.each([
    ["an alias", 'require("~lib/names");'],
    ["a folder of its own", "throw new Error(\"ModuleNotFoundError: No module named 'infra'\");"],
  ])("%s is no package", async (_what, program) => {
    mkdirSync(path.join(directory, "infra"));
    expect(await hintsOf(program)).toEqual([]);
  });

  test.each([
    [
      "is not built",
      "the main file that package.json names does not exist. Build the program first: cd DIR && pnpm run build",
      { main: "bin/index.js" },
      "",
    ],
    [
      "is an ES module in TypeScript",
      "recent versions of Pulumi's SDK run ES modules in TypeScript by ts-node: cd DIR && pnpm add --save-dev ts-node",
      { type: "module", main: "index.ts" },
      "",
    ],
    [
      "has a TypeScript that ts-node cannot use",
      "ts-node needs a TypeScript before version 7: cd DIR && pnpm add --save-dev typescript@6",
      {},
      "const error = new TypeError(\"Cannot read properties of undefined (reading 'readFile')\");" +
        "error.stack = `${error}\\n at register (vendor/ts-node@7.0.1/index.js:1:1)`; throw error;",
    ],
  ])("a program that %s is told so", async (_what, hint, manifest, program) => {
    write("package.json", JSON.stringify({ packageManager: "pnpm@10.0.0", ...manifest }));
    write("index.ts", "export const a: number = 1;");
    if (program !== "") expect(await hintsOf(program)).toEqual([`hint: ${hint.replace("DIR", directory)}`]);
    const { stderr } = await command("check", directory);
    expect(stderr).toContain(`hint: ${hint.replace("DIR", directory)}`);
  });

  test("a file of its own that does not exist is no package", async () => {
    expect(await hintsOf('require("./absent");')).toEqual([]);
    expect(await hintsOf('require("fs").readFileSync("/absent");')).toEqual([]);
  });

  test.each([
    "getaddrinfo ENOTFOUND api.example.com",
    "NameResolutionError: Failed to resolve 'httpbin.org'",
    "dial tcp: lookup api.example.com: no such host",
    "Unable to locate credentials. You can configure credentials by running aws configure.",
  ])("a program that reaches out: %s", async (message) => {
    expect(await hintsOf(`throw new Error(${JSON.stringify(message)});`)).toEqual([REACHES]);
  });

  describe("a variable of the environment that the line which failed reads", () => {
    const NAME = "ABSENT_FROM_THE_ENVIRONMENT";
    const hint = (line: number): string =>
      `hint: index.js:${String(line)} reads the environment variable ${NAME}, which is not set. ` +
      `Set it where this command is run: ${NAME}=VALUE.`;

    test.each([
      ["by its name", `\nprocess.env.${NAME}.split(",");`, [hint(2)]],
      ["in brackets", `Buffer.from(process.env["${NAME}"], "base64");`, [hint(1)]],
      ["on another line", `process.env.${NAME};\nthrow new Error("another");`, []],
      ["one that is set", 'process.env.PATH.absent.split(",");', []],
    ])("%s", async (_what, program, hints) => {
      expect(await hintsOf(program)).toEqual(hints);
    });

    test("one that leads to an account is kept from programs", async () => {
      process.env["AWS_PROFILE"] = "dev";
      try {
        expect(await hintsOf('process.env.AWS_PROFILE.split(",");')).toEqual([
          "hint: index.js:1 reads the environment variable AWS_PROFILE, which is kept from programs here: it leads to an account.",
        ]);
      } finally {
        delete process.env["AWS_PROFILE"];
      }
    });
  });

  test("configuration of every type is named at once, however much is missing", async () => {
    const types = ["", "Boolean", "Number", "Object", "Secret", "SecretBoolean", "SecretNumber", "SecretObject"];
    const keys = [...types, ...types].map((type, index) => ({ type, key: `key${String(index)}` }));
    const reads = keys.map(({ type, key }) => `config.require${type}("${key}");`);
    const [hint] = await hintsOf(`const config = new (require("@pulumi/pulumi").Config)();\n${reads.join("\n")}`);
    expect(hint).toContain(`does not set: ${keys.map(({ key }) => `hints:${key}`).join(", ")}.`);
  });

  test("a stack that has the configuration which this one lacks is named", async () => {
    write("Pulumi.dev.yaml", "config: { 'hints:other': 1 }\n");
    write("Pulumi.demo.yaml", "config: { 'hints:size': 3 }\n");
    write("Pulumi.prod.yaml", "config: {}\n");
    const [hint] = await hintsOf('new (require("@pulumi/pulumi").Config)().require("size");');
    expect(hint).toContain("--config hints:size=VALUE, or judge a stack that sets it: demo (--stack NAME)");
  });
});

test("a secret that the program prints is not repeated; a placeholder is pointed out", async () => {
  const args = ["check", "--verbose", "--config", "password=correct-horse", programDirectory("secrets")];
  const { stdout, stderr } = await command(...args);
  expect(stdout + stderr).not.toContain("correct-horse");
  expect(stderr).toContain("cannot use [secret]");
  expect(stderr).toContain("hint: encrypted values of the stack, 1 here, are replaced by placeholders");
});

test("nor is a part of a structured one, nor what encodes it", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "encoded-"));
  symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(directory, "node_modules"));
  const project = "name: encoded\nruntime:\n  name: nodejs\n  options: { typescript: false }\n";
  writeFileSync(path.join(directory, "Pulumi.yaml"), `${project}config:\n  database: { secret: true, default: x }\n`);
  writeFileSync(
    path.join(directory, "index.js"),
    `const pulumi = require("@pulumi/pulumi");
const { password } = JSON.parse(new pulumi.Config().require("database"));
pulumi.log.info("info " + password);
pulumi.log.debug("debug " + password);
console.log("plain " + password, "base64 " + Buffer.from("bob:" + password).toString("base64"));
console.error("query " + encodeURIComponent(password));
`,
  );
  const password = ["correct horse", "battery&staple"].join("/");
  try {
    const given = `database=${JSON.stringify({ user: "bob", password })}`;
    const { stderr } = await command("check", "--verbose", "--config", given, directory);
    expect(stderr).toContain("info: info [secret]");
    expect(stderr).toMatch(/plain \[secret\] base64 .{0,8}\[secret\]/);
    expect(stderr).toContain("query [secret]");
    expect(stderr).not.toContain("debug");
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test("nothing from a program's names reaches the terminal as a control", async () => {
  const { stdout, stderr } = await command("check", "--verbose", programDirectory("hostile"));

  expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
  expect(stdout).toContain("red\\u001b[31m\\nname::with $ and \\u202e (aws:ec2:Instance)");
  expect(stdout).toContain("__proto__ (aws:ec2:Instance)");
  expect(stderr).toContain("Examine values at 'odd.metadataOptions'");
});

test("of a long error, the end is shown too: Python says there what went wrong", () => {
  const error = [
    "Traceback",
    ...Array.from({ length: 60 }, (_, i) => `  frame ${String(i)}`),
    "TypeError: expected",
  ].join("\n");
  const parts = { directory: ".", file: "Pulumi.yaml", errors: [error], hints: [] };
  const stack = { name: "dev", project: "p", organization: "o" };
  const text = failureText({ ...parts, stack, outcome: { kind: "failed", code: 1, signal: undefined } }, 0);
  expect(text).toContain("Traceback");
  expect(text).toContain("TypeError: expected");
  expect(text).not.toContain("frame 40");
});

test("a program for Bun is run by it, and needs it", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "bun-"));
  const before = process.env["PATH"];
  try {
    cpSync(programDirectory("basics"), directory, { recursive: true });
    symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(directory, "node_modules"));
    const project = path.join(directory, "Pulumi.yaml");
    writeFileSync(project, readFileSync(project, "utf8").replace(/^runtime: .*$/m, "runtime: bun"));
    process.env["PATH"] = "";
    expect((await command("check", directory)).stderr).toContain("bun is not on the PATH");
    const bin = path.join(directory, "bin");
    mkdirSync(bin);
    writeFileSync(path.join(bin, "bun"), `#!${process.execPath}\n${BUN}`, { mode: 0o755 });
    process.env["PATH"] = bin;
    const { stdout, stderr, exitCode } = await command("check", directory);
    expect(stderr).toBe("");
    expect(stdout).toContain("resources judged");
    expect(exitCode).toBe((await command("check", programDirectory("basics"))).exitCode);
    const reference = 'new (require("@pulumi/pulumi").StackReference)("other")';
    const tell = 'console.log(value === undefined ? "absent" : "unknown")';
    writeFileSync(
      path.join(directory, "index.js"),
      `${reference}.getOutputDetails("role").then(({ value }) => ${tell});`,
    );
    expect((await command("check", "--verbose", directory)).stderr).toContain("unknown");
  } finally {
    process.env["PATH"] = before;
    rmSync(directory, { recursive: true });
  }
});

/** Runs a script as `bun -e SCRIPT FILE ARGUMENTS...` does. */
const BUN = `
const [, , evaluate, script, ...rest] = process.argv;
if (evaluate !== "-e") process.exit(3);
const args = ["--input-type=module", "-e", script, "--", ...rest];
const { status } = require("node:child_process").spawnSync(process.execPath, args, { stdio: "inherit" });
process.exit(status ?? 1);
`;
