import { type Properties, UNKNOWN } from "../policies/machine/resource";
import { goJson } from "./documents";
import { plan } from "./plan";
import type { CreateResult, UpdateRequest } from "./provider";
import { shapeOf } from "./schema";
import { isSet, numberOf, own } from "./values";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
/** What changes a launch template without making a version of it. */
const VERSIONLESS = new Set(["name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion", "tagsAll"]);

/** What Update answers: what the program no longer says and AWS decides stays as it was. */
export function update(request: UpdateRequest): CreateResult {
  const { type, id, state } = request;
  const shape = shapeOf(type);
  const given = plan(request, undefined);
  const kept = Object.entries(state).filter(([key]) => {
    const flag = shape?.get(key)?.flag;
    return shape === undefined ? !Object.hasOwn(given, key) : flag === "computed" || flag === "output";
  });
  const outputs = { ...Object.fromEntries(kept), ...given, id };
  return { id, outputs: type === TEMPLATE ? { ...outputs, ...versions(request, given) } : outputs };
}

function versions(request: UpdateRequest, given: Properties): Properties {
  const latestBefore = numberOf(request.state.latestVersion) ?? 1;
  const isNew = makesVersion(given, request.state);
  const latestVersion = !isNew ? latestBefore : request.mode === "preview" ? UNKNOWN : latestBefore + 1;
  const follows = given.updateDefaultVersion === true;
  const defaultVersion = follows ? latestVersion : (given.defaultVersion ?? request.state.defaultVersion ?? 1);
  return { latestVersion, defaultVersion };
}

function makesVersion(given: Properties, state: Properties): boolean {
  return [...(shapeOf(TEMPLATE) ?? [])].some(([key, field]) => {
    if (VERSIONLESS.has(key) || field.flag === "output") return false;
    const after = own(given, key);
    if (field.flag === "computed" && !isSet(after)) return false;
    return content(after) !== content(own(state, key));
  });
}

function content(value: unknown): string | undefined {
  return goJson(Array.isArray(value) && value.length === 0 ? null : value);
}
