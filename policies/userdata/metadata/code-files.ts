/** Files that code of other languages than shell writes. */
import { baseName } from "../sources/paths";
import type { Effects } from "./effects";
import { Names } from "./names";
import { statementsOf, type Language, type Statement } from "./statements";

const WRITES =
  /\b(?:set-content|add-content|out-file|tee-object|writealltext|writealllines|appendalltext|write_text|writelines|write(?!-)|fputs|fwrite|file_put_contents|writefilesync|writefile|appendfilesync|writestring)\b|(?<![-=<])>{1,2}\s{0,9}["'$\w]/i;
/** A path of a file that something may run. */
const PATH =
  /(?<![\w.])(?:[A-Za-z]:[\\/][^\s"'`()<>|,;]{1,200}|\/[\w./-]{2,200}|\$(?:profile|env:\w{1,30})[^\s"'`()<>|,;]{0,200}|[\w-]{1,60}\.(?:ps1|psm1|bat|cmd|py|sh|js|rb|pl|php))\b/i;
const STRING =
  /@(["'])\r?\n([^]*?)\r?\n\1@|"""([^]*?)"""|'''([^]*?)'''|`([^`]*)`|"((?:[^"\\`\n]|[\\`][^]){0,4000})"|'([^'\n]{0,4000})'/g;

/** Whether a statement writes a file: what it names is no program that it runs. */
export function writes({ bare, text }: Statement): boolean {
  return WRITES.test(bare) || /\bopen\s{0,9}\([^)]{0,200}["'][wax][+bt]{0,2}["']/.test(text);
}

/** Texts that statements write, with the file that they go to. */
export function filesOf(text: string, language: Language): Effects["written"] {
  if (!WRITES.test(text)) return [];
  const statements = statementsOf(text, language);
  const names = new Names(statements, language, () => false);
  return statements
    .filter(({ bare }) => WRITES.test(bare))
    .slice(0, 100)
    .flatMap((statement) => writtenBy(statement, names));
}

function writtenBy(statement: Statement, names: Names): Effects["written"] {
  const values = names.values(statement);
  const [content] = literals(values).sort((one, other) => other.length - one.length);
  const path = PATH.exec(withoutContent(statement.text, content)) ?? PATH.exec(withoutContent(values, content));
  if (content === undefined || content.length < 12 || !path || baseName(path[0]).length < 2) return [];
  const text = content.replaceAll("\\n", "\n");
  // Where in a statement its strings stand is not told apart.
  return [
    {
      text,
      file: path[0],
      lines: text.split("\n").map((_, index) => statement.line + (statement.text.includes("\n") ? 1 + index : 0)),
    },
  ];
}

function withoutContent(text: string, content: string | undefined): string {
  return content === undefined ? text : text.replace(content, " ");
}

function literals(text: string): string[] {
  return [...text.slice(0, 1 << 16).matchAll(STRING)].map(
    (match) => match.slice(2).find((each: string | undefined) => each !== undefined) ?? "",
  );
}
