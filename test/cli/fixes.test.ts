import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import { Files } from "../../cli/fixes/files";
import { Fixable } from "./fixable";
import { command, programDirectory, type CommandResult } from "./harness";

jest.setTimeout(600_000);

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../docs/schemas/check-1.json"), "utf8")) as Record<
  string,
  unknown
>;
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

interface Fix {
  readonly resource: { readonly name: string };
  readonly location?: { readonly file: string; readonly line: number };
  readonly state: "proposed" | "fixed" | "left";
  readonly reason?: string;
  readonly changes: readonly { path: string; before?: unknown; after: unknown; policies: string[] }[];
}

interface Document {
  readonly projects: readonly {
    readonly fixes?: readonly Fix[];
    readonly resources: readonly { readonly name: string; readonly findings: readonly { policy: string }[] }[];
  }[];
}

const made: Fixable[] = [];
function fixable(...args: ConstructorParameters<typeof Fixable>): Fixable {
  const program = new Fixable(...args);
  made.push(program);
  return program;
}
afterAll(() => {
  for (const program of made) program.remove();
});

/** Without the type checker, where that is not what is tested. */
async function untyped<T>(work: () => Promise<T>): Promise<T> {
  process.env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
  try {
    return await work();
  } finally {
    delete process.env["PULUMI_NODEJS_TRANSPILE_ONLY"];
  }
}

function json({ stdout }: CommandResult): { project: Document["projects"][number]; fixes: ReadonlyMap<string, Fix> } {
  const document = JSON.parse(stdout) as Document;
  expect([validate(document), validate.errors]).toEqual([true, null]);
  const [project] = document.projects;
  if (!project) throw new Error("one project");
  return { project, fixes: new Map(project.fixes?.map((fix) => [fix.resource.name, fix])) };
}

/** The sources, with what an editor may have put into them and git would take out. */
function shapes(): Fixable {
  const program = fixable("fixable");
  program.write("crlf.ts", program.read("crlf.ts").replaceAll("\n", "\r\n"));
  program.write("bom.ts", `\uFEFF${program.read("bom.ts")}`);
  return program;
}

test("--fix-preview shows the properties as remediation sets them, where, and for which policies; it changes nothing", async () => {
  const program = shapes();
  const before = program.sources();
  const report = path.join(program.directory, "preview.txt");
  const result = await untyped(() =>
    command("check", "--fix-preview", "--format", "json", "--report", `text=${report}`, program.directory),
  );
  const { fixes } = json(result);
  expect(result.exitCode).toBe(1);
  expect(program.sources()).toEqual(before);
  expect(fixes.get("optional")).toMatchObject({
    state: "proposed",
    location: { file: "optional.ts", line: 3 },
    changes: [
      { path: "metadataOptions.httpTokens", before: "optional", after: "required", policies: ["imds-require-v2"] },
      { path: "metadataOptions.httpPutResponseHopLimit", before: 3, after: 1, policies: ["imds-hop-limit"] },
      { path: "metadataOptions.httpProtocolIpv6", before: "enabled", after: "disabled" },
      { path: "metadataOptions.instanceMetadataTags", before: "enabled", after: "disabled" },
    ],
  });
  const paths = (name: string): unknown => fixes.get(name)?.changes.map((change) => [change.path, change.after]);
  expect(paths("notebook")).toEqual([
    ["instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion", "2"],
  ]);
  expect(paths("native-template")).toEqual([
    ["launchTemplateData.metadataOptions.httpTokens", "required"],
    ["launchTemplateData.metadataOptions.httpPutResponseHopLimit", 1],
  ]);
  expect(paths("configuration")).toContainEqual(["metadataOptions.httpEndpoint", "enabled"]);
  expect(paths("container-host")).toContainEqual(["metadataOptions.httpPutResponseHopLimit", 2]);
  expect(paths("beanstalk")).toMatchObject([["settings[1]", { name: "DisableIMDSv1", value: "true" }]]);
  const text = readFileSync(report, "utf8");
  expect(text).toContain('- metadataOptions.httpTokens: "optional"\n  + metadataOptions.httpTokens: "required"');
  expect(text).toContain("optional.ts:3");
});

test("--fix edits every shape as the file is written, proves it, and changes nothing a second time", async () => {
  const program = shapes();
  const result = await untyped(() => command("check", "--fix", "--format", "json", program.directory));
  const { project, fixes } = json(result);
  expect(result.stderr).toBe("");
  const expected = (name: string): string =>
    readFileSync(path.join(programDirectory("fixable"), "expected", name), "utf8");
  const sources = program.sources();
  const { "crlf.ts": crlf, "bom.ts": bom, ...others } = sources;
  for (const [name, text] of Object.entries(others)) expect([name, text]).toEqual([name, expected(`${name}.txt`)]);
  expect(crlf).toBe(expected("crlf.ts.txt").replaceAll("\n", "\r\n"));
  expect(bom).toBe(`\uFEFF${expected("bom.ts.txt")}`);

  const left = [...fixes.values()].filter(({ state }) => state === "left");
  const reasons = Object.fromEntries(left.map(({ resource: { name }, reason }) => [name, reason]));
  expect(reasons).toEqual({
    variable: "its arguments are the variable base",
    spread: "metadataOptions may come from a spread",
    shorthand: "metadataOptions is a variable",
    leaf: "metadataOptions.httpTokens is a variable",
    computed: "metadataOptions is computed",
    conditional: "metadataOptions.httpTokens is computed",
    "packaged-machine": "Machine creates it, which takes arguments of its own",
    transformed: "metadataOptions is set on the way: by a transformation, or by the provider",
    overruled: "imds-require-v2 stays all the same; taken back",
    "plain-host": "the same line creates 2 resources, which are not to be set alike",
    "container-host": "the same line creates 2 resources, which are not to be set alike",
  });
  const isFixed = (name: string): boolean => fixes.get(name)?.state === "fixed";
  const found = project.resources.filter(({ name }) => isFixed(name)).flatMap(({ findings }) => findings);
  expect(
    found.map(({ policy }) => policy).filter((policy) => /^imds-(require|hop|ipv6|instance)/.test(policy)),
  ).toEqual([]);
  expect(program.others()).toEqual(["Pulumi.yaml", "expected", "node_modules", "tsconfig.json"]);

  const again = await untyped(() => command("check", "--fix", "--format", "json", program.directory));
  expect(program.sources()).toEqual(sources);
  expect([...json(again).fixes.values()].map(({ state }) => state)).not.toContain("fixed");
});

