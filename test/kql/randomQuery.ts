/** Queries made of random pieces of the grammar, with random blanks between their tokens. */
import fc from "fast-check";

const blank = fc.constantFrom(" ", "  ", "\n", "\n\n", "\n    ", "\t", "\u00a0", "\r\n");
const space = fc.oneof({ weight: 3, arbitrary: fc.constant("") }, { weight: 1, arbitrary: blank });

const field = fc.constantFrom("process.name", "user.id", "a", '"odd name"', "b*", "@timestamp", "c\\:d");
const value = fc.constantFrom(
  "cmd.exe",
  '"C:\\\\* \\"x\\""',
  "C\\:\\\\Windows\\\\*",
  "several words",
  "*",
  "null",
  "10.0.0.0/8",
  '" and "',
  "andy",
  "\\or",
);

function spaced(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((all) => all.join(""));
}

/** Items with a connective and white space between them. */
function chain(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const word = fc.constantFrom("and", "or", "AND", "Or");
  const link = fc.tuple(blank, word, blank).map((all) => all.join(""));
  return fc
    .tuple(item, fc.array(fc.tuple(link, item), { maxLength: 4 }))
    .map(([first, rest]) => first + rest.map(([joint, one]) => joint + one).join(""));
}

function negated(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 3, arbitrary: item }, { weight: 1, arbitrary: spaced("not", blank, item) });
}

const { condition } = fc.letrec<{ condition: string; operand: string; values: string; group: string }>(
  (tie) => ({
    condition: chain(negated(tie("operand"))),
    group: spaced("(", space, tie("condition"), space, ")"),
    operand: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      spaced(field, space, ":", space, value),
      spaced(field, space, ":", space, "(", space, tie("values"), space, ")"),
      spaced(field, space, fc.constantFrom("<", "<=", ">", ">="), space, value),
      value,
      tie("group"),
      spaced(field, space, ":", space, "{", space, tie("condition"), space, "}"),
    ),
    values: chain(
      negated(
        fc.oneof(
          { maxDepth: 2, withCrossShrink: true },
          value,
          spaced("(", space, tie("values"), space, ")"),
        ),
      ),
    ),
  }),
);

export const randomQuery: fc.Arbitrary<string> = spaced(space, condition, space);
