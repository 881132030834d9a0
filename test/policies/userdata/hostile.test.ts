import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { decode } from "../../../policies/userdata/decode";
import { LIMITS } from "../../../policies/userdata/parts";
import { joinsCluster, readsInstanceTags } from "../../../policies/userdata/text";
import { base64, decoded, userData } from "./harness";

const reasons = (value: string, encoding?: "plain" | "base64"): string[] =>
  decode(userData(value, encoding)).problems.map(({ reason }) => reason);

test("depth is limited", () => {
  let text = "#!/bin/sh\nid";
  for (let depth = 0; depth <= LIMITS.depth; depth++) text = base64(text);
  expect(reasons(text)).toEqual(["it is nested too deeply"]);
});

test("size is limited", () => {
  expect(reasons("a b\n".repeat(LIMITS.size))).toEqual(["it is too large"]);
  expect(reasons("QUJD".repeat(LIMITS.size), "base64")).toEqual(["it is too large"]);
});

test("a bomb is not decompressed", () => {
  const bomb = (bytes: number): string => gzipSync(Buffer.alloc(bytes, "a")).toString("base64");
  expect(reasons(bomb(LIMITS.size * 16), "base64")).toEqual(["it is too large"]);
  expect(reasons(bomb(LIMITS.size / 2), "base64")).toEqual(["it decompresses to too much"]);
});

test("parts are limited", () => {
  const { parts, problems } = decode(userData(`#!/bin/sh\n${"cat >/a <<E\nx\nE\n".repeat(LIMITS.parts)}`));
  expect(parts).toHaveLength(LIMITS.parts);
  expect(problems).toEqual([{ path: "userData", reason: "it has too many parts" }]);
});

/** Words of all formats, so that random texts get deep into the decoders. */
const TOKENS = [
  "#!/bin/sh\n",
  "#cloud-config\n",
  "#cloud-config-archive\n",
  "## template: jinja\n",
  "#cloud-boothook\n",
  "#cloud-config-jsonp\n",
  "Content-Type: multipart/mixed; boundary=B\n",
  "MIME-Version: 1.0\n",
  "\n--B\n",
  "Content-Transfer-Encoding: base64\n\n",
  "write_files:\n- ",
  "content: ",
  "encoding: gz+b64\n",
  "!!binary ",
  "runcmd:\n",
  "- ",
  "  ",
  "|\n",
  "[",
  "{",
  "]",
  "}",
  '"',
  "'",
  "$(",
  "`",
  "<<",
  "<<<",
  "EOF",
  "\n",
  "\\",
  "echo ",
  "| base64 -d ",
  "> /a ",
  "<powershell>",
  "</powershell>",
  " -enc ",
  "version: 1.0\ntasks:\n",
  '{"ignition":',
  '"source":"data:;base64,',
  "[settings]\n",
  " = ",
  "A=$A$A\n",
  "{{",
  "{%",
  base64("#!/bin/sh\nid"),
  "\0",
  "\ufeff",
  "\r\n",
  "&a ",
  "*a ",
  ": ",
];

test("no text makes it throw", () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 6 })), { maxLength: 40 });
  fc.assert(
    fc.property(text, fc.constantFrom("plain", "base64", "gzip"), (tokens, form) => {
      const written = tokens.join("");
      const data =
        form === "plain"
          ? userData(written)
          : userData(base64(form === "gzip" ? gzipSync(written) : written), "base64");
      const { parts } = decode(data);
      expect(parts.length).toBeLessThanOrEqual(LIMITS.parts);
      expect([true, false, undefined]).toContain(readsInstanceTags(data));
      expect(["string", "boolean", "undefined"]).toContain(typeof joinsCluster(data));
    }),
    { numRuns: 3000, seed: 4 },
  );
}, 60_000);

test("no bytes make it throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      decode(userData(base64(Buffer.from(bytes)), "base64"));
    }),
    { numRuns: 1000, seed: 4 },
  );
});

const MEGABYTE = LIMITS.size - 64;
const fill = (unit: string): string => unit.repeat(Math.floor(MEGABYTE / unit.length));

test.each([
  ["letters", "", "a"],
  ["quotes", "#!/bin/sh\n", '"'],
  ["substitutions in here documents", "#!/bin/sh\n", '<<a"$('],
  ["here documents in one line", "#!/bin/sh\n", "cat <<A <<B "],
  ["here documents behind backslashes", "#!/bin/sh\n", "cat <<A \\\n"],
  ["here documents between quotes", "#!/bin/sh\n", 'cat <<A "\n" '],
  ["variables that double", "#!/bin/sh\n: <<<a\n", "A=$A$A\n"],
  ["brackets in YAML", "#cloud-config\n", "["],
  ["lists in YAML", "#cloud-config\n", "- "],
  ["anchors in YAML", "#cloud-config\n", "&a "],
  ["boundaries", "Content-Type: multipart/mixed; boundary=B\nMIME-Version: 1.0\n\n", "--B\n"],
  ["folded headers", "MIME-Version: 1.0\n", " a\n"],
  ["tables in TOML", "settings = ", "{a="],
  ["open tags", "", "<powershell>"],
  ["options", "#ps1\n", " -e "],
  ["templates", "## template: jinja\n#cloud-config\n", "{% {# "],
])(
  "1 MB of %s ends soon",
  (_, start, unit) => {
    const data = userData(start + fill(unit));
    const before = performance.now();
    decode(data);
    joinsCluster(data);
    readsInstanceTags(data);
    expect(performance.now() - before).toBeLessThan(10_000);
  },
  20_000,
);

test("unknown user data is a problem", () => {
  const fact = { state: "unknown", source: { urn: "urn", path: "userData" } } as const;
  expect(decode({ fact, encoding: "plain" }).problems).toEqual([
    { path: "userData", reason: "its value is not known" },
  ]);
  expect(decoded(null)).toEqual(["! userData: it is not text"]);
});
