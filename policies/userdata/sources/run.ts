/** Programs that run others: interpreters, files that are programs, and what starts something in another place. */
import { argumentsOf, operands, type Argument, type Syntax } from "../arguments";
import { commandsOfAwk } from "../awk";
import { kindOfFile, kindOfInterpreter } from "../kinds";
import { memoized } from "../../memo";
import type { Kind } from "../parts";
import { NOTHING, joined, type Flow, type Text } from "./boot";
import { named, programName, type Command } from "./command";

const NONE = /^$/;

interface Interpreter {
  readonly name: RegExp;
  readonly use: string;
  readonly kind: Kind | undefined;
  readonly syntax: Syntax;
  /** Options whose value is a program, and those whose value is a file with one. */
  readonly code: RegExp;
  readonly file: RegExp;
}

const BY_SHELL = "is run by a shell";

const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^(?:ba|da|k|mk|z|a|fi|tc|c)?sh$/,
    use: BY_SHELL,
    kind: "shell",
    syntax: { short: "coO", long: /^(?:rcfile|init-file)$/ },
    code: /^c$/,
    file: /^(?:rcfile|init-file)$/,
  },
  {
    name: /^(?:python|pypy|ipython)$/,
    use: "is run by Python",
    kind: "python",
    syntax: { short: "cWX", long: NONE },
    code: /^c$/,
    file: NONE,
  },
  {
    name: /^perl$/,
    use: "is run by Perl",
    kind: "perl",
    syntax: { short: "eEIMmF", long: NONE },
    code: /^[eE]$/,
    file: NONE,
  },
  {
    name: /^(?:ruby|jruby|irb)$/,
    use: "is run by Ruby",
    kind: "ruby",
    syntax: { short: "erICEF", long: /^require$/ },
    code: /^e$/,
    file: /^r$/,
  },
  {
    name: /^(?:node|nodejs|bun|ts-node|tsx)$/,
    use: "is run by Node.js",
    kind: "javascript",
    syntax: { short: "eprC", long: /^(?:eval|print|require|import|loader|input-type|env-file)$/ },
    code: /^(?:e|p|eval|print)$/,
    file: /^(?:r|require|import|loader)$/,
  },
  {
    name: /^php$/,
    use: "is run by PHP",
    kind: "javascript",
    syntax: { short: "rfdcSt", long: /^(?:run|file|define)$/ },
    code: /^(?:r|run)$/,
    file: /^(?:f|file)$/,
  },
  {
    name: /^(?:pwsh|powershell)$/i,
    use: "is run by PowerShell",
    kind: "powershell",
    syntax: {
      short: "cfe",
      long: /^(?:command|file|executionpolicy|ex|ep|exec|encodedcommand|enc|ec|windowstyle|w|version|configurationname|workingdirectory|inputformat|outputformat)$/i,
      words: true,
    },
    code: /^(?:c|command)$/i,
    file: /^(?:f|file)$/i,
  },
  {
    name: /^(?:Rscript|R|littler|r)$/,
    use: "is run by R",
    kind: "javascript",
    syntax: { short: "ef", long: /^file$/ },
    code: /^e$/,
    file: /^(?:f|file)$/,
  },
  {
    name: /^(?:lua|luajit|tclsh|wish|expect|julia|groovy|scala|elixir|escript|guile|osascript|cscript|wscript|csi|fsi|stap|bpftrace|octave|nu|xonsh)$/,
    use: "is run by an interpreter",
    kind: "javascript",
    syntax: { short: "eflE", long: NONE },
    code: /^[eE]$/,
    file: /^f$/,
  },
  {
    name: /^[gmn]?awk$/,
    use: "is run by awk",
    kind: undefined,
    syntax: { short: "fvF", long: /^file$/ },
    code: NONE,
    file: /^(?:f|file)$/,
  },
];

