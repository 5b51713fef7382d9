import {
  type RuleKey,
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
  text,
} from "../keyTypes.ts";

const framework = oneOf("MITRE ATT&CK", "MITRE ATLAS");
const filledTexts = list(filledText);

/** Elastic's schema adds a missing slash at the end before it looks, so the slash is free. */
function page(folder: string, id: string, atlasId: string, example: string): ReturnType<typeof matching> {
  return matching(
    new RegExp(
      `^(https://attack.mitre.org/${folder}/${id}/?|https://atlas.mitre.org/${folder}/${atlasId}/?)$`,
    ),
    `a link like https://attack.mitre.org/${folder}/${example}/`,
    (value) => {
      if (value.includes("AML")) return value;
      // A dot in place of the slash, another protocol or host: the id tells which page was meant.
      const [named] = new RegExp(`\\b${id.replace("/", "[./]")}`).exec(value) ?? [];
      return named === undefined ? value : `https://attack.mitre.org/${folder}/${named.replace(".", "/")}/`;
    },
  );
}

function taxonomyKeys(what: string, reference: ReturnType<typeof matching>): readonly RuleKey[] {
  return [
    requiredKey("id", text, `The ${what}'s id.`),
    requiredKey("name", text, `The ${what}'s name, spelt as the framework spells it.`),
    requiredKey("reference", reference, `The ${what}'s page on the framework's site.`),
  ];
}

const THREAT: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  [
    "rule.threat",
    [
      requiredKey("framework", framework, "The taxonomy that ids and names come from."),
      requiredKey("tactic", table("rule.threat.tactic"), "What the adversary wants to reach."),
      key("technique", list(table("rule.threat.technique")), "How the adversary goes about it."),
    ],
  ],
  ["rule.threat.tactic", taxonomyKeys("tactic", page("tactics", "TA[0-9]+", "AML\\.TA[0-9]+", "TA0002"))],
  [
    "rule.threat.technique",
    [
      ...taxonomyKeys("technique", page("techniques", "T[0-9]+", "AML\\.T[0-9]+", "T1059")),
      key(
        "subtechnique",
        list(table("rule.threat.technique.subtechnique")),
        "Particular forms of the technique.",
      ),
    ],
  ],
  [
    "rule.threat.technique.subtechnique",
    taxonomyKeys(
      "sub-technique",
      page("techniques", "T[0-9]+/[0-9]+", "AML\\.T[0-9]+\\.[0-9]+", "T1059/001"),
    ),
  ],
  [
    "rule.threat_mappings",
    [
      requiredKey("framework", framework, "The taxonomy of this mapping."),
      requiredKey("threat", list(table("rule.threat")), "The mapping's entries."),
      requiredKey(
        "version",
        text,
        'The version of the framework that this mapping is written for, such as "19".',
      ),
    ],
  ],
]);

const duration = requiredKey(
  "duration",
  table("rule.alert_suppression.duration"),
  "How long alerts are folded.",
);

const ALERTS: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  [
    "rule.alert_suppression",
    [
      { ...duration, required: false },
      requiredKey(
        "group_by",
        list(filledText, { min: 1, max: 3 }),
        "One to three fields; alerts with equal values form a group.",
      ),
      requiredKey(
        "missing_fields_strategy",
        oneOf("suppress", "doNotSuppress"),
        "What happens to alerts that lack a field of the group.",
      ),
    ],
  ],
  ["rule.alert_suppression (threshold)", [duration]],
  [
    "rule.alert_suppression.duration",
    [
      requiredKey("unit", oneOf("s", "m", "h"), "Seconds, minutes or hours."),
      requiredKey("value", integer({ min: 1 }), "The length of the time, in units."),
    ],
  ],
  [
    "rule.risk_score_mapping",
    [
      requiredKey("field", text, "The event field whose value becomes the risk score."),
      key("operator", oneOf("equals"), "Always `equals`."),
      key("value", text, "Unused: the field's own value is taken."),
    ],
  ],
  [
    "rule.severity_mapping",
    [
      requiredKey("field", text, "The event field that decides."),
      key("operator", oneOf("equals"), "Always `equals`."),
      key("severity", text, "The severity that the alert gets."),
      key("value", text, "The value of the field that has this effect."),
    ],
  ],
  [
    "rule.investigation_fields",
    [requiredKey("field_names", filledTexts, "The fields, in the order in which they are shown.")],
  ],
  [
    "rule.related_integrations",
    [
      key("integration", filledText, "One data source of the package."),
      requiredKey("package", filledText, "The name of the Fleet package."),
      requiredKey("version", filledText, "A range of package versions, such as `^2.0.0`."),
    ],
  ],
  [
    "rule.required_fields",
    [
      requiredKey("ecs", flag, "Whether the field is one of ECS."),
      requiredKey("name", filledText, "The field."),
      requiredKey("type", filledText, "Its Elasticsearch type."),
    ],
  ],
]);

