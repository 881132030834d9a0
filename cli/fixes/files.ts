/** The files of a program while they are edited: read once, written as a whole, put back where an edit proves wrong. */
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { wayTo } from "../directories";
import { CheckError } from "../errors";
import { Left } from "./left";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Marks of files that a compiler or bundler wrote: an edit would be gone with the next build. */
const COMPILED = /^\/\/# sourceMappingURL=|Object\.defineProperty\(exports, "__esModule"/m;

export class Files {
  /** Texts as they were before anything was edited, by real path. */
  private readonly originals = new Map<string, string>();
  /** What stands in them now. */
  private readonly current = new Map<string, string>();
  private readonly root: string;

  constructor(root: string) {
    this.root = realpathSync(root);
  }

  /** The text of a file of the project; throws `Left` for one that is not to be edited. */
  read(file: string): string {
    const real = this.realPath(file);
    const known = this.originals.get(real);
    if (known !== undefined) return known;
    const text = decoded(readFileSync(real));
    if (COMPILED.test(text)) throw new Left(`${path.basename(file)} is made by a compiler`);
    this.originals.set(real, text);
    this.current.set(real, text);
    return text;
  }

  /** Makes files hold these texts, and all others what they held at first. */
  write(texts: ReadonlyMap<string, string>): void {
    const wanted = new Map([...texts].map(([file, text]) => [this.realPath(file), text]));
    for (const [file, original] of this.originals) this.put(file, wanted.get(file) ?? original);
  }

  restore(): void {
    this.write(new Map());
  }

  /** Puts everything back where this process is told to stop while `work` goes on. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    const onSignal = (signal: NodeJS.Signals): void => {
      release();
      this.restore();
      process.kill(process.pid, signal);
    };
    const release = (): void => {
      SIGNALS.forEach((signal) => process.off(signal, onSignal));
    };
    SIGNALS.forEach((signal) => process.on(signal, onSignal));
    try {
      return await work();
    } catch (error) {
      this.restore();
      throw error;
    } finally {
      release();
    }
  }

  private realPath(file: string): string {
    let real: string;
    try {
      real = realpathSync(file);
    } catch {
      throw new Left(`${file} cannot be read`);
    }
    const way = wayTo(real, this.root);
    if (way === undefined || way.split("/").includes("node_modules")) {
      throw new Left(`${path.basename(file)} is not a file of the project`);
    }
    return real;
  }

  private put(file: string, text: string): void {
    const now = this.current.get(file);
    if (now === text) return;
    if (readFileSync(file, "utf8") !== now) {
      throw new CheckError(`${file} was changed by something else meanwhile: it is left as it is now.`);
    }
    replaceFile(file, text);
    this.current.set(file, text);
  }
}

/** Readers see the old file or the new one, never a part. */
function replaceFile(file: string, text: string): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${String(process.pid)}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    chmodSync(temporary, statSync(file).mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new CheckError(
      `${file} cannot be written (${code ?? "unknown error"}). Give yourself the right to write it.`,
    );
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Left("its file is not UTF-8");
  }
}
