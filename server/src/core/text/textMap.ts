import { type Span, spanOf } from "./span.ts";

/** Which side of a replaced segment (an escape) an inner offset belongs to. */
export type Bias = "start" | "end";

/**
 * Ties the offsets of a decoded string (inner) to those of the file that holds it (host).
 * This is the only place that knows how the two relate: nothing else adds offsets.
 */
export interface TextMap {
  toHost(innerOffset: number, bias: Bias): number;
  /** Start with bias `start`, end with bias `end`: a span that ends on an escape covers the whole escape. */
  toHostSpan(inner: Span): Span;
  /** Undefined outside the string. Inside an escape: the inner offset where the escape's value begins. */
  toInner(hostOffset: number): number | undefined;
}

/** Collects segments while a string is decoded. Segments are sorted and touch, in both spaces. */
export interface TextMapBuilder {
  /** `length` units stand in the file as they stand in the value. */
  copied(length: number): void;
  /** `hostLength` units of the file stand for `innerLength` units of the value (which may be none). */
  replaced(hostLength: number, innerLength: number): void;
  build(): TextMap;
}

const COPIED = 0;
const REPLACED = 1;
const FIELDS = 3;

export function textMapBuilder(hostStart: number): TextMapBuilder {
  // Triples: host start, inner start, kind.
  const segments: number[] = [];
  let host = hostStart;
  let inner = 0;

  function open(kind: number): void {
    const lastKind = segments[segments.length - 1];
    if (kind === COPIED && lastKind === COPIED && segments.length > 0) return;
    segments.push(host, inner, kind);
  }

  return {
    copied(length) {
      if (length === 0) return;
      open(COPIED);
      host += length;
      inner += length;
    },
    replaced(hostLength, innerLength) {
      open(REPLACED);
      host += hostLength;
      inner += innerLength;
    },
    build: () => textMapOf(Int32Array.from(segments), hostStart, host, inner),
  };
}

function textMapOf(segments: Int32Array, hostStart: number, hostEnd: number, innerEnd: number): TextMap {
  const count = segments.length / FIELDS;
  const hostAt = (i: number): number => (i < count ? (segments[i * FIELDS] ?? hostEnd) : hostEnd);
  const innerAt = (i: number): number => (i < count ? (segments[i * FIELDS + 1] ?? innerEnd) : innerEnd);
  const isCopied = (i: number): boolean => segments[i * FIELDS + 2] === COPIED;

  /** The last segment whose start is at or before the offset, or -1. */
  function segmentAt(offset: number, startOf: (i: number) => number): number {
    let low = -1;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function toHost(innerOffset: number, bias: Bias): number {
    const clamped = Math.min(Math.max(innerOffset, 0), innerEnd);
    if (bias === "end") {
      // The segment that ends at or after the offset: an end belongs to what lies before it.
      const i = segmentBefore(clamped);
      if (i < 0) return hostStart;
      return isCopied(i) ? hostAt(i) + (clamped - innerAt(i)) : hostAt(i + 1);
    }
    const i = segmentAt(clamped, innerAt);
    if (i < 0) return hostStart;
    if (isCopied(i) && clamped < innerAt(i + 1)) return hostAt(i) + (clamped - innerAt(i));
    return clamped < innerAt(i + 1) ? hostAt(i) : hostAt(i + 1);
  }

  /** The segment that holds the unit just before the inner offset, or -1 at the very start. */
  function segmentBefore(innerOffset: number): number {
    if (innerOffset === 0) return -1;
    let i = segmentAt(innerOffset - 1, innerAt);
    while (0 <= i && innerAt(i) === innerAt(i + 1)) i--;
    return i;
  }

  function toInner(hostOffset: number): number | undefined {
    if (hostOffset < hostStart || hostEnd < hostOffset) return undefined;
    if (hostOffset === hostEnd) return innerEnd;
    const i = segmentAt(hostOffset, hostAt);
    if (i < 0) return 0;
    return isCopied(i) ? innerAt(i) + (hostOffset - hostAt(i)) : innerAt(i);
  }

  return {
    toHost,
    toHostSpan(inner) {
      const start = toHost(inner.start, "start");
      return inner.start === inner.end ? spanOf(start, start) : spanOf(start, toHost(inner.end, "end"));
    },
    toInner,
  };
}
