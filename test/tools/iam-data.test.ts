import { readFileSync } from "node:fs";
import { dataFiles } from "../../tools/iam-data/files";

test("the data about IAM is what `npm run iam-data` makes of the pinned packages", () => {
  for (const [file, content] of dataFiles()) {
    // Not toBe: the difference of two files of 2 MB takes minutes to print.
    expect({ file, same: readFileSync(file, "utf8") === content }).toEqual({ file, same: true });
  }
}, 30_000);

test("it has the latest text of every policy that can be attached", () => {
  const { policies } = JSON.parse(dataFiles().get("policies/iam/data/managed-policies.json") ?? "") as {
    policies: Record<string, string>;
  };
  expect(Object.keys(policies)).toHaveLength(1_237);
  for (const entry of Object.values(policies)) {
    const [, version, text = ""] = /^(v\d+) (.*)$/.exec(entry) ?? [];
    expect(version).toBeDefined();
    expect(JSON.parse(text)).toHaveProperty("Statement");
  }
}, 30_000);
