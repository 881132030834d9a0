/** What the shell makes of `${NAME%.gz}` and the like, where the value of the variable is known. */

const EXPANSION = /\$\{(\w{1,60})(##?|%%?|\/\/?|,,?|\^\^?|:(?=[\d ]))([^{}]{0,200})\}/g;

/** A word with the operations on variables that the text shows. */
export function expanded(word: string, values: ReadonlyMap<string, string>): string {
  if (!word.includes("${")) return word;
  return word.replaceAll(EXPANSION, (mark: string, name: string, operator: string, operand: string) => {
    const value = values.get(name);
    return value === undefined ? mark : (changed(value, operator, operand) ?? mark);
  });
}

function changed(value: string, operator: string, operand: string): string | undefined {
  switch (operator[0]) {
    case "#":
      return withoutStart(value, operand, operator === "##");
    case "%":
      return withoutEnd(value, operand, operator === "%%");
    case "/":
      return replaced(value, operand, operator === "//");
    case ",":
      return value.toLowerCase();
    case "^":
      return value.toUpperCase();
    default:
      return sliced(value, operand);
  }
}

/** `#*X` up to the first X, `##*X` up to the last one. */
function withoutStart(value: string, pattern: string, longest: boolean): string | undefined {
  if (!pattern.startsWith("*")) return value.startsWith(pattern) ? value.slice(pattern.length) : value;
  const mark = pattern.slice(1);
  const at = longest ? value.lastIndexOf(mark) : value.indexOf(mark);
  return at < 0 || /[*?[]/.test(mark) ? undefined : value.slice(at + mark.length);
}

function withoutEnd(value: string, pattern: string, longest: boolean): string | undefined {
  if (!pattern.endsWith("*")) return value.endsWith(pattern) ? value.slice(0, value.length - pattern.length) : value;
  const mark = pattern.slice(0, -1);
  const at = longest ? value.indexOf(mark) : value.lastIndexOf(mark);
  return at < 0 || /[*?[]/.test(mark) ? undefined : value.slice(0, at);
}

/** A slash behind a backslash belongs to the pattern. */
function replaced(value: string, operand: string, all: boolean): string {
  const at = operand.search(/(?<!\\)\//);
  const [pattern = "", by = ""] = (at < 0 ? [operand] : [operand.slice(0, at), operand.slice(at + 1)]).map((part) =>
    part.replaceAll("\\/", "/"),
  );
  if (pattern === "") return value;
  return all ? value.replaceAll(pattern, () => by) : value.replace(pattern, () => by);
}

function sliced(value: string, operand: string): string | undefined {
  const [, start, length] = /^ ?(-?\d{1,4})(?::(\d{1,4}))?$/.exec(operand) ?? [];
  if (start === undefined) return undefined;
  const from = Number(start);
  return value.slice(from, length === undefined ? undefined : from + Number(length));
}
