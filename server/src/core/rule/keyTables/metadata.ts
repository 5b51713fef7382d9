import {
  either,
  flag,
  freeTable,
  key,
  list,
  matching,
  oneOf,
  requiredKey,
  text,
  texts,
} from "../keyTypes.ts";

const date = matching(/^\d{4}\/\d{2}\/\d{2}$/, "a date like 2024/01/31", (value) => {
  const [, year, month = "", day = ""] = /^\s*(\d{4})[-./](\d{1,2})[-./](\d{1,2})\s*$/.exec(value) ?? [];
  return year === undefined ? value : `${year}/${month.padStart(2, "0")}/${day.padStart(2, "0")}`;
});

/** What Elastic's loader takes for a version. */
export const LOADED_VERSION = /^\d+\.\d+(?:\.\d[\w-]*)*$/;

/** `>=8.19` and `v8.19` name a version, and `8` its first. */
function plainVersion(value: string): string {
  const version = value.replace(/^[^\d]+/, "");
  return /^\d+$/.test(version) ? `${version}.0.0` : version;
}

export const METADATA_KEYS = [
  key(
    "bypass_bbr_timing",
    flag,
    "Waives the minimum look-back and interval that a building block rule otherwise needs.",
  ),
  key("comments", text, "A remark for maintainers; it is not shipped with the rule."),
  requiredKey("creation_date", date, "The day the rule was written, as `YYYY/MM/DD`."),
  key(
    "deprecation_date",
    date,
    "The day the rule was deprecated; in a deprecated rule it equals `updated_date`.",
  ),
  key("extended", freeTable, "Free-form data of your own, ignored by the tools."),
  key(
    "integration",
    either(text, texts),
    "The Fleet packages whose data the rule reads. They decide which field schemas the query is checked against and become `related_integrations`.",
  ),
  requiredKey(
    "maturity",
    oneOf("development", "experimental", "beta", "production", "deprecated"),
    "The stage of the rule's life. Only `production` rules are tested in full and shipped; `deprecated` ones are no longer validated.",
  ),
  key("min_stack_comments", text, "Why the rule needs the stack named in `min_stack_version`."),
  key(
    "min_stack_version",
    matching(LOADED_VERSION, "a version like 8.19.0", plainVersion),
    "The oldest stack that the rule may be shipped to, as `X.Y.Z`.",
  ),
  key(
    "os_type_list",
    list(oneOf("windows", "linux", "macos")),
    "The operating systems that the rule is about.",
  ),
  key("promotion", flag, "Marks a rule that only promotes a product's own alerts."),
  key(
    "query_schema_validation",
    flag,
    "`false` switches off every field check of Elastic's tooling for this rule's query.",
  ),
  key("related_endpoint_rules", texts, "Rules of Elastic Defend that detect the same behaviour."),
  requiredKey(
    "updated_date",
    date,
    "The day of the last change, as `YYYY/MM/DD`; Elastic's CI wants it raised with every edit.",
  ),
];

/** `metadata.deprecated_reason` is only known once the maturity says deprecated. */
export const DEPRECATED_METADATA_KEYS = [key("deprecated_reason", text, "Why the rule was deprecated.")];
