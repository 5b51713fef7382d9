/** What should not stand in a file of a repository: keys, tokens and passwords, and traces of people. */
import { type Span, spanOf } from "../../text/span.ts";

export interface Sensitive {
  readonly kind: "secret" | "personal";
  /** "An access key of AWS". */
  readonly what: string;
  readonly span: Span;
  readonly value: string;
}

interface Pattern {
  readonly kind: Sensitive["kind"];
  readonly what: string;
  /** The first group is what should not stand there; without one it is the whole. Bounded, so that time stays linear. */
  readonly regex: RegExp;
}

const secret = (what: string, regex: RegExp): Pattern => ({ kind: "secret", what, regex });
const personal = (what: string, regex: RegExp): Pattern => ({ kind: "personal", what, regex });

const PATTERNS: readonly Pattern[] = [
  secret("A private key", /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----/dg),
  secret("An access key of AWS", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/dg),
  secret("A token of GitHub", /\b(?:gh[opusr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})\b/dg),
  secret("A token of GitLab", /\bglpat-[A-Za-z0-9_-]{20,64}/dg),
  secret("A token of Slack", /\bxox[abeoprs]-[A-Za-z0-9-]{10,250}/dg),
  secret("A key of Google", /\bAIza[0-9A-Za-z_-]{35}/dg),
  secret("A key of Stripe", /\b[rs]k_live_[0-9A-Za-z]{20,250}/dg),
  secret("A token of npm", /\bnpm_[A-Za-z0-9]{36}\b/dg),
  secret("A key of Azure storage", /\bAccountKey=([A-Za-z0-9+/]{60,100}={0,2})/dg),
  secret("A JSON web token", /\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,2000}/dg),
  secret("A token", /\bBearer\s{1,3}([A-Za-z0-9._~+/-]{16,4000}=*)/dgi),
  secret("A name and password", /\bBasic\s{1,3}([A-Za-z0-9+/]{12,500}={0,2})(?![A-Za-z0-9])/dg),
  secret(
    "A password in an address",
    /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s:/@"'\\]{1,100}:([^\s/@"'\\]{1,100})@/dgi,
  ),
  secret(
    "A password",
    /(?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?token|client[_-]?secret|secret[_-]?access[_-]?key)\\?["']?\s{0,3}[=:]\s{0,3}\\?["']?([^\s"'\\&,;{}[\]]{4,200})/dgi,
  ),
  secret(
    "A password",
    /(?:^|[\s"'])--?(?:password|passwd|token|api-key|secret)\s{1,3}\\?["']?([^\s"'\\-][^\s"'\\]{3,200})/dgi,
  ),
  secret("A token in an address", /[?&;](?:[a-z]{1,20}_)?token=([^\s&#;"'\\]{8,2000})/dgi),
  personal(
    "A mail address",
    /\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}\b(?![A-Za-z0-9-]*\()/dg,
  ),
  personal("The name of a user", /\b[A-Za-z]:\\{1,2}Users\\{1,2}([^\\"/:*?<>|\s]{1,64})/dgi),
  personal("The name of a user", /(?:^|[\s"'=:])\/(?:home|Users)\/([^/"\s\\:*?']{1,64})/dg),
];

/** Placeholders and variables, not what they stand for. */
const HARMLESS_SECRET =
  /^(?:[*x.#]+|<.*>|\$.*|%.*%?|null|none|true|false|redacted.*|masked|changeme|example|password|\[?redacted\]?)$|EXAMPLE$/i;
const HARMLESS_MAIL = /@(?:.*\.)?(?:example|test|invalid|localhost)(?:\.(?:com|org|net))?$/i;

/** Accounts that every system has, and words that stand where a name would. */
export const NO_PERSON: ReadonlySet<string> = new Set(
  [
    "admin administrator all default defaultuser defaultuser0 ec2-user example guest jenkins nobody",
    "public root runner runneradmin shared system test tester ubuntu user username vagrant www-data",
  ].flatMap((line) => line.split(" ")),
);

/** With the names that examples have: no finding is worth them, and yet somebody may be called so. */
const NOBODY: ReadonlySet<string> = new Set([...NO_PERSON, "alice", "bob", "jdoe"]);

/** In the order of the text. Of what lies within another finding, nothing is said. */
export function sensitiveIn(text: string, { start, end }: Span): readonly Sensitive[] {
  const source = text.slice(start, Math.min(end, start + MOST_LOOKED_AT));
  const found: Sensitive[] = [];
  for (const { kind, what, regex } of PATTERNS) {
    for (const match of source.matchAll(regex)) {
      const value = match[1] ?? match[0];
      const [from, to] = match.indices?.[match[1] === undefined ? 0 : 1] ?? [0, 0];
      if (isHarmless(kind, what, value)) continue;
      if (found.some(({ span }) => span.start - start < to && from < span.end - start)) continue;
      found.push({ kind, what, span: spanOf(start + from, start + to), value });
      if (MOST_IN_EVENT <= found.length) break;
    }
  }
  return found.toSorted((left, right) => left.span.start - right.span.start);
}

const MOST_IN_EVENT = 200;
/** Of a longer event only the beginning is looked at. */
const MOST_LOOKED_AT = 1_000_000;

function isHarmless(kind: Sensitive["kind"], what: string, value: string): boolean {
  if (kind === "secret") return isHarmlessSecret(value);
  if (what === "A mail address") return isHarmlessMail(value);
  return NOBODY.has(value.toLowerCase());
}

/** A placeholder, or a variable. */
export function isHarmlessSecret(value: string): boolean {
  return HARMLESS_SECRET.test(value);
}

/** Of the domains that are for examples. */
export function isHarmlessMail(address: string): boolean {
  return HARMLESS_MAIL.test(address);
}
