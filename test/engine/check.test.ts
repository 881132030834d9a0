import { delimiter, join, resolve } from "node:path";
import { command } from "../cli/harness";
import { program } from "./harness";

// Go programs are compiled with Pulumi's SDK, which takes minutes on a machine that has not done it before.
jest.setTimeout(900_000);

const before = { ...process.env };
beforeAll(() => {
  const found = [join(resolve(__dirname, "../.."), ".cache/engine/bin"), "/usr/local/go/bin", "/usr/lib/go/bin"];
  process.env.PATH = [before.PATH, ...found].join(delimiter);
  process.env.GOTOOLCHAIN = "auto";
});
afterAll(() => {
  process.env = before;
});

function policies(stdout: string): string[] {
  const lines = stdout.split("\n").filter((line) => /^\S+ \(|^ {2}[✖⚠?]/.test(line));
  return lines.map((line) => line.replace(/ \(.*| {2}[✖⚠?] (\w+) +/g, "").trim());
}

describe("check of YAML programs, by Pulumi's own host and without the plugins of the providers", () => {
  test("machines of both providers", async () => {
    const { stdout, stderr } = await command("check", program("yaml-machines"));
    expect(stderr).toBe("");
    expect(policies(stdout).sort()).toEqual(
      ["bare", "native", "weak", "imds-require-v2", "imds-require-v2", "imds-require-v2"].sort(),
    );
  });

  test("functions, secrets, explicit providers, and types that nobody knows", async () => {
    const { stdout, stderr } = await command("check", "--verbose", program("yaml"));
    expect(stderr).toBe("");
    expect(policies(stdout)).toEqual([
      "template",
      "imds-require-v2",
      "imds-hop-limit",
      "web",
      "userdata-no-credentials",
    ]);
    expect(stdout).toContain("userData:2 holds the secret of password");
    expect(stdout).not.toContain("hunter2");
  });

  test("components of packages are told, since only a plugin could build them", async () => {
    const { stdout, stderr } = await command("check", program("yaml-components"));
    expect(stderr).toBe("");
    expect(stdout).toContain("notice: components of eks:index:Cluster are built by a plugin");
    expect(policies(stdout)).toContain("unverified-at-preview");
  });

  test("a value that is missing is told", async () => {
    const { stderr, exitCode } = await command("check", program("yaml-config"));
    expect(stderr).toContain('config value "size" not found');
    expect(stderr).not.toContain("u001b");
    expect(exitCode).toBe(2);
  });
});

test("check compiles and runs Go programs", async () => {
  const { stdout, stderr, exitCode } = await command(
    ...["check", "--timeout", "800", "--config", "size=t3.micro", program("go")],
  );
  expect(stderr).toBe("");
  expect(policies(stdout)).toEqual(["web", "imds-require-v2"]);
  expect(exitCode).toBe(1);
  const missing = await command("check", program("go"));
  expect(missing.stderr).toContain("Missing required configuration variable 'go:size'");
  expect(missing.exitCode).toBe(2);
});
