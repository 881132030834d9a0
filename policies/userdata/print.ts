/** What `echo` and `printf` write. */

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\" };

/** A character by its name, or by its number: `\n`, `\x41`, `\0101`, and `\101` in the format of `printf`. */
const ESCAPE = /\\(?:([ntr\\])|x([\dA-Fa-f]{1,2})|(0[0-7]{1,3}|[1-7][0-7]{0,2}))/g;

function escapes(text: string): string {
  return text.replaceAll(ESCAPE, (written: string, mark?: string, hex?: string, octal?: string) => {
    if (mark !== undefined) return ESCAPED[mark] ?? mark;
    const code = hex === undefined ? parseInt(octal ?? "", 8) : parseInt(hex, 16);
    return Number.isNaN(code) ? written : String.fromCharCode(code);
  });
}

/** The text that a command prints; undefined where it is another one. What stays open in its words stays open in it. */
export function printed(words: readonly string[]): string | undefined {
  const [program] = words;
  if (program !== "echo" && program !== "printf" && program !== "yes") return undefined;
  const rest = words.slice(1);
  if (program === "printf") return formatted(rest[0] === "--" ? rest.slice(1) : rest);
  if (program === "yes") return rest.join(" ");
  const first = rest.findIndex((word) => !/^-[neE]+$/.test(word));
  const text = first < 0 ? "" : rest.slice(first).join(" ");
  return rest.slice(0, Math.max(first, 0)).some((option) => option.includes("e")) ? escapes(text) : text;
}

/** `printf FORMAT VALUE…`: the format again and again until no value is left. */
function formatted([format = "", ...values]: readonly string[]): string {
  const pattern = escapes(format);
  const places = pattern.match(/%[-\d.]*[sbqd]/g)?.length ?? 0;
  if (places === 0) return pattern;
  let text = "";
  for (let at = 0; at < Math.max(values.length, 1) && text.length < 1 << 16; at += places) {
    const given = values.slice(at, at + places);
    let next = 0;
    text += pattern.replaceAll(/%(?:[-\d.]*[sbqd]|%)/g, (mark) => (mark === "%%" ? "%" : (given[next++] ?? "")));
  }
  return text;
}
