import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootOnlyParts, bootOnlyStatements } from "../../../components/boot/boot-only";
import { IMAGES } from "../boot/fixtures";
import { composeUserData } from "../../../components/boot/user-data";
import { RULES } from "../../../policies/rules";
import { verdicts } from "../../policies/harness";
import { inline, program } from "../../policies/rules/roles";
import { needTools } from "../tools";

/** The programs that a script writes, by the word that ends them. */
function written(script: string): readonly string[] {
  return [...script.matchAll(/<<'PROGRAM'\n([^]*?)^PROGRAM$/gm)].map(([, text = ""]) => text);
}

test.each(IMAGES)("scripts and the programs that they write are clean to shellcheck: %s", (image) => {
  needTools("shellcheck");
  const { first, last } = bootOnlyParts({ image });
  const scripts = [...first, ...last].flatMap(({ content }) => [content, ...written(content)]);
  expect(scripts).toHaveLength(4);
  for (const input of scripts) {
    expect(spawnSync("shellcheck", ["-"], { input, encoding: "utf8" })).toMatchObject({ stdout: "", status: 0 });
  }
});

test("the unit is one that systemd takes", () => {
  needTools("systemd-analyze");
  const [, unit = ""] =
    /<<'UNIT'\n([^]*?)^UNIT$/m.exec(bootOnlyParts({ image: "al2023" }).first[1]?.content ?? "") ?? [];
  const folder = mkdtempSync(join(tmpdir(), "unit-"));
  const file = join(folder, "ec2-hardening-imds-off.service");
  // The program is on the machine only.
  writeFileSync(file, unit.replace(/^ExecStart=.*$/m, "ExecStart=/bin/true"));
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  expect({ status, about: stderr.split("\n").filter((line) => line.includes("ec2-hardening")) }).toEqual({
    status: 0,
    about: [],
  });
});

test.each(IMAGES)("the parts leave room in user data: %s", (image) => {
  const { first, last } = bootOnlyParts({ image });
  const composed = composeUserData([...first, ...last]);
  expect(composed.kind).toBe("text");
});

test("the statement raises nothing in any policy over roles", () => {
  const role = inline(...bootOnlyStatements().map((each) => ({ ...each })));
  const found = RULES.flatMap(({ name }) => verdicts(name, program("aws", role)).map((each) => `${name}: ${each}`));
  const aboutRoles = found.filter((each) => each.startsWith("profile-"));
  expect(aboutRoles).toEqual([]);
});

test("without its condition it would", () => {
  const bare = bootOnlyStatements().map(({ Action, Resource }) => ({ Effect: "Allow", Action, Resource }));
  expect(verdicts("profile-no-privilege-escalation", program("aws", inline(...bare)))).toEqual(["violation app"]);
});
