/** What `Permissions` says of one request. */
import { catalogue } from "../../policies/iam/catalogue";
import { matches } from "../../policies/iam/pattern";
import { Permissions, type Grant } from "../../policies/iam/permissions";
import type { PolicySource, Role } from "../../policies/iam/role";
import { ROLE, type Triple } from "./triples";

export type Granted = "always" | "if its conditions hold" | "never";

function source(document: unknown): PolicySource {
  return {
    label: "",
    source: { urn: "", path: "" },
    document,
    unseen: undefined,
    managed: undefined,
    policy: undefined,
  };
}

function roleOf({ documents, boundary }: Triple): Role {
  return {
    resource: undefined,
    label: "role app",
    identity: ROLE,
    trust: undefined,
    policies: documents.map(source),
    boundary: boundary && source(boundary),
    unseen: [],
  };
}

/** What grants it. */
function grantsOf(triple: Triple): readonly Grant[] {
  const action = catalogue().action(triple.action);
  if (!action) throw new Error(`${triple.action} is not in the catalogue`);
  const named = ({ pattern, except }: Grant): boolean =>
    matches(pattern, triple.resource) && !except.some((each) => matches(each, triple.resource));
  return new Permissions(roleOf(triple), "lower").grants(action).filter(named);
}

/** A boundary with conditions makes every grant one. */
export function grantOf(triple: Triple): Granted {
  const grants = grantsOf(triple);
  if (grants.length === 0) return "never";
  const isBare = triple.boundary?.Statement.every(({ Condition }) => !Condition) ?? true;
  return isBare && grants.some(({ clause }) => clause.statement.conditions.length === 0)
    ? "always"
    : "if its conditions hold";
}
