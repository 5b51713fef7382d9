import { listed } from "../../base/listed.ts";
import { encloses } from "../../text/span.ts";
import { doubledBrackets } from "../../toml/edits.ts";
import { type TomlConflict, type TomlDocument, type TomlHeader } from "../../toml/model.ts";
import { type TomlCheck } from "../check.ts";

export const duplicateKey: TomlCheck = {
  id: "toml/duplicate-key",
  on: "toml",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-duplicate-key", "toml-duplicate-table"],
  summary: "A key or table is declared twice.",
  why: "TOML allows each name once, and loaders refuse the file. Only `[[double brackets]]` may repeat: each one adds an item to a list.",
  bad: `[rule]
type = "eql"
severity = "low"
severity = "high"
`,
  good: `[rule]
type = "eql"
severity = "high"
`,
  *run(document) {
    for (const group of groups(document)) {
      const [conflict, ...others] = group;
      const wrong = singleHeader(document, conflict);
      const span = wrong?.parts.at(-1)?.span ?? conflict.span;
      const related = group.map(({ first }) =>
        span.start === first.start
          ? { span: conflict.span, message: "A list of tables here" }
          : { span: first, message: "Declared here first" },
      );
      const names = others.map(({ name }) => `\`${name}\``);
      const message =
        names.length === 0
          ? sentence(conflict)
          : `\`${conflict.name}\`, ${listed(names, "and")} have a value already: a header may be missing above`;
      yield { span, message, fixes: wrong === undefined ? [] : [doubledBrackets(wrong)], related };
    }
  },
};

/** Keys that are repeated on lines that follow each other are one mistake: they were meant for another table. */
function groups({ conflicts, text }: TomlDocument): readonly (readonly [TomlConflict, ...TomlConflict[]])[] {
  const found: [TomlConflict, ...TomlConflict[]][] = [];
  for (const conflict of conflicts) {
    const group = found[found.length - 1];
    const last = group?.[group.length - 1];
    const lines = last === undefined ? [] : text.slice(last.span.end, conflict.span.start).split("\n");
    const follows = last?.kind === "duplicate-key" && conflict.kind === "duplicate-key" && lines.length === 2;
    if (group !== undefined && follows) group.push(conflict);
    else found.push([conflict]);
  }
  return found;
}

/** Of a table and a list, the table is the one with brackets too few. */
function singleHeader(
  { headers }: TomlDocument,
  { kind, span, first }: TomlConflict,
): TomlHeader | undefined {
  if (kind !== "table-and-list") return undefined;
  const named = headers.filter(({ parts }) => {
    const last = parts.at(-1)?.span;
    return last !== undefined && (encloses(last, span) || encloses(last, first));
  });
  return named.find(({ isList }) => !isList);
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
