import * as fc from "fast-check";
import { gunzipSync } from "node:zlib";
import type { BootPart } from "../../../components/boot/part";
import { composeUserData, USER_DATA_LIMIT } from "../../../components/boot/user-data";
import { decode } from "../../../policies/userdata/decode";
import { userData } from "../../policies/userdata/harness";
import { readByCloudInit } from "./cloud-init";

const TYPES = { boothook: "text/cloud-boothook", "cloud-config": "text/cloud-config", script: "text/x-shellscript" };

/** Lines with what a message could stumble over. */
const line = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "",
    "--==ec2-hardening-1==",
    "==ec2-hardening-1==",
    "MIME-Version: 1.0",
    "From me",
    ".",
    "x".repeat(1200),
    " tab\t ",
    "ümläut €",
  ),
);
const lines = fc
  .array(line, { maxLength: 6 })
  .map((each) => each.join("\n").replaceAll(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, ""));
const part: fc.Arbitrary<BootPart> = fc.oneof(
  fc.record({
    name: fc.constantFrom("hook", "a b", 'quote"'),
    kind: fc.constant("boothook" as const),
    content: lines.map((text) => `#!/bin/bash\n${text}`),
  }),
  fc.record({
    name: fc.constantFrom("steps", "ü"),
    kind: fc.constant("script" as const),
    content: lines.map((text) => `#!/bin/bash\n${text}`),
  }),
  fc.record({
    name: fc.constant("settings"),
    kind: fc.constant("cloud-config" as const),
    content: lines.map((text) => `#cloud-config\n${JSON.stringify({ bootcmd: [text] }).replaceAll("\x7f", "")}\n`),
  }),
);
const parts = fc.array(part, { minLength: 1, maxLength: 5 });

function base64Of(all: readonly BootPart[]): string {
  const composed = composeUserData(all);
  if (composed.kind === "too-large") throw new Error(composed.problem);
  return composed.base64;
}

describe("composeUserData", () => {
  test("cloud-init reads the same parts, in their order", () => {
    const samples = fc.sample(parts, 300);
    const read = readByCloudInit(samples.map(base64Of));
    for (const [index, sample] of samples.entries()) {
      const expected = sample.map(({ kind, content }) => ({ type: TYPES[kind], content }));
      const seen = (read[index]?.parts ?? []).map(({ type, content }) => ({
        type,
        // A part that needs no message around it has a first line that says what it is.
        content: sample.length === 1 ? content.replace(/^#cloud-boothook\n/, "") : content,
      }));
      expect(seen).toEqual(expected);
    }
  });

  test("scripts run in the order of the parts, which cloud-init sorts by name", () => {
    const all = ["z", "a", "m"].map((name) => ({ name, kind: "script" as const, content: "#!/bin/sh\n" }));
    const names = readByCloudInit([base64Of(all)])[0]?.parts.map(({ name }) => name) ?? [];
    expect(names).toHaveLength(3);
    expect([...names].sort()).toEqual(names);
  });

  test("the policies read the same texts", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const { parts: read, problems } = decode(userData(base64Of(all), "base64"));
        const texts = new Set(read.map(({ text }) => text));
        expect(problems).toEqual([]);
        for (const { content } of all) expect(texts).toContain(content);
      }),
    );
  });

  test("same parts, same bytes", () => {
    fc.assert(
      fc.property(parts, (all) => {
        expect(composeUserData(structuredClone(all))).toEqual(composeUserData(all));
      }),
    );
  });

  test.each([
    ["fits", USER_DATA_LIMIT, "text"],
    ["is one byte too long, and compresses", USER_DATA_LIMIT + 1, "gzip"],
  ])("text that %s", (_, length, kind) => {
    const content = `#!/bin/sh\n#${"x".repeat(length - 11)}`;
    const composed = composeUserData([{ name: "long", kind: "script", content }]);
    expect(composed.kind).toBe(kind);
    if (composed.kind === "too-large") throw new Error(composed.problem);
    const bytes = Buffer.from(composed.base64, "base64");
    expect((composed.kind === "gzip" ? gunzipSync(bytes) : bytes).toString()).toBe(content);
    expect(bytes.length).toBeLessThanOrEqual(USER_DATA_LIMIT);
  });

  test("compression leaves no trace of when and where it was done", () => {
    const content = `#!/bin/sh\n${"true\n".repeat(5000)}`;
    const composed = composeUserData([{ name: "long", kind: "script", content }]);
    expect(composed).toMatchObject({ kind: "gzip" });
    const bytes = Buffer.from("base64" in composed ? composed.base64 : "", "base64");
    expect(bytes.subarray(0, 10).toString("hex")).toBe("1f8b08000000000002ff");
  });

  test("what does not fit says by how much", () => {
    let state = 1;
    const noise = Array.from({ length: 20_000 }, () => {
      state = (state * 48271) % 2147483647;
      return String.fromCharCode(33 + (state % 90));
    }).join("");
    const composed = composeUserData([{ name: "noise", kind: "script", content: `#!/bin/sh\n: '${noise}'` }]);
    expect(composed).toMatchObject({ kind: "too-large" });
    const over = composed.kind === "too-large" ? composed.over : 0;
    expect(over).toBeGreaterThan(0);
    expect(composed).toHaveProperty("problem", expect.stringContaining(String(over)));
  });

  test("settings of several parts are joined, none is lost", () => {
    const config = (text: string): BootPart => ({ name: "x", kind: "cloud-config", content: `#cloud-config\n${text}` });
    const all = [
      config("packages: [nginx]\nwrite_files: [{ path: /a }]\nntp: { servers: [one] }\nlocale: de_DE\n"),
      config("packages: [curl]\nwrite_files: [{ path: /b }]\nntp: { servers: [two], enabled: true }\nlocale: C\n"),
      config("runcmd: [[true]]\npackages: [jq]\n"),
    ];
    expect(readByCloudInit([base64Of(all)])[0]?.config).toEqual({
      packages: ["nginx", "curl", "jq"],
      write_files: [{ path: "/a" }, { path: "/b" }],
      ntp: { servers: ["one", "two"], enabled: true },
      locale: "de_DE",
      runcmd: [[true]],
    });
  });
});
