/** Addresses inside of blocks, and some of every kind. */

/** Private and public ones, and such as stand for no host. */
export const SOME_ADDRESSES: readonly string[] = [
  "89.160.20.112",
  "81.2.69.142",
  "10.20.30.41",
  "192.168.1.23",
  "172.16.4.5",
  "175.16.199.1",
  "67.43.156.12",
  "127.0.0.1",
  "169.254.10.20",
  "100.64.0.7",
  "224.0.0.251",
  "2a02:cf40::21",
  "fd00::21",
  "fe80::21",
  "::1",
  "0.0.0.0",
];

/** A few hosts of the block, or the address itself. */
export function* addressesIn(block: string): Generator<string> {
  const [base = "", prefix] = block.split("/");
  if (base.includes(":")) {
    yield base.endsWith("::") ? `${base}21` : base;
    yield base;
    return;
  }
  const parts = base.split(".").map(Number);
  if (prefix !== undefined && Number(prefix) <= 24) yield [...parts.slice(0, 3), 21].join(".");
  if (prefix !== undefined && Number(prefix) <= 16) yield [...parts.slice(0, 2), 7, 21].join(".");
  const last = parts[3] ?? 0;
  if (prefix !== undefined && Number(prefix) <= 30) yield [...parts.slice(0, 3), last + 1].join(".");
  yield base;
}
