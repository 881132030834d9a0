/** Every table of metadata calls, by the name of its file. */
import type { Case } from "../corpus";
import { lookAlikes } from "./look-alikes";
import { programs } from "./programs";
import { shell } from "./shell";
import { software } from "./software";
import { windows } from "./windows";
import { written } from "./written";

export const metadataCalls: Readonly<Record<string, readonly Case[]>> = {
  "look-alikes": lookAlikes,
  programs,
  shell,
  software,
  windows,
  written,
};
