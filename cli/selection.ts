/** Which findings are meant by words such as `mandatory`, `high` or a policy's name. */
import { InvalidArgumentError } from "commander";
import type { GradedFinding } from "../policies/judge";
import type * as Rules from "../policies/rules";
import type { Severity } from "../policies/rules/rule";
import type { PackSettings } from "../policies/settings";
import { CheckError } from "./errors";
import { kindOf, KINDS } from "./report";

/** From what weighs most to what weighs least. */
export const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];
const NONE = "none";

/** What `--fail-on` is where it is not given. */
export const DEFAULT_FAIL_ON: readonly string[] = ["mandatory"];

/** Collects one more word; refuses what is none. */
export function readSelector(word: string, previous: readonly string[] = []): readonly string[] {
  const words = [...previous, word];
  if (!isSelector(word)) {
    throw new InvalidArgumentError(
      `Give ${[...KINDS, NONE].join(", ")}; a severity (${SEVERITIES.join(", ")}); or the name of a policy, e.g. high or imds-require-v2.`,
    );
  }
  if (words.includes(NONE) && words.length > 1)
    throw new InvalidArgumentError("none stands alone: leave out the others.");
  return words;
}

function isSelector(word: string): boolean {
  return word === NONE || [...KINDS, ...SEVERITIES].some((each) => each === word) || isPolicy(word);
}

function isPolicy(word: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on use only
  const { RULES } = require("../policies/rules") as typeof Rules;
  return RULES.some(({ name }) => name === word);
}

/** A policy that is off never finds anything: asking for it is a mistake. */
export function checkSelectors(words: readonly string[], settings: PackSettings, option: string): void {
  const off = words.find((word) => settings.get(word)?.level === "disabled");
  if (off === undefined) return;
  throw new CheckError(
    `${option} ${off}: this policy is off. Turn it on with --policy-pack-config, e.g. {"${off}": "advisory"}.`,
  );
}

/**
 * Whether any of the words means a finding. A level and a severity mean what is above them too: `advisory` what is
 * mandatory, `high` what is critical.
 */
export function selects(words: readonly string[], finding: GradedFinding): boolean {
  const { policy, severity } = finding;
  return words.some(
    (word) => word === policy || reaches(KINDS, word, kindOf(finding)) || reaches(SEVERITIES, word, severity),
  );
}

function reaches(order: readonly string[], threshold: string, value: string): boolean {
  return order.includes(threshold) && order.indexOf(value) <= order.indexOf(threshold);
}
