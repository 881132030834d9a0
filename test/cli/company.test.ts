/** Programs as they stand in the repositories of companies: workspaces, settings of compilers, components of plugins. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UNKNOWN } from "../../policies/machine/resource";
import { command, host, named } from "./harness";

jest.setTimeout(300_000);

const INSTALLED = path.resolve(__dirname, "../../node_modules");
/** As `@pulumi/aws` declares it; its types take the compiler half a minute. */
const DECLARED = `class Instance extends pulumi.CustomResource {
  constructor(name: string, args: { readonly ami: string; readonly instanceType: string }, opts?: pulumi.CustomResourceOptions) {
    super("aws:ec2/instance:Instance", name, args, opts);
  }
}
const aws = { ec2: { Instance } };
`;
const IMPORT = `import * as pulumi from "@pulumi/pulumi";\n${DECLARED}`;
const WEB = 'new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: "t3.micro" });\n';
const COMPILER = { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node", skipLibCheck: true };

let root: string;
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), "company-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Files by their path; what is no text becomes JSON. */
function write(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** A link in `folder` to a package that is installed here, or to a folder of the repository. */
function link(folder: string, name: string, target = path.join(INSTALLED, name)): void {
  const place = path.join(root, folder, name);
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(target, place);
}

function project(more = "", runtime = "nodejs"): string {
  return `name: company\nruntime: ${runtime}\n${more}`;
}

const PACKAGES = ["@pulumi/pulumi", "@pulumi/aws"];
const PLATFORM = `${IMPORT}export interface Args { readonly size: string }
export class Web extends pulumi.ComponentResource {
  readonly machine: pulumi.Output<string>;
  constructor(name: string, { size }: Args) {
    super("acme:web:Web", name);
    this.machine = new aws.ec2.Instance("web", { ami: "ami-0abcdef1234567890", instanceType: size }, { parent: this }).id;
    this.registerOutputs({ machine: this.machine });
  }
}
`;

test("a workspace: packages above the project, one of them the repository's own in TypeScript", async () => {
  for (const name of PACKAGES) link("node_modules", name);
  link("node_modules", "@acme/platform", "../../packages/platform");
  write({
    "package.json": { private: true, workspaces: ["packages/*", "infra"] },
    "packages/platform/package.json": { name: "@acme/platform", main: "src/index.ts", types: "src/index.ts" },
    "packages/platform/src/index.ts": PLATFORM,
    "infra/Pulumi.yaml": project(),
    "infra/tsconfig.json": { compilerOptions: COMPILER },
    "infra/index.ts":
      'import { Web } from "@acme/platform";\nexport const machine = new Web("app", { size: "t3.nano" }).machine;\n',
  });
  const result = await host(path.join(root, "infra"));
  expect([result.outcome, result.errors]).toEqual([{ kind: "completed" }, []]);
  const web = named(result, "web");
  expect(web).toMatchObject({ inputs: { instanceType: "t3.nano" }, parent: named(result, "app").urn });
  expect(named(result, "company-dev").outputs).toEqual({ machine: web.outputs["id"] });
  expect(result.positions.get(web.urn)?.file).toMatch(/packages\/platform\/src\/index\.ts$/);
});

test("a store of packages with links to them, as pnpm makes it", async () => {
  for (const name of PACKAGES) {
    const store = `node_modules/.pnpm/${name.replace("/", "+")}@7.0.0/node_modules`;
    link(store, name);
    link("node_modules", name, path.join(root, store, name));
  }
  write({ "Pulumi.yaml": project(), "index.js": `const aws = require("@pulumi/aws");\n${WEB}` });
  const result = await host(root);
  expect([result.outcome, named(result, "web").type]).toEqual([{ kind: "completed" }, "aws:ec2/instance:Instance"]);
});

const DEFAULT = `import * as aws from "@pulumi/aws";
await Promise.resolve();\nexport default async () => {\n  const web = ${WEB}  return { id: web.id };\n};\n`;
const ASSIGNED = `${IMPORT}export = async () => {\n  const web = ${WEB}  return { id: web.id };\n};\n`;
const options = (lines: readonly string[]): string =>
  ["\n  name: nodejs", "  options:", ...lines.map((line) => `    ${line}`)].join("\n");

test.each<[string, Readonly<Record<string, unknown>>]>([
  [
    "settings that extend others, references, and `import = require`",
    {
      "Pulumi.yaml": project(),
      "tsconfig.base.json": { compilerOptions: COMPILER },
      "tsconfig.json": { extends: "./tsconfig.base.json", files: ["index.ts"], references: [{ path: "./lib" }] },
      "lib/tsconfig.json": { extends: "../tsconfig.base.json", compilerOptions: { composite: true } },
      "lib/web.ts": `import pulumi = require("@pulumi/pulumi");\n${DECLARED}export const web = () => ${WEB}`,
      "index.ts": 'import { web } from "./lib/web";\nexport const id = web().id;\n',
    },
  ],
  [
    "a main file in src",
    { "Pulumi.yaml": project("main: src/main.ts\n"), "src/main.ts": `${IMPORT}export const { id } = ${WEB}` },
  ],
  [
    "a program that is compiled before, and no TypeScript",
    {
      "Pulumi.yaml": project("main: dist/\n", options(["typescript: false"])),
      "package.json": { name: "company", main: "dist/index.js" },
      "dist/index.js": `const aws = require("@pulumi/aws");\nexports.id = ${WEB.replace(";", ".id;")}`,
      "dist/index.ts": "this is not read",
    },
  ],
  [
    "options of the runtime",
    {
      "Pulumi.yaml": project(
        "",
        options(["packagemanager: pnpm", "nodeargs: --no-deprecation", "tsconfig: conf/tsconfig.json"]),
      ),
      "conf/tsconfig.json": { compilerOptions: { ...COMPILER, noImplicitAny: false } },
      "index.ts": `${IMPORT}function same(a) { return a; }\nif (!process.execArgv.includes("--no-deprecation")) throw new Error();\nexport const id = same(${WEB.replace(";", ").id;")}`,
    },
  ],
  [
    "an ES module that awaits, and exports a function",
    { "Pulumi.yaml": project(), "package.json": { type: "module", main: "index.js" }, "index.js": DEFAULT },
  ],
  ["a function that is exported alone", { "Pulumi.yaml": project(), "index.ts": ASSIGNED }],
])("%s", async (_what, files) => {
  write(files);
  link(".", "node_modules", INSTALLED);
  const result = await host(root);
  expect([result.outcome, result.errors]).toEqual([{ kind: "completed" }, []]);
  expect(named(result, "company-dev").outputs).toEqual({ id: named(result, "web").outputs["id"] });
});

test("stacks in a directory of their own, with lists, objects and encrypted values in them", async () => {
  write({
    "Pulumi.yaml": project("stackConfigDir: stacks\n"),
    "stacks/Pulumi.prod.yaml":
      "config:\n  company:machines:\n    - name: web\n      tags: { team: shop }\n      key: { secure: AAAB }\n",
    "index.js": `const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
for (const { name, tags, key } of new pulumi.Config().requireObject("machines")) {
  const more = { organization: pulumi.getOrganization(), stack: pulumi.getStack() };
  new aws.ec2.Instance(name, { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", keyName: key, tags: { ...tags, ...more } });
}
`,
  });
  link(".", "node_modules", INSTALLED);
  const result = await host(root, { stack: "acme/company/prod" });
  expect(named(result, "web").inputs).toMatchObject({
    keyName: UNKNOWN,
    tags: { team: "shop", organization: "acme", stack: "prod" },
  });
});

/** Registers as the packages of Pulumi do since their components are built by plugins: outputs are asked for as undefined. */
const remote = (type: string, outputs: readonly string[]): string => `const pulumi = require("@pulumi/pulumi");
const asked = Object.fromEntries(${JSON.stringify(outputs)}.map((name) => [name, undefined]));
module.exports = class extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super(${JSON.stringify(type)}, name, { ...args, ...asked }, opts, true);
  }
};
`;
const CLUSTER = `const aws = require("@pulumi/aws");
const Cluster = require("@pulumi/eks");
const Vpc = require("@pulumi/awsx");
const vpc = new Vpc("net", { numberOfAvailabilityZones: 2 });
const cluster = new Cluster("main", { vpcId: vpc.vpcId, privateSubnetIds: vpc.privateSubnetIds });
const machine = { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", subnetId: vpc.privateSubnetIds[0] };
const hard = { httpTokens: "required", httpPutResponseHopLimit: 1 };
new aws.ec2.Instance("weak", machine);
new aws.ec2.Instance("joins", { ...machine, metadataOptions: hard, keyName: "ops", userData: cluster.kubeconfig });
new aws.ec2.Instance("hard", { ...machine, metadataOptions: hard, keyName: "ops" });
exports.vpcId = vpc.vpcId;
`;

test("@pulumi/awsx and @pulumi/eks by their plugins: machines beside them are judged, the cluster's own are unverified", async () => {
  for (const name of PACKAGES) link("node_modules", name);
  write({
    "Pulumi.yaml": project(),
    "index.js": CLUSTER,
    "node_modules/@pulumi/awsx/index.js": remote("awsx:ec2:Vpc", ["vpcId", "privateSubnetIds", "publicSubnetIds"]),
    "node_modules/@pulumi/eks/index.js": remote("eks:index:Cluster", ["core", "kubeconfig", "nodeSecurityGroupId"]),
  });
  const { stdout } = await command("check", root);
  const block = (name: string): string => stdout.split("\n\n").find((each) => each.startsWith(`${name} (`)) ?? "";
  expect(block("weak")).toMatch(/mandatory +imds-require-v2/);
  expect(block("joins")).toContain("userData waits for main: userdata-no-credentials");
  expect(block("joins")).not.toContain("mandatory");
  expect(block("main")).toMatch(/the component waits for its machines.*imds-require-v2/);
  expect(block("hard") + block("net")).toBe("");
  expect(stdout).toContain("components of awsx:ec2:Vpc are built by a plugin");
});

test("a program of the Automation API in src is told how to be judged", async () => {
  write({ "package.json": {}, "src/main.ts": 'import { LocalWorkspace } from "@pulumi/pulumi/automation";\n' });
  const { stderr, exitCode } = await command("check", root);
  expect(stderr).toContain("policyPacks");
  expect(exitCode).toBe(2);
});

test("a runtime that Pulumi does not have: told which it has, and what else can be judged", async () => {
  write({ "Pulumi.yaml": project("", "deno"), "index.ts": "" });
  const { stderr, exitCode } = await command("check", root);
  expect(stderr).toMatch(/nodejs[^]*preview/);
  expect(exitCode).toBe(2);
});
