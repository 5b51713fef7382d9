/** The events of a rule's tests, as something to choose from. */
import { type EventSource, type TestCase } from "../../core/testing/cases/testCase.ts";
import { valueAt } from "../../core/testing/events/edit.ts";
import { type JsonValue } from "../../core/engine/event.ts";
import { shortened } from "../../core/text/excerpt.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { type EventRef } from "../protocol.ts";
import { type OneRule, type TestService } from "./testService.ts";

export interface FoundEvent {
  readonly ref: EventRef;
  readonly event: SampleEvent;
  readonly caseName: string;
}

/**
 * Each event once, as it stands in its file or as patches left it. Scratch events come first, as somebody is at work on
 * them, then those of the cases in their order.
 */
export function eventsOf(service: TestService, { root, cases }: OneRule): readonly FoundEvent[] {
  const ordered = cases.toSorted((a, b) => rank(a.testCase) - rank(b.testCase));
  const found: FoundEvent[] = [];
  const seen = new Set<string>();
  const written = new Set<SampleEvent>();
  for (const { testCase, inputs } of ordered) {
    const path = sourceOf(testCase)?.path;
    if (!inputs.ok || path === undefined) continue;
    const uri = service.places.uriOf(root, path);
    const isPatched = testCase.events.kind === "patched";
    for (const event of inputs.value.events) {
      // What no patch changed is the event of the file.
      const ref = { uri, line: event.line, patchedBy: isPatched ? testCase.id : undefined };
      if (isPatched && written.has(event)) continue;
      if (!isPatched) written.add(event);
      const key = `${uri}:${event.line}:${ref.patchedBy ?? ""}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ ref, event, caseName: testCase.name });
    }
  }
  return found;
}

function rank({ expect, events }: TestCase): number {
  if (events.kind === "patched") return 2;
  return expect === "events" ? 0 : 1;
}

/** What the events of a case start from. */
export function sourceOf(testCase: TestCase): EventSource | undefined {
  return testCase.events.kind === "patched" ? sourceOf(testCase.events.base) : testCase.events;
}

const TELLING = [
  "event.action",
  "process.name",
  "process.command_line",
  "file.path",
  "registry.path",
  "dns.question.name",
  "url.full",
  "destination.ip",
  "destination.port",
  "source.ip",
  "user.name",
  "host.name",
  "message",
  "event.category",
];
const MOST_PARTS = 3;
const LONGEST = 60;

/** What tells an event from others at a glance. */
export function labelOf({ document, line }: SampleEvent): string {
  const parts = TELLING.flatMap((name) => {
    const text = textOf(valueAt(document, name));
    return text === "" ? [] : [shortened(text, LONGEST)];
  });
  return parts.length === 0 ? `Line ${line}` : parts.slice(0, MOST_PARTS).join(" · ");
}

/** Of several values the first; empty for what is no text. */
function textOf(value: JsonValue | undefined): string {
  const first = Array.isArray(value) ? (value as readonly JsonValue[])[0] : value; // Just checked.
  return typeof first === "string" || typeof first === "number" ? String(first) : "";
}
