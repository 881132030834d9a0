/** Blocks of a script: what stands in them, and where the result of a comparison holds. */
import type { Proof } from "./boot";
import { STOPS } from "./marks";
import { codeOf } from "./syntax";
import type { Statement } from "./tokens";

/** The statements of the block that a statement opens. */
export function blockOf(statements: readonly Statement[], index: number): readonly Statement[] {
  const depth = statements[index]?.depth ?? 0;
  let end = index + 1;
  while (end < index + 200 && (statements[end]?.depth ?? -1) > depth) end++;
  return statements.slice(index + 1, end);
}

interface Script {
  readonly statements: readonly Statement[];
  /** What its scopes name it by. */
  readonly run: object;
}

/** From a comparison on where a difference stops the script, or in the block that it opens. */
export function proofOf({ statements, run }: Script, index: number, negative: boolean): Proof | undefined {
  const stops = (some: readonly (Statement | undefined)[]): boolean =>
    some.some((statement) => statement && STOPS.test(codeOf(statement.tokens)));
  const block = blockOf(statements, index);
  const end = index + block.length + 1;
  const next = statements[end];
  const otherwise = next && /^\s*(?:else|elif|elsif)\b/.test(codeOf(next.tokens)) ? blockOf(statements, end) : [];
  if (stops([statements[index]]) || stops(negative ? block : otherwise)) return () => true;
  return negative ? undefined : (scope) => scope?.run !== run || (scope.at ?? 0) < end;
}
