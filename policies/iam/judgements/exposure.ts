/** How actions that hand out secrets or data are written down. */

/** An action that gives away what it reads or mints. */
export interface Exposure {
  readonly action: string;
  /** What an attacker does with it, where it is granted on everything of its kind. */
  readonly gain: string;
  /** Resource types by whose breadth it is judged; none: all that the catalogue has, which is one or nothing. */
  readonly target: readonly string[];
}

/** An action that returns or mints credentials. */
export interface CredentialExposure extends Exposure {
  /** What it mints stays valid after the machine's own credentials have expired. */
  readonly lasting: boolean;
}

/** An action that reads data. */
export interface DataExposure extends Exposure {
  /** It reads what the resources hold: objects, items, records, messages, disks; not logs, code or settings. */
  readonly content: boolean;
}

/** The gain of an action, with the types that decide where it has several. */
type Row = string | readonly [gain: string, ...target: readonly string[]];

/** The exposures of a table of actions. */
export function exposures(rows: Readonly<Record<string, Row>>): readonly Exposure[] {
  return Object.entries(rows).map(([action, row]) => {
    const [gain, ...target] = typeof row === "string" ? [row] : row;
    return { action, gain, target };
  });
}
