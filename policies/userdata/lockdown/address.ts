/** Addresses and networks that the metadata service's addresses lie in. */
import { FAMILIES, type Family } from "./packet";

/** Groups of 16 bits of 169.254.169.254, and of fd00:ec2::254. */
const ADDRESSES: Readonly<Record<Family, readonly number[]>> = {
  v4: [0xa9fe, 0xa9fe],
  v6: [0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x254],
};

/** The families whose metadata address is the given one, or lies in the given network. */
export function familiesIn(text: string): readonly Family[] {
  const [host = "", length] = text.split("/", 2);
  const groups = groupsOf(host);
  return FAMILIES.filter((family) => {
    const address = ADDRESSES[family];
    if (groups?.length !== address.length) return false;
    return sameBits(groups, address, length === undefined ? address.length * 16 : Number(length));
  });
}

function sameBits(one: readonly number[], other: readonly number[], bits: number): boolean {
  if (!(bits >= 0)) return false;
  return one.every((group, index) => {
    const kept = Math.min(16, Math.max(0, bits - index * 16));
    const mask = (0xffff << (16 - kept)) & 0xffff;
    return ((group ^ (other[index] ?? 0)) & mask) === 0;
  });
}

function groupsOf(host: string): readonly number[] | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) {
    const [a = 0, b = 0, c = 0, d = 0] = host.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  }
  if (!/^[\da-f:]{2,39}$/i.test(host) || !host.includes(":")) return undefined;
  const [head = "", tail] = host.split("::", 2);
  const read = (part: string): number[] => (part === "" ? [] : part.split(":").map((group) => parseInt(group, 16)));
  const [first, last] = [read(head), tail === undefined ? [] : read(tail)];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return zeros < 0 ? undefined : [...first, ...Array<number>(zeros).fill(0), ...last];
}
