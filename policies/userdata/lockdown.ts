/** Whether user data locks the metadata service down to named OS users, by whatever firewall the machine has. */
import { bootOf, type Boot, type Command, type Script } from "./boot";
import { runBy } from "./code-actions";
import { familiesIn } from "./lockdown/address";
import { addDirect, addIptables, addSaved, familyOf } from "./lockdown/iptables";
import { Nft } from "./lockdown/nft";
import { closedFamilies, type Chains, type Family } from "./lockdown/packet";
import { Routes } from "./lockdown/routes";
import { perObject } from "../memo";
import type { Language } from "./metadata/statements";
import type { Decoded } from "./parts";

export interface Lockdown {
  /** The addresses that users without a name in it do not reach. */
  readonly closed: ReadonlySet<Family>;
  /** Whether the text shows everything that boot does. */
  readonly complete: boolean;
}

/** Worked out once for each text. */
export const lockdownOf = perObject((decoded: Decoded): Lockdown => {
  const boot = bootOf(decoded);
  const firewall = new Firewall(boot);
  const others = boot.commands.flatMap((command) => firewall.apply(command));
  firewall.start();
  const windows = boot.scripts.flatMap(blockedOnWindows);
  return {
    closed: new Set([...closedFamilies(firewall.chains), ...firewall.routes.closed, ...others, ...windows]),
    complete: boot.complete && firewall.isComplete,
  };
});

/** Characters that all rulesets together may have, however often they are loaded. */
const ROOM = 1 << 21;

/** What boot loads into the machine's firewall. */
class Firewall {
  readonly chains: Chains = new Map();
  readonly routes = new Routes();
  private readonly nft = new Nft(this.chains);
  private room = ROOM;

  constructor(private readonly boot: Boot) {}

  get isComplete(): boolean {
    return this.room >= 0;
  }

  /** What a command adds to the chains; answers what it closes without any. */
  apply(command: Command): readonly Family[] {
    const { program, words } = command;
    const args = words.slice(1);
    const family = familyOf(program);
    // A script that can also take its rules away again does so in a branch of its own.
    if (command.isConditional && args.some((word) => TAKES_AWAY.test(word))) return [];
    if (family && program.endsWith("-restore")) this.restored(family, command);
    else if (family) addIptables(this.chains, family, args);
    else if (program === "nft") this.command(command);
    else if (program === "firewall-cmd" || program === "firewall-offline-cmd") addDirect(this.chains, args);
    else if (program === "ip") this.routes.apply(args, command.isConditional);
    // Of Gruntwork: the addresses, then the users who may reach them.
    else if (program === "ip-lockdown") return args.flatMap(familiesIn);
    return [];
  }

  /** Rules in the files that a service of the system loads, where something starts that service. */
  start(): void {
    const { commands, files, parts } = this.boot;
    const started = commands.map(({ words }) => words.slice(0, 50).join(" ")).join("\n");
    const startsNft = STARTS_NFT.test(started);
    const startsIptables =
      STARTS_IPTABLES.test(started) || parts.some(({ kind, text }) => kind === "cloud-config" && PERSISTENT.test(text));
    for (const { place, text } of files) {
      if (startsNft && NFT_FILES.test(place)) this.load(text);
      const saved = SAVED_FILES.exec(place);
      if (startsIptables && saved) this.restore(/6/.test(saved[1] ?? "") ? "v6" : "v4", text, false);
    }
  }

  /** The file that a command names, or what it reads. */
  private textRead({ input }: Command, file: string | undefined): string {
    const named = file === undefined || file.startsWith("-") ? undefined : this.boot.textOf(file);
    return named ?? input ?? "";
  }

  private command(command: Command): void {
    const args = command.words.slice(1);
    if (args.some((word) => /^(?:-[a-z]*c[a-z]*|--check)$/.test(word))) return;
    const file = args.findIndex((word) => /^(?:-[a-z]*f|--file)$/.test(word));
    const joined = args.find((word) => word.startsWith("--file="))?.slice("--file=".length);
    if (file >= 0 || joined !== undefined) this.load(this.textRead(command, joined ?? args[file + 1]));
    else this.add(args.filter((word) => !word.startsWith("-")).join(" "));
  }

  private restored(family: Family, command: Command): void {
    const args = command.words.slice(1);
    if (args.some((word) => /^(?:-t|--test)$/.test(word))) return;
    const keeps = args.some((word) => /^(?:-[a-z]*n[a-z]*|--noflush)$/.test(word));
    this.restore(family, this.textRead(command, args.at(-1)), !keeps && !command.isConditional);
  }

