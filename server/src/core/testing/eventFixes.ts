/** What can be done about findings in an events file: values that give way to pseudonyms, times that are written down. */
import { momentText } from "../engine/value.ts";
import { type Edit, type Fix } from "../text/edit.ts";
import { encloses, type Span, spanOf, textAt } from "../text/span.ts";
import { valueAt } from "./events/edit.ts";
import { documentNode, eventAt } from "./events/place.ts";
import { eventTimes } from "./events/times.ts";
import { type JsonNode } from "./json/model.ts";
import { fieldNodes } from "./json/value.ts";
import { type SampleEvent } from "./sampleEvents.ts";
import { pseudonymFor, type PseudonymKind } from "./scrub/pseudonym.ts";
import { pseudonymsFor, scrubEdits, type ScrubOptions } from "./scrub.ts";

/** Replaces one value wherever it stands in the file, or everything that tells of people, hosts and networks. */
export function scrubFixes(
  text: string,
  events: readonly SampleEvent[],
  span: Span,
  kind: "secret" | "personal",
  options: ScrubOptions,
): readonly Fix[] {
  const original = textAt(text, span);
  const replacement = pseudonymFor(kindOf(kind, original), original, options.salt, new Map());
  const one: Fix = {
    title: `Replace it by ${replacement} in the whole file`,
    safety: "unsafe",
    edits: editsFor(text, events, span, replacement),
  };
  const documents = events.map(({ document }) => document);
  const all = scrubEdits(text, events, pseudonymsFor(documents, options));
  const title = "Replace all hosts, users, addresses and secrets of the file";
  return all.length === 0 ? [one] : [one, { title, safety: "unsafe", edits: all }];
}

function kindOf(kind: "secret" | "personal", original: string): PseudonymKind {
  if (kind === "secret") return "secret";
  return original.includes("@") ? "mail" : "user";
}

function editsFor(
  text: string,
  events: readonly SampleEvent[],
  span: Span,
  replacement: string,
): readonly Edit[] {
  const original = textAt(text, span);
  // Of a private key, its first line is found: what comes after it has to go too.
  const whole = original.startsWith("-----BEGIN") ? stringAround(text, events, span) : undefined;
  if (whole !== undefined) return [{ span: whole, text: JSON.stringify(replacement) }];
  const entries = [{ kind: kindOf("personal", original), original, replacement }];
  const edits = scrubEdits(text, events, { entries });
  const isReached = edits.some((edit) => encloses(edit.span, span));
  return isReached ? edits : [{ span, text: replacement }];
}

function stringAround(text: string, events: readonly SampleEvent[], span: Span): Span | undefined {
  const event = eventAt(events, span.start);
  const node = event && documentNode(text, event);
  if (node === undefined) return undefined;
  for (const { member } of fieldNodes(node)) {
    const found = stringsIn(member.value).find((one) => encloses(one.span, span));
    if (found !== undefined) return found.span;
  }
  return undefined;
}

function stringsIn(node: JsonNode): readonly JsonNode[] {
  if (node.kind === "array") return node.items.flatMap(stringsIn);
  return node.kind === "string" ? [node] : [];
}

/** Writes the times that are assumed, as the first field of each event that has none. */
export function timeFix(
  text: string,
  events: readonly SampleEvent[],
  timestampField: string,
): Fix | undefined {
  const { timeFor } = eventTimes(events, timestampField);
  const edits = events.flatMap((event): Edit[] => {
    const time = timeFor(event);
    if (time === undefined || valueAt(event.document, timestampField) !== undefined) return [];
    const node = documentNode(text, event);
    if (node?.kind !== "object") return [];
    const at = node.span.start + 1;
    const comma = node.members.length === 0 ? "" : ",";
    const field = `${JSON.stringify(timestampField)}:${JSON.stringify(momentText(time))}${comma}`;
    return [{ span: spanOf(at, at), text: field }];
  });
  if (edits.length === 0) return undefined;
  return { title: "Write down the times that are assumed", safety: "safe", edits };
}
