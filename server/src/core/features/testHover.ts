/** Hovers in files of sample events and in manifests of test cases. */
import { eventAt, fieldAt } from "../testing/events/place.ts";
import { manifestWordAt } from "../testing/cases/manifestAt.ts";
import { type ManifestKey } from "../testing/cases/manifestKeys.ts";
import { type SampleEvent } from "../testing/sampleEvents.ts";
import { touches } from "../text/span.ts";
import { type FieldContext, fieldMarkdown } from "./fieldText.ts";
import { type Hover } from "./hover.ts";
import { manifestTypeText } from "./manifestCompletion.ts";
import { codeBlock, paragraphs } from "./markdown.ts";

/** Of the field that the offset stands in; undefined while no fields are known. */
export function eventHover(
  text: string,
  events: readonly SampleEvent[],
  offset: number,
  fields: FieldContext | undefined,
): Hover | undefined {
  const event = eventAt(events, offset);
  const field = event && fieldAt(text, event, offset);
  if (field === undefined || fields === undefined) return undefined;
  const { keySpan, value } = field.member;
  const isNested = value.kind === "object" && !touches(keySpan, offset);
  return isNested ? undefined : { span: keySpan, markdown: fieldMarkdown(field.name, fields) };
}

export function manifestHover(
  text: string,
  offset: number,
  fields: FieldContext | undefined,
): Hover | undefined {
  const word = manifestWordAt(text, offset);
  if (word === undefined) return undefined;
  if (word.kind === "key") return { span: word.span, markdown: keyText(word.key) };
  return fields && { span: word.span, markdown: fieldMarkdown(word.name, fields) };
}

function keyText(key: ManifestKey): string {
  return paragraphs(
    codeBlock("text", `${key.name}: ${manifestTypeText(key)}`),
    key.doc,
    key.isRequired ? "*required*" : "*optional*",
  );
}
