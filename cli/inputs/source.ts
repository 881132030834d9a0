import { existsSync } from "node:fs";
import path from "node:path";
import { isRecord } from "../../policies/machine/resource";
import type { Position } from "../host";
import { isOwn } from "../host/position";
import type { Content } from "./written";

/** Where the program creates the resources of a file, by URN: as far as its sources lie below the directory. */
export function positionsIn({ resources }: Content, directory: string): ReadonlyMap<string, Position> {
  const found = [...resources].flatMap(([urn, { state }]): [string, Position][] => {
    const frames = Array.isArray(state["stackTrace"]) ? state["stackTrace"] : [state];
    const positions = frames.flatMap((frame: unknown) =>
      isRecord(frame) ? read(frame["sourcePosition"], directory) : [],
    );
    const own = positions.find(({ file }) => isOwn(file));
    return own && existsSync(own.file) ? [[urn, own]] : [];
  });
  return new Map(found);
}

/** A position is `project:///FILE#LINE,COLUMN`, relative to the project. */
function read(position: unknown, directory: string): Position[] {
  const [, file, line, column] =
    (typeof position === "string" ? /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(position) : undefined) ?? [];
  if (file === undefined || file.startsWith("..")) return [];
  return [{ file: path.resolve(directory, decode(file)), line: Number(line), column: Number(column ?? 1) }];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
