/** The keys of a test manifest as data: they drive its checks, and may drive completion and hovers. */

export type ManifestSection = "manifest" | "defaults" | "case" | "alerts" | "patch";

export type ManifestType =
  | { readonly kind: "text" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "count" }
  | { readonly kind: "boolean" }
  /** A point in time. */
  | { readonly kind: "time" }
  /** The path of an events file, or a list of events. */
  | { readonly kind: "events" }
  /** A number, or a table of bounds. */
  | { readonly kind: "alerts" }
  | { readonly kind: "fields" }
  | { readonly kind: "names" }
  | { readonly kind: "table"; readonly section: ManifestSection }
  | { readonly kind: "list"; readonly section: ManifestSection };

export interface ManifestKey {
  readonly name: string;
  readonly type: ManifestType;
  readonly isRequired: boolean;
  readonly doc: string;
}

const text: ManifestType = { kind: "text" };

function key(name: string, type: ManifestType, doc: string): ManifestKey {
  return { name, type, isRequired: false, doc };
}

function required(name: string, type: ManifestType, doc: string): ManifestKey {
  return { name, type, isRequired: true, doc };
}

export const EXPECTATIONS = ["match", "nomatch", "todo"] as const;

export const MANIFEST_KEYS: Readonly<Record<ManifestSection, readonly ManifestKey[]>> = {
  manifest: [
    key("rule", text, "The rule's `rule_id`, where the name of this file is not that of the rule."),
    key("defaults", { kind: "table", section: "defaults" }, "What holds for all cases."),
    required("cases", { kind: "list", section: "case" }, "The test cases, in order."),
  ],
  defaults: [
    key("index", text, "The index that events stand in, if they do not say so themselves."),
    key("history", { kind: "events" }, "Earlier events, for rules that look for what is new."),
    key("indicators", { kind: "events" }, "Indicators, for rules that compare events with them."),
    key("now", { kind: "time" }, "When the rule runs. Default: the time of the newest event."),
  ],
  case: [
    required("name", text, "What the case shows, in a few words. No two cases share one."),
    key("description", text, "Why the case is there."),
    key(
      "expect",
      { kind: "choice", values: EXPECTATIONS },
      "`match`: the rule must alert. `nomatch`: it must not. `todo`: it should, and does not yet. Default: `match`.",
    ),
    key(
      "alerts",
      { kind: "alerts" },
      "How many alerts there must be: a number, or `at_least` and `at_most`.",
    ),
    key(
      "events",
      { kind: "events" },
      "The path of an events file beside this one, or the events themselves.",
    ),
    key("base", text, "The name of the case whose events this one starts from."),
    key("patch", { kind: "list", section: "patch" }, "What is changed in the events, in order."),
    key("history", { kind: "events" }, "Earlier events, for rules that look for what is new."),
    key("indicators", { kind: "events" }, "Indicators, for rules that compare events with them."),
    key("now", { kind: "time" }, "When the rule runs. Default: the time of the newest event."),
    key("index", text, "The index that events stand in, if they do not say so themselves."),
  ],
  alerts: [
    key("at_least", { kind: "count" }, "The lowest number of alerts."),
    key("at_most", { kind: "count" }, "The highest number of alerts."),
  ],
  patch: [
    key(
      "line",
      { kind: "count" },
      "The line that the event begins on, or its place in a list. Default: all events.",
    ),
    key("set", { kind: "fields" }, 'Fields with their new values. A time can be moved: `"+10m"`, `"-30s"`.'),
    key("remove", { kind: "names" }, "Fields that are taken away."),
    key("drop", { kind: "boolean" }, "Take the event out."),
  ],
};

export function manifestKeyNamed(section: ManifestSection, name: string): ManifestKey | undefined {
  return MANIFEST_KEYS[section].find((one) => one.name === name);
}
