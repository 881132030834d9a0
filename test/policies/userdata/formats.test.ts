import { gzipSync } from "node:zlib";
import { base64, decoded, utf16 } from "./harness";

type Row = readonly [title: string, value: string, parts: readonly string[]];

/** The parts within the first one, which is the text itself. */
function inner(rows: readonly Row[]): void {
  test.each(rows)("%s", (...[, value, parts]) => {
    expect(decoded(value).slice(1)).toEqual(parts);
  });
}

describe("Ignition", () => {
  const at = "userData → storage.files[0]";
  const file = (contents: object): string =>
    JSON.stringify({
      ignition: { version: "3.3.0" },
      storage: { files: [{ path: "/opt/a.sh", mode: 448, contents }] },
    });
  const unit = { name: "a.service", contents: "[Unit]", dropins: [{ name: "b.conf", contents: "[Service]" }] };
  const nested = { merge: [{ source: `data:;base64,${base64("{}")}` }] };
  inner([
    ["percent encoding", file({ source: "data:,echo%20%C3%A9" }), [`shell ${at} [/opt/a.sh 0700]: echo \u00e9`]],
    ["base64", file({ source: `data:text/plain;base64,${base64("id")}` }), [`shell ${at} [/opt/a.sh 0700]: id`]],
    [
      "gzip",
      file({ compression: "gzip", source: `data:;base64,${gzipSync("id").toString("base64")}` }),
      [`shell ${at} → gzip [/opt/a.sh 0700]: id`],
    ],
    ["broken base64", file({ source: "data:;base64,%%%" }), [`! ${at}: it is not base64`]],
    ["from elsewhere", file({ source: "https://a.example/x" }), []],
    [
      "units",
      JSON.stringify({ ignition: {}, systemd: { units: [unit] } }),
      [
        "text userData → systemd.units[0] [/etc/systemd/system/a.service]: [Unit]",
        "text userData → systemd.units[0].dropins[0] [/etc/systemd/system/a.service.d/b.conf]: [Service]",
      ],
    ],
    ["merged", JSON.stringify({ ignition: { config: nested } }), ["json userData → ignition.config.merge[0]: {}"]],
    ["broken JSON", '{"ignition":', ["! userData: it is not valid JSON"]],
  ]);
});

describe("Bottlerocket", () => {
  inner([
    [
      "user data of a host container",
      `[settings.host-containers.admin]\nuser-data = "${base64('{"a":1}')}"`,
      ['json userData → settings.host-containers.admin.user-data: {"a":1}'],
    ],
    [
      "inline tables",
      `settings = { bootstrap-containers = { b = { user-data = "${base64("#!/bin/sh")}" } } }`,
      ["shell userData → settings.bootstrap-containers.….user-data: #!/bin/sh"],
    ],
    ["broken", "[settings.ecs]\ncluster =", ["! userData: it is not valid TOML"]],
  ]);
});

