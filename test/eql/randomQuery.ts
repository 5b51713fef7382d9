/** Queries made of random pieces of the grammar, as lists of tokens, with random blanks and comments between them. */
import fc from "fast-check";

type Tokens = readonly string[];

const name = fc.constantFrom("process.name", "user.id", "a", "`odd name`.x", "?file.path", "@timestamp");
const text = fc.constantFrom(
  '"cmd.exe"',
  '"C:\\\\*"',
  '"""raw \\ text"""',
  '"a // no comment"',
  '"/* nor this */"',
);
const literal = fc.oneof(text, fc.constantFrom("1", "2.5e3", ".5", "true", "null"));

/** Fields are several tokens, which may have comments between them. */
function fieldTokens(field: string): Tokens {
  return field.split(/(?<=\?)|(?=[.])|(?<=[.])/);
}

const field = name.map(fieldTokens);

function listOf(items: readonly Tokens[]): Tokens {
  return items.flatMap((item, i) => (i === 0 ? item : [",", ...item]));
}

const literals = fc
  .array(literal, { minLength: 1, maxLength: 8 })
  .map((items) => ["(", ...listOf(items.map((item) => [item])), ")"]);
const strings = fc
  .array(text, { minLength: 1, maxLength: 8 })
  .map((items) => ["(", ...listOf(items.map((item) => [item])), ")"]);

const { condition } = fc.letrec<{ condition: Tokens; operand: Tokens; value: Tokens }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("operand"),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("operand"), { minLength: 2, maxLength: 5 }))
      .map(([operator, operands]) =>
        operands.flatMap((operand, i) => (i === 0 ? operand : [operator, ...operand])),
      ),
    tie("operand").map((operand) => ["not", ...operand]),
    fc
      .tuple(tie("operand"), tie("operand"), tie("operand"))
      .map(([a, b, c]) => [...a, "and", ...b, "or", ...c]),
  ),
  operand: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .tuple(field, fc.constantFrom("==", "!=", "<", ">="), tie("value"))
      .map(([left, operator, right]) => [...left, operator, ...right]),
    fc
      .tuple(field, fc.constantFrom(["in"], ["not", "in"], ["in~"]), literals)
      .map(([left, operator, right]) => [...left, ...operator, ...right]),
    fc
      .tuple(
        field,
        fc.constantFrom(":", "like", "like~", "regex"),
        fc.oneof(
          strings,
          text.map((one) => [one]),
        ),
      )
      .map(([left, operator, right]) => [...left, operator, ...right]),
    tie("condition").map((inner) => ["(", ...inner, ")"]),
    fc
      .tuple(fc.constantFrom("length", "concat", "startsWith~"), fc.array(tie("value"), { maxLength: 4 }))
      .map(([called, values]) => [called, "(", ...listOf(values), ")", "==", "1"]),
  ),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    literal.map((one) => [one]),
    field,
    fc
      .tuple(tie("value"), fc.constantFrom("+", "-", "*"), literal)
      .map(([left, operator, right]) => [...left, operator, right]),
    tie("value").map((inner) => ["-", "(", ...inner, ")"]),
  ),
}));

const event = fc
  .tuple(fc.constantFrom("process", "any", '"my category"'), condition)
  .map(([category, inner]): Tokens => [category, "where", ...inner]);

const by = fc.array(field, { minLength: 1, maxLength: 4 }).map((keys): Tokens => ["by", ...listOf(keys)]);

const step = (keys: Tokens): fc.Arbitrary<Tokens> =>
  fc
    .tuple(fc.constantFrom("[", "![", "["), event, fc.boolean())
    .map(([open, inner, runs]) => [
      open,
      ...inner,
      "]",
      ...keys,
      ...(runs && open === "[" ? ["with", "runs", "=", "3"] : []),
    ]);

const sequence = fc.tuple(by, fc.boolean()).chain(([keys, isPerStep]) => {
  const perStep = isPerStep ? keys : [];
  const steps = fc.array(step(perStep), { minLength: 1, maxLength: 4 });
  const first = event.map((inner): Tokens => ["[", ...inner, "]", ...perStep]);
  const until = fc.option(event.map((inner): Tokens => ["until", "[", ...inner, "]", ...perStep]));
  return fc
    .tuple(first, steps, until)
    .map(([opening, others, last]): Tokens => [
      "sequence",
      ...(isPerStep ? [] : keys),
      ...["with", "maxspan", "=", "5", "m"],
      ...opening,
      ...others.flat(),
      ...(last ?? []),
    ]);
});

const sample = fc
  .tuple(by, fc.array(event, { minLength: 2, maxLength: 3 }))
  .map(([keys, events]): Tokens => ["sample", ...keys, ...events.flatMap((inner) => ["[", ...inner, "]"])]);

const pipes = fc
  .array(fc.constantFrom<Tokens>(["|", "head", "5"], ["|", "tail", "10", "-", "2"]), { maxLength: 2 })
  .map((all): Tokens => all.flat());

const query = fc.oneof(
  fc
    .tuple(fc.oneof({ weight: 3, arbitrary: event }, sequence), pipes)
    .map(([body, all]): Tokens => [...body, ...all]),
  sample,
);

const BLANKS = [" ", " ", " ", " ", " ", "  ", "\n", "\n", "\n  ", "\n\n\n", "\t", "\r\n "];
const COMMENTS = [
  " /* # */ ",
  " /* # */",
  "\n/* # */\n",
  " /* # */\n",
  "\n   /* # */ ",
  " // #\n",
  "\n// #\n  ",
  "\n\n  // #\r\n\n",
  "\n  /* # /* nested */\n   * over lines\n\n  text */\n",
  " /* # over\n lines */ ",
];

const gap = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...BLANKS) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...COMMENTS), { minLength: 1, maxLength: 3 })
      .map((all) => all.join("")),
  },
);

/** Comments are numbered, so that none can stand for another. */
export const randomQuery: fc.Arbitrary<string> = query.chain((tokens) =>
  fc.array(gap, { minLength: tokens.length + 1, maxLength: tokens.length + 1, size: "max" }).map((gaps) => {
    let count = 0;
    return gaps
      .map((blanks, i) => `${blanks.replace(/#/g, () => String(++count))}${tokens[i] ?? ""}`)
      .join("");
  }),
);
