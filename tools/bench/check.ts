/** What `check` adds to running the program: the same host, with a provider that echoes and nothing that judges. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkProgram } from "../../cli/check";
import { runProgram, type ProviderModel } from "../../cli/host";
import { prepare } from "../../cli/languages";
import { chooseStack, readProject, readStackConfig } from "../../cli/project";
import { readSettings } from "../../policies/settings";
import { compare, ratio, reported, type Figure } from "./figures";

const RESOURCES = 100;
const TIMEOUT_SECONDS = 120;

const ECHO: ProviderModel = {
  check: ({ inputs }) => ({ inputs, failures: [] }),
  create: ({ inputs, name }) => ({ id: name, outputs: inputs }),
  invoke: (_, args) => ({ result: args, madeUp: [], failure: undefined }),
};

/** A program of instances, templates and groups, in plain JavaScript. */
function writeProgram(root: string): string {
  const directory = path.join(root, ".cache", "bench", "program");
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    path.join(directory, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(path.join(directory, "package.json"), JSON.stringify({ name: "bench", main: "index.js" }));
  writeFileSync(
    path.join(directory, "index.js"),
    `const aws = require("@pulumi/aws");
const metadataOptions = { httpTokens: "required", httpPutResponseHopLimit: 1, httpEndpoint: "enabled" };
for (let i = 0; i < ${String(RESOURCES / 4)}; i++) {
  const lt = new aws.ec2.LaunchTemplate("lt-" + i, { imageId: "ami-0c2f1e3d4b5a69788", metadataOptions });
  const launchTemplate = { id: lt.id, version: "$Latest" };
  new aws.autoscaling.Group("asg-" + i, { minSize: 1, maxSize: 2, launchTemplate, availabilityZones: ["a"] });
  new aws.ec2.Instance("web-" + i, { ami: "ami-0c2f1e3d4b5a69788", instanceType: "t3.micro", metadataOptions });
  new aws.s3.Bucket("bucket-" + i, { tags: { Name: "bucket-" + i } });
}
`,
  );
  return directory;
}

export async function checkFigures(root: string): Promise<Figure[]> {
  const directory = writeProgram(root);
  const settings = readSettings();
  const project = readProject(directory);
  const stack = chooseStack(project, undefined);
  const config = readStackConfig(project, stack.name, []);
  const [checked = 0, alone = 1] = await compare(5, [
    () => checkProgram(directory, settings, { config: [], timeoutSeconds: TIMEOUT_SECONDS }),
    () => runProgram(prepare(project, { stack, config }), { model: ECHO, timeoutSeconds: TIMEOUT_SECONDS }),
  ]);
  return [
    ratio(`check of ${String(RESOURCES)} resources / the program alone`, checked / alone, 1.3),
    reported(`check of ${String(RESOURCES)} resources`, checked, "ms"),
  ];
}
