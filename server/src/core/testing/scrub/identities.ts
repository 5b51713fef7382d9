/** Finds what tells of people, hosts and networks in an event: by the fields that hold it, and by its form anywhere. */
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { parseAddress } from "../../engine/ip.ts";
import { isHarmlessMail, NOBODY, sensitiveIn } from "../events/secrets.ts";
import { flattened } from "../events/flat.ts";
import { spanOf } from "../../text/span.ts";
import { type PseudonymKind } from "./pseudonym.ts";

export interface Identity {
  readonly kind: PseudonymKind;
  readonly text: string;
}

/** By the last parts of a field's name. */
const FIELDS: readonly (readonly [PseudonymKind, RegExp])[] = [
  [
    "host",
    /(?:^|\.)(?:host|observer|agent|beat)\.(?:hostname|name)$|(?:^|\.)computer_name$|(?:^|\.)WorkstationName$/,
  ],
  ["id", /(?:^|\.)(?:host|agent|observer)\.(?:id|ephemeral_id|serial_number)$|(?:^|\.)elastic\.agent\.id$/],
  ["user", /(?:^|\.)(?:user|owner|real_user|saved_user|effective|changes|target)\.(?:name|full_name)$/],
  ["user", /(?:^|\.)(?:Subject|Target)UserName$|(?:^|\.)related\.user$/],
  [
    "domain",
    /(?:^|\.)user(?:\.(?:effective|target|changes))?\.domain$|(?:^|\.)(?:Subject|Target)DomainName$/,
  ],
  ["mail", /(?:^|\.)email(?:\.(?:from|to|cc|bcc|sender|reply_to)\.address)?$/],
  ["mac", /(?:^|\.)mac$/],
  ["address", /(?:^|\.)(?:ip|address)$|(?:^|\.)IpAddress$/],
  ["sid", /(?:^|\.)user(?:\.\w+)?\.id$|(?:^|\.)(?:Subject|Target)UserSid$/],
];

/** Accounts and domains that every system has. */
const EVERYBODY: ReadonlySet<string> = new Set([
  ...NOBODY,
  ..."daemon|bin|sys|sync|mail|news|nobody4|sshd|ntp|postgres|mysql|nginx|apache|httpd|splunk|elastic|docker|systemd-network".split(
    "|",
  ),
  ..."local service|network service|anonymous logon|nt authority|nt service|window manager|font driver host|builtin|workgroup|localhost|-".split(
    "|",
  ),
]);

export function* identities(document: JsonObject): Generator<Identity> {
  for (const [name, value] of Object.entries(flattened(document))) {
    const field = FIELDS.find(([, pattern]) => pattern.test(name));
    if (field === undefined || value === undefined) continue;
    for (const text of textsIn(value)) {
      const kind = kindOf(field[0], text);
      if (kind !== undefined) yield { kind, text };
    }
  }
}

/** Undefined: it tells of nobody. */
function kindOf(kind: PseudonymKind, text: string): PseudonymKind | undefined {
  switch (kind) {
    case "address":
      return parseAddress(text) === undefined ? undefined : kind;
    case "sid":
      return SID.test(text) ? kind : undefined;
    case "user":
      if (text.includes("@")) return kindOf("mail", text);
      return isNobody(text) ? undefined : kind;
    case "mail":
      return text.includes("@") && !isHarmlessMail(text) ? kind : undefined;
    case "secret":
      return kind;
    default:
      return isNobody(text) ? undefined : kind;
  }
}

/** Those of a domain or machine; `S-1-5-18` and the like are the same everywhere. */
const SID = /^S-1-5-21-\d+-\d+-\d+-\d+$/;

function isNobody(text: string): boolean {
  return text.length < 2 || EVERYBODY.has(text.toLowerCase()) || /^(?:DWM|UMFD)-\d+$/i.test(text);
}

const IN_TEXTS: readonly (readonly [PseudonymKind, RegExp])[] = [
  ["user", /\b[A-Za-z]:\\Users\\([^\\"/:*?<>|\s]{1,64})/gi],
  ["user", /(?:^|[\s"'=:])\/(?:home|Users)\/([^/"\s\\:*?']{1,64})/g],
  ["mail", /\b([A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24})\b/g],
  ["sid", /\b(S-1-5-21-\d{1,12}-\d{1,12}-\d{1,12}-\d{1,12})\b/g],
  ["address", /(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])/g],
];

/** In paths, command lines and messages. */
export function* looseIdentities(document: JsonObject): Generator<Identity> {
  for (const value of Object.values(flattened(document))) {
    if (value === undefined) continue;
    for (const text of textsIn(value)) {
      for (const { kind, value: found } of sensitiveIn(text, spanOf(0, text.length))) {
        if (kind === "secret") yield { kind, text: found };
      }
      for (const [kind, pattern] of IN_TEXTS) {
        for (const [, found = ""] of text.matchAll(pattern)) {
          const known = kindOf(kind, found);
          if (known !== undefined) yield { kind: known, text: found };
        }
      }
    }
  }
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(textsIn); // Just checked.
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap((one) => textsIn(one ?? null))
    : [];
}
