/** What a report tells of fixes. */
import type { ResourceRef } from "../report";
import type { SourceLocation } from "../source-files";

/** Stands for a value that is not shown. */
export const ANOTHER_VALUE = "(another value)";

/** The fixes of one program. */
export interface Fixes {
  /** One a resource, in the order of the findings. */
  readonly items: readonly Fix[];
  /** Unified diffs of the files that were edited. */
  readonly diffs: readonly string[];
}

/** What settles the findings of a resource that a property settles. */
export interface Fix {
  readonly resource: ResourceRef;
  /** Where the program creates it; undefined where its SDK does not tell. */
  readonly location: SourceLocation | undefined;
  /** `proposed`: only shown. `fixed`: the program sets it now, and the findings are gone. `left`: not edited. */
  readonly state: "proposed" | "fixed" | "left";
  /** Why it was left. */
  readonly reason: string | undefined;
  /** The properties to set, as a remediation sets them. */
  readonly changes: readonly ShownChange[];
  /** What `--fix` would write, with `--fix-preview` and where that is certain; undefined otherwise. */
  readonly edits: readonly SourceEdit[] | undefined;
}

/** Replaces a part of a file by properties and their values: no other text of the program. Counted from 1. */
export interface SourceEdit {
  /** Relative to the repository's root, with slashes. */
  readonly file: string;
  readonly line: number;
  /** In UTF-16 units. */
  readonly column: number;
  readonly endLine: number;
  /** Behind the last character. */
  readonly endColumn: number;
  readonly replacement: string;
}

/** One property of a resource's inputs. */
export interface ShownChange {
  readonly path: string;
  /** JSON of what EC2 knows, else `ANOTHER_VALUE`: no other text of the program is shown. Undefined where it is not set. */
  readonly before: string | undefined;
  /** JSON. */
  readonly after: string;
  readonly policies: readonly string[];
}
