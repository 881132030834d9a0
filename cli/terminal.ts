/** Where the command line prints. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How wide it is; undefined where it is no terminal. */
  readonly columns: number | undefined;
}
