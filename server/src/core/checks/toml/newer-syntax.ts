import { type RuleKey } from "../../rule/keyTypes.ts";
import { keyAt } from "../../rule/keys.ts";
import { locate } from "../../toml/locate.ts";
import { type TomlDocument } from "../../toml/model.ts";
import { type TomlCheck } from "../check.ts";

export const newerSyntax: TomlCheck = {
  id: "toml/newer-syntax",
  on: "toml",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-syntax", "toml-mixed-array"],
  summary: "Syntax that older TOML loaders refuse.",
  why: "Elastic's tools load rules with libraries that are older than TOML 1.1: they refuse its new escapes, line breaks and closing commas in inline tables, times without seconds, lists with items of several kinds, and a byte order mark.",
  bad: `[rule]
type = "eql"
name = "Bell \\x07 in a Path"
`,
  good: `[rule]
type = "eql"
name = "Bell \\u0007 in a Path"
`,
  *run(document) {
    yield* document.newerSyntax;
    // Where the key says what its items are, the one that is none has a finding of its own.
    const mixed = document.mixedItems.slice(0, MOST);
    yield* mixed.filter(({ span }) => keyOfItem(document, span.start) === undefined);
  },
};

/** More findings than this help nobody, and each takes a walk through the file. */
const MOST = 50;

function keyOfItem(document: TomlDocument, offset: number): RuleKey | undefined {
  const path = locate(document, offset)?.path;
  return path && keyAt(path, { ruleType: undefined, isDeprecated: false });
}
