/** What judging a role costs: a document again, and documents not seen before, each with a number of its own. */
import { judgeRole } from "../../policies/iam/judgement";
import type { PolicySource, Role } from "../../policies/iam/role";
import { reported, type Figure } from "./figures";

const ROUNDS = 60;
const NOTHING = { roles: [], carriers: [], isStrong: () => false };

type Statement = Readonly<Record<string, unknown>>;

function source(document: unknown): PolicySource {
  const place = { urn: "", path: "policy" };
  return { label: "", source: place, document, unseen: undefined, managed: undefined, policy: undefined };
}

function judge(statements: readonly Statement[]): void {
  const identity = { name: "app", path: "/", account: "111122223333", partition: "aws", tags: undefined };
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const role: Role = {
    ...{ resource: undefined, label: "role", identity, trust: undefined, boundary: undefined, unseen: [] },
    policies: [source(text)],
  };
  judgeRole(role, NOTHING);
}

function allow(Action: unknown, Resource: unknown): Statement {
  return { Effect: "Allow", Action, Resource };
}

/** Some 6 KB as a machine's role has them: named actions on named resources of a dozen services. */
function typical(run: number): Statement[] {
  const services = ["s3", "sqs", "sns", "dynamodb", "kms", "ssm", "logs", "ecr", "ec2", "lambda", "rds", "kinesis"];
  const arns = (service: string): string[] =>
    ["jobs", "mail", "logs"].map((name) => `arn:aws:${service}:eu-west-1:111122223333:${name}-${String(run)}/*`);
  const actions = (service: string): string[] =>
    ["Get", "List", "Describe"].flatMap((verb) => [
      `${service}:${verb}Object`,
      `${service}:${verb}Item`,
      `${service}:${verb}*`,
    ]);
  return services.map((service) => allow(actions(service), arns(service)));
}

/** Wildcards wherever one can stand. */
const HEAVY: readonly ((run: number) => Statement[])[] = [
  () => [allow("*", "*")],
  () => [{ Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" }],
  (run) => [{ Effect: "Allow", NotAction: "iam:*", NotResource: `arn:aws:s3:::*-${String(run)}` }],
  () => [allow("*", "arn:aws:*:*:*:*")],
  (run) => [
    allow("*:*", ["arn:aws:s3:::*", "arn:aws:iam::*:*", "arn:aws:ec2:*:*:*", `arn:*:ssm:*:*:*${String(run)}*`]),
  ],
  (run) => [
    allow("*", "*"),
    { Effect: "Deny", Action: "*", Resource: ["arn:aws:s3:::*", `arn:aws:iam::*:role/*${String(run)}*`] },
  ],
];

/** Milliseconds of the least disturbed run. */
function least(statements: (run: number) => readonly Statement[]): number {
  let best = Infinity;
  for (let run = 0; run < ROUNDS; run++) {
    const written = statements(run);
    const begun = performance.now();
    judge(written);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

/** Milliseconds to read the data, in a run that has not read it yet. */
function load(): number {
  const begun = performance.now();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is measured
  require("../../policies/iam/data/actions.json");
  return performance.now() - begun;
}

export function iamFigures(): Figure[] {
  const loading = load();
  return [
    { name: "IAM: data of all actions, read on first use", value: loading, limit: 30, unit: "ms" },
    { name: "IAM: a document of 6 KB", value: least(() => typical(0)), limit: 1, unit: "ms" },
    reported("IAM: a document of 6 KB, not seen before", least(typical) * 1000, "µs"),
    { name: "IAM: worst of wildcards, not seen before", value: Math.max(...HEAVY.map(least)), limit: 10, unit: "ms" },
  ];
}
