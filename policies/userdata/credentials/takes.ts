/** How programs take credentials: on their command line, on standard input. */
import type { Kind } from "./names";

/** What one way of calling a program takes. */
export interface Takes {
  /** Only where the arguments match: a subcommand, mostly. */
  readonly when?: RegExp;
  /** Options whose next word is the credential. */
  readonly next?: RegExp;
  /** Words that hold the credential in their first group. */
  readonly joined?: RegExp;
  /** Options whose next word is `user:password`, or joined to it. */
  readonly pair?: RegExp;
  /** What separates user and password; a colon where nothing is said. */
  readonly between?: RegExp;
  /** Which of the arguments that are no options are credentials; negative ones count from the end. */
  readonly operands?: readonly number[];
  /** Arguments that hold the credential in their first group. */
  readonly operand?: RegExp;
  /** Options with a value, which is no operand. */
  readonly valued?: RegExp;
  /** What standard input holds in its first groups; with the flag `g` as often as it matches. */
  readonly input?: RegExp;
  /** Named options that have no separate value: what follows is something else. */
  readonly flags?: RegExp;
  /** Other things stand in the same place: the value has to be likely. */
  readonly unsure?: true;
  readonly kind?: Kind;
}

/** Programs, separated by spaces, and the ways of calling them. */
export type Row = readonly [programs: string, ...takes: readonly Takes[]];

/** The first line of standard input. */
export const WHOLE_INPUT = /^\s*(\S[^\n]*)/;
