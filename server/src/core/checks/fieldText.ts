/** How a query writes the name of a field. */
import { type QueryLanguage } from "../query/language.ts";

/** Undefined where we do not know how the language would write it. */
export function fieldInQuery(language: QueryLanguage, name: string): string | undefined {
  if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(name)) return name;
  switch (language) {
    case "eql":
      return `\`${name.replaceAll("`", "``")}\``;
    case "kuery":
      return name.replace(/[\\():<>"*{}\s]/g, "\\$&");
    case "esql":
      return `\`${name.replaceAll("`", "``")}\``;
    case "lucene":
      return undefined;
  }
}
