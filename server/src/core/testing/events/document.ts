/** What one JSON object of an events file is: an event in one of the shapes that Kibana and its tools write, or no event. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";

/**
 * `document`: the event itself. `hit`: a search result with `_source`. `fields`: one with lists of values by dotted
 * name, as Discover copies it. `archive`: of es_archiver. `bulk`: after an action line.
 */
export type EventShape = "document" | "hit" | "fields" | "archive" | "bulk";

export type Unwrapped =
  | UnwrappedEvent
  /** Belongs to a format and holds no event: a missing event of a sequence, an index of an archive. */
  | { readonly kind: "nothing" }
  | { readonly kind: "action"; readonly action: BulkAction }
  /** A detection rule of Kibana, or the last line of a file of them. */
  | { readonly kind: "rule" }
  /** Holds events somewhere below. */
  | { readonly kind: "wrapper" };

export interface UnwrappedEvent {
  readonly kind: "event";
  readonly shape: EventShape;
  readonly document: JsonObject;
  /** The keys that lead to the document. */
  readonly path: readonly string[];
  readonly index: string | undefined;
  readonly id: string | undefined;
}

export interface BulkAction {
  readonly name: "index" | "create" | "update" | "delete";
  readonly index: string | undefined;
  readonly id: string | undefined;
}

export function unwrapped(value: JsonObject): Unwrapped {
  const keys = Object.keys(value);
  const action = bulkActionOf(value, keys);
  if (action !== undefined) return { kind: "action", action };
  if (isRule(value)) return { kind: "rule" };
  if (isWrapper(value, keys)) return { kind: "wrapper" };
  return hitOf(value, keys) ?? archivedOf(value) ?? listsOf(value, keys) ?? plainEvent(value);
}

function plainEvent(document: JsonObject): UnwrappedEvent {
  return { kind: "event", shape: "document", document, path: [], index: undefined, id: undefined };
}

const ACTIONS: readonly BulkAction["name"][] = ["index", "create", "update", "delete"];
const ACTION_KEYS =
  /^(?:_index|_id|_type|routing|pipeline|require_alias|require_data_stream|dynamic_templates|version|version_type|if_seq_no|if_primary_term|retry_on_conflict|list_executed_pipelines)$/;

function bulkActionOf(value: JsonObject, keys: readonly string[]): BulkAction | undefined {
  const [key] = keys;
  const name = ACTIONS.find((one) => one === key);
  const details = name === undefined ? undefined : value[name];
  if (name === undefined || keys.length !== 1 || !isObject(details)) return undefined;
  if (!Object.keys(details).every((one) => ACTION_KEYS.test(one))) return undefined;
  return { name, index: textOf(details["_index"]), id: textOf(details["_id"]) };
}

/** Exported rules have these keys at the top, alerts have them below `kibana.alert` or `signal`. */
function isRule(value: JsonObject): boolean {
  if (typeof value["exported_rules_count"] === "number") return true;
  return (
    typeof value["rule_id"] === "string" &&
    typeof value["risk_score"] === "number" &&
    typeof value["severity"] === "string" &&
    value["@timestamp"] === undefined
  );
}

/** Keys that hold events if nothing else stands beside them. */
const LONE_WRAPPERS = /^(?:expected|events|docs|join_keys)$/;
const LISTS_OF_HITS = ["hits", "events", "sequences"];

function isWrapper(value: JsonObject, keys: readonly string[]): boolean {
  const { hits, rawResponse, expected, events, docs } = value;
  if (isObject(hits) && LISTS_OF_HITS.some((name) => Array.isArray(hits[name]))) return true;
  if (isObject(rawResponse) && isObject(rawResponse["hits"])) return true;
  return keys.every((key) => LONE_WRAPPERS.test(key)) && [expected, events, docs].some(isListOfObjects);
}

function isListOfObjects(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.every((item) => item === null || isObject(item as JsonValue)); // JSON in.
}

/** Keys that stand beside `_source` in search results. */
const HIT_KEYS =
  /^(?:_.*|fields|sort|highlight|found|missing|matched_queries|inner_hits|ignored_field_values)$/;

function hitOf(value: JsonObject, keys: readonly string[]): Unwrapped | undefined {
  const inner = value["doc"];
  if (keys.length === 1 && isObject(inner) && (inner["_source"] ?? inner["fields"]) !== undefined) {
    const below = hitOf(inner, Object.keys(inner));
    return below?.kind === "event" ? { ...below, path: ["doc", ...below.path] } : below;
  }
  if (!keys.every((key) => HIT_KEYS.test(key))) return undefined;
  const { _source: source, fields } = value;
  const place = { index: textOf(value["_index"]), id: textOf(value["_id"]) };
  if (isObject(source)) return { kind: "event", shape: "hit", document: source, path: ["_source"], ...place };
  if (isObject(fields)) {
    return { kind: "event", shape: "fields", document: withoutLists(fields), path: ["fields"], ...place };
  }
  return value["missing"] === true || source === null ? { kind: "nothing" } : undefined;
}

function archivedOf(value: JsonObject): Unwrapped | undefined {
  const { type, value: archived } = value;
  if (typeof type !== "string" || !isObject(archived) || Object.keys(value).length !== 2) return undefined;
  const { source } = archived;
  if (isObject(source)) {
    const place = { index: textOf(archived["index"]), id: textOf(archived["id"]) };
    return { kind: "event", shape: "archive", document: source, path: ["value", "source"], ...place };
  }
  return type === "index" || type === "data_stream" ? { kind: "nothing" } : undefined;
}

/** Discover's columns, without the hit around them. */
function listsOf(value: JsonObject, keys: readonly string[]): UnwrappedEvent | undefined {
  if (keys.length === 0 || !keys.every((key) => Array.isArray(value[key]))) return undefined;
  return { ...plainEvent(withoutLists(value)), shape: "fields" };
}

/** A list of one value is that value: which fields are lists in the document, Discover does not tell. */
function withoutLists(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isSingle = Array.isArray(value) && value.length === 1;
      return [name, isSingle ? (value as readonly JsonValue[])[0] : value]; // Just checked.
    }),
  );
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
