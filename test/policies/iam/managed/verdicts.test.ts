/**
 * Every AWS managed policy against verdicts that were made apart from this code, on the same versions of the policies
 * (`verdicts.tsv`: name, codes). Where the two differ, `differences.json` says why: `+` is a code that only this code
 * gives, `-` one that only the table has.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import data from "../../../../policies/iam/data/managed-policies.json";
import { administration } from "../../../../policies/iam/judgements/administration";
import { escalations } from "../../../../policies/iam/judgements/escalation";
import { giveaways } from "../../../../policies/iam/judgements/giveaways";
import { overbroad } from "../../../../policies/iam/judgements/scope";
import { Permissions } from "../../../../policies/iam/permissions";
import { managed, program, role } from "../roles";
import differences from "./differences.json";

const table = readFileSync(path.join(__dirname, "verdicts.tsv"), "utf8").trimEnd().split("\n");
const verdicts = table.map((line) => line.split("\t")).map(([name = "", codes = ""]) => [name, codes] as const);

/** All codes of a policy, before graver ones take in others. */
function codesOf(name: string): string[] {
  const of = role({ policies: [managed(name)] });
  const permissions = new Permissions(of, "lower");
  const admin = administration(permissions);
  const issues = [
    ...(admin ? [admin] : []),
    ...escalations(permissions, of, program([])),
    ...giveaways(permissions),
    ...overbroad(permissions, of, []),
  ];
  return [...new Set(issues.map(({ code }) => code))];
}

test("the table has every policy", () => {
  expect(verdicts.map(([name]) => name).sort()).toEqual(Object.keys(data.policies).sort());
});

test("every difference is explained, and every explanation is needed", () => {
  const found = verdicts.flatMap(([name, codes]) => {
    const [ours, theirs] = [codesOf(name), codes === "" ? [] : codes.split(",")];
    const [more, less] = [ours.filter((code) => !theirs.includes(code)), theirs.filter((code) => !ours.includes(code))];
    return [...more.map((code) => `+${code} ${name}`), ...less.map((code) => `-${code} ${name}`)];
  });
  const explained = differences.flatMap(({ code, policies }) => policies.map((name) => `${code} ${name}`));
  expect(found.filter((each) => !explained.includes(each)).sort()).toEqual([]);
  expect(explained.filter((each) => !found.includes(each)).sort()).toEqual([]);
  for (const { reason } of differences) expect(reason).not.toBe("");
});
