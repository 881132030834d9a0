/** The latest text of every AWS managed policy that can be attached to a role. */
import { date, named, readJson, SOURCES } from "./sources";

interface SourcePolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<Record<string, { readonly document: object } | undefined>>;
}

/** What policies/iam/managed.ts reads. */
export interface PoliciesFile {
  readonly source: string;
  /** Day of the last change that the data has. */
  readonly date: string;
  /** By what stands after `policy/` in the ARN: version, a space, and the document as text, which is parsed on use. */
  readonly policies: Readonly<Record<string, string>>;
}

export function policiesFile(): PoliciesFile {
  const { root, name, version } = SOURCES.policies;
  const all = Object.values(readJson(`${root}/dist/managedPolicies.json`) as Record<string, SourcePolicy>);
  const entries = all
    .map((policy) => [policy.arn.replace(/^arn:aws:iam::aws:policy\//, ""), textOf(policy)] as const)
    .filter(([path]) => !path.startsWith("aws-service-role/"))
    .sort(([a], [b]) => named(a, b));
  const days = all.map(({ lastUpdatedDate }) => date(lastUpdatedDate)).sort();
  return { source: `${name} ${version}`, date: days.at(-1) ?? "", policies: Object.fromEntries(entries) };
}

function textOf({ arn, latestVersionId, versions }: SourcePolicy): string {
  const latest = versions[latestVersionId];
  if (!latest) throw new Error(`${arn} lacks its version ${latestVersionId}`);
  return `${latestVersionId} ${JSON.stringify(latest.document)}`;
}
