import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { programDirectory } from "./harness";

const ROOT = path.resolve(__dirname, "../..");
const PACKAGES = ["@pulumi/aws", "@pulumi/pulumi", "@types/node", "typescript"];

/** A copy of a sample program, with packages of its own, that a test may edit. */
export class Fixable {
  readonly directory = mkdtempSync(path.join(tmpdir(), "fixable-"));

  constructor(program: string, packages: readonly string[] = PACKAGES) {
    cpSync(programDirectory(program), this.directory, { recursive: true });
    for (const name of packages) this.link(name, path.join(ROOT, "node_modules", name));
    for (const name of ["aws-native", "machine-kit"]) {
      const target = name === "machine-kit" ? name : `@pulumi/${name}`;
      cpSync(path.join(programDirectory("fixable-packages"), name), this.inModules(target), { recursive: true });
    }
  }

  read(file: string): string {
    return readFileSync(path.join(this.directory, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.directory, file), text);
  }

  /** Texts of all its sources, by name. */
  sources(): Record<string, string> {
    const files = readdirSync(this.directory).filter((file) => /\.[cm]?[jt]s$/.test(file));
    return Object.fromEntries(files.map((file) => [file, this.read(file)]));
  }

  /** Everything that stands beside its sources. */
  others(): string[] {
    return readdirSync(this.directory).filter((file) => !/\.[cm]?[jt]s$/.test(file));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private link(name: string, target: string): void {
    const place = this.inModules(name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(target, place, "junction");
  }

  private inModules(name: string): string {
    return path.join(this.directory, "node_modules", name);
  }
}
