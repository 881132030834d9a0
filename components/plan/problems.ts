/** A mistake in the inputs of a component. */
export interface Problem {
  /** The argument, as a path: `userData.files[0].path`. */
  readonly property: string;
  /** What is wrong with it and what to write. It holds no value that may be secret. */
  readonly reason: string;
}

/** All mistakes as one message, a line each. */
export function problemText(what: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 mistake" : `${String(problems.length)} mistakes`;
  return [`${what} has ${count}:`, ...problems.map(({ property, reason }) => `- ${property}: ${reason}`)].join("\n");
}

/** The problems there are. */
export function found(...problems: readonly (Problem | undefined | false)[]): Problem[] {
  return problems.filter((problem) => problem !== undefined && problem !== false);
}

/** Whether a property is right, and what to write where it is not. An empty name is what holds the properties. */
export type Check = readonly [property: string, isRight: boolean, reason: string];

/** Problems of a table of checks, under the property that they belong to. */
export function problemsIn(at: string, checks: readonly Check[]): Problem[] {
  return checks
    .filter(([, isRight]) => !isRight)
    .map(([property, , reason]) => ({ property: property === "" ? at : `${at}.${property}`, reason }));
}
