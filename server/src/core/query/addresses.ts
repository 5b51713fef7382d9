/** Whether a text is an address as fields of the type `ip` take it. What it means is the engine's business. */

export function isAddress(text: string): boolean {
  return text.includes(":") ? isVersion6(text) : isVersion4(text);
}

/** `10.0.0.0/8`, `fe80::/10`, or an address alone. */
export function isAddressOrBlock(text: string): boolean {
  const slash = text.indexOf("/");
  if (slash === -1) return isAddress(text);
  const [address, prefix] = [text.slice(0, slash), text.slice(slash + 1)];
  const most = address.includes(":") ? 128 : 32;
  return isAddress(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= most;
}

function isVersion4(text: string): boolean {
  const octets = text.split(".");
  return (
    octets.length === 4 && octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)
  );
}

/** Eight groups; once, `::` stands for those that are zero, and an address of version 4 for the last two. */
function isVersion6(text: string): boolean {
  if (MOST_LENGTH < text.length) return false;
  const halves = text.split("::");
  if (2 < halves.length) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const hasVersion4 = last.includes(".");
  if (hasVersion4 && !isVersion4(last)) return false;
  const plain = hasVersion4 ? groups.slice(0, -1) : groups;
  const count = plain.length + (hasVersion4 ? 2 : 0);
  const isCounted = halves.length === 2 ? count < 8 : count === 8;
  return isCounted && plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
}

const MOST_LENGTH = 45;
