import { randomBytes } from "node:crypto";
import { Redactor } from "../../cli/redact";

const secret = (): string => `S3cr-${randomBytes(12).toString("base64url")}`;

test("secrets are hidden in whatever case, and nothing else is changed", () => {
  const [one, two] = [secret(), secret()];
  const redactor = new Redactor([one]).and([two]);
  const text = `Key ${one}=${two.toLowerCase()}, ${one.toUpperCase()}. Rest`;
  expect(redactor.redact(text)).toBe("Key [secret]=[secret], [secret]. Rest");
  expect(redactor.redact("Nothing In It")).toBe("Nothing In It");
});

test("values of options are no secrets, also where the object around them is one", () => {
  const words = ["optional", "required", "enabled", "disabled", "true"];
  expect(new Redactor(words).redact(`httpTokens: ${words.join(" ")}`)).toBe(`httpTokens: ${words.join(" ")}`);
});

test("of two secrets, one of which is in the other, the longer one is hidden", () => {
  const part = secret();
  expect(new Redactor([part, `${part}-${part}`]).redact(`a ${part}-${part} b`)).toBe("a [secret] b");
});

test("letters whose small form is longer move nothing", () => {
  const key = secret();
  expect(new Redactor([key]).redact(`\u0130\u0130 ${key} \u0130`)).toBe("\u0130\u0130 [secret] \u0130");
  expect(new Redactor([`\u0130${key}`]).redact(`x \u0130${key.toUpperCase()} y`)).toBe("x [secret] y");
});

test.each([
  ["in an address", encodeURIComponent],
  ["in a form", (text: string) => new URLSearchParams({ a: text }).toString().slice(2)],
  ["in base64", (text: string) => Buffer.from(text).toString("base64")],
  ["in base64 for addresses", (text: string) => Buffer.from(text).toString("base64url")],
  ["in base64 behind others", (text: string) => Buffer.from(`user:${text}@host`).toString("base64")],
  ["in hexadecimal", (text: string) => Buffer.from(text).toString("hex")],
  ["in JSON within JSON", (text: string) => JSON.stringify({ body: JSON.stringify({ text }) })],
])("a secret is hidden where a program prints it encoded: %s", (_what, encode) => {
  const value = `p/"+? ${secret()}\\ü`;
  const printed = new Redactor([value]).andEncoded().redact(`before ${encode(value)} after`);
  expect(printed).toMatch(/^before .*\[secret\].* after$/);
  expect(printed.length).toBeLessThan("before [secret] after".length + 30);
});

test("a short secret hides nothing that only looks like its encoding", () => {
  expect(new Redactor(["abc"]).andEncoded().redact("YWJj 616263 abc")).toBe("YWJj 616263 [secret]");
});
