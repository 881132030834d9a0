import { isRecord, type Properties } from "../../policies/machine/resource";
import { compareBytes, escapeLikeGo } from "../documents";
import { crc32 } from "../hash";
import { defined, isSet, listOf, own, scalarText } from "../values";
import { InvokeError } from "./arguments";

const CURRENT_VERSION = "2012-10-17";
const OLD_VERSION = "2008-10-17";

interface Principal {
  readonly type: string;
  readonly identifiers: string | readonly string[];
}

interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: string | readonly string[];
}

/** A statement in the key order of the provider's output. */
interface Statement {
  readonly Sid: string | undefined;
  readonly Effect: unknown;
  readonly Action: unknown;
  readonly NotAction: unknown;
  readonly Resource: unknown;
  readonly NotResource: unknown;
  readonly Principal: unknown;
  readonly NotPrincipal: unknown;
  readonly Condition: unknown;
}

interface Document {
  readonly version: string;
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** `aws.iam.getPolicyDocument`, as policy_document_data_source.go of the Terraform provider computes it. */
export function policyDocument(args: Properties): Properties {
  const sources = documents(args, "sourcePolicyDocuments");
  refuseRepeatedSids(
    sources.flatMap(({ statements }) => statements),
    "source_policy_documents",
  );
  const given = ownDocument(args);
  refuseRepeatedSids(given.statements, "statement");
  const overrides = documents(args, "overridePolicyDocuments");
  const merged = [...sources, given, ...overrides].reduce(merge, { version: "", id: "", statements: [] });
  const content = defined({
    Version: merged.version,
    Id: merged.id === "" ? undefined : merged.id,
    Statement: merged.statements.length === 0 ? undefined : merged.statements.map((one) => defined({ ...one })),
  });
  const json = escapeLikeGo(JSON.stringify(content, null, 2));
  const statements = listOf(args.statements).map((one) => (isRecord(one) ? { effect: "Allow", ...one } : one));
  return {
    ...args,
    statements,
    version: given.version,
    id: crc32(json),
    json,
    minifiedJson: escapeLikeGo(JSON.stringify(content)),
  };
}

/** A statement with a Sid replaces its namesake in place; one without is always appended. */
function merge(base: Document, added: Document): Document {
  const statements = [...base.statements];
  for (const statement of added.statements) {
    const place = statement.Sid === undefined ? -1 : statements.findIndex(({ Sid }) => Sid === statement.Sid);
    if (place === -1) statements.push(statement);
    else statements[place] = statement;
  }
  return {
    version: added.version > base.version ? added.version : base.version,
    id: added.id === "" ? base.id : added.id,
    statements,
  };
}

function refuseRepeatedSids(statements: readonly Statement[], where: string): void {
  const seen = new Set<string>();
  for (const { Sid } of statements) {
    if (Sid === undefined) continue;
    if (seen.has(Sid)) throw new InvokeError(`duplicate Sid (${Sid}) in ${where}`);
    seen.add(Sid);
  }
}

// --- documents given as JSON text

function documents(args: Properties, name: string): Document[] {
  return listOf(args[name])
    .map((json, index) => (isSet(json) && json !== "" ? readDocument(json, `${name}[${String(index)}]`) : undefined))
    .filter((document) => document !== undefined);
}

function readDocument(json: unknown, place: string): Document {
  const parsed = parse(json);
  if (!isRecord(parsed)) throw new InvokeError(`${place} is not a JSON policy document`);
  const statements = Array.isArray(parsed.Statement) ? parsed.Statement : [parsed.Statement];
  return {
    version: typeof parsed.Version === "string" ? parsed.Version : "",
    id: typeof parsed.Id === "string" ? parsed.Id : "",
    statements: statements.filter(isRecord).map(readStatement),
  };
}

function parse(json: unknown): unknown {
  try {
    return typeof json === "string" ? JSON.parse(json) : undefined;
  } catch {
    return undefined;
  }
}

function readStatement(statement: Properties): Statement {
  return {
    Sid: typeof statement.Sid === "string" && statement.Sid !== "" ? statement.Sid : undefined,
    Effect: statement.Effect,
    Action: statement.Action,
    NotAction: statement.NotAction,
    Resource: statement.Resource,
    NotResource: statement.NotResource,
    Principal: encodePrincipals(readPrincipals(statement.Principal)),
    NotPrincipal: encodePrincipals(readPrincipals(statement.NotPrincipal)),
    Condition: encodeConditions(readConditions(statement.Condition)),
  };
}

function readPrincipals(value: unknown): Principal[] {
  if (value === "*") return [{ type: "*", identifiers: ["*"] }];
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([type, identifiers]) => ({ type, identifiers: textOrTexts(identifiers) }));
}

