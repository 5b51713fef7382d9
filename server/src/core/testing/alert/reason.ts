/** The sentence by which Kibana's list of alerts says what an alert is about. */
import { type JsonObject, type JsonValue } from "../../engine/event.ts";

/** `source` is by dotted names. */
export function reasonOf(source: JsonObject, name: string, severity: string): string {
  const text = (field: string): string | undefined => textOf(source[field]);
  const details = [
    withName("process", text("process.name")),
    withName("parent process", text("process.parent.name")),
    withName("file", text("file.name")),
    withName("source", withPort(text("source.address") ?? text("source.ip"), text("source.port"))),
    withName(
      "destination",
      withPort(text("destination.address") ?? text("destination.ip"), text("destination.port")),
    ),
  ].filter((detail) => detail !== "");
  const category = text("event.category") ?? "event";
  const head = category === "event" ? "event" : `${category} event`;
  const about = details.length === 0 ? "" : ` with ${details.join(", ")},`;
  const by = prefixed(" by ", text("user.name"));
  const on = prefixed(" on ", text("host.name"));
  return `${head}${about}${by}${on} created ${severity} alert ${name}.`;
}

function withName(what: string, value: string | undefined): string {
  return value === undefined ? "" : `${what} ${value}`;
}

function withPort(address: string | undefined, port: string | undefined): string | undefined {
  return address === undefined || port === undefined ? address : `${address}:${port}`;
}

function prefixed(prefix: string, value: string | undefined): string {
  return value === undefined ? "" : `${prefix}${value}`;
}

/** Of a list the values one after the other. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = (value as readonly JsonValue[]).flatMap((one) => textOf(one) ?? []); // Just checked.
  return texts.length === 0 ? undefined : texts.join(", ");
}
