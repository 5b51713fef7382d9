import {
  type RuleType,
  RULE_TYPES,
  either,
  filledText,
  flag,
  freeTable,
  integer,
  key,
  list,
  matching,
  oneOf,
  requiredKey,
  table,
  tableOfTexts,
  text,
  texts,
} from "../keyTypes.ts";

const WITH_QUERY: readonly RuleType[] = RULE_TYPES.filter((type) => type !== "machine_learning");
const WITH_INDEX: readonly RuleType[] = WITH_QUERY.filter((type) => type !== "esql");

const uuid = matching(
  // The second alternative is one rule's old id that Elastic's schema lets pass.
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$|^7eb54028-ca72-4eb7-8185-b6864572347db$/,
  "a lower-case UUID",
  (value) => value.trim().toLowerCase(),
);

const WORDED_DURATION = /^\s*(\d+)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\s*$/;

/** `5 minutes` is 5m, and a week is seven days. */
function plainDuration(value: string): string {
  const [, amount, unit] = WORDED_DURATION.exec(value) ?? [];
  if (unit === undefined) return value;
  return unit.startsWith("w") ? `${7 * Number(amount)}d` : `${Number(amount)}${unit.charAt(0)}`;
}

/** Keys of `[rule]` that rules of every type may have. */
const COMMON_KEYS = [
  key("actions", list(freeTable), "Kibana actions to run when the rule raises alerts."),
  requiredKey(
    "author",
    texts,
    "Who wrote the rule. An entry `Elastic` puts it under the rules for Elastic's own guides.",
  ),
  key(
    "building_block_type",
    oneOf("default"),
    "Makes this a building block rule: its alerts are kept out of the list and feed other rules.",
  ),
  requiredKey("description", filledText, "What the rule detects, and why that matters."),
  key("enabled", flag, "Whether the rule runs as soon as it is installed."),
  key("exceptions_list", list(tableOfTexts), "Exception lists that are attached to the rule."),
  key("false_positives", texts, "Known harmless causes of an alert."),
  key("filters", list(freeTable), "Kibana filters that are added to the query."),
  key(
    "from",
    text,
    "Start of the time window of each run, as date math: `now-9m`. Kibana takes `now-6m` if it is absent.",
  ),
  key(
    "interval",
    matching(/^\d+[mshd]$/, "a duration like 5m (units s, m, h, d)", plainDuration),
    "How often the rule runs: `5m` if absent.",
  ),
  key(
    "investigation_fields",
    table("rule.investigation_fields"),
    "Fields that are shown to the analyst first.",
    { minStack: "8.11" },
  ),
  key("license", text, "The licence of the rule's text."),
  key("max_signals", integer({ min: 1 }), "How many alerts one run may raise: 100 if absent, at most 1000."),
  key("meta", freeTable, "Free-form data that Kibana keeps with the rule."),
  requiredKey("name", filledText, "The display name, unique among active rules."),
  key("note", text, "The investigation guide, in Markdown."),
  key("references", texts, "Links to further reading."),
  key(
    "related_integrations",
    list(table("rule.related_integrations")),
    "Packages the rule needs; normally made at build time from `metadata.integration`.",
    { minStack: "8.3" },
  ),
  key(
    "required_fields",
    list(table("rule.required_fields")),
    "Fields the query needs; normally made at build time.",
    { minStack: "8.3" },
  ),
  key("response_actions", list(freeTable), "Automated responses, such as isolating a host."),
  key("revision", integer(), "Kibana's edit counter; not allowed where versions are locked.", {
    minStack: "8.8",
  }),
  requiredKey(
    "risk_score",
    integer({ min: 0, max: 100 }),
    "Risk from 0 to 100: low is 0–21, medium 22–47, high 48–73, critical 74–100.",
  ),
  key(
    "risk_score_mapping",
    list(table("rule.risk_score_mapping")),
    "Takes the risk score from a field of the event.",
  ),
  requiredKey("rule_id", uuid, "The rule's stable identity: a lower-case UUID that never changes."),
  key("rule_name_override", text, "A field whose value becomes the name of the alert."),
  key("setup", text, "What must be set up before the rule can work, in Markdown.", { minStack: "8.3" }),
  requiredKey(
    "severity",
    oneOf("low", "medium", "high", "critical"),
    "Default severity; it goes with the risk score.",
  ),
  key(
    "severity_mapping",
    list(table("rule.severity_mapping")),
    "Raises or lowers the severity by a field's value.",
  ),
  key("tags", texts, "Labels such as `OS: Windows` or `Tactic: Execution`."),
  key("threat", list(table("rule.threat")), "Which tactics and techniques of MITRE ATT&CK the rule covers."),
  key(
    "threat_mappings",
    list(table("rule.threat_mappings")),
    "Further mappings, one per version of the framework; they are left out of what is shipped.",
  ),
  key("throttle", text, "Old form of how often actions run."),
  key("timeline_id", text, "The Timeline template that an investigation of the alert opens with."),
  key("timeline_title", text, "The title of that Timeline template."),
  key(
    "timestamp_override",
    text,
    "The time field that decides which events are in the window: `event.ingested` catches events that arrive late.",
  ),
  key("to", text, "End of the time window: `now` if absent."),
  requiredKey(
    "type",
    oneOf(...RULE_TYPES),
    "Which rule engine runs the rule; it decides which other keys there are.",
  ),
  key("version", integer({ min: 1 }), "The rule's version; not allowed where versions are locked."),
];

