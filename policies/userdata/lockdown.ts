/** Whether user data locks the metadata service down to named OS users, by whatever firewall the machine has. */
import { bootOf, type Boot, type Command, type Script } from "./boot";
import { familiesIn } from "./lockdown/address";
import { addDirect, addIptables, addSaved, familyOf } from "./lockdown/iptables";
import { Nft } from "./lockdown/nft";
import { closedFamilies, type Chains, type Family } from "./lockdown/packet";
import { perObject } from "./memo";
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
  const chains: Chains = new Map();
  const nft = new Nft(chains);
  const others = boot.commands.flatMap((command) => apply(command, boot, chains, nft));
  addService(boot, chains, nft);
  const windows = boot.scripts.flatMap(blockedOnWindows);
  return { closed: new Set([...closedFamilies(chains), ...others, ...windows]), complete: boot.complete };
});

/** What a command adds to the chains; answers what it closes without any. */
function apply(command: Command, boot: Boot, chains: Chains, nft: Nft): readonly Family[] {
  const { program, words } = command;
  const args = words.slice(1);
  const family = familyOf(program);
  if (family && program.endsWith("-restore")) {
    for (const text of textsRead(command, boot, args.at(-1))) addSaved(chains, family, text);
  } else if (family) addIptables(chains, family, args);
  else if (program === "nft") addNft(command, boot, nft);
  else if (program === "firewall-cmd" || program === "firewall-offline-cmd") addDirect(chains, args);
  else if (program === "ip") return routedAway(args);
  // Of Gruntwork: the addresses, then the users who may reach them.
  else if (program === "ip-lockdown") return args.flatMap(familiesIn);
  return [];
}

/** The files that a command names, or what it reads. */
function textsRead({ input }: Command, { textsOf }: Boot, file: string | undefined): readonly string[] {
  const named = file === undefined || file.startsWith("-") ? [] : textsOf(file);
  return named.length > 0 || input === undefined ? named : [input];
}

function addNft(command: Command, boot: Boot, nft: Nft): void {
  const args = command.words.slice(1);
  const file = args.findIndex((word) => /^(?:-[a-z]*f|--file)$/.test(word));
  const joined = args.find((word) => word.startsWith("--file="))?.slice(7);
  if (file >= 0 || joined !== undefined) {
    for (const text of textsRead(command, boot, joined ?? args[file + 1])) nft.add(withIncluded(text, boot));
  } else nft.add(args.filter((word) => !word.startsWith("-")).join(" "));
}

/** A ruleset with the files that it includes, by their folder. */
function withIncluded(text: string, { files }: Boot): string {
  return text.replaceAll(/^\s*include\s+"([^"\n*]{1,200})[^"\n]*"/gm, (_, path: string) =>
    files
      .filter(({ place }) => place.startsWith(path))
      .slice(0, 20)
      .map((each) => each.text)
      .join("\n"),
  );
}

/** Rules in the files that a service of the system loads, where something starts that service. */
function addService({ commands, files, parts, ...rest }: Boot, chains: Chains, nft: Nft): void {
  const started = commands.map(({ words }) => words.join(" ")).join("\n");
  const packages = parts
    .filter(({ kind }) => kind === "cloud-config")
    .map(({ text }) => text)
    .join("\n");
  for (const { place, text } of files) {
    if (NFT_FILES.test(place) && STARTS_NFT.test(started))
      nft.add(withIncluded(text, { commands, files, parts, ...rest }));
    const saved = SAVED_FILES.exec(place);
    if (saved && (STARTS_IPTABLES.test(started) || PERSISTENT.test(packages)))
      addSaved(chains, /6/.test(saved[1] ?? "") ? "v6" : "v4", text);
  }
}

const NFT_FILES = /^\/etc\/(?:nftables\.conf|sysconfig\/nftables\.conf|nftables(?:\.d)?\/[^/]+\.(?:nft|conf))$/;
const STARTS_NFT =
  /^(?:systemctl (?:--\S+ )*(?:enable|start|restart|reload|reload-or-restart|try-restart) .*nftables|service nftables|rc-service nftables)/m;
const SAVED_FILES = /^\/etc\/(?:iptables\/rules\.(v[46])|sysconfig\/(ip6?tables))$/;
const STARTS_IPTABLES =
  /^(?:systemctl (?:--\S+ )*(?:enable|start|restart|reload) .*(?:ip6?tables|netfilter-persistent)|service ip6?tables|netfilter-persistent|(?:apt-get|apt) .*install.* iptables-persistent)/m;
const PERSISTENT = /^\s*-\s*["']?(?:iptables-persistent|netfilter-persistent)\b/m;

/** `ip rule add uidrange 1000-60000 to ADDRESS prohibit`, `ip route add blackhole ADDRESS` */
function routedAway(args: readonly string[]): readonly Family[] {
  const words = args.filter((word) => !word.startsWith("-"));
  const isAdded = /^r/.test(words[0] ?? "") && /^(?:a|add|append|replace|prepend)$/.test(words[1] ?? "");
  return isAdded && words.some((word) => /^(?:prohibit|blackhole|unreachable)$/.test(word))
    ? words.flatMap(familiesIn)
    : [];
}

/** Block rules of Windows' firewall for outgoing connections; `-LocalUser` says for whom (AWS, "Limit instance metadata access"). */
function blockedOnWindows({ text, reading }: Script): readonly Family[] {
  const joined = text.replaceAll(/<#[^]*?#>/g, "").replaceAll(/[`^]\r?\n/g, " ");
  const lines = joined.split("\n").filter((line) => !/^\s*(?:#|::|rem\b)/i.test(line));
  const rules = lines.filter((line) => BLOCKS_ON_WINDOWS.every((mark) => mark.test(line)));
  const splatted = reading === "powershell" && /\bNew-NetFirewallRule\s+@\w/i.test(joined) ? [lines.join(" ")] : [];
  const found = [...rules, ...splatted.filter((code) => SPLATTED.every((mark) => mark.test(code)))];
  return found.flatMap((line) => (line.match(/[\w.:/]+/g) ?? []).flatMap(familiesIn));
}

const BLOCKS_ON_WINDOWS: readonly RegExp[] = [
  /\bNew-NetFirewallRule\b|\badvfirewall\s+firewall\s+add\s+rule\b/i,
  /-Action[\s:]+["']?Block\b|\baction=block\b/i,
  /-Direction[\s:]+["']?Out|\bdir=out\b/i,
  /-RemoteAddress\b|\bremoteip=/i,
];
const SPLATTED: readonly RegExp[] = [/\bAction\s*=\s*["']Block/i, /\bDirection\s*=\s*["']Out/i, /\bRemoteAddress\s*=/i];
