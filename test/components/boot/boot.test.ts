import { renderBoot, textProblems, type Boot } from "../../../components/boot/boot";
import { SECRETS, withAnswers } from "./fixtures";
import { bootsUserData, type Machine } from "./machine";

const NONE: Boot["userData"] = { files: [], cloudConfig: undefined, scripts: [], commands: [] };
const BOOT: Boot = {
  image: "al2023",
  reach: undefined,
  bootOnly: false,
  isMerged: false,
  patching: { updates: "security" },
  secrets: SECRETS,
  userData: NONE,
};

function booting(userData: Partial<Boot["userData"]>): Machine {
  const { problems, userData: rendered } = renderBoot({ ...BOOT, userData: { ...NONE, ...userData } });
  if (rendered === undefined) throw new Error(JSON.stringify(problems));
  return withAnswers(bootsUserData(rendered.base64));
}

const MISSING = [{ path: "/var/lib/never", content: "", owner: "missing:missing" }];

test.each<[string, Partial<Boot["userData"]>]>([
  ["settings as an object", { cloudConfig: { write_files: MISSING } }],
  ["settings as text", { cloudConfig: `\ufeffwrite_files: ${JSON.stringify(MISSING)}\n` }],
  ["files", { files: [{ path: "/proc/none", content: "" }] }],
])("a file of %s that cannot be written keeps none of the component's from being written", (_, userData) => {
  const made = booting({ ...userData, commands: ["touch /var/lib/later"] });
  const { log, calls } = made.boot("first");
  expect(log).toContain("cloud-init: write-files");
  expect(made.read("etc/dnf/vars/releasever")).toBe("latest\n");
  expect(calls).toContain("dnf upgrade -y --security");
  expect(made.read("run/secrets/db")).toBe(`{"user":"ann"}`);
});

test("files are there before the user's settings write theirs", () => {
  const files = [{ path: "/var/lib/first", content: "given" }];
  const made = booting({ files, cloudConfig: { write_files: MISSING }, commands: ["touch /var/lib/later"] });
  expect(made.boot("first").console).toBe("");
  expect(made.read("var/lib/first")).toBe("given");
  expect(made.has("var/lib/later")).toBe(true);
});

const LINUX: [string, Partial<Boot["userData"]>, string[]][] = [
  ["runcmd", { cloudConfig: { runcmd: ["true"] } }, ["cloudConfig"]],
  ["runcmd as text", { cloudConfig: "runcmd: [reboot]\n" }, ["cloudConfig"]],
  ["runcmd behind an alias", { cloudConfig: "a: &a { runcmd: [reboot] }\n<<: *a\n" }, ["cloudConfig"]],
  ["bootcmd", { cloudConfig: "bootcmd: [true]\n" }, []],
  ["how settings merge", { cloudConfig: "merge_how: dict(replace)\n" }, ["cloudConfig"]],
  ["how they merge by the other name", { cloudConfig: { merge_type: [] } }, ["cloudConfig"]],
  ["a byte order mark", { cloudConfig: "\ufeff#cloud-config\npackages: [nginx]\n" }, []],
  ["a template behind one", { cloudConfig: "\ufeff## template: jinja\na: 1\n" }, ["cloudConfig"]],
  [
    "a NUL",
    { cloudConfig: "a: \0\n", scripts: ["#!/bin/sh\n\0"], commands: ["true", "\0"] },
    ["cloudConfig", "scripts[0]", "commands[1]"],
  ],
  ["files in one place", { files: ["/a", "/b", "/a"].map((path) => ({ path, content: "" })) }, ["files[2].path"]],
  ["a file that is a folder too", { files: ["/a/b", "/a"].map((path) => ({ path, content: "" })) }, ["files[1].path"]],
  ["files side by side", { files: ["/a/b", "/a/bc"].map((path) => ({ path, content: "" })) }, []],
];

test.each(LINUX)("on Linux: %s", (_, userData, expected) => {
  const problems = textProblems({ image: "al2023", userData: { ...NONE, ...userData } });
  expect(problems.map(({ property }) => property)).toEqual(expected.map((property) => `userData.${property}`));
});

test.each<[string, string[]]>([
  ["Write-Host ready", []],
  ["if (1 -lt 2) { Write-Host '<b>' }", []],
  ["#!/bin/bash", ["scripts[0]", "commands[0]"]],
  ["Write-Host '</PowerShell>'", ["scripts[0]", "commands[0]"]],
  ["# <persist>true</persist>", ["scripts[0]", "commands[0]"]],
  ["<script>dir</script>", ["scripts[0]", "commands[0]"]],
  ["a\0b", ["scripts[0]", "commands[0]"]],
])("on Windows: %j", (text, expected) => {
  const problems = textProblems({ image: "windows-2022", userData: { ...NONE, scripts: [text], commands: [text] } });
  expect(problems.map(({ property }) => property)).toEqual(expected.map((property) => `userData.${property}`));
});

test("PowerShell stops at errors before the first script begins", () => {
  const userData = { ...NONE, scripts: ["Install-WindowsFeature Web-Server"], commands: ["iisreset"] };
  const rendered = renderBoot({ ...BOOT, image: "windows-2022", patching: undefined, secrets: [], userData });
  expect(
    Buffer.from(rendered.userData?.base64 ?? "", "base64")
      .toString()
      .split("\n"),
  ).toEqual([
    "<powershell>",
    '$ErrorActionPreference = "Stop"',
    "Install-WindowsFeature Web-Server",
    "iisreset",
    "</powershell>",
    "",
  ]);
});
