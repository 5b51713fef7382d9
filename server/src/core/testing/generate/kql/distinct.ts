/** Different values of a field that all fulfil what is asked of it. */
import { type Ask } from "../asks.ts";
import { type Held } from "../candidates.ts";
import { filled } from "../pattern.ts";
import { isAccepted } from "../state.ts";
import { type Solved } from "./stage.ts";

/** Fewer if no more are found; the first is the one that the event has. */
export function distinctValues({ solver, state }: Solved, field: string, count: number): readonly Held[] {
  const held = state.fields.get(solver.variableOf(0, field));
  const base = held?.value ?? "value";
  const literals = held?.literals ?? [];
  const found: Held[] = [base];
  const known = new Set([JSON.stringify(base)]);
  const asks = literals.filter(({ isWanted }) => isWanted).flatMap(solver.context.asksFor);
  for (let i = 1; found.length < count && i <= count * TRIES + SPARE; i++) {
    const next = [...othersLike(base, i), ...asks.flatMap((ask) => askedFor(ask, i))].find(
      (value) =>
        !known.has(JSON.stringify(value)) && literals.every((literal) => isAccepted(solver, literal, value)),
    );
    if (next === undefined) continue;
    known.add(JSON.stringify(next));
    found.push(next);
  }
  return found;
}

/** Another text of a pattern, or the value itself. */
function askedFor(ask: Ask, i: number): readonly Held[] {
  if (ask.kind === "value") return [ask.value];
  if (ask.kind !== "pattern") return [];
  const word = `value-${i}`;
  return [filled(ask.pattern, { words: [word], first: word, last: word, leastLength: 0 })];
}

const TRIES = 2;
const SPARE = 20;

/** Numbers go on, addresses stay in their network, texts get a number somewhere. */
function othersLike(base: Held, i: number): readonly Held[] {
  if (typeof base === "number") return [base + i, base - i];
  if (typeof base === "boolean") return [!base];
  if (typeof base === "object" && base !== null && Array.isArray(base)) {
    const items = base as readonly Held[]; // Just checked.
    const last = items.at(-1);
    return last === undefined ? [] : othersLike(last, i).map((other) => [...items.slice(0, -1), other]);
  }
  if (typeof base !== "string") return [];
  const [, network, host] = /^(\d+\.\d+)\.(\d+\.\d+)$/.exec(base) ?? [];
  if (network !== undefined && host !== undefined)
    return [`${network}.${(i >> 8) & 255}.${i & 255}`, `${network}.${host.split(".")[0] ?? "0"}.${i & 255}`];
  const inner = base.replace(/(?=\.[a-z0-9]{1,4}$)/i, `-${i}`);
  return [`${base}-${i}`, `${base}${i}`, `${i}${base}`, `x${i}-${base}`, inner];
}
