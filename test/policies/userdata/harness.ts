import { decode } from "../../../policies/userdata/decode";
import type { Decoded } from "../../../policies/userdata/parts";
import type { UserData } from "../../../policies/machine/launch";

export function userData(value: unknown, encoding: UserData["encoding"] = "plain"): UserData {
  return { fact: { state: "known", value, source: { urn: "urn", path: "userData" } }, encoding };
}

export function base64(value: string | Buffer): string {
  return Buffer.from(value).toString("base64");
}

/** Base64 in lines of 76 characters, as `base64` writes it. */
export function wrapped(value: string | Buffer, end = "\n"): string {
  return base64(value).replaceAll(/.{76}/g, `$&${end}`) + end;
}

export function utf16(text: string, order: "LE" | "BE" = "LE"): Buffer {
  const bytes = Buffer.from(text, "utf16le");
  return order === "LE" ? bytes : bytes.swap16();
}

/** One line a part: kind, path, file, text. */
function shown({ parts, problems }: Decoded): string[] {
  return [
    ...parts.map(({ kind, path, file, text }) => {
      const written = file ? ` [${[file.path, file.mode].filter(Boolean).join(" ")}]` : "";
      return `${kind} ${path}${written}: ${text}`;
    }),
    ...problems.map(({ path, reason }) => `! ${path}: ${reason}`),
  ];
}

export function decoded(value: unknown, encoding: UserData["encoding"] = "plain"): string[] {
  return shown(decode(userData(value, encoding)));
}

/** A MIME message of parts that are written with their headers. */
export function multipart(parts: readonly string[], { end = "\n", version = true } = {}): string {
  const head = ['Content-Type: multipart/mixed; boundary="==B=="', ...(version ? ["MIME-Version: 1.0"] : []), ""];
  return [...head, ...parts.flatMap((part) => ["--==B==", part]), "--==B==--", ""].join(end);
}
