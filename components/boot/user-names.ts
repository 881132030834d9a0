/** A user or a group by name: nothing in it means anything to a shell, to nftables or to systemd. */
export const USER_NAME = String.raw`[a-z_][a-z\d_.-]{0,31}`;

const WHOLE = new RegExp(`^${USER_NAME}$`);

export function isUserName(name: string): boolean {
  return WHOLE.test(name);
}
