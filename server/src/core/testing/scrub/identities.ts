/** Finds what tells of people, hosts and networks in an event: by the fields that hold it, and by its form anywhere. */
import { type JsonObject, type JsonValue, isObject } from "../../engine/event.ts";
import { parseAddress } from "../../engine/ip.ts";
import { isHarmlessMail, isHarmlessSecret, NO_PERSON, sensitiveIn } from "../events/secrets.ts";
import { spanOf } from "../../text/span.ts";
import { type PseudonymKind } from "./pseudonym.ts";

export interface Identity {
  readonly kind: PseudonymKind;
  readonly text: string;
}

/** By the last parts of a field's name; the first that fits counts. */
const FIELDS: readonly (readonly [PseudonymKind, RegExp])[] = [
  [
    "host",
    /(?:^|\.)(?:host|observer|agent|beat)\.(?:hostname|name)$|(?:^|\.)computer_name$|(?:^|\.)WorkstationName$/,
  ],
  ["host", /(?:^|\.)device(?:_detail)?\.display_?name$/i],
  ["id", /(?:^|\.)(?:host|agent|observer)\.(?:id|ephemeral_id|serial_number)$|(?:^|\.)elastic\.agent\.id$/],
  ["id", /(?:^|\.)cloud\.account\.id$|(?:^|[._])account_?id$/i],
  ["user", /(?:^|\.)(?:user|owner|real_user|saved_user|effective|changes|target)\.name$/],
  ["user", /(?:^|\.)(?:Subject|Target)?user_?name$|(?:^|\.)user_?principal_?name$|(?:^|\.)related\.user$/i],
  ["user", /(?:^|\.)(?:actor|target|targets)\.(?:alternate_?id|login)$|^github\.(?:actor|user)$/i],
  ["person", /(?:^|[._])(?:full|given|first|last|middle|family)_?name$|(?:^|\.)surname$/i],
  // Names of programs and settings are nobody's.
  [
    "person",
    /^(?!.*(?:^|[._])(?:app|application|client|policy|role|service|location|resource|rule|browser)\.display_?name$).*(?:^|\.)(?:user_?)?display_?name$/i,
  ],
  [
    "domain",
    /(?:^|\.)user(?:\.(?:effective|target|changes))?\.domain$|(?:^|\.)(?:Subject|Target)DomainName$/,
  ],
  ["mail", /(?:^|\.)email(?:\.(?:from|to|cc|bcc|sender|reply_to)\.address)?$/],
  ["mac", /(?:^|\.)mac$/],
  ["address", /(?:^|\.)(?:ip|address)$|(?:^|\.)IpAddress$/],
  ["sid", /(?:^|\.)user(?:\.\w+)?\.id$|(?:^|\.)(?:Subject|Target)UserSid$|(?:^|\.)(?:actor|targets?)\.id$/],
];

/** Accounts and domains that every system has. */
const EVERYBODY: ReadonlySet<string> = new Set([
  ...NO_PERSON,
  ..."daemon|bin|sys|sync|mail|news|nobody4|sshd|ntp|postgres|mysql|nginx|apache|httpd|splunk|elastic|docker|systemd-network".split(
    "|",
  ),
  ..."local service|network service|anonymous logon|nt authority|nt service|window manager|font driver host|builtin|workgroup|localhost|-".split(
    "|",
  ),
]);

export function* identities(document: JsonObject): Generator<Identity> {
  for (const [name, text] of textsOf(document)) {
    const field = FIELDS.find(([, pattern]) => pattern.test(name));
    const kind = field && kindOf(field[0], text);
    if (kind !== undefined) yield { kind, text };
  }
}

/** Undefined: it tells of nobody. */
function kindOf(kind: PseudonymKind, text: string): PseudonymKind | undefined {
  switch (kind) {
    case "address":
      return parseAddress(text) === undefined ? undefined : kind;
    case "sid":
      if (text.includes("@")) return kindOf("mail", text);
      if (SID.test(text)) return kind;
      // Numbers of accounts, and identities that are the same everywhere, are short or known by their form.
      return LONG_ID.test(text) && !/^S-1-/.test(text) ? "id" : undefined;
    case "person":
    case "user":
      if (text.includes("@")) return kindOf("mail", text);
      return isNobody(text) ? undefined : kind;
    case "mail":
      return text.includes("@") && !isHarmlessMail(text) ? kind : undefined;
    case "secret":
      return kind;
    case "parameter":
      return isHarmlessSecret(text.slice(text.indexOf("=") + 1)) ? undefined : kind;
    default:
      return isNobody(text) ? undefined : kind;
  }
}

const LONG_ID = /^(?=.*\d)[\w-]{10,128}$/;
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
  ["id", /\barn:aws[a-z-]{0,10}:[a-z0-9-]{0,40}:[a-z0-9-]{0,20}:(\d{12}):/g],
  ["user", /\barn:aws[a-z-]{0,10}:iam::\d{12}:user\/(?:[\w+=,.@-]{1,64}\/){0,8}([\w+=,.@-]{1,64})/g],
  [
    "user",
    /\barn:aws[a-z-]{0,10}:sts::\d{12}:(?:assumed-role\/[\w+=,.@-]{1,64}|federated-user)\/([\w+=,.@-]{1,64})/g,
  ],
  [
    "parameter",
    /[?&;]((?:[a-z]{1,20}_)?(?:token|secret|password|passwd|pwd|auth|authorization|apikey|api_key|key|sig|signature|jwt|session|sessionid)=[^\s&#;"'\\]{1,2000})/gi,
  ],
  ["address", /(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])/g],
];

/** In paths, command lines and messages. */
export function* looseIdentities(document: JsonObject): Generator<Identity> {
  for (const [, text] of textsOf(document)) {
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

/** Each text with the dotted name of its field; the objects of a list have the list's name above theirs. */
function* textsOf(document: JsonObject): Generator<readonly [name: string, text: string]> {
  const pending: (readonly [name: string, value: JsonValue])[] = [["", document]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [name, value] = next;
    if (typeof value === "string") yield [name, value];
    else if (Array.isArray(value)) {
      for (const item of (value as readonly JsonValue[]).toReversed()) pending.push([name, item]); // Just checked.
    } else if (isObject(value)) {
      for (const [key, one] of Object.entries(value).reverse())
        if (one !== undefined) pending.push([name === "" ? key : `${name}.${key}`, one]);
    }
  }
}
