/** Files that a machine runs because of where they stand, and the commands in them. */
import { memoized } from "../../memo";

export type Language = "shell" | "cron" | "unit" | "supervisor" | "logrotate" | "upstart" | "apt" | "none";

export interface Place {
  readonly use: string;
  /** How commands stand in a text there. */
  readonly language: Language;
}

const UNITS = String.raw`/(?:etc|run|lib|usr/lib|usr/local/lib|root/\.config|home/[^/]+/\.config)/systemd/(?:system|user)/`;

export const AMONG_PROGRAMS = "is put among programs";
export const BY_KUBERNETES = "is put where Kubernetes runs it";
const SOURCE = "is taken as a package source";

const PLACES: readonly (readonly [RegExp, string, Language])[] = [
  [/^\/etc\/(?:cron\.d\/|crontab$)|^\/var\/spool\/cron\//, "is put where cron runs it", "cron"],
  [/^\/etc\/(?:periodic\/|cron\.(?:hourly|daily|weekly|monthly)\/)/, "is put where cron runs it", "shell"],
  [/^\/etc\/apt\/apt\.conf/, SOURCE, "apt"],
  [/^\/etc\/(?:yum\.repos\.d|dnf\/repos\.d|zypp\/repos\.d)\/|^\/etc\/apt\/sources\.list/, SOURCE, "none"],
  [/^\/etc\/anacrontab$/, "is put where cron runs it", "cron"],
  [
    new RegExp(`^${UNITS}.*\\.(?:service|socket|timer|path|mount|conf)$|^/etc/containers/systemd/`),
    "is put where systemd runs it",
    "unit",
  ],
  [/^\/etc\/init\/[^/]+\.conf$/, "is put where init runs it", "upstart"],
  [
    /^\/etc\/(?:rc\.local$|rc\.d\/|rc\d\.d\/|init\.d\/|local\.d\/|inittab$|OpenCloudConfig)/,
    "is put where init runs it",
    "shell",
  ],
  [
    /^\/etc\/(?:profile(?:$|\.d\/)|bash(?:rc|\.bashrc)$|zsh\/|zshrc$|zprofile$|bash_completion\.d\/|skel\/\.)|\/\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zshenv|xinitrc)$/,
    "is put where a shell runs it",
    "shell",
  ],
  [/^\/var\/lib\/cloud\/scripts\/per-/, "is put where cloud-init runs it", "shell"],
  [
    /^\/etc\/(?:update-motd\.d|NetworkManager\/dispatcher\.d|networkd-dispatcher\/[^/]+|network\/if-[a-z-]+\.d|dhcp\/dhclient-[a-z]+-hooks\.d|kernel\/[a-z]+\.d|ppp\/ip-[a-z.-]+|acpi|X11\/Xsession\.d|grub\.d|initramfs-tools\/(?:hooks|scripts)|runit|sv|s6|service)\//,
    "is put where the system runs it",
    "shell",
  ],
  [/^\/(?:usr\/)?lib\/systemd\/system-(?:sleep|shutdown|generators)\//, "is put where systemd runs it", "shell"],
  [/^\/etc\/kubernetes\/(?:manifests|addons)\/|\/(?:k3s|rke2)\/server\/manifests\//, BY_KUBERNETES, "none"],
  [/^\/etc\/supervisor(?:d?(?:\.d|\/conf\.d)?\/|d?\.conf$)/, "is put where supervisor runs it", "supervisor"],
  [/^\/etc\/logrotate(?:\.d\/|\.conf$)/, "is put where logrotate runs it", "logrotate"],
  [
    /\/(?:webapps|deployments|autodeploy|libs?|jars|plugins?|extensions?|ext|modules|init\.groovy\.d)\/(?:[^/]+\/)?[^/]+\.(?:war|ear|jar|hpi|jpi|groovy|so|ko)$/,
    "is put where a server loads it",
    "none",
  ],
  [
    /^\/docker-entrypoint(?:-initdb)?\.d\/|\/git-templates\/hooks\/|\/\.git\/hooks\//,
    "is put where a program runs it",
    "shell",
  ],
  [/\/LaunchDaemons\/|\/LaunchAgents\//, "is put where launchd runs it", "none"],
  [
    /\/start menu\/programs\/startup\/|^c:\/windows\/setup\/scripts\/|^c:\/programdata\/amazon\/ec2-windows\/launch\/scripts\/|\/windowspowershell\/(?:v1\.0\/)?(?:modules\/|profile\.ps1$)/,
    "is put where Windows runs it",
    "none",
  ],
  [
    /^\/(?:usr\/|usr\/local\/|opt\/)?s?bin\/|^(?:\/root|\/home\/[^/]+)\/(?:\.local\/)?bin\/|^c:\/windows\/(?:system32\/)?[^/]+\.(?:exe|dll|cmd|bat|ps1)$/,
    AMONG_PROGRAMS,
    "none",
  ],
];

/** The place that a path stands in, if something runs what is there. */
export const placeOf = memoized((path): Place | undefined => {
  const found = PLACES.find(([pattern]) => pattern.test(path));
  return found && { use: found[1], language: found[2] };
}, 1 << 14);

/** Folders of programs, and those above them, which archives of programs are unpacked into. */
export function holdsPrograms(folder: string): boolean {
  return /^\/(?:usr(?:\/local)?)?$/.test(folder) || placeOf(`${folder}/x`)?.use === AMONG_PROGRAMS;
}

/** A command that a text holds, with its line from 1 on. */
export interface Line {
  readonly script: string;
  readonly line: number;
}

/** The commands of a text in the language of its place. */
export function commandsIn(text: string, language: Language): readonly Line[] {
  switch (language) {
    case "shell":
      return [{ script: text, line: 1 }];
    case "cron":
      return linesOf(text, /^\s*(?:@\w+|(?:[-\d*,/A-Za-z]+\s+){4}[-\d*,/A-Za-z]+)\s+(\S.*)$/, cronCommand);
    case "unit":
      return commandsOfUnit(text);
    case "supervisor":
      return linesOf(text, /^\s*command\s*=\s*(\S.*)$/);
    case "logrotate":
      return blocksOf(text, /^\s*(?:pre|post|first|last)(?:rotate|action)\s*$/, /^\s*endscript/);
    case "upstart":
      return [
        ...linesOf(text, /^\s*(?:pre-start |post-start |pre-stop )?exec\s+(\S.*)$/),
        ...blocksOf(text, /^\s*(?:\S+ )?script\s*$/, /^\s*end script/),
      ];
    case "apt":
      return hooksOf(text);
    default:
      return [];
  }
}

const HOOK =
  /\b(?:Pre|Post)-(?:Invoke(?:-Success|-Stats)?|Install-Pkgs)\b[\s:{]{0,20}((?:"[^"]{0,4000}"[\s;]{0,20}){1,20})/gi;

/** Commands in quotes that apt runs before or behind its own work. */
function hooksOf(text: string): readonly Line[] {
  return [...text.matchAll(HOOK)].flatMap(({ 0: all, 1: hooks = "", index }) => {
    const line = text.slice(0, index + all.length - hooks.length).split("\n").length;
    return [...hooks.matchAll(/"([^"]*)"/g)].map(([, script = ""], at) => ({ script, line: line + at }));
  });
}

/** In the tables of the system a user stands before the command. */
function cronCommand(rest: string): string {
  const user = /^[a-z_][\w-]{0,31}\s+(?=\S)/.exec(rest)?.[0] ?? "";
  return KNOWN_START.test(rest) ? rest : rest.slice(user.length);
}

/** Commands that crontabs without a user start with. */
const KNOWN_START =
  /^(?:curl|wget|bash|sh|cd|sudo|python\d?|perl|ruby|node|php|aws|test|sleep|flock|nice|timeout|env|find|rm|echo|git|docker|yum|dnf|apt-get|ansible-pull|chef-client|eval|source)\s/;

/** Commands of a unit, each behind the variables that it gets. */
function commandsOfUnit(text: string): readonly Line[] {
  const variables = linesOf(text, /^\s{0,20}Environment\s{0,9}=\s{0,9}(\S.*)$/, environment);
  const set = variables.map(({ script }) => `${script}; `).join("");
  const commands = linesOf(
    text,
    /^\s*Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)\s*=\s*[-@:+!|]*(\S.*)$/,
    unitCommand,
  );
  // What is read in all stays a small multiple of the unit.
  const given = set.length * commands.length < 2000 + text.length ? set : "";
  return [...variables, ...commands.map(({ script, line }) => ({ script: given + script, line }))];
}

/** Variables of a unit, as a shell would set them. */
function environment(rest: string): string {
  return `export ${rest.replaceAll(/"(\w{1,60})=([^"]*)"/g, '$1="$2"')}`;
}

/** What systemd replaces stands as the shell would write it. */
function unitCommand(rest: string): string {
  return rest.replaceAll("$$", "$").replaceAll("%%", "%");
}

function linesOf(text: string, pattern: RegExp, made: (rest: string) => string = (rest) => rest): readonly Line[] {
  const found: Line[] = [];
  let [line, start, held] = [0, 1, ""];
  for (const each of text.split("\n")) {
    line++;
    if (held === "") start = line;
    // A line goes on behind a backslash.
    if (each.endsWith("\\")) {
      held += `${each.slice(0, -1)} `;
      continue;
    }
    const command = pattern.exec(held + each)?.[1];
    if (command !== undefined && found.length < 200) found.push({ script: made(command), line: start });
    held = "";
  }
  return found;
}

function blocksOf(text: string, from: RegExp, to: RegExp): readonly Line[] {
  const found: Line[] = [];
  let open: { lines: string[]; line: number } | undefined;
  for (const [index, each] of text.split("\n").entries()) {
    if (open && to.test(each)) {
      found.push({ script: open.lines.join("\n"), line: open.line });
      open = undefined;
    } else if (open) open.lines.push(each);
    else if (from.test(each)) open = { lines: [], line: index + 2 };
  }
  return found;
}
