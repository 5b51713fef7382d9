/** Rules with sample events in every form: cases that pass, scratch events, a manifest, tests of a rule that is gone. */
import { connection, RULE, SEQUENCE, shell } from "./testingWorkspace.ts";

const MANIFEST = `cases:
  - name: another shell
    expect: nomatch
    base: match
    patch: [{ set: { process.name: zsh } }]
`;

export const FILES = {
  "rules/a.toml": RULE,
  "rules/_tests/a.match.ndjson": shell() + shell({ parent: "apache2", second: 1 }),
  "rules/_tests/a.nomatch.ndjson": shell({ name: "bash" }),
  "rules/_tests/a.events.ndjson": shell({ args: ["-v"] }) + shell({ second: 1 }),
  "rules/_tests/a.test.yml": MANIFEST,
  "rules/_tests/gone.match.ndjson": shell(),
  "rules/s.toml": SEQUENCE,
  "rules/_tests/s.match.ndjson": shell() + connection(5),
  "rules/_tests/s.nomatch.ndjson": shell() + connection(15),
  "rules/none.toml": RULE.replace("6a11", "6a13").replace("Server", "Server Again"),
  "pyproject.toml": "[tool.black]\nline-length = 100\n",
};
