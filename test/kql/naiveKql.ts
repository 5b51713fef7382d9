/**
 * KQL as its grammar is written down: ordered choice and backtracking, character by character, slow and plain. The
 * parser must agree with it on every text.
 */
import { type KibanaTree } from "../../server/src/core/query/kql/kibanaTree.ts";

/** What a rule of the grammar read, and where it stopped; undefined: it does not fit here. */
type Read<T> = { readonly value: T; readonly end: number } | undefined;

interface Literal {
  readonly text: string;
  readonly isQuoted: boolean;
  /** Wildcards are told from stars that are escaped by their places. */
  readonly stars: number;
}

type Value = (field: string | null) => KibanaTree;

/** The tree in Kibana's notation; undefined for a text that is no query. */
export function naiveTree(text: string): KibanaTree | undefined {
  return new Naive(text).query();
}

class Naive {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  query(): KibanaTree | undefined {
    const start = this.blanks(0);
    if (start === this.text.length) return ["exists", "*"];
    const read = this.chain(start, "or", (at) => this.chain(at, "and", (inner) => this.not(inner)));
    return read !== undefined && this.blanks(read.end) === this.text.length ? read.value : undefined;
  }

  private conditions(at: number): Read<KibanaTree> {
    return this.chain(at, "or", (or) => this.chain(or, "and", (and) => this.not(and)));
  }

  private chain(at: number, word: "and" | "or", item: (at: number) => Read<KibanaTree>): Read<KibanaTree> {
    const first = item(at);
    if (first === undefined) return undefined;
    const items = [first.value];
    let { end } = first;
    for (let start = this.connective(end, word); start !== undefined; start = this.connective(end, word)) {
      const next = item(start);
      if (next === undefined) break;
      items.push(next.value);
      end = next.end;
    }
    return { value: items.length === 1 ? first.value : [word, ...items], end };
  }

  private not(at: number): Read<KibanaTree> {
    const start = this.notWord(at);
    const read = start === undefined ? undefined : this.primary(start);
    return read === undefined ? this.primary(at) : { value: ["not", read.value], end: read.end };
  }

  private primary(at: number): Read<KibanaTree> {
    return this.bracketed(at, "(", ")", (inner) => this.conditions(inner)) ?? this.nested(at);
  }

  private bracketed<T>(at: number, open: string, close: string, inner: (at: number) => Read<T>): Read<T> {
    if (this.text[at] !== open) return undefined;
    const read = inner(this.blanks(at + 1));
    const end = read === undefined ? at : this.blanks(read.end);
    return read !== undefined && this.text[end] === close ? { value: read.value, end: end + 1 } : undefined;
  }

  private nested(at: number): Read<KibanaTree> {
    const field = this.literal(at);
    const colon = field === undefined ? at : this.blanks(field.end);
    if (field !== undefined && this.text[colon] === ":") {
      const scope = this.bracketed(this.blanks(colon + 1), "{", "}", (inner) => this.conditions(inner));
      if (scope !== undefined) return { value: ["nested", nameOf(field.value), scope.value], end: scope.end };
    }
    return this.expression(at);
  }

  private expression(at: number): Read<KibanaTree> {
    return this.range(at) ?? this.is(at) ?? this.freeText(at);
  }

  private range(at: number): Read<KibanaTree> {
    const field = this.literal(at);
    if (field === undefined) return undefined;
    const start = this.blanks(field.end);
    const sign = ["<=", ">=", "<", ">"].find((one) => this.text.startsWith(one, start));
    if (sign === undefined) return undefined;
    const value = this.literal(this.blanks(start + sign.length));
    if (value === undefined) return undefined;
    const name = ({ "<=": "lte", ">=": "gte", "<": "lt", ">": "gt" } as const)[sign as "<"]; // One of these.
    return { value: ["range", nameOf(field.value), name, nameOf(value.value)], end: value.end };
  }

  private is(at: number): Read<KibanaTree> {
    const field = this.literal(at);
    const colon = field === undefined ? at : this.blanks(field.end);
    if (field === undefined || this.text[colon] !== ":") return undefined;
    const values = this.values(this.blanks(colon + 1));
    if (values === undefined) return undefined;
    return { value: values.value(nameOf(field.value)), end: values.end };
  }

  private freeText(at: number): Read<KibanaTree> {
    const read = this.literal(at);
    return read && { value: leaf(read.value)(null), end: read.end };
  }

