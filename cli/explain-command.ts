/** `explain`: shows what a role may do, or what a policy is about. */
import { RULES } from "../policies/rules";
import { readPolicyConfig } from "./check";
import { CheckError } from "./errors";
import { explainExitCode, explainProgram } from "./explain";
import { failureText } from "./failures";
import { runOptions, type ExplainFlags } from "./flags";
import { renderExplanation } from "./render/explain";
import { explanationJson } from "./render/explain-json";
import { renderRulePage } from "./render/rule-page";
import { ExitCode, seenOf } from "./report";
import type { Terminal } from "./terminal";

/** Explains a role of a program, or a policy. */
export async function explain(
  name: string,
  path: string | undefined,
  flags: ExplainFlags,
  terminal: Terminal,
): Promise<number> {
  if (explainPolicy(name, path, flags, terminal)) return ExitCode.CLEAN;
  const directory = path ?? ".";
  const settings = readPolicyConfig(flags.policyPackConfig);
  const { explanation, run } = await explainProgram(name, directory, settings, {
    ...runOptions(flags, terminal),
    stack: flags.stack,
  });
  const { color, columns } = terminal;
  terminal.stdout(
    flags.format === "json"
      ? explanationJson(explanation)
      : renderExplanation(explanation, { color: flags.color && color, width: columns }),
  );
  terminal.stderr(failureText(run.parts, seenOf(run.resources)));
  return explainExitCode(explanation);
}

/** Prints the page about a policy; false where the name is none. */
function explainPolicy(name: string, path: string | undefined, flags: ExplainFlags, terminal: Terminal): boolean {
  const rule = RULES.find((each) => each.name === name);
  if (!rule) return false;
  if (path !== undefined || flags.format === "json") {
    throw new CheckError(
      `${name} is a policy: its page is text, and about no program. Leave out the path and --format, or give the URN of a resource.`,
    );
  }
  const settings = readPolicyConfig(flags.policyPackConfig).get(name);
  const { columns: width, color } = terminal;
  terminal.stdout(renderRulePage(rule, settings, { color: flags.color && color, width }));
  return true;
}
