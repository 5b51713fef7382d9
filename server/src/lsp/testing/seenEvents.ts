/** What the sample events of a rule have in its fields, at hand while somebody types. */
import { CancellationToken } from "vscode-languageserver";
import { type SeenValues } from "../../core/features/completionValues.ts";
import { seenValues } from "../../core/testing/seenValues.ts";
import { type SampleEvent } from "../../core/testing/sampleEvents.ts";
import { type ReadyCase } from "./ruleTests.ts";
import { type TestService } from "./testService.ts";

interface Seen {
  readonly events: readonly SampleEvent[];
  readonly values: SeenValues;
}

/** Rules that somebody is writing at the same time. */
const MOST_RULES = 8;

export class SeenEvents {
  readonly #tests: TestService;
  readonly #byUri = new Map<string, Seen>();
  readonly #reading = new Map<string, Promise<void>>();

  constructor(tests: TestService) {
    this.#tests = tests;
  }

  /**
   * Waits for the events at the first time alone. Later the answer is what they were at the question before, while they
   * are read again.
   */
  async of(uri: string): Promise<SeenValues | undefined> {
    const reading = this.#reading.get(uri) ?? this.#read(uri);
    if (!this.#byUri.has(uri)) await reading;
    return this.#byUri.get(uri)?.values;
  }

  /** Never fails: without events there are no values. */
  #read(uri: string): Promise<void> {
    const reading = this.#tests
      .rule(uri, CancellationToken.None)
      .then((rule) => {
        if (rule !== "stopped") this.#keep(uri, rule?.cases.flatMap(eventsIn) ?? []);
      })
      .catch(() => this.#keep(uri, []))
      .finally(() => this.#reading.delete(uri));
    this.#reading.set(uri, reading);
    return reading;
  }

  #keep(uri: string, events: readonly SampleEvent[]): void {
    const known = this.#byUri.get(uri);
    const isSame =
      known?.events.length === events.length && known.events.every((one, i) => one === events[i]);
    this.#byUri.delete(uri);
    this.#byUri.set(uri, isSame ? known : { events, values: seenValues(events) });
    for (const old of this.#byUri.keys()) {
      if (this.#byUri.size <= MOST_RULES) break;
      this.#byUri.delete(old);
    }
  }
}

function eventsIn({ inputs }: ReadyCase): readonly SampleEvent[] {
  return inputs.ok ? [...inputs.value.events, ...inputs.value.history] : [];
}
