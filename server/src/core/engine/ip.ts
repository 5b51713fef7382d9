/** Addresses of IPv4 and IPv6, and blocks of them. */
import ipaddr from "ipaddr.js";

/** IPv4 as a number, IPv6 as a bigint. An IPv4 address inside of IPv6 is the IPv4 address. */
export type Address = number | bigint;

export interface AddressBlock {
  readonly contains: (address: Address) => boolean;
}

const MAPPED = 0xffffn << 32n;

/** Undefined if the text is no address. */
export function parseAddress(text: string): Address | undefined {
  const short = parseVersion4(text, text.length);
  if (short !== undefined) return short;
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return undefined;
  const long = ipaddr.IPv6.parse(text).parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n);
  return long >> 32n === 0xffffn ? Number(long & 0xffffffffn) : long;
}

/** The one way in which an address is written, so that texts can be compared; undefined if it is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  if (typeof address === "bigint") return ipaddr.IPv6.parse(text).toRFC5952String();
  return text.includes(":") ? dotted(address) : text;
}

export function compareAddresses(left: Address, right: Address): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  const [one, other] = [long(left), long(right)];
  return one < other ? -1 : other < one ? 1 : 0;
}

/** `10.0.0.0/8`, `fe80::/10`, or an address alone. Bits of the host are ignored. Undefined if it is neither. */
export function parseBlock(text: string): AddressBlock | undefined {
  const slash = text.indexOf("/");
  const base = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (base === undefined) return undefined;
  const isLong = text.includes(":");
  const width = isLong ? 128 : 32;
  const digits = slash === -1 ? String(width) : text.slice(slash + 1);
  const prefix = /^\d{1,3}$/.test(digits) ? Number(digits) : NaN;
  if (!(prefix <= width)) return undefined;
  if (!isLong && typeof base === "number") {
    const size = 2 ** (32 - prefix);
    const first = base - (base % size);
    const last = first + size - 1;
    return { contains: (address) => typeof address === "number" && first <= address && address <= last };
  }
  const size = 1n << BigInt(128 - prefix);
  const first = long(base) - (long(base) % size);
  const last = first + size - 1n;
  return {
    contains(address) {
      const wide = long(address);
      return first <= wide && wide <= last;
    },
  };
}

function long(address: Address): bigint {
  return typeof address === "bigint" ? address : MAPPED | BigInt(address);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join(".");
}

/** Four numbers up to 255 without leading zeros. Read by hand, for this is done for every event. */
function parseVersion4(text: string, length: number): number | undefined {
  if (length < 7 || 15 < length) return undefined;
  let address = 0;
  let part = 0;
  let digitCount = 0;
  let partCount = 0;
  for (let i = 0; i <= length; i++) {
    const code = i === length ? 46 : text.charCodeAt(i);
    if (code === 46) {
      if (digitCount === 0) return undefined;
      address = address * 256 + part;
      partCount++;
      part = 0;
      digitCount = 0;
      continue;
    }
    if (code < 48 || 57 < code || (digitCount !== 0 && part === 0)) return undefined;
    part = part * 10 + code - 48;
    digitCount++;
    if (255 < part) return undefined;
  }
  return partCount === 4 ? address : undefined;
}
