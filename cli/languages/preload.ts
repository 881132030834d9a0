import { STANDS_IN } from "./environment";

/**
 * What a program's process loads before the SDK, to keep four habits of the SDK from costing minutes, two from hiding
 * where resources are created, and one from making nothing of what another stack exports:
 *
 * - It asks for colours in every error it reports. Node 20 loops for half a minute where it colours a frame in a
 *   scope's own file (`node_modules/@scope/file.ts:1:2`), and the SDK's source maps name such files.
 * - It notes where each of its promises was made, a dozen a resource, for a message about promises that never settle.
 *   Mapping those stack traces to source files is most of the time that a large program takes.
 * - It tells the engine what it is about to do, four times a resource, one message after the other. Nobody reads them.
 * - Where it does not bring ts-node along yet, it has types checked whatever it is told.
 * - It reads the frames of functions only: the body of an ES module has none. Versions before it read all frames take the
 *   first by one expression, which ts-node of the program's own does not meet either.
 * - It looks for source maps in files. What hooks translate on the way (tsx, ts-node's for ES modules, esbuild-register)
 *   has them in Node.js only, if that is told to keep them; and ts-node brings a reader of its own.
 * - It answers `getOutputDetails` with undefined where an output is not known: a machine would seem to have no profile.
 *
 * Where all configuration is asked for that a program lacks, the program goes on with a value of the type that it requires.
 */
const NODE = `
import { existsSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

try {
  const isOwn = !existsSync(path.resolve(RUNNER, "../../../vendor"));
  if (isOwn && process.env.PULUMI_NODEJS_TRANSPILE_ONLY === "true") {
    const compiler = module.createRequire(RUNNER)("ts-node");
    const register = compiler.register;
    compiler.register = (options) => register({ ...options, typeCheck: false, transpileOnly: true });
  }
} catch {
  // A program in JavaScript.
}

const asPath = (name) => (name.startsWith("file:") ? fileURLToPath(name) : name);
const retrieveSourceMap = (file) => {
  const map = module.findSourceMap(file)?.payload;
  return map ? { url: asPath(file), map: { ...map, sources: map.sources.map(asPath) } } : null;
};
const sourceMapSupport = () => {
  const require = module.createRequire(RUNNER);
  try {
    return module.createRequire(require.resolve("ts-node"))("@cspotcode/source-map-support");
  } catch {
    return require("source-map-support");
  }
};
const { register } = module;
const keepSourceMaps = () => {
  process.setSourceMapsEnabled(true);
  sourceMapSupport().install({ retrieveSourceMap });
  module.register = register;
};
try {
  if (process.execArgv.length > 1 || process.env.NODE_OPTIONS) keepSourceMaps();
  else module.register = (...args) => [keepSourceMaps(), register(...args)][1];
  module.syncBuiltinESMExports();
} catch {
  // Another version of the SDK.
}

`;

/** What is not about Node.js itself, and helps with Bun too. */
const SDK = `
import { createRequire } from "node:module";
import util from "node:util";

const inspect = util.inspect;
const plain = (value, options, ...rest) =>
  options !== null && typeof options === "object"
    ? inspect(value, { ...options, colors: false })
    : inspect(value, options, rest[0], false);
util.inspect = Object.defineProperties(plain, Object.getOwnPropertyDescriptors(inspect));

try {
  // Modules of older SDKs load each other in a circle, which must begin where programs begin it.
  createRequire(RUNNER)("../..");
  createRequire(RUNNER)("../../log").debug = () => Promise.resolve();
  const debuggable = createRequire(RUNNER)("../../runtime/debuggable");
  const debuggablePromise = debuggable.debuggablePromise;
  debuggable.debuggablePromise = (...args) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(...args);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
  const { Resource } = createRequire(RUNNER)("../../resource");
  Resource.framePositionRegExp = /^\\s*at (?:.* \\(|async )?(?<file>.*):(?<line>[0-9]+):(?<column>[0-9]+)\\)?$/;
  Resource.sourcePositionRegExp =
    /^.*\\n\\s*at new Resource \\(.*\\n\\s*at new \\S*Resource \\(.*\\n(?:\\s*at new \\S* \\(.*\\n)?\\s*at (?:.* \\(|async )?(?<file>.*):(?<line>[0-9]+):(?<col>[0-9]+)\\)?(?:\\n|$)/;
  const { StackReference } = createRequire(RUNNER)("../../stackReference");
  const { unknown } = createRequire(RUNNER)("../../output");
  const readOutputValue = StackReference.prototype.readOutputValue;
  StackReference.prototype.readOutputValue = async function (...args) {
    const [value, ...rest] = await readOutputValue.apply(this, args);
    return [value === undefined ? unknown : value, ...rest];
  };
  if (process.env.${STANDS_IN}) {
    const pulumi = createRequire(RUNNER)("../..");
    const plain = { "": "1", Boolean: true, Number: 1, Object: {} };
    for (const [type, value] of Object.entries(plain)) {
      standIn(pulumi, "require" + type, () => value);
      standIn(pulumi, "requireSecret" + type, () => pulumi.secret(value));
    }
  }
} catch {
  // Another version of the SDK, which works as it is.
}

function standIn({ Config, log }, name, value) {
  const required = Config.prototype[name];
  Config.prototype[name] = function (...args) {
    try {
      return required.apply(this, args);
    } catch (error) {
      void log.error(error.message);
      return value();
    }
  };
}
`;

/** Arguments that make Node.js load it before the runner. */
export function preload(runner: string): string[] {
  return [`--import=data:text/javascript,${encodeURIComponent(about(runner, NODE + SDK))}`];
}

/** The same for Bun, which loads nothing first that is not a file: it evaluates what loads the runner then. */
export function preloadInBun(runner: string): string[] {
  return ["-e", about(runner, `${SDK}await import(RUNNER);\n`)];
}

function about(runner: string, source: string): string {
  return source.replaceAll("RUNNER", JSON.stringify(runner));
}
