/** Routing rules and routes that lead the metadata service's addresses nowhere. */
import { familiesIn } from "./address";
import { FAMILIES, ORDINARY, rangeIn, type Family, type Range } from "./packet";

/** A rule or a route that ends what users send to an address. */
interface Closing {
  readonly kind: "rule" | "route";
  readonly family: Family;
  readonly users: Range;
}

/** How many of them rules may leave out by name. */
const NAMED = 100;
const EVERYBODY: Range = [0, 0xffff_ffff];

/** Reads calls of `ip` one after the other. */
export class Routes {
  private closings: Closing[] = [];

  /** `ip rule add uidrange 1000-60000 to ADDRESS prohibit`, `ip route add blackhole ADDRESS` */
  apply(args: readonly string[], isConditional: boolean): void {
    const [object = "", verb = "", ...words] = args.filter((word) => !word.startsWith("-"));
    const kind = kindOf(object);
    if (kind === undefined) return;
    const families = (kind === "rule" ? [valueOf(words, "to")] : words).flatMap((word) => familiesIn(word ?? ""));
    const users = kind === "rule" ? (rangeIn(valueOf(words, "uidrange") ?? "") ?? EVERYBODY) : EVERYBODY;
    if (/^(?:a|add|append|replace|prepend)$/.test(verb)) {
      if (closes(words)) this.closings.push(...families.map((family) => ({ kind, family, users })));
    } else if (/^(?:d|del|delete|flush)$/.test(verb) && !isConditional) {
      const isFlush = verb === "flush" && families.length === 0;
      this.closings = this.closings.filter(
        (each) => each.kind !== kind || !(isFlush || isMeant(each, families, users)),
      );
    }
  }

  /** Families of addresses that no ordinary user reaches. */
  get closed(): readonly Family[] {
    return FAMILIES.filter((family) =>
      isOrdinary(this.closings.flatMap((each) => (each.family === family ? [each.users] : []))),
    );
  }
}

/** `ip` takes the beginning of a word for the word: `ip r` is `ip route`. */
function kindOf(object: string): Closing["kind"] | undefined {
  if (/^ru(?:le?)?$/.test(object)) return "rule";
  return /^r(?:o(?:u(?:te?)?)?)?$/.test(object) ? "route" : undefined;
}

/** A deletion names what was added. */
function isMeant(closing: Closing, families: readonly Family[], users: Range): boolean {
  return families.includes(closing.family) && closing.users[0] === users[0] && closing.users[1] === users[1];
}

function valueOf(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

/** Whether what a rule or route is about ends there: packets of this machine over TCP, not all others. */
function closes(words: readonly string[]): boolean {
  const [input, protocol, port] = ["iif", "ipproto", "dport"].map((name) => valueOf(words, name));
  const isOurs = (input ?? "lo") === "lo" && /^(?:tcp|6)$/.test(protocol ?? "tcp") && (port ?? "80") === "80";
  return isOurs && !words.includes("not") && words.some((word) => /^(?:prohibit|blackhole|unreachable)$/.test(word));
}

/** Whether ranges of users together hold all whom nobody names. */
function isOrdinary(ranges: readonly Range[]): boolean {
  const [first, last] = ORDINARY;
  let [next, left] = [first, 0];
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    if (from > last) break;
    left += Math.max(0, from - next);
    next = Math.max(next, to + 1);
  }
  return left + Math.max(0, last - next) <= NAMED;
}
