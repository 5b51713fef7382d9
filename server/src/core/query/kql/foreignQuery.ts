import { spanOf } from "../../text/span.ts";
import { type QuerySyntaxError } from "../language.ts";

/** How queries of other languages begin. */
const BEGINNINGS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["EQL", /^(?:sequence|sample)\s+(?:by\s|with\s|\[)/],
  ["EQL", /^(?:any|[a-z_]{1,30}|"[\w ]{1,30}")\s+where\s/],
  ["ES|QL", /^from\s+[\w*.:,"\s-]{1,200}\s*(?:\||metadata\b)/i],
  ["ES|QL", /^(?:row\s+\w+\s*=|show\s+info\b)/i],
  ["SQL", /^select\s[^]{1,1000}\sfrom\s/i],
];

/** What tells, on its first word, that a text that is no KQL is a query of another language. */
export function foreignQuery(text: string): QuerySyntaxError | undefined {
  const start = text.search(/\S/);
  const head = text.slice(start, start + MUCH);
  const name = BEGINNINGS.find(([, pattern]) => pattern.test(head))?.[0];
  if (name === undefined) return undefined;
  const word = /^"?\w+"?/.exec(head)?.[0].length ?? 1;
  return { span: spanOf(start, start + word), message: `This reads like ${name}, not KQL`, fixes: [] };
}

/** True of a text that begins as queries in ES|QL do, comments apart. */
export function readsAsEsql(text: string): boolean {
  const head = text.slice(0, MUCH).replace(/^(?:\s+|\/\/[^\n]*\n|\/\*[^]*?\*\/)+/, "");
  return BEGINNINGS.some(([name, pattern]) => name === "ES|QL" && pattern.test(head));
}

/** What a query begins with is seen in so much of it. */
const MUCH = 2000;
