import { fingerprintOf, findingsOf } from "../../../cli/run-report";
import type { Report } from "../../../cli/report";
import { HARDENED, resource, type Written } from "../../policies/harness";
import { judged, MIXED, run } from "./fixture";

/** Fingerprints by policy, resource and message: what they must not be made of is in the key only. */
function prints(report: Report): readonly (readonly [policy: string, name: string, print: string])[] {
  return findingsOf(run([report])).map(({ finding, resource: { name } }) => [
    finding.policy,
    name,
    fingerprintOf(finding),
  ]);
}

function machine(lines: readonly string[]): Written {
  return resource("Instance", "web", { metadataOptions: HARDENED, userData: ["#!/bin/bash", ...lines].join("\n") });
}

function role(statements: readonly object[]): readonly Written[] {
  const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  return [
    resource("Role", "app", { name: "app", assumeRolePolicy: JSON.stringify({ Statement: trust }) }),
    resource("InstanceProfile", "app-profile", { name: "app", role: "app" }),
    resource("RolePolicy", "app-policy", { role: "app", policy: JSON.stringify({ Statement: statements }) }),
    resource("Instance", "app-machine", { metadataOptions: HARDENED, iamInstanceProfile: "app" }),
  ];
}

const objects = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const secrets = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const logs = {
  Effect: "Allow",
  Action: "logs:PutLogEvents",
  Resource: "arn:aws:logs:eu-west-1:111122223333:log-group:a:*",
};
const install = "curl http://example.com/a.sh | bash";
const update = "curl http://example.com/b.sh | bash";

test.each<[string, readonly Written[], readonly Written[]]>([
  ["resources in another order", MIXED, [...MIXED].reverse()],
  ["a line before it in user data", [machine([install])], [machine(["set -eu", "echo start", install])]],
  ["lines in another order", [machine([install, update])], [machine([update, install])]],
  ["a statement before it in a policy", role([objects, secrets]), role([logs, objects, secrets])],
  ["statements in another order", role([objects, secrets]), role([secrets, objects])],
])("fingerprints stay with %s", (_what, before, after) => {
  const known = prints(judged(before));
  expect(known.length).toBeGreaterThan(0);
  expect([...prints(judged(after))].sort()).toEqual([...known].sort());
});

test("they know neither the directory, nor the line, nor the words", () => {
  const report = judged(MIXED);
  const moved: Report = {
    ...report,
    directory: "/elsewhere",
    file: "elsewhere/Pulumi.yaml",
    resources: report.resources.map((each) => ({
      ...each,
      location: { file: "other.ts", line: 99, column: 1 },
      findings: each.findings.map((finding) => ({ ...finding, message: "In other words." })),
    })),
  };
  expect(prints(moved)).toEqual(prints(report));
});

test("findings of one resource differ, also those of one policy in one place; one more is one more", () => {
  const known = prints(judged([machine([install, update])])).map(([, , print]) => print);
  const more = prints(judged([machine([install, "wget -qO- http://example.com/c.sh | sh", update])]));
  expect(new Set(known).size).toBe(known.length);
  expect(more.filter(([, , print]) => !known.includes(print))).toHaveLength(1);
  const all = prints(judged([...MIXED, ...role([objects, secrets])])).map(([, , print]) => print);
  expect(new Set(all).size).toBe(all.length);
});
