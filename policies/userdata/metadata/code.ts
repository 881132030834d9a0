/** Code among the words of a command, and who runs it. */
import { AWK, commandsOfAwk } from "../awk";
import { kindOfInterpreter } from "../kinds";
import { plain, programOf, withoutWrappers } from "../steps";
import type { Language } from "./statements";

/** Options that hold code, by the language. */
const CODE: Readonly<Partial<Record<string, RegExp>>> = {
  shell: /^-[a-z]{0,9}c$/,
  python: /^-[a-zA-Z]{0,9}c$/,
  perl: /^-[a-zA-Z]{0,9}[eE]$/,
  ruby: /^-[a-zA-Z]{0,9}e$/,
  javascript: /^-[a-z]{0,3}[ep]$|^--(?:eval|print)$|^eval$/,
  powershell: /^[-/](?:c|command)$/i,
  php: /^-[a-z]{0,3}r$|^--run$/,
  lua: /^-e$/,
  other: /^-e$/,
};

const OTHERS: readonly (readonly [RegExp, Language])[] = [
  [/^php[\d.]*$/, "php"],
  [/^lua[\d.]*$/, "lua"],
  [/^(?:Rscript|R|julia|groovy|elixir|tclsh)$/, "other"],
];

interface Code {
  readonly code: string;
  readonly reading: Language | "shell";
}

/** Code among the words of a call, wherever its interpreter stands: `sudo docker exec app sh -c '…'`. */
export function codeIn(all: readonly string[]): readonly Code[] {
  const words = withoutWrappers(all);
  const program = programOf(words);
  if (program === "eval") return [{ code: plain(words.slice(1).join(" ")), reading: "shell" }];
  if (program === "trap") return [{ code: plain(words[1] ?? ""), reading: "shell" }];
  if (program === "su" || program === "runuser") return afterOption(words, 1, "shell");
  if (AWK.test(program)) return commandsOfAwk(words).map((code) => ({ code, reading: "shell" }));
  for (const [at, word] of words.slice(0, 40).entries()) {
    const name = programOf([word]);
    const kind = kindOfInterpreter(name) ?? OTHERS.find(([mark]) => mark.test(name))?.[1];
    if (kind === undefined || !Object.hasOwn(CODE, kind)) continue;
    const found = afterOption(words, at + 1, kind as Language | "shell");
    if (found.length > 0) return found;
  }
  return [];
}

function afterOption(words: readonly string[], from: number, reading: Language | "shell"): readonly Code[] {
  const option = CODE[reading];
  const at = words.findIndex((word, index) => index >= from && option?.test(word) === true);
  if (at < 0)
    return reading === "powershell" && words.length > from && !words[from]?.startsWith("-")
      ? [{ code: plain(words.slice(from).join(" ")), reading }]
      : [];
  const code = reading === "powershell" ? words.slice(at + 1).join(" ") : (words[at + 1] ?? "");
  return [{ code: plain(code), reading }];
}

const STARTS_AS = /^(?:sudo|doas|su|runuser|setpriv|chpst|gosu|su-exec|setuidgid|capsh|sg|s6-setuidgid)$/;

/** Programs that start another one as a user, and how the user is named. */
export function isOtherUser(words: readonly string[]): boolean {
  const at = words.slice(0, 12).findIndex((word) => STARTS_AS.test(programOf([word])));
  if (at < 0) return false;
  const program = programOf([words[at] ?? ""]);
  if ((program === "sudo" || program === "doas") && !words.some((word) => /^-u|^--user/.test(word))) return false;
  return !words.some((word) => /^(?:-u|--user=)?(?:root|0)$/.test(word));
}
