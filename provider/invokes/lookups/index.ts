import { EC2 } from "./ec2";
import { SERVICES } from "./services";
import type { Lookup } from "./shape";

export { INNER_VALUES } from "./services";

/**
 * The shape of what only AWS knows. Arguments of the call take precedence; `{name}` and its like are arguments, which
 * come back as made up where the call leaves them open.
 */
export const LOOKUPS: ReadonlyMap<string, Lookup> = new Map([...EC2, ...SERVICES]);
