/** What code of languages other than shell does, statement by statement: neither comments nor text that is only shown. */
import { writes } from "./metadata/code-files";
import { statementsOf, type Language, type Statement } from "./metadata/statements";

/**
 * The texts of the statements that do something.
 *
 * @param counts - Whether text does that goes to a file; the statement ends by its path.
 */
export function doneBy(text: string, language: Language, counts: (statement: string) => boolean): readonly string[] {
  const statements = statementsOf(text, language);
  const each = language === "batch" ? statements.flatMap(commandsOf) : statements;
  return each
    .filter((statement) => !givesText(statement) || calls(statement) || (writes(statement) && counts(statement.text)))
    .map((statement) => statement.text);
}

/** The same where text in a file runs only if something starts the file; a statement is a line. */
export function runBy(text: string, language: Language): readonly string[] {
  return doneBy(text, language, () => false).map((statement) => statement.replaceAll(/[`^]?\r?\n/g, " "));
}

/** A line of a batch file holds several commands. */
function commandsOf(statement: Statement): readonly Statement[] {
  return statement.text.split(/&{1,2}|\|\|/).map((text) => ({ ...statement, text: text.trim(), bare: text.trim() }));
}

/** What shows its arguments or writes them somewhere, and a string that nothing takes but a file. */
const GIVES_TEXT =
  /^(?:(?:Write-(?:Host|Output|Verbose|Information|Warning|Debug|Error|Progress|EventLog)|@?echo|@?rem|::|print|puts|console\.log|Set-Content|Add-Content|Out-File)\b|\[(?:System\.)?IO\.File\]::(?:Write|Append)|@?["'])/i;

function givesText({ bare }: Statement): boolean {
  return GIVES_TEXT.test(bare) && !/\|\s{0,9}(?:iex|Invoke-Expression)\b/i.test(bare);
}

/** What such a statement calls first, for the answer. */
const CALLS =
  /\b(?:get|urlopen|open|read|request|fetch|curl|irm|iwr|Invoke-(?:RestMethod|WebRequest))\b|\(\s{0,9}[A-Z][a-z]+-[A-Z]\w/i;

function calls({ bare }: Statement): boolean {
  return CALLS.test(bare);
}
