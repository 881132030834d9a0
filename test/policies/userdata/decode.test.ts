import { gzipSync } from "node:zlib";
import { base64, decoded, multipart, utf16, wrapped } from "./harness";

const SCRIPT = "#!/bin/sh\nid > /tmp/who";
const PLAIN = [`shell userData: ${SCRIPT}`];
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000001000000010008060000005c72a866", "hex");

type Row = readonly [title: string, value: string, parts: readonly string[], encoding?: "plain" | "base64"];

function table(rows: readonly Row[]): void {
  for (const [title, value, parts, encoding] of rows) {
    test(title, () => {
      expect(decoded(value, encoding)).toEqual(parts);
    });
  }
}

describe("encodings of the whole text", () => {
  const step = (steps: string): string[] => [`shell userData → ${steps}: ${SCRIPT}`];
  table([
    ["plain", SCRIPT, PLAIN],
    ["base64 in its property", base64(SCRIPT), PLAIN, "base64"],
    ["base64 in the plain property", base64(SCRIPT), step("base64")],
    ["twice encoded", base64(base64(SCRIPT)), step("base64"), "base64"],
    ["wrapped lines", wrapped(SCRIPT.repeat(1)), PLAIN, "base64"],
    ["wrapped lines with CRLF", wrapped(SCRIPT, "\r\n"), step("base64")],
    ["byte order mark", base64(`\uFEFF${SCRIPT}`), PLAIN, "base64"],
    ["CRLF", SCRIPT.replaceAll("\n", "\r\n"), PLAIN],
    ["UTF-16 with a mark", base64(utf16(`\uFEFF${SCRIPT}`)), PLAIN, "base64"],
    ["UTF-16 big endian with a mark", base64(utf16(`\uFEFF${SCRIPT}`, "BE")), PLAIN, "base64"],
    ["UTF-16 without a mark", base64(utf16(SCRIPT)), PLAIN, "base64"],
    ["UTF-16 big endian without a mark", base64(utf16(SCRIPT, "BE")), PLAIN, "base64"],
    [
      "Latin-1 comment",
      base64(Buffer.from("# the caf\u00e9 around\nid", "latin1")),
      ["shell userData: # the caf\ufffd around\nid"],
      "base64",
    ],
    ["gzip", base64(gzipSync(SCRIPT)), step("gzip"), "base64"],
    ["gzip in the plain property", base64(gzipSync(SCRIPT)), step("base64 → gzip")],
    ["gzip twice", base64(gzipSync(gzipSync(SCRIPT))), step("gzip → gzip"), "base64"],
    ["base64 in gzip", base64(gzipSync(base64(SCRIPT))), step("gzip → base64"), "base64"],
    ["nothing", "", ["shell userData: "]],
    ["no base64 where it has to be", SCRIPT, [...PLAIN, "! userData: it is not base64"], "base64"],
    ["broken gzip", base64(gzipSync(SCRIPT).subarray(0, 20)), ["! userData → gzip: it is not valid gzip"], "base64"],
    ["an image is no text and no problem", base64(PNG), [], "base64"],
    ["a program is no text", base64(Buffer.concat([Buffer.from("\x7fELF"), Buffer.alloc(99, 1)])), [], "base64"],
    [
      "an archive is not decoded",
      base64(Buffer.from("504b030414000000", "hex")),
      ["! userData: it is an archive"],
      "base64",
    ],
    ["a key of base64 letters stays", "A9".repeat(2) + "z/".repeat(18), [`shell userData: A9A9${"z/".repeat(18)}`]],
  ]);

  test("what is no text is a problem", () => {
    expect(decoded(7)).toEqual(["! userData: it is not text"]);
  });
});

