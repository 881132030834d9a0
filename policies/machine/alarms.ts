/** Alarms of CloudWatch on the metrics that count metadata calls without a token, and the machines that they watch. */
import { boolean, Cursor } from "./cursor";
import type { Reference } from "./launch";
import { compareRegions, providerOf } from "./links";
import type { Machine, Model } from "./model";
import { isRecord, label, shownOf, type StackResource } from "./resource";
import { reference } from "./parts";
import { perObject } from "../memo";

const TYPES: ReadonlySet<string> = new Set(["aws:cloudwatch/metricAlarm:MetricAlarm", "aws-native:cloudwatch:Alarm"]);
const NAMESPACE = "AWS/EC2";
const METRICS: ReadonlySet<unknown> = new Set(["MetadataNoToken", "MetadataNoTokenRejected"]);

/** Whether resources of a type are alarms. */
export function isAlarm(type: string): boolean {
  return TYPES.has(type);
}

/** What an alarm of the program does for one machine. */
export interface Watch {
  readonly alarm: string;
  /** Whether all that decides about it is known. */
  readonly isCertain: boolean;
  /** Whether it does something when it goes off; undefined where that is not known. */
  readonly acts: boolean | undefined;
  /** It adds up the machines with detailed monitoring, and no others. */
  readonly needsDetail: boolean;
}

/** One metric of an alarm with whom it is about. */
interface Metric {
  readonly alarm: StackResource;
  readonly watch: Watch;
}

interface Metrics {
  /** By the URN of what launches the machines. */
  readonly byResource: ReadonlyMap<string, readonly Metric[]>;
  /** About every machine of an account and region. */
  readonly aboutAll: readonly Metric[];
}

/** The alarms that watch a machine. */
export function watchesOf(model: Model, { resource }: Machine): readonly Watch[] {
  const { byResource, aboutAll } = metricsIn(model);
  const shared = aboutAll.filter(
    ({ alarm }) => providerOf(alarm) === providerOf(resource) && compareRegions(alarm, resource) !== "different",
  );
  return [...(byResource.get(resource.urn) ?? []), ...shared].map(({ watch }) => watch);
}

const metricsIn = perObject((model: Model): Metrics => {
  const byResource = new Map<string, Metric[]>();
  const aboutAll: Metric[] = [];
  for (const type of TYPES) {
    for (const alarm of model.graph.ofType(type)) {
      for (const { metric, reach } of metricsOf(model, alarm)) {
        if (reach === "all") aboutAll.push(metric);
        else for (const { urn } of reach) byResource.set(urn, [...(byResource.get(urn) ?? []), metric]);
      }
    }
  }
  return { byResource, aboutAll };
});

interface Found {
  readonly metric: Metric;
  readonly reach: "all" | readonly StackResource[];
}

function metricsOf(model: Model, alarm: StackResource): readonly Found[] {
  const shown = shownOf(alarm);
  if (!shown) return [];
  const properties = Cursor.of(alarm.urn, shown);
  const acts = actsOf(properties);
  const queries = inUse([...properties.items("metricQueries"), ...properties.items("metrics")]);
  const single = properties.at("metricName").isAbsent ? [] : [properties];
  return [...single, ...queries].flatMap((query) => {
    const found = (certain: boolean, reach: Found["reach"], needsDetail = false): Found => ({
      metric: { alarm, watch: { alarm: label(alarm), isCertain: certain, acts, needsDetail } },
      reach,
    });
    return measured(model, alarm, query, queries.length > 1, found);
  });
}

/**
 * The queries that an alarm decides by: the one whose data it returns, and those that its expression is made of. All of
 * them where that is not known, or where none is said to return data.
 */
