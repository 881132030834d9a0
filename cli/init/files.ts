/** Name of the policy configuration that `init` writes and pipelines read. */
export const CONFIG = "policy-config.json";

/** A file to write, relative to the repository. */
export interface CiFile {
  readonly file: string;
  readonly content: string;
  /** What is left to do by hand. */
  readonly note?: string;
}
