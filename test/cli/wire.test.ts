import { UNKNOWN } from "../../policies/machine/resource";
import { hide, output, secret, unwrap } from "../../cli/host/wire";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

test("wrappers come off at any depth, and what they said is kept", () => {
  const value = { a: [secret({ b: output("x", ["urn:one"]) })], c: output(UNKNOWN, ["urn:two"]) };
  expect(unwrap(value)).toEqual({
    value: { a: [{ b: "x" }], c: UNKNOWN },
    secret: true,
    dependencies: new Set(["urn:one", "urn:two"]),
  });
});

test.each([
  ["a known id", { id: "i-1" }, "i-1"],
  ["an id that is not known yet", { id: "" }, UNKNOWN],
  ["a component", {}, "urn:it"],
])("a reference to %s", (_what, id, expected) => {
  expect(unwrap({ [SIGNATURE]: RESOURCE, urn: "urn:it", ...id }).value).toBe(expected);
});

test("an output of an output or of a secret keeps both", () => {
  const value = output(output(secret("x"), ["urn:one"]), ["urn:two"]);
  expect(unwrap(value)).toEqual({ value: "x", secret: true, dependencies: new Set(["urn:one", "urn:two"]) });
  expect(output("x", [])).toBe("x");
});

test("made-up strings become unknown where they are the whole value; names of objects stay ordinary", () => {
  const value = JSON.parse('{"a":["ami-1","not ami-1"],"__proto__":"ami-1"}') as unknown;
  expect(JSON.stringify(hide(value, new Set(["ami-1"])))).toBe(
    `{"a":["${UNKNOWN}","not ami-1"],"__proto__":"${UNKNOWN}"}`,
  );
});
