import { readFileSync } from "node:fs";
import { issuesOf } from "../policies/iam/judgements";
import type { Program } from "../policies/iam/judgements/program";
import type { Role, PolicySource } from "../policies/iam/role";
const program: Program = { roles: [], carriers: [], isStrong: () => false };
export function roleWith(document: unknown, managed?: string): Role {
  const source = { urn: "urn:x", path: "policy" };
  const policy = { label: "inline policy x", source, document, unseen: undefined, managed, policy: undefined } as PolicySource;
  return { resource: undefined, label: "r", identity: { name: "app-1", path: "/", account: undefined, partition: undefined, tags: new Map() }, trust: undefined, policies: [policy], boundary: undefined, unseen: [] };
}
test("methods", () => {
  const lines = readFileSync("/work/shared/facts/iam-privesc-methods.tsv", "utf8").trim().split("\n").slice(1).map((l) => l.split("\t"));
  for (const [name, , , actions = ""] of lines) {
    const list = actions.split("+").map((a) => a.split(" ")[0]!);
    const issues = issuesOf(roleWith({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: list, Resource: "*" }] }), "lower", program);
    if (!issues.some((i) => i.concern === "escalation" || i.concern === "administration")) console.log("MISS", name, list, issues.map((i) => i.code));
  }
});
test("managed", () => {
  const lines = readFileSync("/work/shared/facts/iam-managed-policy-verdicts.tsv", "utf8").trim().split("\n").slice(1).map((l) => l.split("\t"));
  const out: string[] = [];
  const t = Date.now();
  for (const [arn = "", , severity, findings = ""] of lines) {
    const name = arn.slice(arn.indexOf("policy/") + 7);
    const issues = issuesOf(roleWith(undefined, name), "lower", program);
    const codes = [...new Set(issues.map((i) => `${i.concern[0]}:${i.code}`))].sort().join(",");
    out.push([name, severity, findings, codes].join("\t"));
  }
  console.log("ms", Date.now() - t);
  require("node:fs").writeFileSync("/tmp/scratch/managed.tsv", out.join("\n"));
});
