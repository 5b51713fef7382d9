/** The words of KQL as completion offers them. */
import { type QueryChoice, type FieldFamily } from "../expectation.ts";
import { type Snippet, tabStop } from "../../text/snippet.ts";

function choice(
  label: string,
  kind: QueryChoice["kind"],
  snippet: Snippet,
  rest: { readonly detail?: string; readonly word?: string; readonly suits?: readonly FieldFamily[] } = {},
): QueryChoice {
  return { label, kind, detail: rest.detail ?? "", snippet, suits: rest.suits, word: rest.word ?? label };
}

const ORDERED: readonly FieldFamily[] = ["number", "date", "ip", "text"];

export const AND = choice("and", "keyword", ["and"]);
export const OR = choice("or", "keyword", ["or"]);
export const NOT = choice("not", "keyword", ["not"]);

/** What may follow the name of a field. */
export const OPERATORS: readonly QueryChoice[] = [
  choice(":", "operator", [":"], { detail: "has the value" }),
  choice(":*", "operator", [":*"], { detail: "has any value", word: "*" }),
  choice(":(…)", "operator", [":(", tabStop(1), ")"], { detail: "has one of several values", word: ":" }),
  ...[">=", "<=", ">", "<"].map((sign) =>
    choice(sign, "operator", [`${sign} `], { detail: "compared", suits: ORDERED }),
  ),
];

/** What may stand in the place of a value. */
export const ANY_VALUE = choice("*", "operator", ["*"], { detail: "any value" });
export const LIST = choice("(…)", "operator", ["(", tabStop(1), ")"], {
  detail: "several values",
  word: ":",
});
