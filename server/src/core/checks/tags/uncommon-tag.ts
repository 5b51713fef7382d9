import { spellingDistance } from "../../base/spellingDistance.ts";
import { namesAfter, tagSpeltLike } from "../../knowledge/ruleTags.ts";
import { type PlaceCheck } from "../check.ts";
import { prefixOf, replaceTag, ruleTags } from "../ruleTags.ts";

export const uncommonTag: PlaceCheck = {
  id: "tags/uncommon-tag",
  on: "place",
  severity: "info",
  customSeverity: "hint",
  since: "0.1.0",
  when: "keystroke",
  summary: "A tag that is nearly one of Elastic's rules.",
  why: "No public rule writes it so, or only a few of those that have it. Who filters rules in Kibana by the usual tag does not find this one. Nothing refuses it.",
  bad: `[rule]
type = "eql"
tags = ["Use Case: Threat Detecion"]
`,
  good: `[rule]
type = "eql"
tags = ["Use Case: Threat Detection"]
`,
  *run(rule, { repository }) {
    if (repository.bypasses.has("tags")) return;
    for (const item of ruleTags(rule)?.items ?? []) {
      const known = tagSpeltLike(item.value);
      if (known?.isSettled === true || known?.tag === item.value) continue;
      const meant = known?.tag ?? nearlyThis(item.value);
      if (meant === undefined) continue;
      const message =
        known === undefined ? `Probably \`${meant}\` is meant` : `Most rules write \`${meant}\``;
      yield { span: item.span, message, fixes: replaceTag(item, meant) };
    }
  },
};

/** The tag that has one word otherwise, by a slip of the keys. Short words and abbreviations are too much alike to tell. */
function nearlyThis(tag: string): string | undefined {
  const prefix = prefixOf(tag);
  if (prefix === undefined) return undefined;
  const name = tag.slice(prefix.length).trim();
  const meant = namesAfter(prefix).find((known) => isSlip(name.split(/\s+/), known.split(" ")));
  return meant === undefined ? undefined : `${prefix} ${meant}`;
}

function isSlip(words: readonly string[], known: readonly string[]): boolean {
  const different = words.flatMap((word, i) => (word === known[i] ? [] : [[word, known[i] ?? ""] as const]));
  const [pair] = different;
  if (words.length !== known.length || different.length !== 1 || pair === undefined) return false;
  const [word, meant] = pair;
  return isPlain(word) && isPlain(meant) && spellingDistance(word, meant) <= (meant.length < 8 ? 1 : 2);
}

/** Five letters or more, capitals only in front. */
function isPlain(word: string): boolean {
  return /^\p{L}\p{Ll}{4,}$/u.test(word);
}
