// Gets the Pulumi CLI that the engine tests run: the one on PATH, or a build of its published Go modules in .cache/engine/bin.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Where a built CLI and its YAML language host are kept. */
const CACHE_BIN = resolve(HERE, "../../.cache/engine/bin");

const SDK_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const PROGRESS_MS = 20_000;
/** From this version on, Go fetches the newer toolchain that a module asks for. */
const OLDEST_GO = [1, 21];

/** The SDK that the Python programs of the suite run with. */
const PYTHON_SDK = "pulumi==3.272.0";
const CACHE_PYTHON = resolve(HERE, "../../.cache/engine/python");

/** The programs to build; each has a module of its own, because they pin different versions of the same dependencies. */
const BUILDS = [
  {
    name: "pulumi",
    module: "go-pulumi",
    pinned: "github.com/pulumi/pulumi/pkg/v3",
    main: "/cmd/pulumi",
    stamped: true,
  },
  {
    name: "pulumi-python-sdk",
    module: "go-pulumi",
    pinned: "github.com/pulumi/pulumi/pkg/v3",
    source: "python-sdk/main.go",
  },
  {
    name: "pulumi-language-yaml",
    module: "go-yaml",
    pinned: "github.com/pulumi/pulumi-yaml",
    main: "/cmd/pulumi-language-yaml",
  },
];

/** The full path of an executable on PATH, or undefined. The cache does not count. */
function onPath(name) {
  for (const directory of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(directory, name);
    if (directory !== "" && resolve(directory) !== CACHE_BIN && isExecutable(file)) return file;
  }
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes sure that there is a CLI, and what programs in YAML, Python and Java need. */
async function getEngine() {
  const go = { path: undefined };
  for (const build of BUILDS) {
    const found = onPath(build.name);
    if (found !== undefined) console.log(`${build.name}: using ${found}`);
    else await buildOnce(build, go);
  }
  installPythonSdk();
  installMaven();
}

/** Puts Pulumi's SDK for Python beside the CLI, away from whatever the machine's Python has. */
function installPythonSdk() {
  const stampFile = join(CACHE_PYTHON, "stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === PYTHON_SDK) return;
  if (onPath("python3") === undefined) throw new Error("The Python programs need python3 and its pip: install them.");
  const started = Date.now();
  rmSync(CACHE_PYTHON, { recursive: true, force: true });
  const args = ["-m", "pip", "install", "--quiet", "--target", CACHE_PYTHON, PYTHON_SDK];
  execFileSync("python3", args, { stdio: ["ignore", "inherit", "inherit"] });
  writeFileSync(stampFile, PYTHON_SDK);
  console.log(`python: ${PYTHON_SDK} installed in ${seconds(started)} s`);
}

/** Java programs are compiled and run by Maven, which gets Pulumi's SDK as they say. */
function installMaven() {
  const isThere = () => onPath("mvn") !== undefined && onPath("javac") !== undefined;
  if (isThere() || (installDebian("Maven", ["maven", "default-jdk-headless"]) && isThere())) return;
  throw new Error("The Java programs need Maven (mvn) and a JDK, 17 or newer: install them.");
}

async function buildOnce(build, go) {
  const moduleDir = join(HERE, build.module);
  const version = pinnedVersion(moduleDir, build.pinned);
  const target = join(CACHE_BIN, build.name);
  const stampFile = `${target}.stamp`;
  const stamp = fingerprint(moduleDir, build.source);
  if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) {
    console.log(`${build.name}: ${version} is built (${target})`);
    return;
  }
  go.path ??= findGo();
  mkdirSync(CACHE_BIN, { recursive: true });
  await compile(go.path, { ...build, moduleDir, version, target });
  writeFileSync(stampFile, stamp);
}

function pinnedVersion(moduleDir, module) {
  const line = readFileSync(join(moduleDir, "go.mod"), "utf8")
    .split("\n")
    .find((text) => text.includes(`${module} v`));
  const version = line
    ?.trim()
    .split(/\s+/)
    .find((word) => /^v\d/.test(word));
  if (version === undefined) throw new Error(`${moduleDir}/go.mod does not pin ${module}`);
  return version;
}

function fingerprint(moduleDir, source) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of ["go.mod", "go.sum", ...(source === undefined ? [] : [source])])
    hash.update(readFileSync(join(moduleDir, file)));
  return hash.digest("hex");
}

/** Builds beside the target and renames, so that an interrupted build leaves nothing that looks complete. */
async function compile(go, { name, moduleDir, version, target, pinned, main, source, stamped }) {
  console.log(`${name}: building ${version} from its Go module (minutes on a machine that has not built it before)`);
  const started = Date.now();
  const flags = ["-s", "-w", ...(stamped ? ["-X", `${SDK_VERSION}=${version}`] : [])].join(" ");
  const partial = `${target}.partial`;
  const what = source === undefined ? `${pinned}${main}` : `./${source}`;
  await run(go, ["build", "-v", "-o", partial, "-ldflags", flags, what], moduleDir, (packages) =>
    console.log(`  ${seconds(started)} s, ${packages} packages compiled`),
  );
  renameSync(partial, target);
  console.log(`${name}: built in ${seconds(started)} s (${target})`);
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}

/** Runs `go build -v`, which prints a line for each package it compiles; everything else it prints is kept for the error. */
function run(command, args, cwd, progress) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: goEnvironment(), stdio: ["ignore", "inherit", "pipe"] });
    let packages = 0;
    let tail = "";
    const timer = setInterval(() => progress(packages), PROGRESS_MS);
    child.stderr.on("data", (chunk) => {
      packages += chunk.toString().split("\n").length - 1;
      tail = (tail + chunk).slice(-4000);
    });
    child.on("error", fail);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code === 0) done();
      else fail(new Error(`${command} ${args.join(" ")} failed:\n${tail}`));
    });
  });
}

/** Some Go images forbid newer toolchains; the module says which one it needs, and Go fetches it as a module. */
function goEnvironment() {
  return process.env.GOTOOLCHAIN === "local" ? { ...process.env, GOTOOLCHAIN: "auto" } : process.env;
}

function findGo() {
  const go = usableGo() ?? (installDebian("Go", ["golang-go"]) ? usableGo() : undefined);
  if (go !== undefined) return go;
  throw new Error(
    [
      `Building the Pulumi CLI needs Go ${OLDEST_GO.join(".")} or newer (it fetches the exact Go it needs by itself).`,
      "Install Go (https://go.dev/dl/), or install Pulumi (https://www.pulumi.com/docs/install/), and run this again.",
    ].join("\n"),
  );
}

function usableGo() {
  return [onPath("go"), "/usr/local/go/bin/go", "/usr/lib/go/bin/go"].find((go) => go !== undefined && isRecent(go));
}

function isRecent(go) {
  if (!isExecutable(go)) return false;
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(execFileSync(go, ["version"], { encoding: "utf8" })) ?? [];
  return Number(major) > OLDEST_GO[0] || (Number(major) === OLDEST_GO[0] && Number(minor) >= OLDEST_GO[1]);
}

function installDebian(what, packages) {
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return false;
  console.log(`${what} is missing: installing Debian's ${packages.join(" and ")}`);
  const options = { stdio: ["ignore", "ignore", "inherit"] };
  spawnSync("apt-get", ["update", "-q"], options);
  return spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], options).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await getEngine().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
