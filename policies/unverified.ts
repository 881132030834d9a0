/** Name of the policy that lists what the others could not judge. */
export const UNVERIFIED = "unverified-at-preview";