const interpreterOf = memoized((program) => INTERPRETERS.find(({ name }) => name.test(program)), 1 << 12);

/** What is handed to an interpreter: code in an option, a file, or its input. */
export function interpret(command: Command): Flow | undefined {
  const { program } = command;
  const known = interpreterOf(program);
  if (!known) return named(OTHERS, program)?.(command);
  const found = argumentsOf(command.words, known.syntax);
  for (const { name, index } of found) if (name !== "" && known.file.test(name)) execute(command, index, known);
  const code = found.filter(({ name }) => name !== "" && known.code.test(name));
  if (code.length > 0) return inline(command, code, found, known);
  // What awk reads flows through it.
  if (known.kind === undefined) {
    for (const text of commandsOfAwk(command.words)) command.run({ ...command.where.spot, text }, "shell");
    return undefined;
  }
  const script = scriptAmong(command, found, known);
  return script ? execute(command, script.index, known) : command.execute(command.input, known.use, known.kind);
}

/** The file that an interpreter is given; nothing where it reads its input. */
function scriptAmong(command: Command, found: readonly Argument[], { kind }: Interpreter): Argument | undefined {
  // Behind `php --` there are arguments only, and `sh -s` reads its input, whatever else is given.
  const reads =
    (kind === "shell" && found.some(({ name }) => name === "s")) ||
    /^php --(?: |$)/.test(command.words.slice(0, 2).join(" "));
  // Options of the script host of Windows start with two slashes.
  const first = operands(found).find(({ value }) => !value.startsWith("//"));
  return reads || first?.value === "-" || first?.value === "/dev/stdin" ? undefined : first;
}

function execute(command: Command, index: number, { use, kind }: Interpreter): Flow {
  return command.execute(command.file(index), use, kind, command.input);
}

/** Code in options. For shells the input is what its commands read; other programs may print what they read. */
function inline(command: Command, code: readonly Argument[], found: readonly Argument[], known: Interpreter): Flow {
  const strict = known.kind === "shell" && found.some(({ name }) => name === "e") ? "set -e; " : "";
  const flows = code.map(({ index, value }) => {
    command.use(command.held(index), known.use);
    const text: Text = { ...command.where.spot, text: strict + value };
    return known.kind === undefined ? NOTHING : command.run(text, known.kind, command.input);
  });
  return known.kind === "shell" ? joined(flows) : joined([...flows, command.input]);
}

type Other = (command: Command) => Flow | undefined;

const OTHERS: Readonly<Record<string, Other>> = {
  source: (command) => command.execute(command.file(1), "is sourced", "shell", command.input),
  ".": (command) => command.execute(command.file(1), "is sourced", "shell", command.input),
  eval: evaluate,
  trap: (command) => command.run({ ...command.where.spot, text: command.word(1) }, "shell"),
  java,
  crontab,
  at,
  batch: at,
  su: shellOf,
  runuser: shellOf,
  sudo: shellOf,
  "run-parts": parts,
  find,
  systemctl,
};

function evaluate(command: Command): Flow {
  for (const index of command.words.keys()) command.use(command.held(index), BY_SHELL);
  const text = command.words
    .slice(1)
    .map((_, index) => command.word(index + 1))
    .join(" ");
  return command.run({ ...command.where.spot, text }, "shell");
}

/** Programs, class paths and agents of a Java machine. */
function java(command: Command): Flow {
  for (const index of command.words.keys()) {
    const word = command.word(index);
    const before = command.word(index - 1);
    const [, agent] = /^-(?:javaagent|agentpath):([^=]{1,500})/.exec(word) ?? [];
    const paths =
      agent !== undefined
        ? [agent]
        : /^-jar$/.test(before)
          ? [word]
          : /^-(?:cp|classpath|-class-path|-module-path|p)$/.test(before)
            ? word.split(":")
            : [];
    for (const path of paths)
      command.use(command.boot.below(command.path(path.replace(/\/\*$/, ""))), "is run by Java");
  }
  const plugin = command.words.findIndex((word) => /^(?:install-plugin|groovy)$/.test(word));
  if (plugin > 0) command.use(command.sources(command.words.slice(plugin + 1)), "is installed as a plugin");
  return command.input;
}

