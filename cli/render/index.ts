import type { RunReport } from "../run-report";
import type { Format } from "./formats";
import type * as Github from "./github";
import type * as Gitlab from "./gitlab";
import type * as Html from "./html";
import type * as Json from "./json";
import type * as Junit from "./junit";
import type * as Markdown from "./markdown";
import type * as Sarif from "./sarif";
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

/* eslint-disable @typescript-eslint/no-require-imports -- a run needs one or two of them */
/** Renderers by the name of their format; all but the one for people are loaded on use. */
export const RENDERERS: Readonly<Record<Format, Renderer>> = {
  text: atOnce(renderText),
  json: (run) => (require("./json") as typeof Json).renderJson(run),
  sarif: atOnce((run) => (require("./sarif") as typeof Sarif).renderSarif(run)),
  junit: atOnce((run) => (require("./junit") as typeof Junit).renderJunit(run)),
  html: atOnce((run) => (require("./html") as typeof Html).renderHtml(run)),
  markdown: atOnce((run) => (require("./markdown") as typeof Markdown).renderMarkdown(run)),
  github: atOnce((run) => (require("./github") as typeof Github).renderGithub(run)),
  gitlab: atOnce((run) => (require("./gitlab") as typeof Gitlab).renderGitlab(run)),
};
