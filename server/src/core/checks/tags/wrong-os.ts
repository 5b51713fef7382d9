import { listed } from "../../base/listed.ts";
import { OS_TAGS } from "../../knowledge/ruleTags.ts";
import { removeItem } from "../../toml/removal.ts";
import { type Span } from "../../text/span.ts";
import { type TomlString } from "../../toml/model.ts";
import { type Finding, type PlaceCheck, type RulePlace } from "../check.ts";
import { demandedValues } from "../demandedValues.ts";
import { folderOf } from "../rulePath.ts";
import { hasTag, replaceTag, type RuleTags, ruleTags } from "../ruleTags.ts";
import { type RuleDocument } from "../../rule/model.ts";

export const wrongOs: PlaceCheck = {
  id: "tags/wrong-os",
  on: "place",
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A tag of an operating system that the query rules out.",
  why: "The query asks for other values of `host.os.type`, so the rule never raises an alert on hosts with the system that the tag promises.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where host.os.type == "windows" and process.name : "cmd.exe"'
tags = ["OS: Windows", "OS: Linux"]
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where host.os.type == "windows" and process.name : "cmd.exe"'
tags = ["OS: Windows"]
`,
  *run(rule, place) {
    const tags = ruleTags(rule);
    const query = place.queries.find(({ embedded }) => embedded.role === "query");
    if (tags === undefined || query === undefined) return;
    const asked = demandedValues(query, ["host.os.type"]);
    if (asked === undefined || ![...asked].every((value) => OS_TAGS.has(value))) return;
    const related = query.facts.equalities
      .filter(({ field }) => field === "host.os.type")
      .map(({ span }) => ({
        span: query.embedded.host.map.toHostSpan(span),
        message: "What the query asks for",
      }));
    for (const item of tags.items) {
      const system = [...OS_TAGS].find(([, tag]) => tag === item.value)?.[0];
      if (system === undefined || asked.has(system) || isAskedByFolder(system, place)) continue;
      yield { ...finding(rule, tags, { item, asked }), related };
    }
  },
};

/** Elastic's CI wants the tag of the folder, whatever the query says. */
function isAskedByFolder(system: string, { path, repository }: RulePlace): boolean {
  return repository.kind === "elastic" && folderOf(path) === system;
}

function finding(
  { toml }: RuleDocument,
  tags: RuleTags,
  { item, asked }: { readonly item: TomlString; readonly asked: ReadonlySet<string> },
): { readonly span: Span; readonly message: string; readonly fixes: Finding["fixes"] } {
  const wanted = [...asked].flatMap((value) => OS_TAGS.get(value) ?? []);
  const missing = wanted.filter((tag) => !hasTag(tags, tag));
  const removal = removeItem(toml, tags.list, tags.list.items.indexOf(item));
  const removed: Finding["fixes"] =
    removal === undefined ? [] : [{ title: `Remove ${item.value}`, safety: "unsafe", edits: [removal] }];
  return {
    span: item.span,
    message: `The query finds events of ${listed([...asked], "and")} only`,
    fixes: [...missing.flatMap((tag) => replaceTag(item, tag)), ...removed],
  };
}
