/** GitHub's own parser of workflows and action files, which is an ES module: it runs in a process of its own. */
import { spawnSync } from "node:child_process";

/** The parser is made for bundlers: it imports JSON as Node.js does only where it is told that it is JSON. */
const HOOK = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  return found.url.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
}`;

const SCRIPT = `
import { register } from "node:module";
register("data:text/javascript,${encodeURIComponent(HOOK)}");
const { parseWorkflow, NoOperationTraceWriter } = await import("@actions/workflow-parser");
const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
let content = "";
for await (const chunk of process.stdin) content += chunk;
const file = { name: "file.yml", content };
const trace = new NoOperationTraceWriter();
const kind = process.argv[1];
const result = kind === "action" ? parseAction(file, trace) : parseWorkflow(file, trace);
const errors = result.context.errors.getErrors();
console.log(JSON.stringify(errors.map((error) => error.message)));
`;

/** What GitHub finds wrong with a file. */
export function actionErrors(kind: "action" | "workflow", content: string): readonly string[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--no-warnings", "--input-type=module", "--eval", SCRIPT, kind],
    { input: content, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

/** What shellcheck finds in a script. */
export function shellcheck(script: string): string {
  const { error, stdout, stderr } = spawnSync("shellcheck", ["--shell=bash", "-"], { input: script, encoding: "utf8" });
  if (error) throw new Error("this test needs shellcheck: apt-get install -y shellcheck");
  return stdout + stderr;
}
