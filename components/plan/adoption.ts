import type { HardenedInstanceArgs } from "../args";
import { found, type Problem } from "./problems";

/** What would never reach a machine that runs already. */
export function adoptionProblems(args: HardenedInstanceArgs): readonly Problem[] {
  if (args.adopt === undefined) return [];
  const {
    imds,
    patching,
    allowedUsers,
    containerHost,
    containerInterfaces,
    secrets = [],
    userData,
    rebootWindow,
  } = args;
  const reason =
    "never reaches the machine that adopt takes over: user data runs at the first boot, which it has behind it. Leave this out, and set the machine up by hand or replace it.";
  const given: readonly (readonly [keyof HardenedInstanceArgs, boolean])[] = [
    ["imds", imds === "boot-only"],
    ["allowedUsers", allowedUsers !== undefined],
    ["containerHost", containerHost === true],
    ["containerInterfaces", containerInterfaces !== undefined],
    ["secrets", secrets.length > 0],
    ["userData", userData !== undefined],
    ["patching", patching !== undefined && patching !== "off"],
    ["rebootWindow", rebootWindow !== undefined],
    ["replaceOnNewUserData", args.replaceOnNewUserData === true],
  ];
  return found(...given.map(([property, isGiven]) => isGiven && { property, reason }));
}