function inUse(queries: readonly Cursor[]): readonly Cursor[] {
  const isOpen = queries.some((query) => ["id", "returnData", "expression"].some((key) => query.at(key).isUnknown));
  const pending = queries.filter((query) => boolean(query.at("returnData").value) === true);
  if (isOpen || pending.length === 0 || queries.length > MAX_QUERIES) return queries;
  const used = new Set<Cursor>();
  for (let query = pending.pop(); query; query = pending.pop()) {
    if (used.has(query)) continue;
    used.add(query);
    const expression = query.at("expression").text ?? "";
    const ids = new Set(expression.match(/\w+/g) ?? []);
    const isAll = /\bMETRICS\s*\(/.test(expression);
    pending.push(...queries.filter((each) => ids.has(each.at("id").text ?? "") || (isAll && isMetric(each))));
  }
  return queries.filter((query) => used.has(query));
}

/** More than any alarm has (CloudWatch, "PutMetricAlarm"). */
const MAX_QUERIES = 100;

function isMetric(query: Cursor): boolean {
  return query.at("expression").isAbsent;
}

/** An alarm without an action still changes its state, which other alarms and EventBridge can see. */
function actsOf(properties: Cursor): boolean | undefined {
  const [enabled, actions] = [properties.at("actionsEnabled"), properties.at("alarmActions")];
  if (boolean(enabled.value) === false || actions.isAbsent) return false;
  if (Array.isArray(actions.value) && actions.value.length === 0) return false;
  return enabled.isUnknown ? undefined : true;
}

type Made = (certain: boolean, reach: Found["reach"], needsDetail?: boolean) => Found;

function measured(model: Model, alarm: StackResource, query: Cursor, many: boolean, found: Made): readonly Found[] {
  const expression = query.at("expression");
  if (!expression.isAbsent && !query.isUnknown) return selected(expression, found);
  const statistic = query.block("metricStat");
  const nested = statistic.isAbsent ? query.block("metric") : statistic.block("metric");
  const metric = nested.isAbsent || query.path === "" ? query : nested;
  const isMeant = isOneOf(metric.at("namespace"), NAMESPACE) && isOneOf(metric.at("metricName"), ...METRICS);
  if (!isMeant) return [];
  const certain = !metric.at("namespace").isUnknown && !metric.at("metricName").isUnknown;
  return aboutDimensions(model, alarm, metric, many, (isSure, ...rest) => found(certain && isSure, ...rest));
}

function isOneOf(at: Cursor, ...values: readonly unknown[]): boolean {
  return at.isUnknown || values.includes(at.value);
}

/** A query over all machines at once: `SELECT SUM(MetadataNoToken) FROM SCHEMA("AWS/EC2", InstanceId)`. */
function selected({ text, isUnknown }: Cursor, found: Made): readonly Found[] {
  if (isUnknown) return [found(false, "all")];
  const [, metric, from = "", where] = SELECT.exec(text ?? "") ?? [];
  if (!METRICS.has(metric) || !from.includes(`"${NAMESPACE}"`)) return [];
  const byMachine = /\bInstanceId\b/.test(from) || !from.startsWith("SCHEMA");
  return where === undefined ? [found(true, "all", !byMachine && !/AutoScalingGroupName/.test(from))] : [];
}

const SELECT =
  /^\s{0,99}SELECT\s{1,99}\w{1,20}\(\s{0,99}"?(\w{1,60})"?\s{0,99}\)\s{1,99}FROM\s{1,99}(SCHEMA\([^)]{1,300}\)|"[^"]{1,100}")(\s{1,99}WHERE\b)?/i;

function aboutDimensions(
  model: Model,
  alarm: StackResource,
  metric: Cursor,
  many: boolean,
  found: Made,
): readonly Found[] {
  const dimensions = metric.at("dimensions");
  if (names(dimensions).length === 0 && !dimensions.isUnknown) return [found(true, "all", true)];
  return (["InstanceId", "AutoScalingGroupName"] as const).flatMap((name) => {
    const value = dimensionIn(dimensions, metric, name);
    const part = name === "InstanceId" ? "id" : "name";
    const to = reference(name === "InstanceId" ? "instance" : "auto scaling group", value, {
      [part]: value,
      oneOfMany: many,
    });
    return to ? led(model, alarm, to, dimensions.isUnknown, found) : [];
  });
}

function led(model: Model, alarm: StackResource, to: Reference, isOpen: boolean, found: Made): readonly Found[] {
  const { candidates, all } = model.graph.follow(alarm, to);
  if (candidates.length > 0) return [found(!isOpen && (all || candidates.length === 1), candidates)];
  const waits = to.id.state === "unknown" || to.name.state === "unknown";
  if (!waits) return [];
  // A group that a service makes, such as that of an EKS node group, is known by what it comes from.
  const services = model.graph
    .dependenciesOf(alarm, to.property)
    .filter((each) => model.readingOf(each)?.role === "machine");
  if (services.length > 0) return [found(!isOpen && (many(to) || services.length === 1), services)];
  return model.graph.mayLeadAnywhere(alarm, to.property) ? [found(false, "all")] : [];
}

function many(to: Reference): boolean {
  return to.oneOfMany;
}

/** The names of the dimensions: keys of a map, or of a list of `{ name, value }`. */
function names(dimensions: Cursor): readonly unknown[] {
  if (Array.isArray(dimensions.value)) return dimensions.value;
  return dimensions.keys;
}

function dimensionIn(dimensions: Cursor, metric: Cursor, name: string): Cursor {
  if (!Array.isArray(dimensions.value)) return dimensions.at(name);
  const items = metric.items("dimensions");
  const own = items.find((item) => isRecord(item.value) && item.at("name").value === name);
  return own ? own.at("value") : dimensions.replace(undefined);
}
