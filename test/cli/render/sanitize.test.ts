import { printable, printableLine } from "../../../cli/render/sanitize";

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
