import { InvokeError } from "../arguments";

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

interface Network {
  readonly address: bigint;
  readonly prefix: number;
  readonly bits: number;
}

/** The address of a host in a network; a negative number counts from its end. */
export function addressAt(cidr: string, host: number): string {
  const network = read(cidr);
  const size = 1n << BigInt(network.bits - network.prefix);
  const offset = host < 0 ? size + BigInt(host) : BigInt(host);
  if (offset < 0n || offset >= size) throw new InvokeError("the network has no such host");
  return print(network.address + offset, network.bits);
}

export function netmask(cidr: string): string {
  const { prefix, bits } = read(cidr);
  if (bits !== 32) throw new InvokeError("only IPv4 networks have a netmask");
  return print(mask(prefix, bits), bits);
}

/** One of the networks that come of extending the prefix. */
export function subnet(cidr: string, newBits: number, number: number): string {
  const { address, prefix, bits } = read(cidr);
  const longer = prefix + newBits;
  if (longer > bits || BigInt(number) >= 1n << BigInt(newBits)) throw new InvokeError("the network has no such subnet");
  return `${print(address + (BigInt(number) << BigInt(bits - longer)), bits)}/${String(longer)}`;
}

/** Consecutive subnets of the given extra lengths. */
export function subnets(cidr: string, newBits: readonly number[]): string[] {
  const { address, prefix, bits } = read(cidr);
  const end = address + (1n << BigInt(bits - prefix));
  let next = address;
  return newBits.map((extra) => {
    const longer = prefix + extra;
    if (longer > bits) throw new InvokeError("the network has no subnets that small");
    const size = 1n << BigInt(bits - longer);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    if (next > end) throw new InvokeError("the network is too small for these subnets");
    return `${print(start, bits)}/${String(longer)}`;
  });
}

function mask(prefix: number, bits: number): bigint {
  return ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix);
}

function read(cidr: string): Network {
  const [, text = "", length = ""] = /^([0-9A-Fa-f.:]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  const bits = V4.test(text) ? 32 : isV6(text) ? 128 : 0;
  const prefix = Number(length);
  if (bits === 0 || prefix > bits) throw new InvokeError("the input is not a network in CIDR notation");
  const number = bits === 32 ? readV4(text) : readV6(text);
  return { address: number & mask(prefix, bits), prefix, bits };
}

/** Eight groups, or fewer with one gap; the last two may be an IPv4 address. */
function isV6(text: string): boolean {
  const [, head = text, last = ""] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  if (last !== "" && !V4.test(last)) return false;
  const parts = (last === "" ? head : `${head}0:0`).split("::");
  const groups = parts.flatMap((part) => (part === "" ? [] : part.split(":")));
  const right = parts.length === 1 ? groups.length === 8 : parts.length === 2 && groups.length < 8;
  return right && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

function readV4(text: string): bigint {
  return text.split(".").reduce((number, octet) => (number << 8n) | BigInt(octet), 0n);
}

function readV6(text: string): bigint {
  const embedded = /\d+\.\d+\.\d+\.\d+$/.exec(text)?.[0];
  const low = embedded === undefined ? 0n : readV4(embedded);
  const plain =
    embedded === undefined
      ? text
      : text.replace(embedded, `${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`);
  const [head = "", tail] = plain.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - groups(head).length - after.length }, () => "0");
  const all = tail === undefined ? groups(head) : [...groups(head), ...zeros, ...after];
  return all.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}

function print(address: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return compress(groups);
}

/** The longest run of zero groups, of two at least, becomes `::`. */
function compress(groups: readonly string[]): string {
  const joined = `:${groups.join(":")}:`;
  const runs = joined.match(/(?::0)+(?=:)/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest.length < 4) return groups.join(":");
  return joined
    .replace(`${longest}:`, "::")
    .replace(/^:(?!:)/, "")
    .replace(/([^:]):$/, "$1");
}