function readConditions(value: unknown): Condition[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([test, variables]) =>
    Object.entries(isRecord(variables) ? variables : {}).map(([variable, values]) => {
      return { test, variable, values: textOrTexts(values) };
    }),
  );
}

function textOrTexts(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map(scalarText) : scalarText(value);
}

// --- statements given as arguments

function ownDocument(args: Properties): Document {
  const version = scalarText(args.version) || CURRENT_VERSION;
  if (version !== CURRENT_VERSION && version !== OLD_VERSION) {
    throw new InvokeError(`expected version to be one of ["${OLD_VERSION}" "${CURRENT_VERSION}"], got ${version}`);
  }
  const statements = listOf(args.statements).filter(isRecord);
  return { version, id: scalarText(args.policyId), statements: statements.map((one) => ownStatement(one, version)) };
}

function ownStatement(statement: Properties, version: string): Statement {
  const sid = scalarText(own(statement, "sid"));
  if (!/^[0-9A-Za-z]*$/.test(sid)) throw new InvokeError(`Sid "${sid}" must consist of letters and digits`);
  const effect = scalarText(own(statement, "effect")) || "Allow";
  if (effect !== "Allow" && effect !== "Deny")
    throw new InvokeError(`expected effect to be Allow or Deny, got ${effect}`);
  const variables = (texts: readonly string[]): string[] => texts.map((one) => withVariables(one, version));
  return {
    Sid: sid === "" ? undefined : sid,
    Effect: effect,
    Action: encodeList(textsOf(statement.actions)),
    NotAction: encodeList(textsOf(statement.notActions)),
    Resource: encodeList(variables(textsOf(statement.resources))),
    NotResource: encodeList(variables(textsOf(statement.notResources))),
    Principal: encodePrincipals(ownPrincipals(statement.principals, variables)),
    NotPrincipal: encodePrincipals(ownPrincipals(statement.notPrincipals, variables)),
    Condition: encodeConditions(ownConditions(statement.conditions, variables)),
  };
}

function ownPrincipals(value: unknown, variables: (texts: readonly string[]) => string[]): Principal[] {
  return listOf(value)
    .filter(isRecord)
    .map((one) => ({
      type: scalarText(one.type),
      identifiers: encodeList(variables(textsOf(one.identifiers))) ?? [],
    }));
}

function ownConditions(value: unknown, variables: (texts: readonly string[]) => string[]): Condition[] {
  return listOf(value)
    .filter(isRecord)
    .map((one) => {
      const values = variables(textsOf(one.values));
      return {
        test: scalarText(one.test),
        variable: scalarText(one.variable),
        values: values.length === 1 ? (values[0] ?? "") : values,
      };
    });
}

function textsOf(value: unknown): string[] {
  return listOf(value).map(scalarText);
}

/** The provider writes `&{…}` for a policy variable, since `${…}` is Terraform's own. */
function withVariables(value: string, version: string): string {
  if (value.includes("&{") && version === OLD_VERSION) {
    throw new InvokeError(`found &{ sequence in (${value}), which is not supported in version ${OLD_VERSION}`);
  }
  return value.replaceAll("&{", "${");
}

/** A set of strings as the provider writes it: one alone, or several sorted in descending order. */
function encodeList(values: readonly string[]): string | string[] | undefined {
  const distinct = [...new Set(values)].sort((left, right) => compareBytes(right, left));
  return distinct.length < 2 ? distinct[0] : distinct;
}

// --- principals and conditions, encoded

function encodePrincipals(principals: readonly Principal[]): unknown {
  if (principals.length === 0) return undefined;
  const [first] = principals;
  if (principals.length === 1 && first?.type === "*" && [first.identifiers].flat().join(",") === "*") return "*";
  const grouped = new Map<string, string | readonly string[]>();
  for (const { type, identifiers } of principals) {
    const before = grouped.get(type);
    const added = typeof identifiers === "string" ? identifiers : [...identifiers].sort((a, b) => compareBytes(b, a));
    grouped.set(type, before === undefined ? added : [before, added].flat());
  }
  return sortedObject(grouped);
}

function encodeConditions(conditions: readonly Condition[]): unknown {
  if (conditions.length === 0) return undefined;
  const tests = new Map<string, Map<string, string | readonly string[]>>();
  for (const { test, variable, values } of conditions) {
    const variables = tests.get(test) ?? new Map<string, string | readonly string[]>();
    const before = variables.get(variable);
    variables.set(variable, before === undefined ? values : [before, values].flat());
    tests.set(test, variables);
  }
  return sortedObject(new Map([...tests].map(([test, variables]) => [test, sortedObject(variables)])));
}

function sortedObject(entries: ReadonlyMap<string, unknown>): Properties {
  return Object.fromEntries([...entries].sort(([left], [right]) => compareBytes(left, right)));
}
