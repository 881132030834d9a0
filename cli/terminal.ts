/** Where the command line prints. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How wide it is; undefined where it is no terminal. */
  readonly columns: number | undefined;
  /** Shows how far work has come, in place of what it showed before; undefined where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
}
