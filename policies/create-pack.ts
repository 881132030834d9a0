/** Policy packs of other people: their own rules beside those of this package. */
import type * as PolicySdk from "@pulumi/policy";
import type * as PackModule from "./pack";
import { COMMON_OPTIONS } from "./rules/options";
import type { Rule } from "./rules/rule";
import { UNVERIFIED } from "./unverified";
import { NOT_POLICIES } from "./settings";

/** What a policy pack is made of. */
export interface PackArgs {
  /**
   * Every rule of the pack, in the order in which they are listed: `[...rules, myRule]` has those of this package too.
   * Without `unverified-at-preview` among them, nothing lists what could not be judged.
   */
  readonly rules: readonly Rule[];
}

/**
 * Makes the policy pack of the process that Pulumi has started, with both passes for every rule. Call it once, from the
 * main file of a directory with a `PulumiPolicy.yaml` and a `package.json` that has a version.
 *
 * @param name of the pack, as Pulumi shows it
 * @throws Error where two rules have one name, or a name or an option cannot be told apart in a configuration file
 */
export function createPack(name: string, { rules }: PackArgs): void {
  checkRules(rules);
  // What collects from others comes last, wherever it stands.
  const ordered = [...rules].sort((a, b) => Number(a.name === UNVERIFIED) - Number(b.name === UNVERIFIED));
  /* eslint-disable @typescript-eslint/no-require-imports -- programs that import this package start no policy pack */
  const { PolicyPack } = require("@pulumi/policy") as typeof PolicySdk;
  const { policies } = require("./pack") as typeof PackModule;
  /* eslint-enable @typescript-eslint/no-require-imports */
  new PolicyPack(name, { policies: policies(ordered) });
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** What a configuration file says of a policy beside its own options. */
const TAKEN: ReadonlySet<string> = new Set(["enforcementLevel", ...Object.keys(COMMON_OPTIONS)]);

/** Rules that a configuration file could not tell apart. */
function checkRules(rules: readonly Rule[]): void {
  const names = new Set<string>();
  for (const { name, options } of rules) {
    if (!NAME.test(name) || NOT_POLICIES.has(name)) {
      throw new Error(`${JSON.stringify(name)} cannot name a rule. A correct example: "acme-edge-without-metadata"`);
    }
    if (names.has(name)) throw new Error(`two rules are called ${name}. Prefix your own: acme-${name}`);
    names.add(name);
    const taken = Object.keys(options).find((option) => TAKEN.has(option));
    if (taken !== undefined) throw new Error(`${name}: every policy has the option ${taken} already. Rename yours.`);
  }
}
