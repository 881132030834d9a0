import pc from "picocolors";
import type { PermissionRow, ServiceRow } from "../../policies/iam/effective";
import { UNVERIFIED } from "../../policies/unverified";
import type { ExplainedFinding, ExplainedPolicy, ExplainedRole, Explanation, Place } from "../explain";
import { kindOf, KINDS, type Kind, type ResourceRef } from "../report";
import { paintOf, SYMBOLS, type Colors } from "./colors";
import { admitted, firstOf, inWords } from "./iam-words";
import { plural, shortType } from "./names";
import { printable, printableLine } from "./sanitize";
import { wrapped } from "./wrap";

/** How an explanation is to look. */
export interface ExplainOptions {
  readonly color: boolean;
  /** Columns of the terminal; undefined where lines are not to be broken. */
  readonly width: number | undefined;
}

/** An explanation for people: who carries and takes a role, its policies with findings, and what they amount to. */
export function renderExplanation({ roles, matched, outcome, notices }: Explanation, options: ExplainOptions): string {
  const page = new Page(options);
  if (roles.length === 0) page.text(`${matched.map(named).join(", ")} carries no role: it has no instance profile.`);
  for (const role of roles) {
    if (!page.isEmpty) page.line("");
    new RolePage(page, role).print();
  }
  page.line("");
  for (const notice of notices) page.text(notice, 0, { head: "notice: " });
  page.line(summary(roles, outcome.kind === "completed", page.colors));
  return page.toString();
}

/** Lines that grow, wrapped to the width. */
class Page {
  readonly colors: Colors;
  private readonly lines: string[] = [];

  constructor(private readonly options: ExplainOptions) {
    this.colors = pc.createColors(options.color);
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  line(line: string): void {
    this.lines.push(line);
  }

  title(title: string): void {
    this.line("");
    this.line(this.colors.bold(title));
  }

  /** Text that may come from the program: made safe, wrapped behind its head, then painted. */
  text(text: string, indent = 0, { head = "", paint = plain }: { head?: string; paint?: Paint } = {}): void {
    const start = indent + head.length;
    const room = this.options.width === undefined ? undefined : this.options.width - start;
    const lines = printable(text)
      .split("\n")
      .flatMap((line) => wrapped(line, room));
    lines.forEach((line, index) => {
      this.line((index === 0 ? " ".repeat(indent) + head : " ".repeat(start)) + paint(line));
    });
  }

  toString(): string {
    return this.lines.join("\n") + "\n";
  }
}

type Paint = (text: string) => string;
const plain: Paint = (text) => text;

const MOST_CHAINS = 5;
const MOST_SERVICES = 25;
const MOST_ACTIONS = 6;
const MOST_RESOURCES = 3;
/** More services than these that are granted whole are one line. */
const MOST_WHOLE = 4;
const TRUST = "profile-trust-policy";

class RolePage {
  private readonly colors: Colors;

  constructor(
    private readonly page: Page,
    private readonly role: ExplainedRole,
  ) {
    this.colors = page.colors;
  }

  print(): void {
    const { label, resource, judged, certain } = this.role;
    const type = resource === undefined ? "" : ` ${this.colors.dim(`(${shortType(resource.type)})`)}`;
    this.page.line(`${this.colors.underline(printableLine(label))}${type}`);
    if (!judged) this.page.text("No machine or profile carries it, so no policy judges it.", 2);
    if (!certain) this.page.text("It is one of several roles, and the program does not tell which is meant.", 2);
    this.chains();
    this.trust();
    this.boundary();
    this.policies();
    this.permissions();
    this.unknown();
  }

  private chains(): void {
    const { chains } = this.role;
    if (chains.length === 0) return;
    this.page.title("Carried by");
    const end = this.role.resource === undefined ? [printableLine(this.role.label)] : [];
    for (const chain of chains.slice(0, MOST_CHAINS)) this.page.text([...chain.map(named), ...end].join(" → "), 2);
    if (chains.length > MOST_CHAINS) this.page.line(`  … ${String(chains.length - MOST_CHAINS)} more`);
  }

  private trust(): void {
    const { trust, expected } = this.role;
    this.page.title("May be assumed by");
    if (trust === undefined) this.page.text("not known: the role is set outside this stack", 2);
    else if (trust.admits.length === 0) this.page.text("nobody, as far as its trust policy is known", 2);
    for (const each of trust?.admits ?? []) this.page.text(printableLine(admitted(each, expected)), 2);
    this.findings(({ policy }) => policy === TRUST);
  }

  private boundary(): void {
    const { boundary, trust } = this.role;
    this.page.title("Permissions boundary");
    if (boundary) this.policy(boundary);
    else this.page.text(trust === undefined ? "not known" : "none", 2);
  }

  private policies(): void {
    const { policies } = this.role;
    this.page.title("Policies");
    if (policies.length === 0) this.page.text("none that the program shows", 2);
    for (const policy of policies) this.policy(policy);
    this.findings(({ policy, statements }) => statements.length === 0 && policy !== TRUST && policy !== UNVERIFIED);
  }

