/** What a value of KQL asks of its field, in terms from which values can be made. */
import { type KqlOptions } from "../../../engine/kql/plan.ts";
import { momentsIn } from "../../../engine/kql/valueTests.ts";
import { momentText } from "../../../engine/value.ts";
import { isLoneStar, type KqlLiteral, type KqlRangeOperator } from "../../../query/kql/index.ts";
import { familyOf } from "../../../query/kql/valueTypes.ts";
import { type Ask } from "../asks.ts";
import { exactly, MANY, type Pattern } from "../pattern.ts";

/** None for `*`, which any value fulfils. */
export function asksOfLiteral(
  { types, now }: KqlOptions,
  field: string,
  literal: KqlLiteral,
): readonly Ask[] {
  if (isLoneStar(literal)) return [];
  const { text, type, pieces } = literal;
  const family = familyOf(types.get(field)?.type);
  if (type === "wildcard") {
    const pattern = pieces.flatMap((piece, i): Pattern => [...(i === 0 ? [] : [MANY]), ...exactly(piece)]);
    return [{ kind: "pattern", pattern, letterCase: family === "text" ? "any" : "exact" }];
  }
  switch (family) {
    case "ip":
      return text.includes("/") ? [{ kind: "block", block: text }] : [{ kind: "value", value: text }];
    case "date": {
      const moments = momentsIn(text, now);
      return moments === undefined ? [] : [{ kind: "value", value: momentText(moments.first) }];
    }
    case "boolean":
      return [{ kind: "value", value: text === "true" }];
    default:
      if (family === undefined && /^[\d.]+\/\d+$/.test(text) && /(?:^|\.)ip$/.test(field))
        return [{ kind: "block", block: text }];
      return [{ kind: "value", value: text }];
  }
}

const DAY = 86_400_000;

/** The limit and what lies near it. */
export function asksOfRange(
  { types, now }: KqlOptions,
  field: string,
  operator: KqlRangeOperator,
  { text }: KqlLiteral,
): readonly Ask[] {
  const family = familyOf(types.get(field)?.type);
  const isLower = operator === ">" || operator === ">=";
  if (family === "date" || (family === undefined && field === "@timestamp")) {
    const moments = momentsIn(text, now);
    if (moments === undefined) return [];
    const beyond = isLower ? moments.last + DAY : moments.first - DAY;
    return [beyond, moments.first].map((moment): Ask => ({ kind: "value", value: momentText(moment) }));
  }
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number)) return [{ kind: "value", value: text }];
  // The limit first: what is asked for strictly is found beside it.
  return [number, isLower ? number + 1 : number - 1].map((value): Ask => ({ kind: "value", value }));
}
