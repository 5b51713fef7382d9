/** The `lucene` package reads a query without brackets. The one place that calls it: it throws, and here that is a value. */
import lucene from "lucene";

/** Undefined if the text can be read, or cannot be judged; else the offset where that ends. */
export function flatMistake(text: string): number | undefined {
  // It takes long to refuse a text of many parts, and nobody writes so many.
  if (MOST_WORDS < text.split(/\s+/, MOST_WORDS + 2).length) return undefined;
  try {
    lucene.parse(text);
    return undefined;
  } catch (error) {
    return isMistake(error) ? error.location.start.offset : undefined;
  }
}

const MOST_WORDS = 400;

interface Mistake {
  readonly location: { readonly start: { readonly offset: number } };
}

/** What its generated parser throws; anything else is no word on the text. */
function isMistake(error: unknown): error is Mistake {
  if (typeof error !== "object" || error === null || !("location" in error)) return false;
  const { location } = error;
  if (typeof location !== "object" || location === null || !("start" in location)) return false;
  const { start } = location;
  return typeof start === "object" && start !== null && "offset" in start && typeof start.offset === "number";
}
