import type { Properties } from "../../../policies/machine/resource";
import { derived, derivedUuid } from "../../hash";
import { scalarText } from "../../values";
import { InvokeError } from "../arguments";
import { COLLECTIONS } from "./collections";
import { ENCODING } from "./encoding";
import { NUMBERS } from "./numbers";
import { TEXT } from "./text";

const FUNCTIONS = new Map(Object.entries({ ...TEXT, ...ENCODING, ...COLLECTIONS, ...NUMBERS }));

// They read the disk of whoever runs the program, or need a private key.
const LOCAL = new Set(
  (
    "abspath file filebase64 filebase64sha256 filebase64sha512 fileexists filemd5 filesha1 filesha256 filesha512 " +
    "pathexpand rsadecrypt"
  ).split(" "),
);

const BCRYPT_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Functions whose result differs from run to run: one that is always the same stands for it. */
const VARYING = new Map<string, (args: Properties) => string>([
  ["bcrypt", (args) => `$2a$10$${derived(`bcrypt ${scalarText(args.input)}`, 53, BCRYPT_ALPHABET)}`],
  ["timestamp", () => "2024-01-01T00:00:00Z"],
  ["uuid", () => derivedUuid("std uuid")],
]);

/** A function of the std package: its result, and whether it is one of many that a run could give. */
export function std(name: string, args: Properties): { readonly result: unknown; readonly varies: boolean } {
  const varying = VARYING.get(name);
  if (varying !== undefined) return { result: varying(args), varies: true };
  if (LOCAL.has(name)) throw new InvokeError(`std.${name} reads the disk of the machine that runs the program`);
  const run = FUNCTIONS.get(name);
  if (run === undefined) throw new InvokeError(`the std package has no function ${name}`);
  return { result: run(args), varies: false };
}