describe("Windows", () => {
  const encoded = base64(utf16("Get-Date; Get-Item C:"));
  test.each<Row>([
    [
      "tags",
      "<powershell>\nGet-Date\n</powershell>\n<persist>true</persist>\n<SCRIPT>dir</SCRIPT>",
      ["powershell userData → <powershell>: \nGet-Date\n", "batch userData → <script>: dir"],
    ],
    ["a tag that is not closed", "<powershell>\nGet-Date", ["powershell userData → <powershell>: \nGet-Date"]],
    [
      "text around",
      "note\n<script>dir</script>",
      ["batch userData → <script>: dir", "text userData → text between tags: note\n"],
    ],
    ["a shell script that writes HTML", "#!/bin/sh\n: '<script>'", ["shell userData: #!/bin/sh\n: '<script>'"]],
    ["cloudbase-init", "#ps1_sysnative\nGet-Date", ["powershell userData: #ps1_sysnative\nGet-Date"]],
    [
      "encoded command",
      `#ps1\npowershell -NoProfile -enc ${encoded}`,
      [
        `powershell userData: #ps1\npowershell -NoProfile -enc ${encoded}`,
        "powershell userData → encoded command in line 2: Get-Date; Get-Item C:",
      ],
    ],
    [
      "literal in base64",
      `#ps1\n[Convert]::FromBase64String('${base64("some text")}')`,
      [
        `powershell userData: #ps1\n[Convert]::FromBase64String('${base64("some text")}')`,
        "text userData → base64 in line 2: some text",
      ],
    ],
  ])("%s", (...[, value, parts]) => {
    expect(decoded(value)).toEqual(parts);
  });

  const script = "- task: executeScript\n  inputs:\n  - type: batch\n    content: dir\n  - content: Get-Date\n";
  inner([
    [
      "EC2Launch v2 tasks",
      `version: 1.1\ntasks:\n${script}`,
      [
        "batch userData → tasks[0].inputs[0].content: dir",
        "powershell userData → tasks[0].inputs[1].content: Get-Date",
      ],
    ],
  ]);
});

describe("in shell scripts", () => {
  const text = "top: secret text";
  const shell = (body: string): string => `#!/bin/sh\n${body}\n`;
  const at = "userData → base64 in line 2";
  const gz = gzipSync(text).toString("base64");
  inner([
    ["echo", shell(`echo ${base64(text)} | base64 -d > /etc/a.yaml`), [`yaml ${at} [/etc/a.yaml]: ${text}`]],
    [
      "printf and sudo tee",
      shell(`printf %s '${base64(text)}' | base64 --decode | sudo tee /a.json`),
      [`json ${at} [/a.json]: ${text}`],
    ],
    ["here string", shell(`base64 -d <<< "${base64(text)}" > /a`), [`text ${at} [/a]: ${text}`]],
    ["variable", shell(`B=${base64(text)}; echo "$B" | openssl base64 -d -A > /a`), [`text ${at} [/a]: ${text}`]],
    ["openssl enc", shell(`echo ${base64(text)} | openssl enc -base64 -d > /a`), [`text ${at} [/a]: ${text}`]],
    ["gzip", shell(`echo ${gz} | base64 -d | gzip -dc > /a`), [`text ${at} [/a]: ${text}`]],
    ["zcat", shell(`base64 -d <<EOF | zcat > /a\n${gz}\nEOF`), [`text ${at} [/a]: ${text}`]],
    ["run by a shell", shell(`echo ${base64("id")} | base64 -d | bash`), [`shell ${at}: id`]],
    ["in a substitution", shell(`eval "$(echo ${base64(text)} | base64 -d)"`), [`shell ${at}: ${text}`]],
    ["twice", shell(`echo ${base64(base64(text))} | base64 -d | base64 -d > /a`), [`text ${at} [/a]: ${text}`]],
    ["a value from elsewhere", shell("echo $X | base64 -d > /a"), []],
    ["an image", shell(`echo ${base64(Buffer.from("89504e470d0a1a0a00", "hex"))} | base64 -d > /a.png`), []],
    [
      "here document for a file",
      shell("cat > /etc/a.py <<'EOF'\nprint($1)\nEOF"),
      ["python userData → here document in line 2 [/etc/a.py]: print($1)\n"],
    ],
    [
      "with tabs and escapes",
      shell("cat <<-EOF >> /a\n\t\\$HOME $X\n\tEOF"),
      ["text userData → here document in line 2 [/a]: $HOME $X\n"],
    ],
    [
      "through tee",
      shell("sudo tee -a /a >/dev/null <<EOF\nx\nEOF"),
      ["text userData → here document in line 2 [/a]: x\n"],
    ],
    [
      "for an interpreter",
      shell("sudo -u app python3 - <<EOF\nx\nEOF"),
      ["python userData → here document in line 2: x\n"],
    ],
    ["only shown", shell("cat <<EOF\nx\nEOF"), []],
  ]);
});
