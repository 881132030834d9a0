import type { Report } from "../report";
import { renderText } from "./text";

/** How a report is to look. */
export interface RenderOptions {
  readonly color: boolean;
  /** Leave out what does not fail the run. */
  readonly quiet: boolean;
  /** Show URNs. */
  readonly verbose: boolean;
}

/** Turns a report into the text to print. */
export type Renderer = (report: Report, options: RenderOptions) => string;

/** Renderers by the name of their format. */
export const RENDERERS = { text: renderText } satisfies Record<string, Renderer>;
