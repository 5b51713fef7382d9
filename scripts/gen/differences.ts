/** `docs/known-differences.md`: where our answers differ from those of the reference implementations, and why. */
import { KNOWN, READINGS } from "../../test/conformance/known.ts";

const WRITTEN = `# Known differences

Our answers are compared with those of Elasticsearch, Kibana and Elastic's own tools (\`npm run conformance\`). Where they differ on purpose, this is why.

## Not done yet

- ES|QL queries are coloured, and checked for what Elastic's loader asks of them alone. Rules in ES|QL, and machine-learning rules, are \`unsupported\` when they are run on events.
- Lucene queries are checked for their syntax only, and are not run.
- An EQL regular expression with \`~\` or \`&\` inside a longer one is \`unsupported\`.

## On purpose

- A field that no loaded schema knows is _unverified_, and not marked, unless a complete schema that the rule must satisfy lacks it.
- Where Elastic's tools stop with an exception or report one mistake several times, one finding says what is wrong.
- What Elastic's tools have a check for that can never fire works here, as a warning.
- \`cidrMatch\` takes fields of type \`ip\` alone, as Elasticsearch's verifier does.
`;

export function differencesPage(): string {
  const bySuite = new Map<string, Map<string, string[]>>();
  const read = READINGS.map(({ example, ...reading }) => ({ ...reading, query: example }));
  for (const { suite, query, ours, reason } of [...KNOWN, ...read]) {
    const byReason = bySuite.get(suite) ?? new Map<string, string[]>();
    bySuite.set(suite, byReason);
    byReason.set(reason, [...(byReason.get(reason) ?? []), `- \`${query}\`: ${ours}`]);
  }
  const sections = [...bySuite].flatMap(([suite, byReason]) => [
    `## Queries of their kind: ${suite}`,
    ...[...byReason].flatMap(([reason, lines]) => [`${reason}.`, lines.join("\n")]),
  ]);
  return `${[WRITTEN.trimEnd(), ...sections].join("\n\n")}\n`;
}
