import { type KeyType } from "../../rule/keyTypes.ts";
import { type KeyContext, keyAt } from "../../rule/keys.ts";
import { type Fix } from "../../text/edit.ts";
import { locate } from "../../toml/locate.ts";
import { type TomlDocument } from "../../toml/model.ts";
import { type TomlCheck } from "../check.ts";

export const tomlSyntax: TomlCheck = {
  id: "toml/syntax",
  on: "toml",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  seesDeprecated: true,
  upstream: ["toml-syntax"],
  summary: "The text is not TOML.",
  why: "No tool can load the rule. The rest of the file is still checked as far as it can be read.",
  bad: `[rule]
type = "eql"
name = "Shell Started by a Web Server
severity = "low"
`,
  good: `[rule]
type = "eql"
name = "Shell Started by a Web Server"
severity = "low"
`,
  *run(document) {
    for (const [i, error] of document.errors.entries()) {
      const fixes = error.fixes.filter((fix) => MOST <= i || mayStand(document, fix));
      yield { ...error, fixes };
    }
  },
};

/** To find what stands at an offset takes a walk through the file: of very many errors the first ones are looked at. */
const MOST = 50;

/** False for quotes or brackets around what stands where the key takes another kind of value. */
function mayStand(document: TomlDocument, { edits }: Fix): boolean {
  const [opening] = edits;
  const place = opening && locate(document, opening.span.start);
  if (opening === undefined || place?.kind !== "value") return true;
  const key = place.value.span.start === opening.span.start ? keyAt(place.path, UNSETTLED) : undefined;
  if (key === undefined) return true;
  if (/^["']/.test(opening.text)) return takes(key.type, ["text", "list", "free-table"]);
  return !opening.text.startsWith("[") || takes(key.type, ["list", "free-table"]);
}

/** While a text cannot be read, the type of the rule may be unknown too. */
const UNSETTLED: KeyContext = { ruleType: undefined, isDeprecated: false };

function takes(type: KeyType, kinds: readonly KeyType["kind"][]): boolean {
  return type.kind === "either" ? type.types.some((one) => takes(one, kinds)) : kinds.includes(type.kind);
}
