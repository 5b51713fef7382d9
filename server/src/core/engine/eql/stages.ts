/** A sequence as what must occur, one event after the other, and what must not in between. */

/** One run of a step that must occur, with those before it that must not. */
export type Stage<Slot> = Slot & { readonly missingBefore: readonly Slot[] };

export interface Stages<Slot> {
  readonly stages: readonly Stage<Slot>[];
  readonly missingAfter: readonly Slot[];
}

/** `slots` are the runs of all steps, in order. */
export function stagesOf<Slot extends { readonly isMissing: boolean }>(slots: readonly Slot[]): Stages<Slot> {
  const stages: Stage<Slot>[] = [];
  let missing: Slot[] = [];
  for (const slot of slots) {
    if (slot.isMissing) missing.push(slot);
    else {
      stages.push({ ...slot, missingBefore: missing });
      missing = [];
    }
  }
  return { stages, missingAfter: missing };
}
