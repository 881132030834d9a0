// Gets the Pulumi CLI that the engine tests run: the one on PATH, or a build of its published Go modules in .cache/engine/bin.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Where a built CLI and its YAML language host are kept. */
const CACHE_BIN = resolve(HERE, "../../.cache/engine/bin");

const SDK_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const PROGRESS_MS = 20_000;
/** From this version on, Go fetches the newer toolchain that a module asks for. */
const OLDEST_GO = [1, 21];

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

/** Makes sure that there is a CLI and a YAML language host. */
async function getEngine() {
  const go = { path: undefined };
  for (const build of BUILDS) {
    const found = onPath(build.name);
    if (found !== undefined) console.log(`${build.name}: using ${found}`);
    else await buildOnce(build, go);
  }
}

async function buildOnce(build, go) {
  const moduleDir = join(HERE, build.module);
  const version = pinnedVersion(moduleDir, build.pinned);
  const target = join(CACHE_BIN, build.name);
  const stampFile = `${target}.stamp`;
  const stamp = fingerprint(moduleDir);
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

function fingerprint(moduleDir) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(moduleDir, file)));
  return hash.digest("hex");
}

/** Builds beside the target and renames, so that an interrupted build leaves nothing that looks complete. */
async function compile(go, { name, moduleDir, version, target, pinned, main, stamped }) {
  console.log(`${name}: building ${version} from its Go module (minutes on a machine that has not built it before)`);
  const started = Date.now();
  const flags = ["-s", "-w", ...(stamped ? ["-X", `${SDK_VERSION}=${version}`] : [])].join(" ");
  const partial = `${target}.partial`;
  await run(go, ["build", "-v", "-o", partial, "-ldflags", flags, `${pinned}${main}`], moduleDir, (packages) =>
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
  const go = usableGo() ?? (installDebianGo() ? usableGo() : undefined);
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

function installDebianGo() {
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return false;
  console.log("Go is missing: installing Debian's golang-go");
  const options = { stdio: ["ignore", "ignore", "inherit"] };
  spawnSync("apt-get", ["update", "-q"], options);
  return spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "golang-go"], options).status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await getEngine().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
