import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb";

/** How far up a name may lead. */
const MAX_DEPTH = 64;

/** A place in a source file, counted from 1. */
export interface Position {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Folders of packages: what stands there is not the program's own. */
const PACKAGES = /[\\/](node_modules|site-packages|dist-packages|pkg[\\/]mod)[\\/]/;

/** Frames of ES modules name URLs, which the Node.js SDK takes for paths below the current directory. */
const MODULE = /[\\/]file:[\\/]+(.*)$/;

/** How Yarn's Plug'n'Play names a package of a workspace: by a place that is none, and how far above it the real one lies. */
const VIRTUAL = /^(.*)[\\/](?:__virtual__|\$\$virtual)[\\/][^\\/]+[\\/](\d+)[\\/](.*)$/;

/**
 * Where a program creates a resource: the innermost frame of the stack trace that is its own, be it in a component of
 * it. Older SDKs send the position alone.
 */
export function positionIn(trace: StackTrace | undefined, alone: SourcePosition | undefined): Position | undefined {
  const frames = trace?.getFramesList().map((frame) => frame.getPc()) ?? [];
  return (frames.length > 0 ? frames : [alone]).flatMap((frame) => read(frame) ?? []).find(({ file }) => isOwn(file));
}

/** Whether a file is the program's own, and none of a package. */
export function isOwn(file: string): boolean {
  return !PACKAGES.test(file);
}

function read(position: SourcePosition | undefined): Position | undefined {
  if (!position || position.getLine() < 1) return undefined;
  const file = fileOf(position.getUri());
  return file === undefined ? undefined : { file, line: position.getLine(), column: Math.max(1, position.getColumn()) };
}

/** The program chooses what it sends: an address that is no file is no place. */
function fileOf(uri: string): string | undefined {
  try {
    if (!uri.startsWith("file:")) return undefined;
    const file = fileURLToPath(uri);
    const [, module] = MODULE.exec(file) ?? [];
    return realFile(module === undefined ? file : fileURLToPath(`file:///${module}`));
  } catch {
    return undefined;
  }
}

function realFile(file: string): string {
  const [, base, depth, rest] = VIRTUAL.exec(file) ?? [];
  if (base === undefined || rest === undefined) return file;
  return path.join(base, "../".repeat(Math.min(Number(depth), MAX_DEPTH)), rest);
}
