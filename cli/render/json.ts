import type { ExemptionUse } from "../../policies/exemptions";
import { balanceOf } from "../balance";
import { ANOTHER_VALUE, type Fix } from "../fixes/fixes";
import { kindOf, type ExemptedReport, type Report, type ReportedFinding, type ResourceReport } from "../report";
import { fingerprintOf, totalsOf, type RunReport } from "../run-report";
import { jsonParts } from "./sanitize";

/** Raised where a field is removed, or means something else; a new one raises nothing. */
const VERSION = 1;

/** A run as docs/schemas/check-1.json describes it; what is not there is left out. */
export function renderJson(run: RunReport): Iterable<string> {
  const balance = balanceOf(run);
  const document = {
    version: VERSION,
    tool: { name: "ec2-hardening", version: run.version },
    summary: {
      projects: run.projects.length,
      failed: run.failed.length,
      ...totalsOf(run),
      balance: balance && { ...balance, fixed: balance.fixed.map(fixedOf) },
    },
    policies: run.policies.map(({ rule, level }) => ({ name: rule.name, level, severity: rule.severity })),
    projects: run.projects.map(projectOf),
    failed: run.failed,
  };
  return jsonParts(document);
}

function projectOf({ directory, file, stack, counts, judged, seen, outcome, ...report }: Report): object {
  return {
    directory,
    file,
    stack,
    outcome: outcome.kind,
    counts,
    judged,
    seen,
    resources: report.resources.map((each) => ({ ...resourceOf(each), findings: each.findings.map(findingOf) })),
    exempted: report.exempted.map(exemptedOf),
    changes: report.changes,
    machines: report.machines,
    notices: report.notices,
    errors: report.errors,
    hints: report.hints,
    fixes: report.fixes?.items.map(fixOf),
  };
}

function fixedOf({ policy, resource, reason, expires }: ExemptionUse): object {
  return { policy, resource, reason, expires };
}

function resourceOf({ name, type, urn, components, location }: ResourceReport): object {
  return { name, type, urn, components, location };
}

function findingOf(finding: ReportedFinding): object {
  const { policy, level, severity, path, message, steps } = finding;
  const kind = kindOf(finding);
  const expired = finding.expired?.expires;
  return { policy, kind, level, severity, path, message, steps, fingerprint: fingerprintOf(finding), expired };
}

/** Values as such, where they are shown at all. */
function fixOf({ changes, ...fix }: Fix): object {
  const valueOf = (json: string): unknown => JSON.parse(json);
  return {
    ...fix,
    changes: changes.map(({ path, before, after, policies }) => ({
      path,
      before: before === undefined || before === ANOTHER_VALUE ? before : valueOf(before),
      after: valueOf(after),
      policies,
    })),
  };
}

function exemptedOf({ resource, finding, reason, expires }: ExemptedReport): object {
  return { resource: resourceOf(resource), finding: findingOf(finding), reason, expires };
}
