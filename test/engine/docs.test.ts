import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Engine, expectRun } from "./harness";

const PROGRAM = resolve("docs/samples/guides/program");
/** What the quick start shows. */
const SHOWN = readFileSync("docs/samples/guides/preview.txt", "utf8");

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => {
  engine.stop();
});

/** What the CLI prints about policies, with the place of the pack as a user has it. */
function policiesIn(text: string): string {
  const start = text.indexOf("Policies:");
  const end = text.indexOf("\n\n", start);
  return text
    .slice(start, end < 0 ? undefined : end)
    .replaceAll(/\(local: [^)]*\)/g, "(local: node_modules/ec2-hardening)")
    .replaceAll(/[ \t]+$/gm, "");
}

test("a preview says what the quick start shows", async () => {
  const { exitCode, text } = await engine.preview(PROGRAM);
  const policies = `${policiesIn(text)}\n`;
  expect({ exitCode, policies }).toEqual({ exitCode: 1, policies: SHOWN });
});

test("the pack with own rules runs beside the program", async () => {
  const run = await engine.preview(PROGRAM, { pack: resolve("docs/samples/own-rule") });
  expectRun(run, 1, [
    "advisory acme-role-boundary web",
    "mandatory imds-hop-limit web",
    "mandatory imds-require-v2 web",
    "mandatory profile-no-admin web",
  ]);
});
