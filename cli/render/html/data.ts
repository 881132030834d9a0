/** What the page's script shows: plain data, in which texts and resources are numbers of a table. */
import { ruleUrl } from "../../../policies/rules/rule";
import type { AnswerView, MachineView, OptionView, PlaceView } from "../../machines";
import type { Report, ResourceRef, ResourceReport } from "../../report";
import { findingsOf, standingOf, type PlacedFinding, type RunReport } from "../../run-report";
import { shortType } from "../names";
import { placeOf, textOf } from "../place";
import { printable, printableLine } from "../sanitize";

/** The number of a text in the table of texts. */
type Text = number;

/** Fields that are not there are left out: a report of thousands of machines has to stay small. */
export interface PageData {
  readonly texts: readonly string[];
  readonly policies: readonly { readonly name: string; readonly title: string; readonly url: string }[];
  readonly projects: readonly string[];
  readonly resources: readonly PageResource[];
  readonly findings: readonly PageFinding[];
  readonly machines: readonly PageMachine[];
}

interface PageResource {
  readonly name: Text;
  readonly type: Text;
  readonly urn: Text;
  readonly project: number;
  /** Components that made it, outermost first, as one text. */
  readonly within?: Text;
  readonly at?: Text;
}

interface PageFinding {
  readonly policy: number;
  readonly standing: Text;
  readonly severity: Text;
  readonly resource: number;
  readonly message: Text;
  readonly path?: Text;
}

interface PageMachine {
  readonly resource: number;
  readonly role: Text;
  readonly path?: Text;
  readonly template?: Text;
  readonly roles: readonly Text[];
  readonly profile: Text;
  readonly users?: number;
  readonly reachable?: readonly [state: Text, by: Text];
  readonly forwards?: readonly [state: Text, by: Text];
  readonly options: readonly PageOption[];
}

interface PageOption {
  readonly name: Text;
  readonly state: Text;
  readonly value?: Text;
  /** Left out where it is the machine itself. */
  readonly from?: number;
  readonly path: Text;
  readonly setBy?: Text;
  readonly note?: Text;
  readonly fallback?: Text;
}

/** The data of a page, in the order of the report. */
export function pageData(run: RunReport): PageData {
  return new Builder(run).build();
}

class Builder {
  private readonly texts = new Map<string, number>();
  private readonly resources: PageResource[] = [];
  private readonly byUrn = new Map<Report, Map<string, number>>();

  constructor(private readonly run: RunReport) {}

  build(): PageData {
    const { policies, projects } = this.run;
    const findings = findingsOf(this.run).map((placed) => this.finding(placed));
    const machines = projects.flatMap((project) => project.machines.map((machine) => this.machine(machine, project)));
    return {
      policies: policies.map(({ rule }) => ({ name: rule.name, title: rule.displayName, url: ruleUrl(rule.name) })),
      projects: projects.map(projectName),
      resources: this.resources,
      findings,
      machines,
      texts: [...this.texts.keys()],
    };
  }

  private text(text: string): Text {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.texts.size);
    return this.texts.size - 1;
  }

  private finding(placed: PlacedFinding): PageFinding {
    const { finding, resource, project } = placed;
    return {
      policy: this.run.policies.findIndex(({ rule }) => rule.name === finding.policy),
      standing: this.text(standingOf(placed)),
      severity: this.text(finding.severity),
      resource: this.resource(resource, project, resource),
      message: this.text(textOf(placed)),
      ...(finding.path !== "" && { path: this.text(printableLine(finding.path)) }),
    };
  }

  private resource(ref: ResourceRef, project: Report, report?: ResourceReport): number {
    const known = this.byUrn.get(project) ?? new Map<string, number>();
    this.byUrn.set(project, known);
    const index = known.get(ref.urn) ?? this.resources.length;
    if (index === this.resources.length) this.resources.push(this.pageResource(ref, project, report));
    known.set(ref.urn, index);
    return index;
  }

  private pageResource({ name, type, urn }: ResourceRef, project: Report, report?: ResourceReport): PageResource {
    const within = report?.components.map((each) => printableLine(each.name)).reverse();
    const place = report && placeOf({ resource: report, project });
    return {
      name: this.text(printableLine(name)),
      type: this.text(shortType(type)),
      urn: this.text(printableLine(urn)),
      project: this.run.projects.indexOf(project),
      ...(within && within.length > 0 && { within: this.text(within.join(" › ")) }),
      ...(place?.column !== undefined && { at: this.text(printableLine(`${place.file}:${String(place.line)}`)) }),
    };
  }

  private machine(machine: MachineView, project: Report): PageMachine {
    const { role, path, template, roles, profile, exposure, users, options } = machine;
    const resource = this.resource(machine.resource, project);
    const shown = template?.resource?.name ?? "set outside this program";
    return {
      resource,
      role: this.text(role),
      ...(path !== "" && { path: this.text(printableLine(path)) }),
      ...(template && { template: this.text(printableLine(`${template.kind} ${shown}`)) }),
      roles: roles.map(({ label }) => this.text(printableLine(label))),
      profile: this.text(profile),
      ...(users > 0 && { users }),
      ...(exposure && { reachable: this.answer(exposure.reachable), forwards: this.answer(exposure.forwards) }),
      options: options.map((option) => this.option(option, resource, project)),
    };
  }

  private answer({ state, by }: AnswerView): readonly [Text, Text] {
    return [this.text(state), this.text(printableLine(by))];
  }

  private option(option: OptionView, own: number, project: Report): PageOption {
    const { attribute, state, value, from, setBy, note, fallback } = option;
    const owner = this.resource(from.resource, project);
    return {
      name: this.text(attribute),
      state: this.text(state),
      ...(value !== undefined && { value: this.text(String(value)) }),
      ...(owner !== own && { from: owner }),
      path: this.text(printableLine(from.path)),
      ...(setBy !== undefined && { setBy: this.text(setBy) }),
      ...(note !== undefined && { note: this.text(printable(note)) }),
      ...(fallback && { fallback: this.text(fallbackText(fallback.value, fallback.from)) }),
    };
  }
}

function fallbackText(value: OptionView["value"], { resource, path }: PlaceView): string {
  return printableLine(`${String(value ?? "no valid value")}, the account default ${resource.name} (${path})`);
}

/** `infra (shop/dev)`. */
export function projectName({ directory, stack }: Report): string {
  return printableLine(`${directory} (${stack.project}/${stack.name})`);
}
