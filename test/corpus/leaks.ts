/** Secrets in what is reported. */
import { b64 } from "./corpus";

/** Shorter ones are in any text. */
const SHORTEST = 6;

/** The secrets that stand in the JSON of a result: as they are, in base64, or backwards, in any letter case. */
export function leaked(result: unknown, secrets: readonly string[]): readonly string[] {
  const shown = JSON.stringify(result).toLowerCase();
  return secrets.flatMap(pieces).filter((piece) => forms(piece).some((form) => shown.includes(form.toLowerCase())));
}

/** A key has several lines, each of which is too much. */
function pieces(secret: string): string[] {
  return secret.split("\n").filter((line) => line.length >= SHORTEST && !line.startsWith("-----"));
}

function forms(piece: string): string[] {
  // The last characters of base64 depend on what comes next.
  const encoded = b64(piece).replace(/.{0,1}=+$/, "");
  return [piece, JSON.stringify(piece).slice(1, -1), encoded, Buffer.from(piece).reverse().toString()];
}