  /** Of what AWS wrote, only what a finding is about. */
  private policy({ id, label, managed, place, statements }: ExplainedPolicy): void {
    const version = managed === undefined ? "" : `, ${managed.version} as of ${managed.date}`;
    this.page.text(printableLine(`${label} (${at(place)}${version})`), 2, { head: `${id}   ` });
    const shown = managed === undefined ? statements : statements.filter((each) => this.isBlamed(each.id));
    for (const statement of shown) {
      this.page.text(printableLine(inWords(statement)), 2, { head: statement.id.padEnd(4) });
      this.findings(({ statements: [cause] }) => cause === statement.id);
    }
    const left = statements.length - shown.length;
    const which = shown.length > 0 ? "more statement" : "statement";
    if (left > 0) this.page.text(`${plural(left, which)} without a finding`, 6, { paint: this.colors.dim });
  }

  private isBlamed(id: string): boolean {
    return this.role.findings.some(({ statements: [cause] }) => cause === id);
  }

  private findings(which: (finding: ExplainedFinding) => boolean): void {
    for (const finding of this.role.findings.filter(which)) {
      const { exempted, message } = finding;
      const paint = exempted === undefined ? paintOf(kindOf(finding), this.colors) : this.colors.dim;
      const until = exempted && `, exempted until ${exempted.expires}: ${printableLine(exempted.reason)}`;
      this.page.text(headOf(finding) + (until ?? ""), 6, { paint });
      if (exempted === undefined) this.page.text(message, 10);
    }
  }

  private permissions(): void {
    const { services } = this.role;
    this.page.title("What it may do");
    if (services.length === 0) this.page.text("nothing that is certain", 2);
    const whole = services.filter(isWhole);
    const isFolded = whole.length > MOST_WHOLE;
    if (isFolded) this.everything(whole);
    const others = isFolded ? services.filter((each) => !whole.includes(each)) : services;
    for (const service of others.slice(0, MOST_SERVICES)) this.service(service);
    const left = others.length - MOST_SERVICES;
    if (left > 0) this.page.line(`  … ${plural(left, "more service")}: --format json lists them`);
  }

  private everything(whole: readonly ServiceRow[]): void {
    const ids = new Set(whole.flatMap(({ permissions }) => permissions.flatMap(({ statements }) => statements)));
    this.page.text(`Everything of ${plural(whole.length, "service")}`, 2);
    const names = firstOf(whole.map(({ service }) => service).sort(), MOST_ACTIONS);
    this.page.text(`${names} (${[...ids].join(", ")})`, 16, { paint: this.colors.dim });
  }

  private service({ name, permissions }: ServiceRow): void {
    this.page.text(name.replaceAll("`", ""), 2);
    for (const row of permissions) {
      const { extent, allows, actions, statements } = row;
      this.page.text(printableLine(allows + limits(row)), 4, { head: extent.padEnd(12) });
      const text = `${firstOf(actions, MOST_ACTIONS)} (${statements.join(", ")})`;
      this.page.text(printableLine(text), 16, { paint: this.colors.dim });
    }
  }

  private unknown(): void {
    const { unknown, findings } = this.role;
    if (unknown.length === 0) return;
    this.page.title("Not known");
    for (const { policy, place, waitsFor } of unknown) {
      const what = policy === undefined ? "" : `${policy}: `;
      this.page.text(printableLine(`${what}${at(place)} waits for ${waitsFor}`), 2);
    }
    const finding = findings.find(({ policy }) => policy === UNVERIFIED);
    if (finding) this.page.text(headOf(finding), 6, { paint: paintOf(kindOf(finding), this.colors) });
  }
}

function headOf(finding: ExplainedFinding): string {
  return `${SYMBOLS[kindOf(finding)]} ${finding.level.padEnd(9)}  ${finding.policy}`;
}

function limits({ extent, limitable, resources, except, conditional }: PermissionRow): string {
  const on = extent === "everything" ? "" : ` on ${firstOf(resources, MOST_RESOURCES)}`;
  const but = except.length === 0 ? "" : `, but not on ${firstOf(except, MOST_RESOURCES)}`;
  const fixed = limitable ? "" : ", which no policy can limit to some";
  return `${on}${but}${fixed}${conditional ? ", where a condition holds" : ""}`;
}

function isWhole({ service, permissions: [first, ...others] }: ServiceRow): boolean {
  return first?.extent === "everything" && others.length === 0 && first.actions[0] === `${service}:*`;
}

function at({ resource, path }: Place): string {
  return [resource, path].filter((part) => part !== "").join(".");
}

function named({ name, type }: ResourceRef): string {
  return `${printableLine(name)} (${shortType(type)})`;
}

/** One line, as `check` ends with. */
function summary(roles: readonly ExplainedRole[], isComplete: boolean, colors: Colors): string {
  const found = roles.flatMap(({ findings }) => findings);
  const kinds = found.filter(({ exempted }) => exempted === undefined).map(kindOf);
  const count = (kind: Kind): number => kinds.filter((each) => each === kind).length;
  const counts = KINDS.filter((kind) => count(kind) > 0);
  const exempted = found.length - kinds.length;
  const text = [
    kinds.length === 0 ? "no findings" : counts.map((kind) => `${String(count(kind))} ${kind}`).join(", "),
    ...(exempted > 0 ? [`${String(exempted)} exempted`] : []),
    ...(isComplete ? [] : ["incomplete: the program did not run to its end"]),
  ].join(", ");
  if (count("mandatory") > 0) return colors.red(`✖ ${text}`);
  return kinds.length === 0 && isComplete ? colors.green(`✔ ${text}`) : colors.yellow(`⚠ ${text}`);
}