describe("cloud-init formats", () => {
  table([
    ["interpreter", "#!/usr/bin/env python3\nprint(1)", ["python userData: #!/usr/bin/env python3\nprint(1)"]],
    ["space before it", "\n  #!/bin/sh\nid", ["shell userData: \n  #!/bin/sh\nid"]],
    ["include", "#include\nhttps://a.example/x", ["include userData: #include\nhttps://a.example/x"]],
    ["include once", "#include-once\nhttps://a.example", ["include userData: #include-once\nhttps://a.example"]],
    [
      "part handler",
      "#part-handler\ndef list_types(): pass",
      ["python userData: #part-handler\ndef list_types(): pass"],
    ],
    ["boothook", "#cloud-boothook\n#!/bin/sh\nid", ["shell userData → boothook: #!/bin/sh\nid"]],
    ["boothook without interpreter", "#cloud-boothook\nid", ["shell userData → boothook: id"]],
    [
      "jinja",
      "## template: jinja\n#cloud-config\n{% if v1.region %}\nruncmd:\n- echo {{ v1.region }}\n{% endif %}",
      [
        "cloud-config userData → jinja: #cloud-config\n{% if v1.region %}\nruncmd:\n- echo {{ v1.region }}\n{% endif %}",
        "shell userData → jinja → runcmd: echo {{ v1.region }}",
      ],
    ],
    [
      "archive",
      "#cloud-config-archive\n- type: text/x-shellscript\n  content: id\n- '#!/bin/sh'\n- content: 'runcmd: [who]'\n",
      [
        "yaml userData: #cloud-config-archive\n- type: text/x-shellscript\n  content: id\n- '#!/bin/sh'\n- content: 'runcmd: [who]'\n",
        "shell userData → entry 1 (text/x-shellscript): id",
        "shell userData → entry 2: #!/bin/sh",
        "cloud-config userData → entry 3: runcmd: [who]",
        "shell userData → entry 3 → runcmd: who",
      ],
    ],
    [
      "JSON patches",
      '#cloud-config-jsonp\n[{"op":"add","path":"/runcmd","value":["id"]},{"op":"add","path":"/runcmd/-","value":"who"}]',
      [
        'json userData: #cloud-config-jsonp\n[{"op":"add","path":"/runcmd","value":["id"]},{"op":"add","path":"/runcmd/-","value":"who"}]',
        "shell userData → runcmd: id\nwho",
      ],
    ],
    [
      "broken YAML",
      "#cloud-config\na: [",
      ["cloud-config userData: #cloud-config\na: [", "! userData: it is not valid YAML"],
    ],
  ]);
});

describe("cloud-config", () => {
  const config = (body: string): string => `#cloud-config\n${body}`;
  const file = (lines: string): string => config(`write_files:\n- path: /opt/a.sh\n  permissions: "0700"\n${lines}`);
  const at = "userData → write_files[0]";
  const inner = (value: string): string[] => decoded(value).slice(1);

  test.each(["b64", "base64", " B64 "])("write_files in %s", (encoding) => {
    const value = file(`  encoding: "${encoding}"\n  content: ${base64(SCRIPT)}`);
    expect(inner(value)).toEqual([`shell ${at} [/opt/a.sh 0700]: ${SCRIPT}`]);
  });
  test.each(["gz+b64", "gz+base64", "gzip+b64", "gzip+base64"])("write_files in %s", (encoding) => {
    const value = file(`  encoding: ${encoding}\n  content: ${base64(gzipSync(SCRIPT))}`);
    expect(inner(value)).toEqual([`shell ${at} → gzip [/opt/a.sh 0700]: ${SCRIPT}`]);
  });
  test.each(["gz", "gzip"])("write_files in %s", (encoding) => {
    const value = file(`  encoding: ${encoding}\n  content: !!binary ${base64(gzipSync(SCRIPT))}`);
    expect(inner(value)).toEqual([`shell ${at} → gzip [/opt/a.sh 0700]: ${SCRIPT}`]);
  });
  test.each(["text/plain", "something"])("write_files in %s, which is plain text", (encoding) => {
    expect(inner(file(`  encoding: ${encoding}\n  content: id`))).toEqual([`shell ${at} [/opt/a.sh 0700]: id`]);
  });

  const command = '- who -a\n- [sh, -c, "it\'s"]';
  test.each<[string, string, readonly string[]]>([
    [
      "wrapped base64",
      file(`  encoding: b64\n  content: |\n${wrapped(SCRIPT.repeat(9)).replaceAll(/^/gm, "    ")}`),
      [`shell ${at} [/opt/a.sh 0700]: ${SCRIPT.repeat(9)}`],
    ],
    ["binary", file(`  content: !!binary ${base64("id")}`), [`shell ${at} [/opt/a.sh 0700]: id`]],
    [
      "broken base64",
      file("  encoding: b64\n  content: '%%%'"),
      [`shell ${at} [/opt/a.sh 0700]: %%%`, `! ${at}: it is not base64`],
    ],
    [
      "no gzip",
      file(`  encoding: gz+b64\n  content: ${base64("id")}`),
      [`shell ${at} [/opt/a.sh 0700]: id`, `! ${at}: it is not valid gzip`],
    ],
    [
      "file of no telling name",
      config("write_files:\n- path: /etc/motd\n  content: hello"),
      [`text ${at} [/etc/motd]: hello`],
    ],
    ["commands", config(`runcmd:\n${command}`), ["shell userData → runcmd: who -a\n'sh' '-c' 'it'\\''s'"]],
    ["early commands", config(`bootcmd:\n${command}`), ["shell userData → bootcmd: who -a\n'sh' '-c' 'it'\\''s'"]],
    ["binary elsewhere", config(`a:\n  b: !!binary ${base64("text")}`), ["text userData → !!binary 1: text"]],
    [
      "cloud-config in a file",
      config(`write_files:\n- path: /etc/cloud/cloud.cfg.d/9.cfg\n  content: |\n    #cloud-config\n    runcmd: [id]`),
      [`cloud-config ${at} [/etc/cloud/cloud.cfg.d/9.cfg]: #cloud-config\nruncmd: [id]\n`, `shell ${at} → runcmd: id`],
    ],
  ])("%s", (_, value, parts) => {
    expect(inner(value)).toEqual(parts);
  });
});

