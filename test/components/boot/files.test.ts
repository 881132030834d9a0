import * as fc from "fast-check";
import {
  cloudConfigProblem,
  cloudConfigText,
  fileProblems,
  filesPart,
  type BootFile,
} from "../../../components/boot/files";
import { composeUserData } from "../../../components/boot/user-data";
import { decode } from "../../../policies/userdata/decode";
import { userData } from "../../policies/userdata/harness";
import { readByCloudInit } from "./cloud-init";

/** Words that YAML 1.1 takes for something else, and text with anything in it. */
const content = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "",
    "yes",
    "0644",
    "12:30",
    "1_000",
    "~",
    "null",
    "2026-01-01",
    "- a",
    "a: b\n",
    " lead",
    "trail \n\n",
    "\t",
    "#!/bin/sh\r\n",
    "{{ x }}",
    "&a *b !c |",
    "0x1F",
    "=",
    "<<",
  ),
);
const files = fc.array(
  content.map((text): BootFile => ({ path: "/etc/app", content: text })),
  { minLength: 1, maxLength: 4 },
);

function base64Of(given: readonly BootFile[]): string {
  const composed = composeUserData([filesPart(given)]);
  if (composed.kind === "too-large") throw new Error(composed.problem);
  return composed.base64;
}

test("cloud-init reads the content of files as it was given", () => {
  const samples = fc.sample(files, 400);
  const read = readByCloudInit(samples.map(base64Of));
  for (const [index, sample] of samples.entries()) {
    const written = (read[index]?.config?.["write_files"] ?? []) as readonly BootFile[];
    expect(written.map((each) => each.content)).toEqual(sample.map((each) => each.content));
  }
});

test("the policies read it too", () => {
  const given = [{ path: "/etc/app.conf", content: "listen = 80\n" }];
  const { parts, problems } = decode(userData(base64Of(given), "base64"));
  expect(problems).toEqual([]);
  expect(parts).toContainEqual(
    expect.objectContaining({ text: "listen = 80\n", file: { path: "/etc/app.conf", mode: "0644" } }),
  );
});

test("files of other users and groups than root wait for them", () => {
  const part = filesPart([
    { path: "/a", content: "" },
    { path: "/b", content: "", owner: "app:app", permissions: "0600" },
    { path: "/c", contentBase64: "AAEC" },
    { path: "/d", content: "", owner: "root:app" },
    { path: "/e", content: "", owner: "root" },
  ]);
  expect(readByCloudInit([Buffer.from(part.content).toString("base64")])[0]?.config).toEqual({
    write_files: [
      { path: "/a", owner: "root:root", permissions: "0644", content: "" },
      { path: "/b", owner: "app:app", permissions: "0600", content: "", defer: true },
      { path: "/c", owner: "root:root", permissions: "0644", encoding: "b64", content: "AAEC" },
      { path: "/d", owner: "root:app", permissions: "0644", content: "", defer: true },
      { path: "/e", owner: "root", permissions: "0644", content: "" },
    ],
  });
});

test.each<[BootFile, string[]]>([
  [{ path: "/etc/a", content: "" }, []],
  [{ path: "/etc/a", contentBase64: "AAEC", owner: "app", permissions: "0640" }, []],
  [{ path: "etc/a", content: "" }, ["at.path"]],
  [{ path: "/etc/../a", content: "" }, ["at.path"]],
  [{ path: "/etc/a/", content: "" }, ["at.path"]],
  [{ path: "/run/secrets/a", content: "" }, ["at.path"]],
  [{ path: "/etc/a", content: "", owner: "0:0" }, ["at.owner"]],
  [{ path: "/etc/a" }, ["at"]],
  [{ path: "/etc/a", content: "", contentBase64: "" }, ["at"]],
  [{ path: "/etc/a", contentBase64: "no base64" }, ["at.contentBase64"]],
  [{ path: "/etc/a", content: "", owner: "app:app:app", permissions: "u+x" }, ["at.owner", "at.permissions"]],
])("mistakes of %j", (file, expected) => {
  expect(fileProblems("at", file).map(({ property }) => property)).toEqual(expected);
});

test.each([
  ["packages: [nginx]", true],
  ["#cloud-config\npackages: [nginx]\n", true],
  ["## template: jinja\n#cloud-config\npackages: [nginx]\n", false],
  ["- nginx", false],
  ["", false],
  ["a: [", false],
])("whether settings can be joined with others: %j", (text, can) => {
  expect(cloudConfigProblem(text) === undefined).toBe(can);
});

test("settings get the first line that cloud-init knows them by, once", () => {
  const texts = ["a: 1\n", "#cloud-config\na: 1\n", "#cloud-config\r\na: 1\r\n"];
  for (const text of texts) expect(cloudConfigText("settings", text).content).toBe("#cloud-config\na: 1\n");
});
