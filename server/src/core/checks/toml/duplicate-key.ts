import { type Fix } from "../../text/edit.ts";
import { encloses } from "../../text/span.ts";
import { doubledBrackets } from "../../toml/edits.ts";
import { type TomlConflict, type TomlDocument } from "../../toml/model.ts";
import { type TomlCheck } from "../check.ts";

export const duplicateKey: TomlCheck = {
  id: "toml/duplicate-key",
  on: "toml",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  summary: "A key or table is declared twice.",
  why: "TOML allows each name once, and loaders refuse the file. Only `[[double brackets]]` may repeat: each one adds an item to a list.",
  bad: `[rule]
severity = "low"
severity = "high"
`,
  good: `[rule]
severity = "high"
`,
  *run(document) {
    for (const conflict of document.conflicts) {
      const related = [{ span: conflict.first, message: "Declared here first" }];
      yield {
        span: conflict.span,
        message: sentence(conflict),
        fixes: fixesFor(document, conflict),
        related,
      };
    }
  },
};

/** Of a table and a list, the table is the one with brackets too few. */
function fixesFor(document: TomlDocument, { kind, span, first }: TomlConflict): readonly Fix[] {
  if (kind !== "table-and-list") return [];
  const named = document.headers.filter(
    (header) => encloses(header.span, span) || encloses(header.span, first),
  );
  const single = named.find(({ isList }) => !isList);
  return single === undefined ? [] : [doubledBrackets(single)];
}

function sentence({ kind, name }: TomlConflict): string {
  switch (kind) {
    case "duplicate-key":
      return `\`${name}\` has a value already`;
    case "duplicate-table":
      return `The table \`${name}\` is declared twice`;
    case "not-a-table":
      return `\`${name}\` has a value already and cannot be a table too`;
    case "table-and-list":
      return `\`${name}\` is both a table and a list of tables`;
  }
}
