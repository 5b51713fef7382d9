/** Rules with sample events: such as pass, and such as fail. */
import { gzipSync } from "node:zlib";
import { connection, RULE, SEQUENCE, shell } from "../lsp/testingWorkspace.ts";
import { type CommandFolder } from "./commandFolder.ts";

const MANIFEST = `cases:
  - name: a shell & its <parent>
    expect: nomatch
    base: match
    patch: [{ set: { process.parent.name: bash } }]
  - name: too few
    alerts: { at_least: 2 }
    events: a.more.ndjson
`;

export function writeTestedRules(write: CommandFolder["write"]): void {
  write("rules/a.toml", RULE);
  write("rules/_tests/a.match.ndjson", shell() + shell({ parent: "apache2", second: 1 }));
  write("rules/_tests/a.match.packed.ndjson.gz", gzipSync(shell()));
  write("rules/_tests/a.nomatch.ndjson", shell({ name: "bash" }));
  write("rules/_tests/a.match.todo.ndjson", shell({ name: "dash" }));
  write("rules/_tests/a.events.ndjson", shell() + shell({ name: "bash" }));
  write("rules/s.toml", SEQUENCE);
  write("rules/_tests/s.match.ndjson", shell() + connection(5));
  write("rules/_tests/s.nomatch.ndjson", shell() + connection(15));
  write("rules/esql.toml", RULE.replaceAll('"eql"', '"esql"').replace(/'''[^]*'''/, "'''\nfrom logs-*\n'''"));
  write("rules/_tests/esql.match.ndjson", shell());
  write("rules/untested.toml", RULE.replace("6a11", "6a14"));
  write("failing/a.toml", RULE);
  write("failing/_tests/a.match.ndjson", shell() + shell({ name: "bash", second: 1 }));
  write("failing/_tests/a.more.ndjson", shell());
  write("failing/_tests/a.test.yml", MANIFEST);
  write("failing/_tests/gone.match.ndjson", shell());
}
