/** Elastic Beanstalk: options are settings in a list, and the platform decides where none is given. */
import { boolean, MALFORMED, type Cursor } from "../cursor";
import type { Fact } from "../fact";
import type { Launch, Reading, Service, Setter } from "../launch";
import { UNKNOWN } from "../resource";
import { byName, launch, machine, onlyOptions, type Readers } from "../parts";

const NAMESPACE = "aws:autoscaling:launchconfiguration";
const SETTING = "DisableIMDSv1";

/** How the two providers spell the same list. */
interface Spelling {
  readonly list: string;
  readonly name: string;
}
const AWS: Spelling = { list: "settings", name: "name" };
const NATIVE: Spelling = { list: "optionSettings", name: "optionName" };

/** The value of a launch setting; the last one of a name wins. An unreadable list leaves it unknown. */
function setting(properties: Cursor, spelling: Spelling, name: string, namespace = NAMESPACE): Cursor {
  const items = properties.items(spelling.list);
  const found = items.findLast(
    (item) => item.at("namespace").value === namespace && item.at(spelling.name).value === name,
  );
  if (found) return found.at("value");
  const may = (at: Cursor, value: string): boolean => at.isUnknown || at.value === value;
  const unreadable = items.some((item) => may(item.at("namespace"), namespace) && may(item.at(spelling.name), name));
  return properties.at(spelling.list).replace(unreadable ? UNKNOWN : undefined, `${spelling.list}[${name}]`);
}

function tokensFromSetting(at: Cursor): Fact {
  const { fact } = at;
  if (fact.state !== "known") return fact;
  const disabled = boolean(fact.value);
  if (disabled === undefined) return { ...fact, value: MALFORMED };
  return { ...fact, value: disabled ? "required" : "optional", shown: `is ${JSON.stringify(disabled)}` };
}

/**
 * Amazon Linux 2023 and Windows Server 2022 platforms, and later ones, refuse version 1 unless told otherwise
 * (Elastic Beanstalk Developer Guide, "Configuring the IMDS on your environment's instances").
 */
function tokensFromPlatform(platform: Cursor): Fact {
  if (platform.text === undefined) return { state: "unknown", source: platform.source, waitsFor: PLATFORM_UNKNOWN };
  const year = /Amazon Linux (20\d\d)\b(?!\.)/.exec(platform.text)?.[1];
  const windows = /Windows Server (?:Core )?(20\d\d)\b/.exec(platform.text)?.[1];
  if (/platform\//.test(platform.text) && !/Amazon Linux|Windows Server/.test(platform.text)) {
    return { state: "unknown", source: platform.source, waitsFor: PLATFORM_UNKNOWN };
  }
  const strict = Number(year) >= 2023 || Number(windows) >= 2022;
  return {
    state: "known",
    value: strict ? "required" : "optional",
    source: platform.source,
    shown: "leaves version 1 on by default",
  };
}

const PLATFORM_UNKNOWN = "a platform that is not known here";

function setter(spelling: Spelling): Setter {
  const entry = { namespace: NAMESPACE, [spelling.name]: SETTING, value: "true" };
  const written = Object.entries(entry).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return {
    describe: () => `${spelling.list}: [{ ${written.join(", ")} }]`,
    apply: (inputs) => {
      const written = inputs[spelling.list];
      const list = Array.isArray(written) ? (written as readonly unknown[]) : [];
      const replaced = list.map((item) => (isSetting(item, spelling) ? { ...(item as object), value: "true" } : item));
      return {
        ...inputs,
        [spelling.list]: list.some((item) => isSetting(item, spelling)) ? replaced : [...list, entry],
      };
    },
  };
}

function isSetting(item: unknown, spelling: Spelling): boolean {
  const record = (typeof item === "object" && item !== null ? item : {}) as Readonly<Record<string, unknown>>;
  return record["namespace"] === NAMESPACE && record[spelling.name] === SETTING;
}

function environment(properties: Cursor, spelling: Spelling): Launch {
  const explicit = setting(properties, spelling, SETTING);
  const platform = firstSet(properties, "solutionStackName", "platformArn");
  const template = byName("configuration template", properties.at("templateName"));
  const tokens = explicit.isAbsent && !template ? tokensFromPlatform(platform) : tokensFromSetting(explicit);
  return launch(properties, {
    options: onlyOptions(explicit, { httpTokens: tokens }),
    expresses: new Set(["httpTokens"] as const),
    setter: setter(spelling),
    template,
    service: { name: "Elastic Beanstalk", runsContainers: false, ...managedUpdates(properties, spelling) },
    profile: byName("instance profile", setting(properties, spelling, "IamInstanceProfile")),
    keyName: setting(properties, spelling, "EC2KeyName").fact,
  });
}

/** Managed platform updates, which are off where nobody turns them on (Elastic Beanstalk, "Managed platform updates"). */
function managedUpdates(properties: Cursor, spelling: Spelling): Pick<Service, "patches"> {
  const enabled = setting(properties, spelling, "ManagedActionsEnabled", "aws:elasticbeanstalk:managedactions");
  if (enabled.isAbsent) return {};
  return { patches: enabled.isUnknown ? "unknown" : boolean(enabled.value) === true };
}

function firstSet(properties: Cursor, ...keys: readonly string[]): Cursor {
  const all = keys.map((key) => properties.at(key));
  return all.find((cursor) => !cursor.isAbsent) ?? properties.at(keys.join(" or "));
}

function configurationTemplate(properties: Cursor, spelling: Spelling): Reading {
  return { role: "template", launches: [{ ...environment(properties, spelling), template: undefined }] };
}

export const readers: Readers = {
  "aws:elasticbeanstalk/environment:Environment": (properties) => machine(environment(properties, AWS)),
  "aws-native:elasticbeanstalk:Environment": (properties) => machine(environment(properties, NATIVE)),
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": (properties) =>
    configurationTemplate(properties, AWS),
  "aws-native:elasticbeanstalk:ConfigurationTemplate": (properties) => configurationTemplate(properties, NATIVE),
};
