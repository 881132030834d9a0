import path from "node:path";

/** A directory and all above it, the nearest first. */
export function withParents(directory: string): string[] {
  const at = path.resolve(directory);
  const above = path.dirname(at);
  return above === at ? [at] : [at, ...withParents(above)];
}

/** The way from a directory to what lies in it, with slashes; undefined for what lies elsewhere. */
export function wayTo(file: string, directory: string): string | undefined {
  const relative = path.relative(directory, file);
  const isOutside = relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
  return isOutside ? undefined : relative.split(path.sep).join("/");
}