const QUERY_KEYS = [
  key("alert_suppression", table("rule.alert_suppression"), "Folds repeated alerts of one group into one.", {
    ruleTypes: RULE_TYPES.filter((type) => type !== "threshold"),
    minStack: "8.8",
  }),
  key("data_view_id", text, "A Kibana data view to read instead of `index`.", { ruleTypes: WITH_QUERY }),
  key("index", texts, "The index patterns that the rule reads.", { ruleTypes: WITH_INDEX }),
  requiredKey("language", oneOf("eql", "esql", "kuery", "lucene"), "The language of `query`.", {
    ruleTypes: WITH_QUERY,
  }),
  requiredKey("query", filledText, "The query that finds the events.", { ruleTypes: WITH_QUERY }),
];

const EQL_KEYS = [
  key(
    "event_category_override",
    text,
    "The field that holds the event category: `event.category` if absent.",
    {
      ruleTypes: ["eql"],
      minStack: "8.0",
    },
  ),
  key("tiebreaker_field", text, "A field that orders events with the same timestamp.", {
    ruleTypes: ["eql"],
    minStack: "8.0",
  }),
  key("timestamp_field", text, "The field that orders events in a sequence: `@timestamp` if absent.", {
    ruleTypes: ["eql"],
    minStack: "8.0",
  }),
];

const THRESHOLD_KEYS = [
  key(
    "alert_suppression",
    table("rule.alert_suppression (threshold)"),
    "Folds alerts of one group into one.",
    {
      ruleTypes: ["threshold"],
      minStack: "8.12",
    },
  ),
  requiredKey("threshold", table("rule.threshold"), "How many events of a group raise an alert.", {
    ruleTypes: ["threshold"],
  }),
];

const NEW_TERMS_KEYS = [
  requiredKey(
    "new_terms",
    table("rule.new_terms"),
    "Which values must be new, and how far back they must be unseen.",
    { ruleTypes: ["new_terms"], unless: ["new_terms_fields", "history_window_start"] },
  ),
  key(
    "new_terms_fields",
    list(filledText, { min: 1, max: 3 }),
    "Kibana's own form of `new_terms`: one to three fields whose combination must be new.",
    { ruleTypes: ["new_terms"] },
  ),
  key(
    "history_window_start",
    filledText,
    "Kibana's own form: date math that says how far back the combination must be unseen.",
    { ruleTypes: ["new_terms"] },
  ),
];

const THREAT_MATCH_KEYS = [
  key("concurrent_searches", integer({ min: 1 }), "How many indicator searches run at once.", {
    ruleTypes: ["threat_match"],
  }),
  key("items_per_search", integer({ min: 1 }), "How many indicators one search takes.", {
    ruleTypes: ["threat_match"],
  }),
  key("threat_filters", list(freeTable), "Kibana filters on the indicators.", {
    ruleTypes: ["threat_match"],
  }),
  requiredKey("threat_index", texts, "The index patterns that hold the indicators.", {
    ruleTypes: ["threat_match"],
  }),
  key("threat_indicator_path", text, "The object that holds the indicator: `threat.indicator` if absent.", {
    ruleTypes: ["threat_match"],
  }),
  requiredKey("threat_language", oneOf("kuery", "lucene"), "The language of `threat_query`.", {
    ruleTypes: ["threat_match"],
    onlyWith: "threat_query",
  }),
  requiredKey(
    "threat_mapping",
    list(table("rule.threat_mapping"), { min: 1 }),
    "Which event fields are compared with which indicator fields.",
    {
      ruleTypes: ["threat_match"],
    },
  ),
  key("threat_query", text, "The query that selects the indicators.", { ruleTypes: ["threat_match"] }),
];

const MACHINE_LEARNING_KEYS = [
  requiredKey("anomaly_threshold", integer({ min: 0 }), "The smallest anomaly score that raises an alert.", {
    ruleTypes: ["machine_learning"],
  }),
  requiredKey(
    "machine_learning_job_id",
    either(text, texts),
    "The machine learning job, or jobs, whose anomalies count.",
    {
      ruleTypes: ["machine_learning"],
    },
  ),
];

export const RULE_KEYS = [
  ...COMMON_KEYS,
  ...QUERY_KEYS,
  ...EQL_KEYS,
  ...THRESHOLD_KEYS,
  ...NEW_TERMS_KEYS,
  ...THREAT_MATCH_KEYS,
  ...MACHINE_LEARNING_KEYS,
];