describe("MIME", () => {
  const shell = "Content-Type: text/x-shellscript\n\nid";
  const at = "userData → part 1 (text/x-shellscript)";
  const part = (headers: string, body: string): string =>
    multipart([`Content-Type: text/x-shellscript\n${headers}\n\n${body}`]);
  table([
    [
      "two parts",
      multipart([shell, "Content-Type: text/cloud-config\n\nruncmd: [who]"]),
      [
        `shell ${at}: id`,
        "cloud-config userData → part 2 (text/cloud-config): runcmd: [who]",
        "shell userData → part 2 (text/cloud-config) → runcmd: who",
      ],
    ],
    ["CRLF", multipart([shell]).replaceAll("\n", "\r\n"), [`shell ${at}: id`]],
    ["no MIME-Version", multipart([shell], { version: false }), [`shell ${at}: id`]],
    ["MIME-Version first", `MIME-Version: 1.0\n${multipart([shell], { version: false })}`, [`shell ${at}: id`]],
    [
      "gzip around it",
      base64(gzipSync(multipart([shell]))),
      ["shell userData → gzip → part 1 (text/x-shellscript): id"],
      "base64",
    ],
    ["8bit", part("Content-Transfer-Encoding: 8bit", "echo \u00e9"), [`shell ${at}: echo \u00e9`]],
    ["base64", part("Content-Transfer-Encoding: BASE64", wrapped(SCRIPT)), [`shell ${at}: ${SCRIPT}`]],
    [
      "quoted-printable",
      part("Content-Transfer-Encoding: quoted-printable", "A=3D1; echo =\n$A=C3=A9"),
      [`shell ${at}: A=1; echo $A\u00e9`],
    ],
    [
      "gzip part",
      part("Content-Transfer-Encoding: base64", base64(gzipSync(SCRIPT))),
      [`shell ${at} → gzip: ${SCRIPT}`],
    ],
    [
      "unknown transfer encoding",
      part("Content-Transfer-Encoding: x-uuencode", "#0V%T"),
      [`! ${at}: its transfer encoding is not known`],
    ],
    [
      "folded headers, other case",
      multipart(['content-TYPE:\n  text/x-shellscript;\n\tcharset="utf-8"\n\nid']),
      [`shell ${at}: id`],
    ],
    [
      "type of every boot",
      multipart(["Content-Type: text/x-shellscript-per-boot\n\nid"]),
      ["shell userData → part 1 (text/x-shellscript-per-boot): id"],
    ],
    [
      "the text tells in a plain part",
      multipart(["Content-Type: text/plain\n\n#cloud-config\nhostname: a"]),
      ["cloud-config userData → part 1 (text/plain): #cloud-config\nhostname: a"],
    ],
    ["no header at all", multipart(["\n#!/bin/sh\nid"]), ["shell userData → part 1 (text/plain): #!/bin/sh\nid"]],
    ["no end", multipart([shell]).replace("--==B==--", ""), [`shell ${at}: id\n\n`]],
    [
      "a longer boundary is another",
      multipart(["\n#!/bin/sh\n--==B==2\nid"]),
      ["shell userData → part 1 (text/plain): #!/bin/sh\n--==B==2\nid"],
    ],
    ["a single text", "Content-Type: text/x-shellscript\nMIME-Version: 1.0\n\nid", [`shell ${at}: id`]],
    ["no boundary", "Content-Type: multipart/mixed\nMIME-Version: 1.0\n\nid", ["! userData: it names no boundary"]],
    [
      "NodeConfig",
      multipart(["Content-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1"]),
      ["yaml userData → part 1 (application/node.eks.aws): apiVersion: node.eks.aws/v1alpha1"],
    ],
    [
      "nested",
      multipart(["Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/x-shellscript\n\nid\n--in--"]),
      ["shell userData → part 1 → part 1 (text/x-shellscript): id"],
    ],
  ]);
});
