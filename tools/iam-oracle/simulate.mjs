// Answers requests with iam-simulate, in a process of its own: node simulate.mjs DIRECTORY < requests > answers
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const installed = createRequire(path.join(path.resolve(process.argv[2]), "package.json"));
const { runSimulation } = await import(pathToFileURL(installed.resolve("@cloud-copilot/iam-simulate")).href);
const named = (policies) => policies.map((policy, index) => ({ name: `policy-${index}`, policy }));
// Everything that the organization may deny is allowed: only the role's own policies decide.
const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const answers = [];
for (const { principal, action, resource, account, context, documents, boundary } of JSON.parse(
  readFileSync(0, "utf8"),
)) {
  const simulation = {
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
    identityPolicies: named(documents),
    serviceControlPolicies: [{ orgIdentifier: "o-1", policies: named([everything]) }],
    resourceControlPolicies: [],
    ...(boundary && { permissionBoundaryPolicies: named([boundary]) }),
  };
  const result = await runSimulation(simulation, {});
  answers.push(
    result.resultType === "error"
      ? { error: JSON.stringify(result.errors).slice(0, 300) }
      : { answer: result.overallResult },
  );
}
process.stdout.write(JSON.stringify(answers));
