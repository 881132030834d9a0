/** Follows what comes over open channels through batch files of Windows. */
import { NOTHING, type Flow, type Scope, type Text } from "./boot";
import { Command, type Tools, type Where } from "./command";
import { commandLine } from "./lines";
import { pathOf } from "./paths";

/** What ends a batch file. */
const STOPS = /^\s{0,9}@?(?:exit|goto)\b/i;

/** Runs a batch file. */
export function runBatch(tools: Tools, text: Text, input: Flow, folder: string): Flow {
  const variables = new Map<string, string>();
  const state = { folder };
  const run = {};
  let number = 0;
  for (const line of joinedLines(text.text)) {
    const spot = { path: text.path, line: text.line + line.at };
    const filled = line.text.replaceAll(
      /%(\w{1,60})%/g,
      (mark, name: string) => variables.get(name.toLowerCase()) ?? mark,
    );
    const scope: Scope = { run, context: undefined, at: number++ };
    runLine({ ...tools, spot, scope, folder: state.folder, checks: [] }, filled, input, state, variables);
  }
  return NOTHING;
}

/** A caret joins lines; remarks are left out. */
function joinedLines(text: string): readonly { text: string; at: number }[] {
  const found: { text: string; at: number }[] = [];
  let held = "";
  for (const [at, line] of text.split("\n").slice(0, 20_000).entries()) {
    if (/^\s{0,99}@?(?:rem\b|::)/i.test(line)) continue;
    const whole = held + line;
    held = whole.endsWith("^") && whole.length < 1 << 14 ? whole.slice(0, -1) : "";
    if (held === "") found.push({ text: whole, at });
  }
  return found;
}

/** Commands of a line in order; `|` hands on, `&&` and `||` hang on what was before. */
function runLine(
  where: Where,
  given: string,
  input: Flow,
  state: { folder: string },
  variables: Map<string, string>,
): void {
  // Quotes within quotes: `/tr "powershell -c \"…\""`.
  const line = /\s[-/](?:tr|c|command)\s/i.test(given) ? given.replaceAll('\\"', INNER) : given;
  const commands = commandsOf(line);
  let flow = input;
  for (const [index, { text, after }] of commands.entries()) {
    const at = { ...where, folder: state.folder };
    flow = runCommand(at, text, after === "|" ? flow : NOTHING, state, variables);
    const next = commands[index + 1];
    const stops = next !== undefined && next.after === "||" && STOPS.test(next.text);
    const gated = next?.after === "&&";
    for (const { sources } of at.checks.splice(0))
      for (const source of sources)
        if (stops || gated)
          source.proofs.push(
            (scope) => stops || scope === undefined || (scope.run === where.scope?.run && scope.at === where.scope.at),
          );
  }
}

/** Stands for a quote within quotes. */
const INNER = "\uE0A0";

interface Part {
  readonly text: string;
  readonly after: string;
}

function commandsOf(line: string): readonly Part[] {
  const parts: Part[] = [];
  let [text, after] = ["", ""];
  for (const [piece, mark] of line.slice(0, 1 << 14).matchAll(/"[^"]*"|\^.|(\|\||&&|[|&()])|[^"|&^()]+|["^]/g)) {
    if (mark === undefined || (/[()]/.test(mark) && text.trim() !== "" && !/\b(?:do|else|\d)\s*$/i.test(text)))
      text += piece;
    else {
      if (text.trim() !== "") parts.push({ text, after });
      [text, after] = ["", /[()]/.test(mark) ? after : mark];
    }
  }
  if (text.trim() !== "") parts.push({ text, after });
  return parts;
}

function runCommand(
  where: Where,
  text: string,
  input: Flow,
  state: { folder: string },
  variables: Map<string, string>,
): Flow {
  const inner = text.replace(
    /^[\s@]{0,20}(?:if\s.{1,200}?\s(?=\w+\.exe\b|call\b|start\b|curl\b|msiexec\b|powershell\b)|for\s.{1,200}?\bdo\s+)?/i,
    "",
  );
  const [, name, value] = /^set\s+"?(\w{1,60})=([^"]*)"?\s*$/i.exec(inner) ?? [];
  if (name !== undefined && value !== undefined) {
    variables.set(name.toLowerCase(), value.trim());
    return NOTHING;
  }
  const [, output] = />>?\s*("[^"]{1,300}"|[^\s"&|]{1,300})/.exec(inner) ?? [];
  const words = commandLine(inner.replaceAll(/\d?>>?&?\s*(?:"[^"]*"|[^\s"]+)/g, "")).map((word) =>
    word.replaceAll(INNER, '"'),
  );
  if (words.length === 0) return NOTHING;
  if (/^(?:cd|chdir|pushd)$/i.test(words[0] ?? "")) {
    state.folder = pathOf(words.filter((word) => !/^\/d$/i.test(word))[1] ?? state.folder, state.folder);
    return NOTHING;
  }
  const flow = where.evaluate(new Command(where, words, input));
  if (output !== undefined) where.boot.put(pathOf(output.replaceAll('"', ""), where.folder), flow);
  return flow;
}
