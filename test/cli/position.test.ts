import { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { positionIn } from "../../cli/host/position";

function fileOf(uri: string): string | undefined {
  const position = new SourcePosition();
  position.setUri(uri);
  position.setLine(3);
  return positionIn(undefined, position)?.file;
}

test.each([
  ["a file", "/repo/infra/index.ts", "/repo/infra/index.ts"],
  ["a package", "/repo/node_modules/@acme/web/index.ts", undefined],
  ["an ES module", "/repo/infra/file:/repo/infra/index.ts", "/repo/infra/index.ts"],
  [
    "a package of a Yarn workspace",
    "/repo/.yarn/__virtual__/web-virtual-35/1/packages/web/a.ts",
    "/repo/packages/web/a.ts",
  ],
  ["the same by an older Yarn", "/repo/.yarn/$$virtual/web-35/1/packages/web/a.ts", "/repo/packages/web/a.ts"],
  ["a package that Yarn keeps", "/repo/.yarn/__virtual__/aws-4f/3/berry/a.zip/node_modules/aws/a.js", undefined],
])("a resource is created in %s", (_what, file, expected) => {
  expect(fileOf(pathToFileURL(file).href)).toBe(expected === undefined ? undefined : path.resolve(expected));
});

test("what is no file is no place", () => {
  expect(fileOf("https://example.com/index.ts")).toBeUndefined();
});