test("what a program cannot take is taken back, and told; the rest is kept", async () => {
  const program = fixable("fixable-proof");
  const outside = program.read("shared.ts");
  const app = path.join(program.directory, "app");
  const { fixes } = json(await untyped(() => command("check", "--fix", "--format", "json", app)));
  expect([...fixes.values()].map(({ resource, state }) => [resource.name, state]).sort()).toEqual([
    ["good", "fixed"],
    ["refused", "left"],
    ["shared", "left"],
    ["worse", "left"],
  ]);
  expect(fixes.get("refused")?.reason).toMatch(/no longer runs with it \(.*no options, please.*\); taken back$/);
  expect(fixes.get("worse")?.reason).toBe("userdata-no-credentials is then found on worse; taken back");
  expect(fixes.get("shared")?.reason).toBe("shared.ts is not a file of the project");
  expect(program.read("shared.ts")).toBe(outside);
  const sample = readFileSync(path.join(programDirectory("fixable-proof"), "app/index.ts"), "utf8");
  const edited = 'metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 }';
  expect(program.read("app/index.ts")).toBe(
    sample.replace('"good", { ami: "ami-1", instanceType: "t3.micro" }', (args) => args.replace(" }", `, ${edited} }`)),
  );
});

test("a JavaScript module is edited, and its diff printed", async () => {
  const program = fixable("fixable-esm");
  const { stdout, exitCode } = await command("check", "--fix", program.directory);
  expect(program.read("program.mjs")).toContain(
    "  metadataOptions: {\n    'httpTokens': 'required',\n    'httpPutResponseHopLimit': 1\n  }\n",
  );
  expect(stdout).toContain("--- a/program.mjs\n+++ b/program.mjs\n@@ -4,7 +4,7 @@\n");
  expect(stdout).toContain("-    'httpTokens': 'optional',\n");
  expect(stdout).toContain("+    'httpTokens': 'required',\n");
  expect(exitCode).toBe(0);
});

test("without TypeScript it says what to install, and edits nothing", async () => {
  const program = fixable("fixable-esm", ["@pulumi/aws", "@pulumi/pulumi"]);
  const before = program.sources();
  const { stderr, exitCode } = await command("check", "--fix", program.directory);
  expect(stderr).toContain(`cd ${program.directory} && npm install --save-dev typescript@5`);
  expect(exitCode).toBe(2);
  expect(program.sources()).toEqual(before);
});

test("--fix and --fix-preview exclude each other", async () => {
  const { stderr, exitCode } = await command("check", "--fix", "--fix-preview", programDirectory("esm"));
  expect(stderr).toContain("--fix-preview");
  expect(exitCode).toBe(2);
});

describe("files", () => {
  test("are not edited outside the project, in packages, or where a compiler wrote them", () => {
    const { directory } = fixable("fixable-proof");
    const app = path.join(directory, "app");
    const files = new Files(app);
    const write = (name: string, text: string | Uint8Array): string => {
      const file = path.join(app, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    };
    expect(() => files.read(path.join(directory, "shared.ts"))).toThrow("not a file of the project");
    expect(() => files.read(write("node_modules/mine/index.js", ""))).toThrow("not a file of the project");
    expect(() => files.read(write("bin/index.js", "x\n//# sourceMappingURL=index.js.map\n"))).toThrow("compiler");
    expect(() => files.read(write("latin.ts", Uint8Array.of(0x22, 0xe9, 0x22)))).toThrow("UTF-8");
    expect(() => files.read(path.join(app, "gone.ts"))).toThrow("cannot be read");
  });

  test("are put back where work fails, but not over what someone else wrote meanwhile", async () => {
    const program = fixable("fixable-esm");
    const file = path.join(program.directory, "program.mjs");
    const files = new Files(program.directory);
    const text = files.read(file);
    const fail = (): Promise<never> => {
      files.write(new Map([[file, "edited"]]));
      expect(program.read("program.mjs")).toBe("edited");
      return Promise.reject(new Error("broken"));
    };
    await expect(files.guarded(fail)).rejects.toThrow("broken");
    expect(program.read("program.mjs")).toBe(text);
    program.write("program.mjs", "mine");
    expect(() => files.write(new Map([[file, "edited"]]))).toThrow("changed by something else");
    expect(program.read("program.mjs")).toBe("mine");
    rmSync(file);
  });
});
