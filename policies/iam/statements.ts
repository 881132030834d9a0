/** The statements of a policy, wherever its text is: in the program, or with AWS. */
import { readDocument, type Document } from "./document";
import { managedDocument } from "./managed";
import type { PolicySource } from "./role";

const NOTHING: Document = { statements: [], problem: undefined };

/** What a policy says; nothing where its text is not known. */
export function statementsOf(policy: PolicySource, partition?: string): Document {
  const text = policy.document ?? (policy.managed === undefined ? undefined : managedText(policy.managed, partition));
  return text === undefined ? NOTHING : readDocument(text, "permissions");
}

const managed = new Map<string, unknown>();

/** A managed policy is parsed once, so that it is read once. */
function managedText(name: string, partition = "aws"): unknown {
  const key = `${partition} ${name}`;
  if (!managed.has(key)) managed.set(key, managedDocument(name, partition)?.document);
  return managed.get(key);
}

/** Whether the text is there: in the program, or in the data about AWS. */
export function isReadable(policy: PolicySource): boolean {
  return policy.document !== undefined || (policy.managed !== undefined && managedText(policy.managed) !== undefined);
}
