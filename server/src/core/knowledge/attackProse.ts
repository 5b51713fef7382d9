/** Makes a short plain text of a description in MITRE's data, which is Markdown with HTML tags and citations in it. */

/** Longer descriptions are cut: nobody reads more in a hover, and 850 of them are kept. */
const LIMIT = 480;
/** No first paragraph is longer than this; what follows is not looked at, whatever the file holds. */
const READ_AT_MOST = 20_000;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["gt", ">"],
  ["lbrace", "{"],
  ["lt", "<"],
  ["nbsp", " "],
  ["quot", '"'],
  ["rbrace", "}"],
]);

/** The first paragraph in one line, without citations and links; code stands between backticks. */
export function shortDescription(markdown: string): string {
  for (const paragraph of markdown.slice(0, READ_AT_MOST).split(/\n[^\S\n]*\n/)) {
    const text = plainText(paragraph);
    if (text !== "") return shortened(text);
  }
  return "";
}

function plainText(markdown: string): string {
  return withoutCitations(markdown)
    .replace(/<code>([^<>`]*)<\/code>/gi, (_all, code: string) => (code.trim() === "" ? "" : `\`${code}\``))
    .replace(/<\/?(?:code|b|i|em|strong|p|br|ul|ol|li|div|span)\s*\/?>/gi, " ")
    .replace(/\[([^[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)/g, "$1")
    .replace(/\*\*/g, "")
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:])(?= |$)/g, "$1")
    .trim();
}

/** Names of sources can have parentheses in them, so that brackets are counted. */
function withoutCitations(text: string): string {
  const OPENING = "(Citation:";
  let kept = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf(OPENING, at);
    if (start < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    at = endOfBracket(text, start);
  }
}

function endOfBracket(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Cut after a sentence if that leaves more than half, else after a word. */
function shortened(text: string): string {
  if (text.length <= LIMIT) return text;
  const head = text.slice(0, LIMIT);
  const sentenceEnd = head.lastIndexOf(". ") + 1;
  if (LIMIT / 2 < sentenceEnd && isEven(backticksIn(head.slice(0, sentenceEnd)))) {
    return head.slice(0, sentenceEnd);
  }
  const words = head.slice(0, Math.max(head.lastIndexOf(" "), LIMIT / 2));
  const open = isEven(backticksIn(words)) ? words.length : words.lastIndexOf("`");
  return `${words.slice(0, open).trimEnd()}…`;
}

function backticksIn(text: string): number {
  return text.split("`").length - 1;
}

function isEven(count: number): boolean {
  return count % 2 === 0;
}
