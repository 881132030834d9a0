import type { Identity } from "./forms";
import { MACHINES } from "./machines";
import { NATIVE } from "./native";
import { SERVICES } from "./services";
import { STORES } from "./stores";

export type { Identity } from "./forms";

/** Ids and ARNs as AWS forms them, by type. */
export const IDENTITIES: ReadonlyMap<string, Identity> = new Map([...MACHINES, ...SERVICES, ...STORES, ...NATIVE]);
