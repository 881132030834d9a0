/** How the Pulumi CLI makes a preview that tells of all resources, those that do not change included. */
export const PREVIEW = "pulumi preview --json --show-sames";

/** The same, judged. */
export const JUDGE_PREVIEW = `${PREVIEW} | ec2-hardening check -`;
