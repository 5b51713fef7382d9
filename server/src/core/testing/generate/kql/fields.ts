/** A field to put a value into where a query names several by a pattern. */
import { type FieldTypes } from "../../../query/fieldTypes.ts";
import { type KqlLiteral, matchesPieces } from "../../../query/kql/index.ts";

/** The name itself if it is none. */
export function concreteField({ type, text, pieces }: KqlLiteral, types: FieldTypes): string {
  if (type !== "wildcard") return text;
  for (const name of types.names()) if (matchesPieces(name, pieces)) return name;
  const guesses = GUESSES.map((guess) => pieces.join(guess));
  return guesses.find((name) => types.get(name) !== undefined) ?? guesses[0] ?? text;
}

/** What a star stands for in names that authors shorten. */
const GUESSES = ["name", "sha256", "0", "id", "ip", "value", "path"];
