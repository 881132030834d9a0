import type pc from "picocolors";
import type { Kind } from "../report";

export type Colors = ReturnType<typeof pc.createColors>;

/** What stands before a finding. */
export const SYMBOLS: Readonly<Record<Kind, string>> = { mandatory: "✖", advisory: "⚠", unverified: "?" };

/** The colour of a finding. */
export function paintOf(kind: Kind, colors: Colors): (text: string) => string {
  return kind === "mandatory" ? colors.red : kind === "advisory" ? colors.yellow : colors.cyan;
}
