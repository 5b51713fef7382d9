/** Names and addresses that stand for real ones: of the same kind, so that conditions on them stay as true as they were. */
import { parseAddress } from "../../engine/ip.ts";

export type PseudonymKind =
  | "host"
  | "id"
  | "user"
  | "person"
  | "domain"
  | "mail"
  | "mac"
  | "address"
  | "sid"
  | "secret"
  /** A name, `=`, and a secret. */
  | "parameter";

/** `taken` holds what was given out before; two texts never get the same pseudonym. */
export function pseudonymFor(
  kind: PseudonymKind,
  original: string,
  salt: string,
  taken: Map<string, string>,
): string {
  return (
    partwise(kind, original, (part, text) => pseudonymFor(part, text, salt, taken)) ??
    ownPseudonym(kind, original, salt, taken)
  );
}

/** What consists of parts that may stand alone elsewhere is made of their pseudonyms. */
function partwise(
  kind: PseudonymKind,
  original: string,
  ofPart: (kind: PseudonymKind, text: string) => string,
): string | undefined {
  switch (kind) {
    case "host": {
      const dot = original.indexOf(".");
      if (dot <= 0 || parseAddress(original) !== undefined) return undefined;
      return `${ofPart("host", original.slice(0, dot))}.${ofPart("domain", original.slice(dot + 1))}`;
    }
    case "mail": {
      const at = original.indexOf("@");
      if (at <= 0 || at === original.length - 1) return undefined;
      const domain = original.slice(at + 1);
      return `${ofPart("user", original.slice(0, at))}@${ofPart("domain", domain.toLowerCase())}`;
    }
    case "parameter": {
      const sign = original.indexOf("=");
      return `${original.slice(0, sign + 1)}${ofPart("secret", original.slice(sign + 1))}`;
    }
    default:
      return undefined;
  }
}

function ownPseudonym(
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
    case "person":
      return `Person ${tail.toUpperCase()}`;
    case "id":
      return shapedLike(original, hash);
    case "mac":
      return `00-00-5E-00-53-${(hash % 0x100).toString(16).padStart(2, "0").toUpperCase()}`;
    case "sid":
      return sidFor(original, hash);
    case "secret":
    case "parameter":
      return `redacted-${tail}`;
    case "address":
      return addressFor(original, hash);
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Where a UUID says of which kind it is. */
const UUID_VERSION = 14;
const UUID_VARIANT = 19;

/** Digits for digits, letters for letters, and all else as it is. */
function shapedLike(original: string, hash: number): string {
  const isHex = /^[0-9a-f-]*$/.test(original) || /^[0-9A-F-]*$/.test(original);
  const letters = isHex && /[a-f]/i.test(original) ? 6 : isHex ? 0 : 26;
  let state = hash;
  return [...original]
    .map((sign, i) => {
      if (UUID.test(original) && (i === UUID_VERSION || i === UUID_VARIANT)) return sign;
      state = mixed(state + i + 1);
      if (/[0-9]/.test(sign)) return String(state % 10);
      if (!/[a-zA-Z]/.test(sign) || letters === 0) return sign;
      const first = /[a-z]/.test(sign) ? "a" : "A";
      return String.fromCharCode(first.charCodeAt(0) + (state % letters));
    })
    .join("");
}

function mixed(state: number): number {
  const once = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
  return (once ^ (once >>> 13)) >>> 0;
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
