/** Software that is pinned to a version without version 2, in whatever a text does. */
import { printed } from "../print";
import { readShell } from "../shell";
import { commandsIn } from "../sources/places";
import { plain, withoutWrappers } from "../steps";
import { pinsInLines, type PinAt } from "./manifests";
import { datadog, pinsIn, type Pin } from "./pins";
import { codeIn } from "./code";
import { isCode } from "./files";
import { statementsOf, type Language } from "./statements";
import type { Running } from "./texts";
import { mayPin } from "./versions";

const DEPTH = 3;

/** The pins of a text that runs. */
export function pinsOf({ text, reading }: Pick<Running, "text" | "reading">): readonly PinAt[] {
  if (!mayPin(text) || reading === "include") return [];
  if (reading === "lines") return pinsInLines(text);
  if (isCode(reading)) return inCode(text, reading);
  return commandsIn(text, reading).flatMap(({ script, line }) =>
    inShell(script, 0).map((pin) => ({ ...pin, line: line + pin.line - 1 })),
  );
}

function inShell(text: string, depth: number): readonly PinAt[] {
  const variables: string[] = [];
  return (readShell(text) ?? []).flatMap((step) => {
    if (step.kind !== "pipeline") {
      if (!step.name.startsWith("DD_AGENT_M")) return [];
      variables.push(`${step.name}=${plain(step.value)}`);
      return at(datadog(variables), step.line);
    }
    return step.calls.flatMap((call) => {
      if (!call.words.some(mayPin)) return [];
      const words = call.words.map(plain);
      const code = depth < DEPTH && printed(withoutWrappers(call.words)) === undefined ? codeIn(call.words) : [];
      const inner = code.flatMap((each) =>
        each.reading === "shell" ? inShell(each.code, depth + 1) : inCode(each.code, each.reading),
      );
      return [
        ...(code.length > 0 ? [] : at(pinsIn(words), call.line)),
        ...inner.map((pin) => ({ ...pin, line: call.line + pin.line - 1 })),
      ];
    });
  });
}

/** Commands in code, by the words in its strings. */
function inCode(text: string, language: Language): readonly PinAt[] {
  const values = new Map<string, string>();
  return statementsOf(text, language).flatMap((statement) => {
    const [, name, value] =
      /^\$?(\w{1,60})\s{0,9}=\s{0,9}["']([^"']{1,200})["']$/.exec(statement.text.slice(0, 300)) ?? [];
    if (name !== undefined && value !== undefined) values.set(name.toLowerCase(), value);
    const filled = statement.text
      .slice(0, 8192)
      .replaceAll(
        /\$\{?(\w{1,60})\}?|%(\w{1,60})%/g,
        (all, one: string | undefined, other: string | undefined) =>
          values.get((one ?? other ?? "").toLowerCase()) ?? all,
      );
    return mayPin(filled)
      ? at(pinsIn(filled.split(/[\s"'`(),;[\]{}]+/).filter((word) => word !== "")), statement.line)
      : [];
  });
}

function at(pins: readonly Pin[], line: number): readonly PinAt[] {
  return pins.map((pin) => ({ ...pin, line }));
}
