/** Replaces what tells of people, hosts and networks in events by pseudonyms: the same for the same, wherever it stands. */
import { type JsonObject, type JsonValue, isObject } from "../engine/event.ts";
import { type Edit } from "../text/edit.ts";
import { pseudonymFor, type PseudonymKind } from "./scrub/pseudonym.ts";
import { identities, looseIdentities } from "./scrub/identities.ts";
import { fieldNodes } from "./json/value.ts";
import { documentNode } from "./events/place.ts";
import { type SampleEvent } from "./sampleEvents.ts";
import { type JsonNode } from "./json/model.ts";

export interface ScrubOptions {
  /** Texts that stay, such as those that the rule asks for. Letters may differ in case. */
  readonly keep: ReadonlySet<string>;
  /** With the same word the same pseudonyms come out, and with another one others. */
  readonly salt: string;
}

/** What stands for what. Longer texts come first: they may hold shorter ones. */
export interface Pseudonyms {
  readonly entries: readonly Pseudonym[];
}

export interface Pseudonym {
  readonly kind: PseudonymKind;
  readonly original: string;
  readonly replacement: string;
}

export function pseudonymsFor(documents: readonly JsonObject[], options: ScrubOptions): Pseudonyms {
  const keep = new Set([...options.keep].map((text) => text.toLowerCase()));
  const found = new Map<string, PseudonymKind>();
  // What is a user here and a person there is one and the same.
  const kinds = new Map<string, PseudonymKind>();
  const all = documents.flatMap((document) => [...identities(document), ...looseIdentities(document)]);
  for (const { kind, text } of all) {
    const letters = text.toLowerCase();
    if (keep.has(letters) || found.has(text)) continue;
    const first = kinds.get(letters) ?? kind;
    kinds.set(letters, first);
    found.set(text, first);
  }
  splitLogins(found, keep);
  const taken = new Map<string, string>();
  const entries = [...found].flatMap(([original, kind]): Pseudonym[] => {
    const replacement = pseudonymFor(kind, original, options.salt, taken);
    return replacement === original ? [] : [{ kind, original, replacement }];
  });
  return { entries: entries.toSorted((a, b) => b.original.length - a.original.length) };
}

/** `jo@web-7.acme.org` may be a user and a host, and no address of mail. */
function splitLogins(found: Map<string, PseudonymKind>, keep: ReadonlySet<string>): void {
  const hosts = new Set([...found].flatMap(([text, kind]) => (kind === "host" ? [text.toLowerCase()] : [])));
  for (const [text, kind] of [...found]) {
    const at = text.indexOf("@");
    if (kind !== "mail" || !hosts.has(text.slice(at + 1).toLowerCase())) continue;
    found.delete(text);
    const user = text.slice(0, at);
    if (!found.has(user) && !keep.has(user.toLowerCase())) found.set(user, "user");
  }
}

/** Texts that tell of somebody and stay, as the rule asks for them. */
export function keptIn(documents: readonly JsonObject[], { keep }: ScrubOptions): readonly string[] {
  const wanted = new Set([...keep].map((text) => text.toLowerCase()));
  const all = documents.flatMap((document) => [...identities(document), ...looseIdentities(document)]);
  return [...new Set(all.map(({ text }) => text).filter((text) => wanted.has(text.toLowerCase())))].sort();
}

/** The document with all of its texts replaced; keys stay. */
export function scrubbedDocument(document: JsonObject, pseudonyms: Pseudonyms): JsonObject {
  const replace = replacer(pseudonyms);
  const scrub = (value: JsonValue): JsonValue => {
    if (typeof value === "string") return replace(value);
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(scrub); // Just checked.
    return isObject(value) ? scrubObject(value) : value;
  };
  const scrubObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, value === undefined ? value : scrub(value)]),
    );
  return scrubObject(document);
}

/** The edits that scrub a file in place, value by value. */
export function scrubEdits(
  text: string,
  events: readonly SampleEvent[],
  pseudonyms: Pseudonyms,
): readonly Edit[] {
  const replace = replacer(pseudonyms);
  const edits: Edit[] = [];
  const visit = (node: JsonNode): void => {
    if (node.kind === "array") node.items.forEach(visit);
    if (node.kind !== "string") return;
    const scrubbed = replace(node.value);
    if (scrubbed !== node.value) edits.push({ span: node.span, text: JSON.stringify(scrubbed) });
  };
  for (const event of events) {
    const node = documentNode(text, event);
    if (node === undefined) continue;
    for (const { member } of fieldNodes(node)) visit(member.value);
  }
  return edits;
}

/** Whole words only: `bob` in `bobsled` is nobody. Paths, command lines and addresses are looked through. */
function replacer({ entries }: Pseudonyms): (text: string) => string {
  const byText = new Map(entries.map(({ original, replacement }) => [original, replacement]));
  const byLetters = new Map(
    entries.map(({ original, replacement }) => [original.toLowerCase(), replacement]),
  );
  if (byText.size === 0) return (text) => text;
  return (text) => {
    const whole = byText.get(text) ?? byLetters.get(text.toLowerCase());
    if (whole !== undefined) return whole;
    let result = text;
    let letters = text.toLowerCase();
    for (const { original, replacement } of entries) {
      if (!letters.includes(original.toLowerCase())) continue;
      result = withWords(result, original, (written) => byText.get(written) ?? replacement);
      letters = result.toLowerCase();
    }
    return result;
  };
}

/** Of texts that differ in the case of their letters alone, each has its own. */
function withWords(text: string, word: string, replacementOf: (written: string) => string): string {
  const lower = text.toLowerCase();
  const wanted = word.toLowerCase();
  if (lower.length !== text.length || !lower.includes(wanted)) return text;
  let result = "";
  let copied = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    if (isWordPart(text, at - 1, word, 0) || isWordPart(text, end, word, word.length - 1)) continue;
    result += text.slice(copied, at) + replacementOf(text.slice(at, end));
    copied = end;
  }
  return result + text.slice(copied);
}

/** Would the word go on there? Between a letter and a sign it ends anyway. */
function isWordPart(text: string, at: number, word: string, edge: number): boolean {
  return WORD.test(text.charAt(at)) && WORD.test(word.charAt(edge));
}

const WORD = /[\p{L}\p{N}_]/u;
