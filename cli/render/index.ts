import type { RunReport } from "../run-report";
import type { Format } from "./formats";
import { renderGithub } from "./github";
import { renderGitlab } from "./gitlab";
import { renderHtml } from "./html";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import { renderMarkdown } from "./markdown";
import { renderSarif } from "./sarif";
import { renderText } from "./text";

/** How a report is to look. Formats that other programs read are the same whatever is asked for. */
export interface RenderOptions {
  readonly color: boolean;
  /** Leave out what does not fail the run. */
  readonly quiet: boolean;
  /** Show URNs, and where resources are created. */
  readonly verbose: boolean;
  /** Columns of the terminal; undefined where lines are not to be broken. */
  readonly width?: number | undefined;
}

/** Turns the report of a run into text, in parts that are printed one after the other. */
export type Renderer = (run: RunReport, options: RenderOptions) => Iterable<string>;

function atOnce(render: (run: RunReport, options: RenderOptions) => string): Renderer {
  return (run, options) => [render(run, options)];
}

/** Renderers by the name of their format. */
export const RENDERERS: Readonly<Record<Format, Renderer>> = {
  text: atOnce(renderText),
  json: renderJson,
  sarif: atOnce(renderSarif),
  junit: atOnce(renderJunit),
  html: atOnce(renderHtml),
  markdown: atOnce(renderMarkdown),
  github: atOnce(renderGithub),
  gitlab: atOnce(renderGitlab),
};
