import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";

const MAX_LINE = 16 * 1024;
const KEPT_LINES = 40;

/** Reads a stream by lines, without their colours, and keeps the last few: a program may print without end. */
export class LineTail {
  private readonly kept: string[] = [];
  private readonly decoder = new StringDecoder("utf8");
  private rest = "";

  /** @param onLine receives every line as it comes */
  constructor(
    stream: Readable,
    private readonly onLine: ((line: string) => void) | undefined,
  ) {
    stream.on("data", (chunk: Buffer) => {
      this.take(this.decoder.write(chunk));
    });
    stream.on("end", () => {
      this.flush();
    });
    stream.on("error", () => {
      this.flush();
    });
  }

  /** The last lines. */
  get lines(): readonly string[] {
    return this.rest === "" ? this.kept : [...this.kept, this.rest];
  }

  private take(text: string): void {
    const parts = (this.rest + text).split("\n");
    this.rest = (parts.pop() ?? "").slice(0, MAX_LINE);
    const from = this.onLine === undefined ? Math.max(0, parts.length - KEPT_LINES) : 0;
    for (let index = from; index < parts.length; index++) {
      this.line(parts[index] ?? "");
    }
  }

  private flush(): void {
    if (this.rest !== "") {
      this.line(this.rest);
      this.rest = "";
    }
  }

  private line(line: string): void {
    const text = stripVTControlCharacters(line.slice(0, MAX_LINE));
    this.kept.push(text);
    if (this.kept.length > KEPT_LINES) {
      this.kept.shift();
    }
    this.onLine?.(text);
  }
}
