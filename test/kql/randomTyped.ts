/** Random queries on the fields of the small world, and documents that some of them match. */
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";
import { type DataView } from "../../server/src/core/query/kql/index.ts";
import { type seededRandom } from "../support/random.ts";
import { TYPES } from "./smallWorld.ts";

type Random = ReturnType<typeof seededRandom>;

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** Few values each, so that queries and documents meet. */
const VALUES: Readonly<Record<string, readonly JsonValue[]>> = {
  key: ["a", "A", "ab", "b c", "", "a*", "x\\y", 'say "a"', "1", "é", "É", "ſ", "a\nb"],
  wild: ["a", "AB", "abc", "C:\\x\\y", "?"],
  text: ["quick fox", "The Quick", "fox"],
  long: [0, 1, 5, 47, "5", -3],
  float: [1.5, 2, "0.25"],
  bool: [true, false, "true"],
  ip: ["10.0.0.1", "::1", "10.9.0.1", "::ffff:10.0.0.1"],
  "@timestamp": ["2024-05-29T10:00:00Z", "2024-05-28", "2023-01-01T00:00:00.000Z"],
  version: ["1.2.3", "1.10.0"],
  "object.key": ["a", "b"],
  "flat.sub": ["a", "A"],
};

const ASKED: Readonly<Record<string, readonly string[]>> = {
  key: [
    "a",
    "A",
    "ab",
    '"b c"',
    "b c",
    '""',
    '"a*"',
    "a*",
    "*b*",
    "a\\*",
    "x\\\\y",
    '"x\\\\y"',
    "1",
    "é",
    "*",
    '"say \\"a\\""',
    "a b*",
    "**",
    "s",
    "?",
    "a?",
  ],
  wild: ["a*", "*b*", "AB", "C\\:\\\\x\\\\*", "*", "?"],
  text: ["quick", "fox", '"quick fox"', "qui*", "*", "fox the"],
  long: ["5", "47", "5.0", '"1"', "*", "1.5"],
  float: ["1.5", "2", "*"],
  bool: ["true", "false", '"true"', "*"],
  ip: ["10.0.0.1", "10.0.0.0/8", '"::1"', "*"],
  "@timestamp": ['"2024-05-28"', "now-1d/d", "*"],
  version: ["1.2.3", "*"],
  "object.key": ["a", "*"],
  object: ["*"],
  "flat.sub": ["a", "*"],
  nowhere: ["a", "*"],
};

const LIMITS: Readonly<Record<string, readonly string[]>> = {
  key: ["a", "b"],
  long: ["1", "5", "4.5"],
  float: ["1.75"],
  ip: ["10.0.0.1"],
  "@timestamp": ["now-2d/d", '"2024-05-28"'],
  version: ["1.9"],
};

/** Of `depth` levels of `and`, `or`, `not` and parentheses at most. */
export function randomTypedQuery(random: Random, depth = 3): string {
  const kind = depth === 0 ? 0 : random.below(6);
  switch (kind) {
    case 1:
    case 2: {
      const word = kind === 1 ? " and " : " or ";
      const count = 2 + random.below(2);
      return `(${Array.from({ length: count }, () => randomTypedQuery(random, depth - 1)).join(word)})`;
    }
    case 3:
      return `not (${randomTypedQuery(random, depth - 1)})`;
    default:
      return randomComparison(random);
  }
}

function randomComparison(random: Random): string {
  if (random.below(5) === 0) {
    const field = pick(random, Object.keys(LIMITS));
    return `${field} ${pick(random, ["<", "<=", ">", ">="])} ${pick(random, LIMITS[field] ?? [])}`;
  }
  const field = pick(random, Object.keys(ASKED));
  const values = ASKED[field] ?? [];
  if (random.below(3) !== 0) return `${field}:${pick(random, values)}`;
  const word = pick(random, [" or ", " or ", " and "]);
  const some = Array.from({ length: 2 + random.below(3) }, () => pick(random, values));
  const negated = random.below(6) === 0 ? "not " : "";
  return `${field}:(${negated}${some.join(word)})`;
}

export function randomTypedDocument(random: Random): JsonObject {
  const entries = Object.entries(VALUES).flatMap(([name, values]): [string, JsonValue][] => {
    const kind = random.below(6);
    if (kind === 0) return [];
    if (kind === 1) return [[name, null]];
    if (kind === 2) return [[name, [pick(random, values), pick(random, values)]]];
    return [[name, pick(random, values)]];
  });
  return Object.fromEntries(entries);
}

/** As Kibana would know the small world. */
export const VIEW: DataView = {
  fields: [...TYPES.names()].flatMap((name) => {
    const field = TYPES.get(name);
    if (field === undefined) return [];
    const type = field.type === "date" ? "date" : field.type;
    return [{ name, type, esTypes: [field.type], nestedPath: field.nestedIn }];
  }),
};
