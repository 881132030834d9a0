/** Credentials, secrets and data that the role may read, each on everything of its kind. */
import { catalogue } from "../catalogue";
import type { Grant, Permissions } from "../permissions";
import { CREDENTIALS, SECRETS } from "./credentials";
import { DATA } from "./exfiltration";
import type { Exposure } from "./exposure";
import type { Code, Concern, Issue } from "./issue";
import { isRestrictable } from "./restrictable";
import { canTag } from "./self-tagging";

const NAME_THEM = "name the ones that the machine reads";

/** Issues of all three kinds, one a statement and kind. */
export function giveaways(permissions: Permissions): readonly Issue[] {
  const judge = new Judge(permissions);
  return [
    ...judge.issues(
      "credentials",
      "credentials",
      CREDENTIALS.filter(({ lasting }) => !lasting),
    ),
    ...judge.issues(
      "credentials",
      "long-lived-creds",
      CREDENTIALS.filter(({ lasting }) => lasting),
    ),
    ...judge.issues("credentials", "exfil-secrets", SECRETS),
    ...judge.issues(
      "scope",
      "exfil-data",
      DATA.filter(({ content }) => content),
      true,
    ),
    ...judge.issues(
      "scope",
      "exfil-data",
      DATA.filter(({ content }) => !content),
    ),
  ];
}

/** An exposure that works. */
interface Hit {
  readonly exposure: Exposure;
  readonly grant: Grant;
  readonly concern: Concern;
}

class Judge {
  constructor(private readonly permissions: Permissions) {}

  issues(concern: Concern, code: Code, exposures: readonly Exposure[], readsEverything = false): readonly Issue[] {
    const hits = exposures.flatMap((exposure) => this.hit(concern, code, exposure) ?? []);
    const groups = new Map<string, [Hit, ...Hit[]]>();
    for (const hit of hits) {
      const { policy, statement } = hit.grant.clause;
      const key = [hit.concern, policy.source.urn, policy.source.path, policy.managed, statement.index].join(" ");
      const group = groups.get(key);
      if (group) group.push(hit);
      else groups.set(key, [hit]);
    }
    return [...groups.values()].map((group) => issueOf(code, group, readsEverything));
  }

  private hit(concern: Concern, code: Code, exposure: Exposure): Hit | undefined {
    const action = catalogue().action(exposure.action);
    if (!action || (code === "exfil-data" && !isRestrictable(action))) return undefined;
    const { breadth, grants } = this.permissions.reach(action, exposure.target);
    const all =
      breadth === "all" ? grants : grants.filter(({ limits }) => limits.byTag && canTag(this.permissions, action));
    // A grant that works from everywhere counts before one that is bound to a network.
    const grant = all.find(({ limits }) => !limits.contextual) ?? all[0];
    if (!grant) return undefined;
    const isHeld = grant.limits.contextual && code === "exfil-secrets";
    return { exposure, grant, concern: isHeld ? "scope" : concern };
  }
}

function issueOf(code: Code, group: readonly [Hit, ...Hit[]], readsEverything: boolean): Issue {
  const [{ exposure, grant, concern }] = group;
  return {
    concern,
    code,
    clauses: [grant.clause],
    actions: group.map(({ exposure: { action } }) => action),
    target: "everything",
    gain: exposure.gain,
    fix: NAME_THEM,
    ...(readsEverything && { readsEverything }),
  };
}
