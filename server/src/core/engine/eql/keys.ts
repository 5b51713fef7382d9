/** The keys of a sequence or sample: fields, each with every distinct value that it has. */
import { type EqlExpression, withoutGroups } from "../../query/eql/index.ts";
import { spanOf } from "../../text/span.ts";
import { momentText, type Scalar } from "../value.ts";
import { isSeveral } from "./compiled.ts";
import { combinationsIn, type CompileContext, refuse } from "./context.ts";
import { compileField } from "./fields.ts";
import { type KeyReader, type KeyValue } from "./plan.ts";
import { type JsonObject } from "../event.ts";

type OneKey = (document: JsonObject) => KeyValue | readonly KeyValue[] | undefined;

export function compileKeyReader(context: CompileContext, keys: readonly EqlExpression[]): KeyReader {
  const readers = keys.map((key) => compileKey(context, key));
  const [only] = readers;
  if (only !== undefined && readers.length === 1) {
    return (document) => {
      const values = only(document);
      if (values === undefined) return NO_KEYS;
      return isSeveral(values) ? values.map((value) => [value]) : [[values]];
    };
  }
  const span = spanOf(keys[0]?.span.start ?? 0, keys.at(-1)?.span.end ?? 0);
  const allows = combinationsIn(context, span, UNITS_PER_TUPLE);
  return (document) => {
    const first: KeyValue[] = [];
    let others: (readonly KeyValue[])[] | undefined;
    for (const read of readers) {
      const values = read(document);
      if (values === undefined) return NO_KEYS;
      if (others === undefined && !isSeveral(values)) {
        first.push(values);
        continue;
      }
      const several = isSeveral(values) ? values : [values];
      if (1 < several.length && !allows((others?.length ?? 1) * several.length)) return NO_KEYS;
      others = (others ?? [first]).flatMap((begun) => several.map((value) => [...begun, value]));
    }
    return others ?? [first];
  };
}

/** A sequence looks each of them up. */
const UNITS_PER_TUPLE = 200;

const NO_KEYS: readonly (readonly KeyValue[])[] = [];

/** Undefined: a key that is not optional has no value. */
function compileKey(context: CompileContext, expression: EqlExpression): OneKey {
  const field = withoutGroups(expression);
  if (field.kind !== "field") {
    refuse(context, "a key that is no field", expression.span);
    return () => undefined;
  }
  const { type, evaluate } = compileField(context, field);
  const convert = type === "date" ? isoText : undefined;
  const isOptional = field.optionalSpan !== undefined;
  return (document) => {
    const values = evaluate(document);
    if (values === null) return isOptional ? null : undefined;
    if (isSeveral(values)) return distinctKeys(convert === undefined ? values : values.map(convert));
    return convert === undefined ? values : convert(values);
  };
}

function distinctKeys(values: readonly KeyValue[]): readonly KeyValue[] {
  return [...new Set(values)];
}

/** The same moment in two forms is one key. */
function isoText(value: Scalar): KeyValue {
  return typeof value === "number" ? momentText(value) : value;
}
