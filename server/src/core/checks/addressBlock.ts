/** True for `10.0.0.0/8`, `fe80::/10` and single addresses. */
export function isAddressBlock(text: string): boolean {
  const [address = "", prefix, ...others] = text.split("/");
  if (0 < others.length) return false;
  const most = address.includes(":") ? (isIpv6(address) ? 128 : -1) : isIpv4(address) ? 32 : -1;
  if (most < 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= most);
}

function isIpv4(address: string): boolean {
  const octets = address.split(".");
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) <= 255);
}

/** Eight groups; once, `::` stands for those that are zero, and an address of IPv4 for the last two. */
function isIpv6(address: string): boolean {
  const halves = address.split("::");
  if (2 < halves.length) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const endsInIpv4 = last.includes(".");
  if (endsInIpv4 && !isIpv4(last)) return false;
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (endsInIpv4 ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
