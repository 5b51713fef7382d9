import { closestWord } from "../../base/closest.ts";
import { asGuess, replaceWith } from "../fixes.ts";
import { type FieldTypes, type MappedField } from "../fieldTypes.ts";
import { type EqlExpression, type EqlField } from "./ast.ts";
import { withoutGroups } from "./children.ts";
import { type EqlValue, inexactness, typeOfField, UNKNOWN, valueOfType } from "./valueTypes.ts";
import { type Verification } from "./verify.ts";

/** What is known of a field; names that do not exist and fields that EQL cannot use are reported. */
export function resolveField(verification: Verification, field: EqlField): EqlValue {
  if (field.incomplete || field.name === "") return UNKNOWN;
  const { types } = verification;
  const mapped = types.get(field.name);
  if (mapped === undefined) return resolveUnmapped(verification, field);
  const unusable = reasonUnusable(mapped, types.isComplete);
  const type = typeOfField(mapped);
  if (unusable !== undefined) {
    verification.problems.report("unusable-field", field.nameSpan, unusable);
    return valueOfType("unknown", false);
  }
  return { type: type ?? "unknown", isConstant: false, inexact: inexactness(mapped) };
}

function resolveUnmapped({ types, problems, relativesOf }: Verification, field: EqlField): EqlValue {
  const isOptional = field.optionalSpan !== undefined;
  if (!types.isComplete) return valueOfType("unknown", isOptional ? undefined : false);
  const { isParent, isBelowFlattened, meant } = relativesOf(field.name);
  // Keys below a flattened field are no fields of their own; what Elasticsearch makes of them is not certain.
  if (isBelowFlattened) return valueOfType("unknown", false);
  if (isParent) {
    problems.report("unusable-field", field.nameSpan, objectMessage(field.name));
    return valueOfType("unknown", false);
  }
  if (isOptional) return valueOfType("null", true);
  const question = meant === undefined ? "" : `, did you mean \`${meant}\`?`;
  const fixes =
    meant === undefined ? [] : [asGuess(replaceWith(field.nameSpan, inQuery(meant), `Replace by ${meant}`))];
  problems.report("unknown-field", field.nameSpan, `Unknown field \`${field.name}\`${question}`, fixes);
  return valueOfType("unknown", false);
}

/** Of a type that no one knows we say nothing, unless the mapping is Elasticsearch's whole answer. */
function reasonUnusable(field: MappedField, isComplete: boolean): string | undefined {
  const { name, type, nestedIn } = field;
  if (type === "object") return objectMessage(name);
  if (type === "nested") return `\`${name}\` is a nested field, which EQL cannot read`;
  if (nestedIn !== undefined)
    return `\`${name}\` lies in the nested field \`${nestedIn}\`, which EQL cannot read`;
  if (typeOfField(field) !== undefined) return undefined;
  if (!isComplete && !UNUSABLE_TYPES.has(type)) return undefined;
  return `EQL cannot read \`${name}\`, a field of type \`${type}\``;
}

function objectMessage(name: string): string {
  return `\`${name}\` is an object: name one of its fields`;
}

const UNUSABLE_TYPES: ReadonlySet<string> = new Set([
  "alias",
  "flattened",
  "geo_point",
  "geo_shape",
  "point",
  "shape",
  "integer_range",
  "float_range",
  "long_range",
  "double_range",
  "date_range",
  "ip_range",
  "histogram",
  "aggregate_metric_double",
  "dense_vector",
  "sparse_vector",
  "rank_feature",
  "rank_features",
  "completion",
  "percolator",
  "join",
]);

export interface FieldRelatives {
  /** There are fields below this name. */
  readonly isParent: boolean;
  readonly isBelowFlattened: boolean;
  readonly meant: string | undefined;
}

/** Looks every name up once: a mapping may have thousands, and a query may repeat its mistake as often. */
export function fieldRelatives(types: FieldTypes): (name: string) => FieldRelatives {
  const known = new Map<string, FieldRelatives>();
  return (name) => {
    const found = known.get(name) ?? {
      isParent: [...types.names()].some((other) => other.startsWith(`${name}.`)),
      isBelowFlattened: isBelowFlattened(types, name),
      meant: closestWord(name, types.names()),
    };
    known.set(name, found);
    return found;
  };
}

function isBelowFlattened(types: FieldTypes, name: string): boolean {
  for (let dot = name.lastIndexOf("."); 0 < dot; dot = name.lastIndexOf(".", dot - 1)) {
    if (types.get(name.slice(0, dot))?.type === "flattened") return true;
  }
  return false;
}

/** The name as a query writes it: parts that are no identifiers take backticks. */
function inQuery(name: string): string {
  if (/^[A-Za-z_@]\w*(?:\.[A-Za-z_]\w*)*$/.test(name)) return name;
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A text field is of no use where values are compared, unless one exact sub-field stands in for it. */
export function checkFieldUse(verification: Verification, expression: EqlExpression): void {
  const field = withoutGroups(expression);
  if (field.kind !== "field") return;
  const { inexact } = verification.valueOf(field);
  if (inexact === undefined) return;
  const what = inexact === "text" ? "a text field" : "a keyword with a normalizer";
  const exact = exactRelative(verification.types, field.name);
  const instead = exact === undefined ? "" : `: use \`${exact}\``;
  const message = `\`${field.name}\` is ${what}, which cannot be compared exactly${instead}`;
  const fixes = exact === undefined ? [] : [replaceWith(field.nameSpan, inQuery(exact), `Use ${exact}`)];
  verification.problems.report("text-field", field.nameSpan, message, fixes);
}

/** The field that this one is another index of, if that can be compared. */
function exactRelative(types: FieldTypes, name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : types.get(name.slice(0, dot));
  if (parent === undefined || typeOfField(parent) !== "string") return undefined;
  return inexactness(parent) === undefined ? parent.name : undefined;
}
