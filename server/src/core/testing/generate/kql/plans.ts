/** What rules of each type need beside an event that matches: a group of them, a history, an indicator. */
import { type RuleDocument } from "../../../rule/model.ts";
import { tableIn, tablesIn, textIn } from "../../../rule/read.ts";
import { type JsonObject } from "../../../engine/event.ts";
import { withField } from "../../events/edit.ts";
import { namesIn } from "../../run/settings.ts";
import { distinctValues } from "./distinct.ts";
import {
  alone,
  type Solved,
  type Stage,
  type Staging,
  timed,
  type TypePlan,
  type Variant,
  without,
} from "./stage.ts";

/** A query rule needs nothing more. */
export const QUERY_PLAN: TypePlan = {
  needed: [],
  staging: ({ document }) => alone([timed(document, 0)]),
  variants: [],
};

const SECOND = 1000;
const DAY = 86_400_000;

export function thresholdPlan({ rule }: RuleDocument): TypePlan {
  const table = rule && tableIn(rule, "threshold");
  const fields = table === undefined ? [] : namesIn(table, "field");
  const value = table?.byName.get("value")?.value;
  const least = value?.kind === "integer" ? value.value : 1;
  const [counted] = table === undefined ? [] : tablesIn(table, "cardinality");
  const field = counted && textIn(counted, "field")?.value;
  const distinct = counted?.byName.get("value")?.value;
  const values = distinct?.kind === "integer" ? distinct.value : 0;
  const size = Math.max(least, field === undefined ? 0 : values);
  const group = (solved: Solved, count: number, different: number): readonly JsonObject[] =>
    groupOf(solved, count, field, different);
  return {
    needed: [...fields, ...(field === undefined ? [] : [field])],
    staging: (solved) => alone(group(solved, size, values)),
    variants: [
      ...(least < 2
        ? []
        : [variant("one event too little", (solved) => alone(group(solved, least - 1, values)))]),
      ...(field === undefined
        ? []
        : [
            variant(`one value of \`${field}\` too little`, (solved) =>
              alone(group(solved, size, values - 1)),
            ),
          ]),
      ...fields.map((one) =>
        variant(`without \`${one}\``, (solved) =>
          alone(group(solved, size, values).map((document) => without(document, one))),
        ),
      ),
      ...(size === 1 ? [] : fields.slice(0, 1)).map((one) =>
        variant(`each with another \`${one}\``, (solved) => {
          const others = distinctValues(solved, one, size);
          if (others.length < size) return undefined;
          return alone(
            group(solved, size, values).map((document, i) => withField(document, one, others[i] ?? null)),
          );
        }),
      ),
    ],
  };
}

function variant(name: string, staging: Staging): Variant {
  return { name, staging };
}

/** A second apart, with so many different values of the counted field. */
function groupOf(
  solved: Solved,
  count: number,
  field: string | undefined,
  different: number,
): readonly JsonObject[] {
  const values = field === undefined ? [] : distinctValues(solved, field, different);
  return Array.from({ length: Math.min(count, MOST_EVENTS) }, (_event, i) => {
    const value = values[i % Math.max(1, values.length)];
    const document = timed(solved.document, i * SECOND);
    return field === undefined || value === undefined ? document : withField(document, field, value);
  });
}

/** Groups of more events are no sample that anybody reads. */
const MOST_EVENTS = 2000;

export function newTermsPlan({ rule }: RuleDocument): TypePlan {
  const table = rule && tableIn(rule, "new_terms");
  const fields = table === undefined ? [] : namesIn(table, "value");
  const [first = ""] = fields;
  const earlier = (document: JsonObject): JsonObject => timed(document, -DAY);
  /** The same with another value of the first field, so that there is a history; without one if there is no other. */
  const staging = (solved: Solved): Stage => {
    const { document } = solved;
    const [, other] = distinctValues(solved, first, 2);
    const history = other === undefined ? [] : [earlier(withField(document, first, other))];
    return { events: [timed(document, 0)], history, indicators: [] };
  };
  return {
    needed: fields,
    staging,
    variants: [
      variant("seen before", ({ document }) => {
        return { events: [timed(document, 0)], history: [earlier(document)], indicators: [] };
      }),
      ...fields.map((one) =>
        variant(`without \`${one}\``, ({ document }) => alone([timed(without(document, one), 0)])),
      ),
    ],
  };
}
