/** What `sed` and its like put into a text. */
import { promiseOf } from "./names";

const COMMAND = /(?:^|[;\s])s([/|#,~@!%^:])((?:\\.|(?!\1)[^\\\n]){1,80})\1((?:\\.|(?!\1)[^\s\\]){4,200})\1/g;
const COMMANDS =
  /(?:^|[;\s])(?:\/[^/\n]*\/\s*)?s([/|#,~@!%^:])(?:(?!\1)[^\\\n]|\\.){0,400}\1((?:(?!\1)[^\\\n]|\\.){0,2000})\1?/g;

/** Of `s/pattern/replacement/` only the replacement is written anywhere. */
export function replacementOf(word: string): string {
  return filled(word) ?? word.replaceAll(COMMANDS, " $2 ");
}

/** What is put in the place of a whole marker, as a setting of that name. */
function filled(word: string): string | undefined {
  for (const [, , pattern = "", value = ""] of word.matchAll(COMMAND)) {
    const name = pattern.replaceAll(/[^\w.-]/g, "");
    if (promiseOf(name) && !/[=:]|\.\*/.test(pattern)) return `${name}=${value}`;
    // A row of the letter x is all that an example of a token shows.
    if (/^x{3,}$/i.test(name) && /^[\w-]{32,}$/.test(value)) return `token=${value}`;
  }
  return undefined;
}
