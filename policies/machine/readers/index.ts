/** Every resource type that the machine model reads. A new type goes into the file of its family. */
import type { Reader } from "../parts";
import { readers as account } from "./account";
import { readers as beanstalk } from "./beanstalk";
import { readers as containers } from "./containers";
import { readers as fleet } from "./fleet";
import { readers as instance } from "./instance";
import { readers as managed } from "./managed";
import { readers as template } from "./template";

/** Readers by type token. */
export const READERS: ReadonlyMap<string, Reader> = new Map(
  [instance, template, fleet, containers, managed, beanstalk, account].flatMap((family) => Object.entries(family)),
);