const TYPES: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  [
    "rule.threshold",
    [
      key(
        "cardinality",
        list(table("rule.threshold.cardinality")),
        "How many distinct values of a field a group needs.",
      ),
      requiredKey(
        "field",
        list(filledText, { max: 5 }),
        "The fields that form groups; none: all events are one group.",
      ),
      requiredKey("value", integer({ min: 1 }), "How many events of a group raise an alert."),
    ],
  ],
  [
    "rule.threshold.cardinality",
    [
      requiredKey("field", text, "The field whose distinct values are counted."),
      requiredKey("value", integer({ min: 1 }), "How many distinct values a group needs."),
    ],
  ],
  [
    "rule.new_terms",
    [
      requiredKey("field", oneOf("new_terms_fields"), "Always `new_terms_fields`."),
      requiredKey(
        "history_window_start",
        list(table("rule.new_terms.history_window_start"), { min: 1 }),
        "How far back the values must be unseen.",
      ),
      requiredKey(
        "value",
        list(filledText, { min: 1, max: 3 }),
        "One to three fields whose combination must be new.",
      ),
    ],
  ],
  [
    "rule.new_terms.history_window_start",
    [
      requiredKey("field", oneOf("history_window_start"), "Always `history_window_start`."),
      requiredKey("value", filledText, "Date math, such as `now-14d`."),
    ],
  ],
  [
    "rule.threat_mapping",
    [requiredKey("entries", list(table("rule.threat_mapping.entries")), "Conditions that must all hold.")],
  ],
  [
    "rule.threat_mapping.entries",
    [
      requiredKey("field", filledText, "The event field."),
      key("negate", flag, "`true`: the values must not be equal.", { minStack: "9.2" }),
      requiredKey("type", oneOf("mapping"), "Always `mapping`."),
      requiredKey("value", filledText, "The indicator field that it is compared with."),
    ],
  ],
]);

const TRANSFORM: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  [
    "transform",
    [
      key("investigate", list(table("transform.investigate")), "Buttons in the guide that open a Timeline."),
      key("osquery", list(table("transform.osquery")), "Buttons in the guide that run an Osquery query."),
    ],
  ],
  [
    "transform.osquery",
    [
      key("ecs_mapping", freeTable, "Which result column goes to which ECS field."),
      requiredKey("label", text, "The text of the button."),
      requiredKey("query", text, "The Osquery SQL."),
    ],
  ],
  [
    "transform.investigate",
    [
      key("description", text, "What the button is for."),
      requiredKey("label", text, "The text of the button."),
      requiredKey(
        "providers",
        list(list(table("transform.investigate.providers"))),
        "Conditions: the inner lists are and-ed, the outer list is or-ed.",
      ),
      key("relativeFrom", text, "Start of the time window."),
      key("relativeTo", text, "End of the time window."),
    ],
  ],
  [
    "transform.investigate.providers",
    [
      requiredKey("excluded", flag, "`true`: the condition must not hold."),
      requiredKey("field", text, "The field."),
      requiredKey("queryType", oneOf("phrase", "range"), "Whether the value is a phrase or a range."),
      requiredKey("value", text, "The value; `{{field}}` takes it from the alert."),
      requiredKey("valueType", oneOf("string", "boolean"), "The type of the value."),
    ],
  ],
]);

/** Sections below `[rule]` and `[transform]`, by dotted name. */
export const NESTED_KEYS: ReadonlyMap<string, readonly RuleKey[]> = new Map([
  ...THREAT,
  ...ALERTS,
  ...TYPES,
  ...TRANSFORM,
]);
