/** What is compared. */

export interface Places {
  readonly root: string;
  /** Where what is installed stays from one run to the next. */
  readonly cache: string;
  /** An empty folder of this scanner alone, gone after its run. */
  readonly temporary: string;
}

export interface Ready {
  readonly version: string;
  /** The indices of the texts in which it reports something. */
  readonly scan: (texts: readonly string[]) => Iterable<number> | Promise<Iterable<number>>;
}

export interface Scanner {
  readonly name: string;
  /** Installs it. Throws when it cannot be had, with the reason. */
  readonly prepare: (places: Places) => Ready | Promise<Ready>;
}

/** The indices of the texts for which that is true. */
export function indicesOf(texts: readonly string[], isReported: (text: string) => boolean): number[] {
  return texts.flatMap((text, index) => (isReported(text) ? [index] : []));
}
