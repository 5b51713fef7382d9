/** What a leaf asks of an event, and the sentence that says what the event has there. */
import { childrenOf, type EqlExpression, type EqlField, withoutGroups } from "../../query/eql/index.ts";
import { textAt } from "../../text/span.ts";
import { type JsonObject } from "../event.ts";
import { quoted, quotedList } from "../excerpt.ts";
import { shortened } from "../../text/excerpt.ts";
import { type ValueType } from "../value.ts";
import { isSeveral } from "./compiled.ts";
import { compileContext } from "./context.ts";
import { compileExpression } from "./expression.ts";
import { fieldReader } from "./fields.ts";
import { type EqlOptions } from "./plan.ts";

export interface Subject {
  /** In backticks. */
  readonly name: string;
  readonly isField: boolean;
  readonly type: ValueType;
  /** Without the name the sentence begins with "was", unless there is no value. */
  readonly sentence: (document: JsonObject, isNamed: boolean) => string;
}

export function subjectOf(text: string, expression: EqlExpression, options: EqlOptions): Subject {
  const inner = withoutGroups(expression);
  return inner.kind === "field" ? fieldSubject(inner, options) : valueSubject(text, inner, options);
}

export function hasField(expression: EqlExpression): boolean {
  return fieldsIn(expression).length !== 0;
}

function fieldSubject(field: EqlField, options: EqlOptions): Subject {
  const { constant, type, evaluate } = compileExpression(compileContext(options), field);
  const name = `\`${field.name}\``;
  if (constant !== undefined) {
    const sentence = (): string => `${name} is in no event and no schema, so it counts as null`;
    return { name, isField: true, type, sentence };
  }
  const readRaw = fieldReader(options, field.name, "unknown");
  const typeName = options.types.get(field.name)?.type ?? type;
  return {
    name,
    isField: true,
    type,
    sentence: (document, isNamed) => {
      const values = evaluate(document);
      const prefix = isNamed ? `${name} ` : "";
      if (isSeveral(values)) {
        const list = `${values.length} values: ${quotedList(values, type)}`;
        return isNamed ? `${name} has ${list}` : list;
      }
      if (values !== null) return `${prefix}was ${quoted(values, type)}`;
      const raw = readRaw(document);
      if (raw === null) return `${name} is absent`;
      const shown = isSeveral(raw) ? quotedList(raw) : quoted(raw);
      return `${prefix}was ${shown}, which is no \`${typeName}\``;
    },
  };
}

function valueSubject(text: string, expression: EqlExpression, options: EqlOptions): Subject {
  const { type, evaluate } = compileExpression(compileContext(options), expression);
  const name = `\`${shortened(textAt(text, expression.span), LONGEST_NAME)}\``;
  const fields = distinctFields(expression).map((field) => ({
    ...fieldSubject(field, options),
    isAbsent: absence(field, options),
  }));
  return {
    name,
    isField: false,
    type,
    sentence: (document, isNamed) => {
      const values = evaluate(document);
      const absent = fields.filter(({ isAbsent }) => isAbsent(document));
      const told = values === null && absent.length !== 0 ? absent : fields;
      const ofFields = told.slice(0, MOST_FIELDS).map(({ sentence }) => sentence(document, true));
      if (values === null && absent.length !== 0) return ofFields.join("; ");
      const shown = isSeveral(values)
        ? `${values.length} values: ${quotedList(values, type)}`
        : quoted(values, type);
      const verb = isNamed ? `${name} was` : "was";
      return [values === null ? `${name} has no value` : `${verb} ${shown}`, ...ofFields].join("; ");
    },
  };
}

const LONGEST_NAME = 40;
const MOST_FIELDS = 2;

function absence({ name }: EqlField, options: EqlOptions): (document: JsonObject) => boolean {
  const read = fieldReader(options, name, "unknown");
  return (document) => read(document) === null;
}

function distinctFields(expression: EqlExpression): readonly EqlField[] {
  const byName = new Map(fieldsIn(expression).map((field) => [field.name, field]));
  return [...byName.values()];
}

function fieldsIn(expression: EqlExpression): readonly EqlField[] {
  if (expression.kind === "field") return [expression];
  return childrenOf(expression).flatMap((child) => fieldsIn(child as EqlExpression)); // Of expressions all children are.
}
