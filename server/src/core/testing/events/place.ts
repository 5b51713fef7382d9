/** Where in its text an event has what. */
import { type JsonNode, type JsonStringNode, memberOf } from "../json/model.ts";
import { type FieldNode, fieldNodes } from "../json/value.ts";
import { readJson } from "../json.ts";
import { type SampleEvent } from "../sampleEvents.ts";
import { type Span, spanOf, touches } from "../../text/span.ts";

/** The document of an event as a tree; undefined if the text is not the one that the event came from. */
export function documentNode(text: string, { span, path }: SampleEvent): JsonNode | undefined {
  let node: JsonNode | undefined = readJson(text, span).node;
  for (const key of path) node = node?.kind === "object" ? memberOf(node, key)?.value : undefined;
  return node;
}

/** The innermost field that an offset stands in. */
export function fieldAt(text: string, event: SampleEvent, offset: number): FieldNode | undefined {
  const node = documentNode(text, event);
  if (node === undefined) return undefined;
  let found: FieldNode | undefined;
  for (const field of fieldNodes(node)) {
    const { keySpan, value } = field.member;
    if (touches(spanOf(keySpan.start, value.span.end), offset)) found = field;
  }
  return found;
}

/** The event that an offset stands in; `events` are in the order of the text. */
export function eventAt(events: readonly SampleEvent[], offset: number): SampleEvent | undefined {
  let [low, high] = [0, events.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event === undefined) return undefined;
    if (offset < event.span.start) high = middle - 1;
    else if (event.span.end < offset) low = middle + 1;
    else return event;
  }
  return undefined;
}

/** A part of a text of JSON; all of it where the two do not run side by side. */
export function spanInText({ map, span }: JsonStringNode, inner: Span): Span {
  return map === undefined ? span : map.toHostSpan(inner);
}
