import { type BuiltInCheck } from "../check.ts";

export const ruleExport: BuiltInCheck = {
  id: "events/rule-export",
  on: "run",
  file: "events",
  severity: "error",
  since: "0.1.0",
  when: "keystroke",
  summary: "A file of exported rules where events are expected.",
  why: "Kibana exports rules as NDJSON too. Nothing of the file is used as events. To keep the rule, import it; to test it, paste documents from Discover.",
  bad: `{"rule_id":"0a1b2c3d","name":"A rule","risk_score":47,"severity":"medium","type":"query"}
`,
  good: `{"@timestamp":"2026-01-01T00:00:00Z","message":"a document"}
`,
};
