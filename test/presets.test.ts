import { readdirSync, readFileSync } from "node:fs";
import { RULES } from "../policies/rules";
import { readSettings, type PolicySettings } from "../policies/settings";

type Preset = Record<string, { enforcementLevel?: string }>;

const FILES = [...readdirSync("presets").map((file) => `presets/${file}`), "examples/org/policy-config.json"];
const NAMES = RULES.map(({ name }) => name);

function read(file: string): Preset {
  return JSON.parse(readFileSync(file, "utf8")) as Preset;
}

function settings(preset: string): Map<string, PolicySettings> {
  return new Map(readSettings(read(`presets/${preset}.json`)));
}

function levels(preset: string): Record<string, string> {
  return Object.fromEntries([...settings(preset)].map(([name, { level }]) => [name, level]));
}

/** Policies that no preset turns on. */
const OPT_IN = RULES.filter(({ level }) => level === "disabled").map(({ name }) => name);
const every = (level: string) =>
  Object.fromEntries(NAMES.map((name) => [name, OPT_IN.includes(name) ? "disabled" : level]));

test("three policies are left to those who want them", () => {
  expect(OPT_IN).toEqual(["imds-os-lockdown", "instance-patching", "imds-usage-alarm"]);
});

test("there are four presets", () => {
  expect(readdirSync("presets").sort()).toEqual([
    "baseline.json",
    "containers.json",
    "report-only.json",
    "strict.json",
  ]);
});

describe.each(FILES)("%s", (file) => {
  test("is valid and names every policy, in the catalogue's order, and nothing else", () => {
    expect(() => readSettings(read(file))).not.toThrow();
    expect(Object.keys(read(file))).toEqual(NAMES);
  });

  test("sets every level explicitly", () => {
    for (const entry of Object.values(read(file))) expect(entry.enforcementLevel).toBeDefined();
  });
});

test("report-only stops nothing", () => {
  expect(levels("report-only")).toEqual(every("advisory"));
});

test("strict stops on everything, what is not verified included", () => {
  expect(levels("strict")).toEqual(every("mandatory"));
});

test("baseline stops version 1, credentials in user data and administrators, and accepts what account and image require", () => {
  const changed = {
    "imds-require-v2": "mandatory",
    "imds-disable-when-unneeded": "disabled",
    "userdata-no-credentials": "mandatory",
    "profile-no-admin": "mandatory",
  };
  expect(levels("baseline")).toEqual({ ...every("advisory"), ...changed });
  for (const name of ["imds-require-v2", "imds-attack-path"]) {
    const { options } = settings("baseline").get(name) ?? {};
    expect(options).toMatchObject({ acceptAccountDefault: true, acceptAmiDefault: true });
  }
});

const HOP_LIMITS = new Set(["imds-hop-limit", "imds-attack-path"]);

test("containers are the defaults, with one hop more for every machine", () => {
  const defaults = new Map(readSettings());
  expect(levels("containers")).toEqual(Object.fromEntries(RULES.map(({ name, level }) => [name, level])));
  for (const [name, { options }] of settings("containers")) {
    const expected = { ...defaults.get(name)?.options, ...(HOP_LIMITS.has(name) && { maxHopLimit: 2 }) };
    expect(options).toEqual(expected);
  }
});
