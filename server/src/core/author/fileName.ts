/** File names of rules, as Elastic's tools want them: the first tactic, then the name, in small letters. */

export function ruleFileName(name: string, tactic: string | undefined): string {
  const begin = tactic === undefined ? "" : `${plain(tactic)}_`;
  const rest = plain(name);
  return `${rest.startsWith(begin) ? rest : `${begin}${rest}`}.toml`;
}

/** Longer names are a burden in every list of files. */
const LONGEST = 80;

function plain(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const lastWord = words.lastIndexOf("_", LONGEST);
  const short = words.length <= LONGEST ? words : words.slice(0, lastWord < 0 ? LONGEST : lastWord);
  return short === "" ? "rule" : short;
}
