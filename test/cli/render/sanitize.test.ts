import fc from "fast-check";
import { jsonParts, jsonText, printable, printableLine } from "../../../cli/render/sanitize";

test.each([
  ["::error file=a::b", "\\u003a:error file=a::b"],
  ["first\n  ::stop-commands::x", "first\n  \\u003a:stop-commands::x"],
  ["a ##[add-mask]b", "a \\u0023#[add-mask]b"],
  ["##vso[task.complete]", "\\u0023#vso[task.complete]"],
])("%s is no command to a pipeline", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(["urn:pulumi:dev::p::aws:ec2/instance:Instance::web", "::1 refused", "## Heading", "a::b"])(
  "%s stays as it is",
  (text) => {
    expect(printableLine(text)).toBe(text);
  },
);

test("a document in parts is the document, whatever stands in it", () => {
  const document = fc.oneof(
    fc.jsonValue({ maxDepth: 7, stringUnit: "binary" }),
    fc.constant({ a: undefined, b: [{}] }),
    fc.constant({ a: [undefined, 1, [undefined]], b: { c: { d: [undefined, { e: undefined }] } } }),
  );
  fc.assert(
    fc.property(document, (value) => {
      expect([...jsonParts(value)].join("")).toBe(jsonText(value));
    }),
  );
});

test("a long document comes in parts", () => {
  const parts = [...jsonParts({ projects: [{ machines: Array.from({ length: 9 }, () => "x".repeat(30_000)) }] })];
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThan(100_000);
});
