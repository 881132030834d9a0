/** Every table of credentials, by the name of its file. */
import type { Case } from "../corpus";
import { accounts } from "./accounts";
import { applications } from "./applications";
import { bootFormats } from "./boot-formats";
import { clients } from "./clients";
import { cloudConfig } from "./cloud-config";
import { clouds } from "./clouds";
import { containers } from "./containers";
import { databases } from "./databases";
import { infrastructure } from "./infrastructure";
import { keys } from "./keys";
import { lookAlikes } from "./look-alikes";
import { monitoring } from "./monitoring";
import { networks } from "./networks";
import { programs } from "./programs";
import { references } from "./references";
import { servers } from "./servers";
import { services } from "./services";
import { settings } from "./settings";
import { shell } from "./shell";
import { storage } from "./storage";
import { stores } from "./stores";
import { vendors } from "./vendors";
import { windows } from "./windows";

export const credentials: Readonly<Record<string, readonly Case[]>> = {
  accounts,
  applications,
  "boot-formats": bootFormats,
  clients,
  "cloud-config": cloudConfig,
  clouds,
  containers,
  databases,
  infrastructure,
  keys,
  "look-alikes": lookAlikes,
  monitoring,
  networks,
  programs,
  references,
  servers,
  services,
  settings,
  shell,
  storage,
  stores,
  vendors,
  windows,
};
