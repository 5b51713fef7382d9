import { type FieldCheck } from "../check.ts";

export const unknownField: FieldCheck = {
  id: "query/unknown-field",
  on: "fields",
  languages: ["eql", "kuery"],
  severity: "warning",
  since: "0.1.0",
  when: "keystroke",
  summary: "A field name that is nearly one of the schema.",
  why: "Elasticsearch refuses an EQL query with an unknown field; in KQL the comparison never matches and the rule is silently dead. Only names within two typing mistakes of an ECS field are reported: all others may belong to an integration whose schema is not loaded.",
  bad: `[rule]
type = "eql"
language = "eql"
query = 'process where proces.name : "cmd.exe"'
`,
  good: `[rule]
type = "eql"
language = "eql"
query = 'process where process.name : "cmd.exe"'
`,
  *run({ facts }, fields) {
    for (const ref of facts.fields) {
      if (fields.get(ref.name) !== undefined || isOtherNamespace(ref.name)) continue;
      const [nearest] = fields.closest(ref.name, 1);
      if (nearest === undefined) continue;
      yield {
        span: ref.span,
        message: `Unknown field \`${ref.name}\`, did you mean \`${nearest.name}\`?`,
        fixes: [
          {
            title: `Replace by ${nearest.name}`,
            safety: "unsafe",
            edits: [{ span: ref.span, text: nearest.name }],
          },
        ],
      };
    }
  },
};

/** `processor.*` is a namespace of its own (APM), however near it is to `process`; `process.ppid` was in older ECS. */
function isOtherNamespace(name: string): boolean {
  return name.startsWith("processor.") || name === "process.ppid";
}
