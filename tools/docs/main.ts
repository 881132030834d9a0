/** Writes the generated documents; with `--check`, only says which of them are stale. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pages, runAll } from "./pages";

async function main(onlyCheck: boolean): Promise<number> {
  const stale = [...pages(await runAll())].filter(
    ([file, content]) => !existsSync(file) || readFileSync(file, "utf8") !== content,
  );
  for (const [file, content] of stale) {
    if (!onlyCheck) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    console.log(`${file} ${onlyCheck ? "is stale: run npm run docs" : "written"}`);
  }
  return onlyCheck && stale.length > 0 ? 1 : 0;
}

void main(process.argv.includes("--check")).then((exitCode) => {
  process.exitCode = exitCode;
});
