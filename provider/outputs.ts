import { isRecord, isUnknown, type Properties, UNKNOWN } from "../policies/machine/resource";
import { derivedDigits } from "./hash";
import { IDENTITIES, type Identity } from "./identities";
import { nameProperty } from "./names";
import { regionOf } from "./region";
import { plan } from "./plan";
import type { CreateRequest, CreateResult } from "./provider";
import { shapeOf } from "./schema";
import { OF_STORES } from "./stores";
import { expand, type Template, type TemplateContext } from "./templates";
import { isSet, mapValues, own, text } from "./values";

/** What an account without settings of its own gives a machine that says nothing and takes no template. */
const BARE_INSTANCE: Properties = {
  disableApiStop: false,
  disableApiTermination: false,
  ebsOptimized: false,
  iamInstanceProfile: "",
  instanceInitiatedShutdownBehavior: "stop",
  keyName: "",
  monitoring: false,
  tenancy: "default",
};
const BARE_METADATA_OPTIONS: Properties = {
  httpEndpoint: "enabled",
  httpProtocolIpv6: "disabled",
  httpPutResponseHopLimit: 1,
  httpTokens: "optional",
  instanceMetadataTags: "disabled",
};
const BARE_ROLE: Properties = { inlinePolicies: [], managedPolicyArns: [] };

/** What the AWS providers, `aws` and `aws-native`, answer to Create. */
export function createAws(request: CreateRequest): CreateResult {
  const identity = IDENTITIES.get(request.type);
  return request.mode === "preview" ? previewed(request, identity) : created(request, identity);
}

function previewed(request: CreateRequest, identity: Identity | undefined): CreateResult {
  const given = plan(request, UNKNOWN);
  const described = shapeOf(request.type) !== undefined;
  const decided = described ? {} : mapValues({ arn: "", ...identity?.more }, () => UNKNOWN);
  return { id: "", outputs: { ...decided, ...given, id: UNKNOWN } };
}

function created(request: CreateRequest, found: Identity | undefined): CreateResult {
  const given = plan(request, undefined);
  const identity = found ?? ordinaryIdentity(request.type, given);
  const context = contextOf(request, given, identity);
  const more = expandMore(identity.more ?? {}, context);
  const id = String(context.lookup("id"));
  const arn = identity.arn === undefined ? {} : { arn: context.lookup("arn") };
  const made = { ...withoutGiven({ ...more, ...nameOutput(request, context) }, given), ...arn, id };
  return { id, outputs: withoutPublicAddress({ ...settled(request.type, given), ...made }) };
}

/** A type that the table lacks: most ids are names, and most resources have an ARN of the ordinary form. */
function ordinaryIdentity(type: string, given: Properties): Identity {
  const [, file = "", className = "resource"] = type.split(":");
  const kind = className.toLowerCase();
  const arn = `arn:{partition}:${file.split("/")[0] ?? file}:{region}:{account}:${kind}/{id}`;
  const named = nameProperty(type) !== undefined || text(given.name) !== undefined;
  const id = named ? "{name}" : `${kind}-{hex17}`;
  return shapeOf(type)?.has("arn") === false ? { id } : { id, arn };
}

function contextOf(request: CreateRequest, given: Properties, identity: Identity): TemplateContext {
  const lookup = (name: string): unknown => {
    switch (name) {
      case "id":
        return expand(identity.id, context, "id");
      case "arn":
        return expand(identity.arn ?? "", context, "arn");
      case "name":
        return physicalName(request, given);
      case "bareName":
        return physicalName(request, given).replace(/^\//, "");
      case "path":
        return text(given.path) ?? "/";
      case "url":
        return (text(given.url) ?? request.name).replace(/^https?:\/\//, "");
      case "certificate":
        return Buffer.from(`certificate authority of ${request.name}`).toString("base64");
      default:
        return given[name] !== undefined && !isUnknown(given[name]) ? given[name] : ofMore(name);
    }
  };
  const ofMore = (name: string): unknown => {
    const ofStore = OF_STORES.get(name);
    if (ofStore) return ofStore(given);
    const template =
      identity.more !== undefined && Object.hasOwn(identity.more, name) ? identity.more[name] : undefined;
    return template === undefined ? request.name : expand(template, context, name);
  };
  const region = regionOf(given, request.config);
  const context: TemplateContext = {
    seed: request.urn,
    region,
    accountId: request.config.accountId,
    lookup,
    madeUp: new Set(),
  };
  return context;
}

function expandMore(more: Readonly<Record<string, Template>>, context: TemplateContext): Properties {
  return Object.fromEntries(Object.entries(more).map(([key, template]) => [key, expand(template, context, key)]));
}

function withoutGiven(more: Properties, given: Properties): Properties {
  return mapValues(more, (value, key) => (isSet(own(given, key)) ? undefined : value));
}

function physicalName(request: CreateRequest, given: Properties): string {
  const property = nameProperty(request.type) ?? "name";
  const prefix = text(given[`${property}Prefix`]);
  const made = prefix === undefined ? undefined : prefix + derivedDigits(request.urn, 26);
  return text(given[property]) ?? made ?? request.name;
}

function nameOutput(request: CreateRequest, context: TemplateContext): Properties {
  const property = nameProperty(request.type);
  return property === undefined ? {} : { [property]: context.lookup("name") };
}

/** What the real provider reads back where the program says nothing. A template would decide for the machine that uses it. */
function settled(type: string, given: Properties): Properties {
  if (type === "aws:iam/role:Role") return { ...BARE_ROLE, ...given };
  if (type !== "aws:ec2/instance:Instance" || isRecord(given.launchTemplate)) return given;
  const { metadataOptions = {} } = given;
  const options = isRecord(metadataOptions) ? { ...BARE_METADATA_OPTIONS, ...metadataOptions } : metadataOptions;
  return { ...BARE_INSTANCE, ...given, metadataOptions: options };
}

function withoutPublicAddress(outputs: Properties): Properties {
  return outputs.associatePublicIpAddress === false ? { ...outputs, publicIp: "", publicDns: "" } : outputs;
}
