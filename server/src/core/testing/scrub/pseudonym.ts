/** Names and addresses that stand for real ones: of the same kind, so that conditions on them stay as true as they were. */
import { parseAddress } from "../../engine/ip.ts";

export type PseudonymKind = "host" | "id" | "user" | "domain" | "mail" | "mac" | "address" | "sid" | "secret";

/** `taken` holds what was given out before; two texts never get the same pseudonym. */
export function pseudonymFor(
  kind: PseudonymKind,
  original: string,
  salt: string,
  taken: Map<string, string>,
): string {
  for (let attempt = 0; ; attempt++) {
    const hash = hashOf(`${salt} ${kind} ${original.toLowerCase()} ${attempt}`);
    const pseudonym = madeFrom(kind, original, hash);
    const owner = taken.get(pseudonym) ?? original.toLowerCase();
    if (owner !== original.toLowerCase() && attempt < MOST_ATTEMPTS) continue;
    taken.set(pseudonym, owner);
    return pseudonym;
  }
}

/** Where all names of a kind are given out, two get the same. */
const MOST_ATTEMPTS = 1000;

function madeFrom(kind: PseudonymKind, original: string, hash: number): string {
  const tail = (hash % 0x10000).toString(16).padStart(4, "0");
  switch (kind) {
    case "host":
      return inCaseOf(original, `host-${tail}`);
    case "user":
      return original.endsWith("$") ? inCaseOf(original, `host-${tail}$`) : `user-${tail}`;
    case "domain":
      return inCaseOf(original, original.includes(".") ? `corp-${tail}.example.com` : `corp-${tail}`);
    case "mail":
      return `user-${tail}@example.com`;
    case "id":
      return `00000000-0000-4000-8000-${hash.toString(16).padStart(12, "0")}`;
    case "mac":
      return `00-00-5E-00-53-${(hash % 0x100).toString(16).padStart(2, "0").toUpperCase()}`;
    case "sid":
      return sidFor(original, hash);
    case "secret":
      return `redacted-${tail}`;
    case "address":
      return addressFor(original, hash);
  }
}

/** Accounts with a number below 1000, such as the administrator's, have it everywhere. */
function sidFor(original: string, hash: number): string {
  const own = Number(original.slice(original.lastIndexOf("-") + 1));
  return `S-1-5-21-1000000001-1000000002-1000000003-${own < 1000 ? own : 1000 + (hash % 9000)}`;
}

/** `FIN-WS-042` becomes `HOST-7F3A`, `fin-ws-042` `host-7f3a`. */
function inCaseOf(original: string, pseudonym: string): string {
  return original !== original.toLowerCase() && original === original.toUpperCase()
    ? pseudonym.toUpperCase()
    : pseudonym;
}

/** An address of the same kind. Loopback, link-local and multicast addresses are the same everywhere, and stay. */
function addressFor(original: string, hash: number): string {
  const address = parseAddress(original);
  if (typeof address === "bigint") return longAddressFor(original, hash);
  if (address === undefined) return original;
  const [first, second] = [address >>> 24, (address >>> 16) & 0xff];
  const low = `${((hash >>> 8) % 254) + 1}.${(hash % 254) + 1}`;
  if (first === 10) return `10.20.${low}`;
  if (first === 172 && 16 <= second && second <= 31) return `172.20.${low}`;
  if (first === 192 && second === 168) return `192.168.${low}`;
  if (first === 0 || first === 127 || 224 <= first || (first === 169 && second === 254)) return original;
  if (first === 100 && 64 <= second && second <= 127) return `100.64.${low}`;
  return PUBLIC.has(first * 256 + second) ? original : `89.160.${low}`;
}

/** Resolvers that everybody uses, and blocks for documentation: 1.1, 8.8, 9.9, 192.0, 198.51, 203.0. */
const PUBLIC: ReadonlySet<number> = new Set([0x0101, 0x0808, 0x0909, 0xc000, 0xc633, 0xcb00]);

function longAddressFor(original: string, hash: number): string {
  const lower = original.toLowerCase();
  const tail = `${(hash >>> 16).toString(16)}:${(hash & 0xffff).toString(16)}`;
  if (/^(?:::1?$|ff)/.test(lower)) return original;
  if (/^fe[89ab]/.test(lower)) return `fe80::${tail}`;
  if (/^f[cd]/.test(lower)) return `fd00::${tail}`;
  return /^2001:db8:/.test(lower) ? original : `2a02:cf40::${tail}`;
}

/** FNV-1a: no secret, but short and the same everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
