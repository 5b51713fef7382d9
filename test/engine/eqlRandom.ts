/** Random conditions, as text, and random documents to ask them of. */
import fc from "fast-check";
import { type FieldTypes, type MappedField } from "../../server/src/core/query/fieldTypes.ts";
import { type JsonObject, type JsonValue } from "../../server/src/core/engine/event.ts";

const TYPES: Readonly<Record<string, string>> = {
  k: "keyword",
  "a.k": "keyword",
  n: "long",
  d: "double",
  b: "boolean",
};

export const randomTypes: FieldTypes = {
  get(name): MappedField | undefined {
    const type = TYPES[name];
    const nullValue = name === "a.k" ? "none" : undefined;
    return type === undefined
      ? undefined
      : { name, type, exactSubfields: [], isNormalized: false, nestedIn: undefined, nullValue };
  },
  isComplete: false,
  names: () => Object.keys(TYPES),
};

/** `m` is no field of any event. */
export const randomSeenFields: ReadonlySet<string> = new Set(["u", "v.w", "v.w.x"]);

const TEXTS = [
  "",
  "a",
  "A",
  "ab",
  "aB",
  "b*",
  "a?b",
  "12",
  "-3",
  "2.5",
  "K",
  "k",
  "\u212a",
  "é",
  "É",
  "😀",
  "true",
  "C:\\x",
  "none",
];
const PATTERNS = [
  "*",
  "a*",
  "*B",
  "*a*",
  "?",
  "??",
  "a?",
  "k",
  "*é",
  "*?b*",
  "",
  "*😀",
  "1*2",
  "*\\x",
  "a*b*",
  "none",
  "K?",
  "*a*b*",
];
const textLiteral = fc.constantFrom(...TEXTS).map((text) => JSON.stringify(text));
const patternLiteral = fc.constantFrom(...TEXTS, ...PATTERNS).map((text) => JSON.stringify(text));
const numberLiteral = fc.constantFrom("0", "1", "12", "-3", "2.5", "3.0", "7", "100");

const optional = fc.constantFrom("", "", "?");
const textField = fc
  .tuple(optional, fc.constantFrom("k", "a.k", "u", "v.w", "v.w.x"))
  .map((parts) => parts.join(""));
const numberField = fc.tuple(optional, fc.constantFrom("n", "d", "u", "v.w")).map((parts) => parts.join(""));
const unmapped = fc.constant("?m");

export const randomExpressions = fc.letrec<{ text: string; number: string; truth: string }>((tie) => {
  const [text, number, truth] = [tie("text"), tie("number"), tie("truth")];
  const tilde = fc.constantFrom("", "~");
  const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.array(item, { minLength: 1, maxLength: 7 }).map((items) => `(${items.join(", ")})`);
  const order = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");
  const equal = fc.constantFrom("==", "!=");
  const call = (name: string, ...parameters: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parameters).map((given) => `${name}(${given.join(", ")})`);
  const folding = (name: string, ...parameters: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(tilde, ...parameters).map(([mark, ...given]) => `${name}${mark}(${given.join(", ")})`);
  return {
    text: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      textLiteral,
      textField,
      textField,
      unmapped,
      call("concat", text, fc.oneof(text, number)),
      call("string", fc.oneof(number, truth)),
      call(
        "substring",
        text,
        numberLiteral.filter((one) => !one.includes(".")),
      ),
      folding("between", text, textLiteral, textLiteral),
    ),
    number: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      numberLiteral,
      numberField,
      numberField,
      unmapped,
      call("length", text),
      folding("indexOf", text, textLiteral),
      fc
        .tuple(number, fc.constantFrom("+", "-", "*", "/", "%"), number)
        .map((parts) => `(${parts.join(" ")})`),
    ),
    truth: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.tuple(text, order, text).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(number, order, number).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(textField, order, textLiteral).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(numberField, order, numberLiteral).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(fc.oneof(text, number, truth), equal).map((parts) => `(${parts.join(" ")} null)`),
      fc.tuple(equal, fc.oneof(text, number, truth)).map((parts) => `(null ${parts.join(" ")})`),
      fc
        .tuple(text, fc.constantFrom(":", "like", "like~"), list(patternLiteral))
        .map((parts) => `(${parts.join(" ")})`),
      fc
        .tuple(
          text,
          fc.constantFrom("in", "in~", "not in", "not in~"),
          list(fc.oneof(textLiteral, textLiteral, fc.constant("null"))),
        )
        .map((parts) => `(${parts.join(" ")})`),
      fc
        .tuple(number, fc.constantFrom("in", "not in"), list(numberLiteral))
        .map((parts) => `(${parts.join(" ")})`),
      fc
        .tuple(truth, fc.constantFrom("and", "or"), truth, fc.constantFrom("and", "or"), truth)
        .map((parts) => `(${parts.join(" ")})`),
      truth.map((one) => `(not ${one})`),
      fc.tuple(truth, equal, fc.constantFrom("true", "false")).map((parts) => `(${parts.join(" ")})`),
      fc.tuple(truth, equal, truth).map((parts) => `(${parts.join(" ")})`),
      folding("startsWith", text, text),
      folding("endsWith", text, text),
      folding("stringContains", text, text),
      fc.constantFrom("b", "?b", "u", "true", "false", "(null == true)", "(b == true)", "(b != false)"),
    ),
  };
});

const oneValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(0, 1, 12, -3, 2.5, 3, 7),
  fc.boolean(),
  fc.constant(null),
);

const someValues: fc.Arbitrary<JsonValue> = fc.oneof(
  oneValue,
  oneValue,
  fc.array(fc.oneof(oneValue, fc.array(oneValue, { maxLength: 2 })), { maxLength: 3 }),
);

const some = (names: readonly string[]): fc.Arbitrary<JsonObject> =>
  fc.record(Object.fromEntries(names.map((name) => [name, someValues])), { requiredKeys: [] });

/** Names are nested, dotted, or both, and objects may stand in arrays. */
export const randomDocuments: fc.Arbitrary<JsonObject> = fc
  .tuple(
    some(["k", "n", "d", "b", "u", "a.k", "v.w", "v.w.x"]),
    fc.record(
      {
        a: fc.oneof(some(["k", "other"]), fc.array(some(["k"]), { maxLength: 2 })),
        v: fc.oneof(some(["w", "w.x"]), someValues),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([flat, nested]) => ({ ...flat, ...nested }));
