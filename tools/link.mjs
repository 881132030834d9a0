// Lets programs in this repository import ec2-hardening by its name, as programs that have it installed do.
import { lstatSync, symlinkSync } from "node:fs";

const LINK = "node_modules/ec2-hardening";

if (lstatSync(LINK, { throwIfNoEntry: false }) === undefined) symlinkSync("..", LINK, "junction");
