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

/** The problem of a choice that is none of those there are, which a program without types can make. */
export function choiceProblem(
  property: string,
  value: string | undefined,
  choices: readonly string[],
): Problem | undefined {
  if (value === undefined || choices.includes(value)) return undefined;
  return { property, reason: `write one of ${choices.map((choice) => `"${choice}"`).join(", ")}.` };
}

/** The problems there are. */
export function found(...problems: readonly (Problem | undefined | false)[]): Problem[] {
  return problems.filter((problem) => problem !== undefined && problem !== false);
}
