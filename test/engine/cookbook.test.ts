import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine, expectRun, preset } from "./harness";

const RECIPES = "docs/samples/cookbook";

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await Engine.start();
  folder = mkdtempSync(join(tmpdir(), "cookbook-"));
});
afterAll(() => {
  engine.stop();
  rmSync(folder, { recursive: true });
});

/** All recipes as one program. */
function cookbook(): string {
  const program = join(folder, "cookbook");
  mkdirSync(program);
  const names = readdirSync(RECIPES).filter((file) => file.endsWith(".ts"));
  for (const name of names) cpSync(join(RECIPES, name), join(program, name));
  const files = {
    "index.ts": names.map((name) => `import "./${name.replace(/\.ts$/, "")}";\n`).join(""),
    "package.json": JSON.stringify({ name: "cookbook", private: true, main: "index.ts" }),
    "Pulumi.yaml": "name: cookbook\nruntime: nodejs\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(program, name), text);
  cpSync("examples/component/tsconfig.json", join(program, "tsconfig.json"));
  return program;
}

test("the cookbook is created, and passes the strict preset in the update and after it", async () => {
  const program = cookbook();
  const config = preset("strict");
  expectRun(await engine.up(program, { config, flags: ["--skip-preview"] }), 0, []);
  expectRun(await engine.preview(program, { config }), 0, []);
  expect(engine.created(program, "shop")).toBeDefined();
});