function crontab(command: Command): Flow {
  const [file] = operands(argumentsOf(command.words, { short: "u", long: NONE }));
  if (command.words.some((word) => /^-[lre]$/.test(word))) return NOTHING;
  const flow = file && file.value !== "-" ? command.file(file.index) : command.input;
  command.use(flow, "is run by cron");
  command.boot.write("/etc/cron.d/$", flow.texts);
  return NOTHING;
}

function at(command: Command): Flow {
  const [file] = argumentsOf(command.words, { short: "fqt", long: NONE }).filter(({ name }) => name === "f");
  return command.execute(file ? command.file(file.index) : command.input, BY_SHELL, "shell");
}

/** A shell as another user: with code, or with what it reads. */
function shellOf(command: Command): Flow {
  const code = command.words.findIndex((word) => /^-[a-z]*c$|^--command$/.test(word));
  if (code < 0) {
    const start = startOf(command, 1);
    if (start > 0) return command.inner(start).evaluate();
    return command.execute(command.input, BY_SHELL, "shell");
  }
  command.use(command.held(code + 1), BY_SHELL);
  return command.run({ ...command.where.spot, text: command.word(code + 1) }, "shell", command.input);
}

function parts(command: Command): Flow {
  const [folder] = operands(argumentsOf(command.words, { short: "au", long: /^(?:arg|umask|regex)$/ }));
  if (!folder) return NOTHING;
  command.use(command.below(folder.index), "is run by run-parts");
  command.boot.schedule(`${command.path(folder.value)}/*`);
  return NOTHING;
}

/** `find FOLDER … -exec COMMAND {} ;` for whatever it finds. */
function find(command: Command): Flow {
  const pattern = `${command.path(command.word(1))}/*`;
  const { spot } = command.where;
  for (const [index, word] of command.words.entries()) {
    if (!/^-(?:exec|execdir|ok)$/.test(word)) continue;
    const end = command.words.findIndex((each, at) => at > index && /^\\?;$|^\+$/.test(each));
    const words = command.words
      .slice(index + 1, end < 0 ? undefined : end)
      .map((each) => each.replaceAll("{}", pattern));
    command.replaced(words).evaluate();
  }
  return { ...NOTHING, texts: [{ ...spot, text: pattern }] };
}

/** Units by their path. */
function systemctl(command: Command): Flow {
  for (const index of command.words.keys()) {
    if (index < 2 || !command.word(index).includes("/")) continue;
    command.use(command.file(index), "is run by systemd");
    command.boot.schedule(command.path(command.word(index)));
  }
  return NOTHING;
}

/** Programs that start a command that stands among their words. */
const STARTERS =
  /^(?:docker|podman|nerdctl|finch|kubectl|lxc|incus|machinectl|systemd-nspawn|arch-chroot|chroot|nsenter|unshare|systemd-run|systemd-inhibit|systemd-cat|screen|tmux|start-stop-daemon|daemonize|daemon|gosu|su-exec|setpriv|setuidgid|chpst|numactl|taskset|chrt|strace|ltrace|script|watch|parallel|unbuffer|dbus-run-session|xvfb-run|eatmydata|retry|cfn-signal|busybox|toybox|conda|mamba|micromamba|poetry|pipenv|rye|hatch|bundle|rvm|rbenv|pyenv|nvm|fnm|asdf|mise|direnv|chronic|ts|logsave|firejail|bwrap|scl|ssh-agent|op|doppler|aws-vault|chamber|infisical|sops|envdir|dotenv|with-contenv|s6-setuidgid|tini|dumb-init|catchsegv|faketime|caffeinate|start|cmd|call|exec|curtin|in-target|wsl|unsetenv|cgexec|prlimit|ip|stdbuf|fakeroot|fakechroot|proot|singularity|apptainer|toolbox|distrobox|salt-call|ansible)$/;

