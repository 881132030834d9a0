/** What user data decodes to: texts with a kind and a path each, and what could not be decoded. */

/** The language of a text, as far as it matters for who reads it. */
export type Kind =
  | "shell"
  | "powershell"
  | "batch"
  | "python"
  | "perl"
  | "ruby"
  | "javascript"
  | "cloud-config"
  | "include"
  | "toml"
  | "json"
  | "yaml"
  | "text";

/** A file that user data writes, as far as it is known. */
export interface File {
  readonly path: string;
  /** As the source writes it, in octal: `0644`. */
  readonly mode?: string;
  /** Whether it is a unit that Ignition enables. */
  readonly isEnabled?: boolean;
}

/** One decoded text. A part that holds others, such as a cloud-config, is listed before them. */
export interface Part {
  readonly text: string;
  readonly kind: Kind;
  /** `userData → gzip → part 2 (text/cloud-config) → write_files[0]` */
  readonly path: string;
  /** The file on the machine that gets this text. */
  readonly file?: File;
}

/** Why something could not be decoded, or was not. */
export type Reason =
  | "its value is not known"
  | "it is not text"
  | "it is not base64"
  | "it is not valid gzip"
  | "it is an archive"
  | "its transfer encoding is not known"
  | "it names no boundary"
  | "it is not valid YAML"
  | "it is not valid JSON"
  | "it is not valid TOML"
  | "it is nested too deeply"
  | "it is too large"
  | "it decompresses to too much"
  | "it has too many parts"
  | "its shell syntax is too costly to read";

export interface Problem {
  readonly path: string;
  readonly reason: Reason;
}

/** What is no text: an image, a program, a key in binary form. */
export interface Binary {
  readonly path: string;
  readonly file?: File;
}

export interface Decoded {
  readonly parts: readonly Part[];
  readonly binaries: readonly Binary[];
  readonly problems: readonly Problem[];
}

/** EC2 takes 16 KB, which even compressed stays far below these. */
export const LIMITS = {
  depth: 8,
  /** Characters or bytes that are read, and as many that all decoders together may put out. */
  size: 1 << 20,
  /** Characters of all parts together: parts repeat text of the parts that hold them. */
  total: 1 << 22,
  parts: 1000,
  /** Of decompressed to compressed size, from `ratioFrom` bytes on. */
  ratio: 200,
  ratioFrom: 1 << 16,
} as const;

/** Where decoding stands. */
export interface Place {
  readonly path: string;
  readonly depth: number;
  readonly file?: File;
  /** What the container says of the text: a MIME type, a file's name or an interpreter. */
  readonly kind?: Kind;
}

/** One step deeper. What is known of the file goes with it only where the step is an encoding of the same file. */
export function inside(place: Place, step: string, more: { file?: File; kind?: Kind } = {}): Place {
  return { path: `${place.path} → ${step}`, depth: place.depth + 1, ...more };
}

/** The same text in another encoding. */
export function unwrapped(place: Place, step: string): Place {
  return { ...place, path: `${place.path} → ${step}`, depth: place.depth + 1 };
}

/** Collects parts and problems within the limits. */
export class Collector implements Decoded {
  readonly parts: Part[] = [];
  readonly binaries: Binary[] = [];
  readonly problems: Problem[] = [];
  private total = 0;
  private output = 0;

  /** Bytes that decoders may still put out. */
  get room(): number {
    return LIMITS.size - this.output;
  }

  /** Notes a problem; one a place is enough. */
  fail({ path }: Place, reason: Reason): void {
    if (
      this.problems.length < LIMITS.parts &&
      !this.problems.some((each) => each.path === path && each.reason === reason)
    )
      this.problems.push({ path, reason });
  }

  /** Counts what a decoder put out; false where that is too much. */
  took(bytes: number, place: Place): boolean {
    this.output += bytes;
    if (this.output <= LIMITS.size) return true;
    this.fail(place, "it is too large");
    return false;
  }

  /** Whether one may go on at this depth. */
  mayEnter(place: Place): boolean {
    if (place.depth <= LIMITS.depth) return true;
    this.fail(place, "it is nested too deeply");
    return false;
  }

  /** Notes what is no text. */
  binary({ path, file }: Place): void {
    if (this.binaries.length < LIMITS.parts) this.binaries.push({ path, ...(file && { file }) });
  }

  /** Adds a part; false where there is no room for it. */
  add(text: string, kind: Kind, place: Place): boolean {
    const full = this.parts.length >= LIMITS.parts;
    if (full || this.total + text.length > LIMITS.total) {
      this.fail(
        { path: place.path.split(" → ", 1)[0] ?? "", depth: 0 },
        full ? "it has too many parts" : "it is too large",
      );
      return false;
    }
    this.total += text.length;
    this.parts.push({ text, kind, path: place.path, ...(place.file && { file: place.file }) });
    return true;
  }
}

/** What decoders of containers call for what they find inside. */
export interface Visitor {
  readonly out: Collector;
  text(text: string, place: Place): void;
  bytes(bytes: Buffer, place: Place): void;
}