  private values(at: number): Read<Value> {
    const list = this.bracketed(at, "(", ")", (inner) => this.valueChain(inner, "or"));
    if (list !== undefined) return list;
    const read = this.literal(at);
    return read && { value: leaf(read.value), end: read.end };
  }

  private valueChain(at: number, word: "and" | "or"): Read<Value> {
    const item = (start: number): Read<Value> =>
      word === "or" ? this.valueChain(start, "and") : this.valueNot(start);
    const first = item(at);
    if (first === undefined) return undefined;
    const items = [first.value];
    let { end } = first;
    for (let start = this.connective(end, word); start !== undefined; start = this.connective(end, word)) {
      const next = item(start);
      if (next === undefined) break;
      items.push(next.value);
      end = next.end;
    }
    if (items.length === 1) return first;
    return { value: (field) => [word, ...items.map((one) => one(field))], end };
  }

  private valueNot(at: number): Read<Value> {
    const start = this.notWord(at);
    const read = start === undefined ? undefined : this.values(start);
    if (read === undefined) return this.values(at);
    return { value: (field) => ["not", read.value(field)], end: read.end };
  }

  private literal(at: number): Read<Literal> {
    return this.quoted(at) ?? this.unquoted(at);
  }

  private quoted(at: number): Read<Literal> {
    if (this.text[at] !== '"') return undefined;
    let text = "";
    for (let end = at + 1; end < this.text.length;) {
      if (this.text[end] === '"') return { value: { text, isQuoted: true, stars: 0 }, end: end + 1 };
      const escape = this.matchAt(/\\([trn\\"])|\\u([0-9a-fA-F]{4})/y, end);
      text += escape === undefined ? (this.text[end] ?? "") : unescaped(escape);
      end += escape?.[0].length ?? 1;
    }
    return undefined;
  }

  private unquoted(at: number): Read<Literal> {
    const parts: string[] = [];
    let end = at;
    let stars = 0;
    while (end < this.text.length) {
      const escape =
        this.matchAt(/\\[trn]|\\[\\():<>"*{}]|\\u[0-9a-fA-F]{4}/y, end) ??
        this.matchAt(/\\(?:or|and|not)/iy, end);
      if (escape !== undefined) {
        parts.push(unescaped(escape));
        end += escape[0].length;
      } else if (this.text[end] === "*") {
        parts.push("*");
        stars++;
        end++;
      } else if (/[\\():<>"{}]/.test(this.text[end] ?? "") || this.keyword(end)) break;
      else parts.push(this.text[end++] ?? "");
    }
    return end === at ? undefined : { value: { text: parts.join("").trim(), isQuoted: false, stars }, end };
  }

  private keyword(at: number): boolean {
    return [this.connective(at, "and"), this.connective(at, "or"), this.notWord(at)].some(
      (end) => end !== undefined,
    );
  }

  private connective(at: number, word: string): number | undefined {
    const match = this.matchAt(new RegExp(`[ \\t\\r\\n\\u00a0]+${word}[ \\t\\r\\n\\u00a0]+`, "iy"), at);
    return match && at + match[0].length;
  }

  private notWord(at: number): number | undefined {
    const match = this.matchAt(/not[ \t\r\n\u00a0]+/iy, at);
    return match && at + match[0].length;
  }

  private blanks(at: number): number {
    return at + (this.matchAt(/[ \t\r\n\u00a0]*/y, at)?.[0].length ?? 0);
  }

  private matchAt(pattern: RegExp, at: number): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text) ?? undefined;
  }
}

function unescaped([escape]: RegExpExecArray): string {
  if (/^\\u[0-9a-fA-F]{4}$/.test(escape)) return String.fromCharCode(parseInt(escape.slice(2), 16));
  const blank = { "\\t": "\t", "\\r": "\r", "\\n": "\n" }[escape];
  return blank ?? escape.slice(1);
}

function nameOf({ text, isQuoted, stars }: Literal): string | null {
  return !isQuoted && stars === 0 && text === "null" ? null : text;
}

function leaf(literal: Literal): Value {
  const { text, isQuoted, stars } = literal;
  return (field) => {
    if (isQuoted) return ["is", field, text, "quoted"];
    if (stars === 0) return ["is", field, nameOf(literal)];
    const isAny =
      field !== null && [...text].filter((sign) => sign !== "*" && sign.trim() !== "").length === 0;
    return isAny && stars === [...text].filter((sign) => sign === "*").length
      ? ["exists", field]
      : ["wildcard", field, text];
  };
}