/** Those whose words may be programs by their paths. */
const STARTS_FILES =
  /^(?:chroot|nsenter|unshare|systemd-run|systemd-cat|start-stop-daemon|daemonize|daemon|gosu|su-exec|setpriv|setuidgid|chpst|numactl|taskset|chrt|strace|ltrace|unbuffer|retry|start|call|exec|bwrap|firejail|fakeroot|cgexec|prlimit|tini|dumb-init|with-contenv|s6-setuidgid|ssh-agent|screen|tmux|xvfb-run|watch|script|chronic|ts)$/;

/** Names by which a command is recognised among other words. */
const STARTS =
  /^(?:(?:ba|da|k|z|a)?sh|python|perl|ruby|node|php|pwsh|powershell|curl|wget|pip|npm|apt-get|apt|yum|dnf|rpm|dpkg|apk|eval|source|make|java)$/i;

function startOf(command: Command, from: number): number {
  return command.words.findIndex((word, index) => index >= from && STARTS.test(programName(word)));
}

/** Programs that run commands on other machines. */
const REMOTE = /^(?:ssh|sshpass|pdsh|pssh|mosh|parallel-ssh)$/;

/** A command that another one starts, or a line for a shell that it is given in one word. */
export function start(command: Command): Flow | undefined {
  const { program, words } = command;
  // What is left of `flock FILE -c COMMAND`.
  if (words[0] === "-c") return command.run({ ...command.where.spot, text: command.word(1) }, "shell", command.input);
  if (/^(?:busybox|toybox)$/.test(program) && words.length > 1) return command.inner(1).evaluate();
  const at = startOf(command, 1);
  const shell = at > 0 && /sh$/.test(programName(words[at] ?? "")) && /^-\w*c$/.test(words[at + 1] ?? "");
  if (!STARTERS.test(program) && !(shell && !REMOTE.test(program))) return undefined;
  if (at > 0) return command.inner(at).evaluate();
  startWords(command);
  return NOTHING;
}

/** Lines for a shell, and programs by their paths. */
function startWords(command: Command): void {
  const { program, words, where } = command;
  const takesLines = /^(?:screen|tmux|script|watch|parallel|cmd)$/.test(program);
  for (const index of words.keys()) {
    const word = command.word(index);
    if (index > 0 && takesLines && /\s/.test(word)) command.run({ ...where.spot, text: word }, "shell", command.input);
    else if (index > 0 && word.includes("/") && STARTS_FILES.test(program))
      command.execute(command.file(index), "is run", undefined);
  }
}

const PROGRAMS = [
  "/usr/local/bin",
  "/usr/local/sbin",
  "/usr/bin",
  "/usr/sbin",
  "/bin",
  "/sbin",
  "/opt/bin",
  "/root/bin",
  "/root/.local/bin",
];

/** A program by a path at which something is known to lie. */
export function runPath(command: Command): Flow | undefined {
  return /[\\/]/.test(command.words[0] ?? "") && command.file(0) !== NOTHING ? runFile(command) : undefined;
}

/** A program by its path, or by a name that was put among programs. */
export function runFile(command: Command): Flow | undefined {
  const word = command.word(0);
  command.use(command.held(0), BY_SHELL);
  const path = /[\\/]|^[$~%]|^\w:/.test(word);
  if (!path && !command.boot.programs.has(word)) return undefined;
  const flow = path ? command.file(0) : joined(PROGRAMS.map((folder) => command.boot.at(`${folder}/${word}`)));
  if (flow === NOTHING) return undefined;
  return command.execute(flow, "is run", kindOfInterpreter(word) ?? kindOfFile(word), command.input);
}
