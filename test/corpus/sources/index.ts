/** Every table of sources, by the name of its file. */
import type { Case } from "../corpus";
import { bootFormats } from "./boot-formats";
import { checks } from "./checks";
import { downloads } from "./downloads";
import { interpreters } from "./interpreters";
import { languagePackages } from "./language-packages";
import { lookAlikes } from "./look-alikes";
import { scripts } from "./scripts";
import { systemPackages } from "./system-packages";
import { tools } from "./tools";
import { windows } from "./windows";

export const sources: Readonly<Record<string, readonly Case[]>> = {
  "boot-formats": bootFormats,
  checks,
  downloads,
  interpreters,
  "language-packages": languagePackages,
  "look-alikes": lookAlikes,
  scripts,
  "system-packages": systemPackages,
  tools,
  windows,
};
