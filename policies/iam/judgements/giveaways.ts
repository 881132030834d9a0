/** Credentials, secrets and data that the role may read, each on everything of its kind. */
import { catalogue } from "../catalogue";
import { groupedBy } from "../../collections";
import { perObject } from "../../memo";
import type { Grant, Permissions } from "../permissions";
import { CREDENTIALS, SECRETS } from "./credentials";
import { DATA } from "./exfiltration";
import type { Exposure } from "./exposure";
import { causeKey, type Code, type Concern, type Issue } from "./issue";
import { isRestrictable } from "./restrictable";
import { canTag } from "./self-tagging";

const NAME_THEM = "name the ones that the machine reads";
const LEAVE_THEM = "leave keys and passwords to people and pipelines";

/** What is looked for, in the order in which it is reported. */
const KINDS: readonly Kind[] = [
  { concern: "credentials", code: "credentials", exposures: CREDENTIALS.filter(({ lasting }) => !lasting) },
  { concern: "credentials", code: "long-lived-creds", exposures: CREDENTIALS.filter(({ lasting }) => lasting) },
  { concern: "credentials", code: "exfil-secrets", exposures: SECRETS },
  { concern: "scope", code: "exfil-data", exposures: DATA },
];

interface Kind {
  readonly concern: Concern;
  readonly code: Code;
  readonly exposures: readonly Exposure[];
}

const CONTENT: ReadonlySet<Exposure> = new Set(DATA.filter(({ content }) => content));

/** Issues of all kinds, one a statement and kind. */
export function giveaways(permissions: Permissions): readonly Issue[] {
  return KINDS.flatMap((kind) => issues(permissions, kind));
}

/** An exposure that works. */
interface Hit {
  readonly exposure: Exposure;
  readonly grant: Grant;
  readonly concern: Concern;
}

function issues(permissions: Permissions, kind: Kind): readonly Issue[] {
  const hits = kind.exposures.flatMap((exposure) => hitOf(permissions, kind, exposure) ?? []);
  const groups = groupedBy(hits, ({ concern, grant }) => `${concern} ${causeKey(grant.clause)}`);
  return groups.map((group) => issueOf(kind, group));
}

function hitOf(permissions: Permissions, { concern, code }: Kind, exposure: Exposure): Hit | undefined {
  const action = known(exposure);
  if (!action || !permissions.mentions(action)) return undefined;
  if (code === "exfil-data" && !isRestrictable(action)) return undefined;
  const { breadth, grants } = permissions.reach(action, exposure.target);
  const all =
    breadth === "all"
      ? grants
      : grants.filter(({ limits: { byTag, tags } }) => byTag && canTag(permissions, action, tags));
  // A grant that works from everywhere counts before one that is bound to a network.
  const grant = all.find(({ limits }) => !limits.contextual) ?? all[0];
  if (!grant) return undefined;
  const isHeld = grant.limits.contextual && code === "exfil-secrets";
  return { exposure, grant, concern: isHeld ? "scope" : concern };
}

const known = perObject(({ action }: Exposure) => catalogue().action(action));

function issueOf({ code }: Kind, group: readonly [Hit, ...Hit[]]): Issue {
  const [{ exposure, grant, concern }] = group;
  const readsEverything = group.some((hit) => CONTENT.has(hit.exposure));
  return {
    concern,
    code,
    clauses: [grant.clause],
    actions: group.map(({ exposure: { action } }) => action),
    target: "everything",
    gain: exposure.gain,
    fix: code === "long-lived-creds" ? LEAVE_THEM : NAME_THEM,
    ...(readsEverything && { readsEverything }),
  };
}