  private restore(family: Family, text: string, replaces: boolean): void {
    if (this.takes(text)) addSaved(this.chains, family, text, replaces);
  }

  /** A ruleset, before it the files that it includes. */
  private load(text: string): void {
    const paths = [...text.matchAll(/^\s{0,99}include\s{1,99}"([^"\n*]{1,200})/gm)]
      .slice(0, 20)
      .map(([, path = ""]) => path);
    const included = this.boot.files.filter(({ place }) => paths.some((path) => place.startsWith(path)));
    for (const each of included) this.add(each.text);
    this.add(text);
  }

  private add(text: string): void {
    if (this.takes(text)) this.nft.add(text);
  }

  private takes({ length }: string): boolean {
    this.room -= length;
    return this.room >= 0;
  }
}

const TAKES_AWAY = /^(?:-[DFXP]|--delete|--flush|--delete-chain|--policy|flush|delete|destroy|reset)$/;
const NFT_FILES = /^\/etc\/(?:nftables\.conf|sysconfig\/nftables\.conf|nftables(?:\.d)?\/[^/]+\.(?:nft|conf))$/;
const STARTS_NFT =
  /^(?:systemctl (?:--\S+ )*(?:enable|start|restart|reload|reload-or-restart|try-restart) .*nftables|service nftables|rc-service nftables)/m;
const SAVED_FILES = /^\/etc\/(?:iptables\/rules\.(v[46])|sysconfig\/(ip6?tables))$/;
const STARTS_IPTABLES =
  /^(?:systemctl (?:--\S+ )*(?:enable|start|restart|reload) .*(?:ip6?tables|netfilter-persistent)|service ip6?tables|netfilter-persistent|(?:apt-get|apt) .*install.* iptables-persistent)/m;
const PERSISTENT = /^\s*-\s*["']?(?:iptables-persistent|netfilter-persistent)\b/m;

/** Block rules of Windows' firewall for outgoing connections; `-LocalUser` says for whom (AWS, "Limit instance metadata access"). */
function blockedOnWindows({ text, reading }: Script): readonly Family[] {
  const lines = runBy(text, reading as Language);
  const rules = lines.filter((line, at) => blocksOnWindows(line) && !isUndone(line, lines.slice(at + 1)));
  const splatted = reading === "powershell" && lines.some((line) => SPLATS.test(line)) ? [lines.join(" ")] : [];
  const found = [
    ...rules,
    ...splatted.filter((code) => SPLATTED.every((mark) => mark.test(code)) && !OFF_ON_WINDOWS.test(code)),
  ];
  return found.flatMap((line) => (line.match(/[\w.:/]+/g) ?? []).flatMap(familiesIn));
}

function blocksOnWindows(line: string): boolean {
  return BLOCKS_ON_WINDOWS.every((mark) => mark.test(line)) && !OFF_ON_WINDOWS.test(line);
}

/** Whether a later line takes the rule of this name away. */
function isUndone(rule: string, later: readonly string[]): boolean {
  const name = RULE_NAME.exec(rule)?.[1];
  return name !== undefined && later.some((line) => REMOVES_ON_WINDOWS.test(line) && line.includes(name));
}

const OFF_ON_WINDOWS = /-Enabled[\s:]+["']?\$?False\b|\bEnabled\s*=\s*["']?\$?False\b|\benable=no\b/i;
const REMOVES_ON_WINDOWS = /\b(?:Remove|Disable)-NetFirewallRule\b|\badvfirewall\s+firewall\s+delete\s+rule\b/i;
const RULE_NAME = /(?:-(?:DisplayName|Name)[\s:]+|\bname=)["']?([^"'\n]{1,200}?)["']?(?=\s+[-\w]|$)/i;

const BLOCKS_ON_WINDOWS: readonly RegExp[] = [
  /\bNew-NetFirewallRule\b|\badvfirewall\s+firewall\s+add\s+rule\b/i,
  /-Action[\s:]+["']?Block\b|\baction=block\b/i,
  /-Direction[\s:]+["']?Out|\bdir=out\b/i,
  /-RemoteAddress\b|\bremoteip=/i,
];
const SPLATS = /\bNew-NetFirewallRule\s+@\w/i;
const SPLATTED: readonly RegExp[] = [/\bAction\s*=\s*["']Block/i, /\bDirection\s*=\s*["']Out/i, /\bRemoteAddress\s*=/i];
