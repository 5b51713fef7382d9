/** Valid rules of any layout: odd blanks, comments everywhere, all forms of values, names and line ends. */
import { type Random } from "../support/random.ts";

const DEEPEST = 3;

const TABLES = [
  "rule.threshold",
  "rule.alert_suppression.duration",
  'rule.meta.query."file.path"',
  "transform",
  "rule . new_terms",
  "'odd name'.x",
] as const;
const LISTS = ["rule.threat", "rule.threat.technique", "transform.osquery", "rule.filters"] as const;
const WORDS = [
  "process",
  "[x]",
  "a = 1",
  "# no comment",
  "it's",
  "é",
  "😀",
  "\t",
  ", ",
  "{",
  "+]",
  "=",
  "",
] as const;
const COMMENTS = [
  "# why",
  "#",
  '# a = "b"',
  "# [x]",
  "#  '''  ",
  '# """',
  "# 😀, ]",
  "# rulewright: allow x -- y",
] as const;
const SCALARS = [
  "1",
  "-17",
  "0xFF",
  "1_000",
  "+0",
  "3.5",
  "-0.0",
  "6e3",
  "inf",
  "nan",
  "true",
  "false",
  "2024-01-31",
  "07:32:00",
  "1979-05-27 07:32:00",
  "1979-05-27T07:32:00.5Z",
] as const;

/** The same rule for the same numbers. */
export function randomRule(random: Random): string {
  const page = new Page(random);
  const parts: string[] = [page.maybe(8) ? "\uFEFF" : "", page.lines()];
  const header = (name: string): void => {
    parts.push(page.blanks(), `[${page.blanks()}${name}${page.blanks()}]`, page.lineEnd(), page.entries());
  };
  header("metadata");
  header("rule");
  for (const table of TABLES) if (page.maybe(3)) header(table);
  for (const list of LISTS) {
    const count = page.maybe(3) ? random.below(3) + 1 : 0;
    for (let i = 0; i < count; i++)
      parts.push(page.blanks(), `[[${page.blanks()}${list}]]`, page.lineEnd(), page.entries());
  }
  const text = parts.join("");
  const ended = page.maybe(6) ? text.replace(/[\s]*$/, "") : text;
  return page.maybe(5) ? ended.replaceAll("\n", "\r\n") : ended;
}

class Page {
  readonly #random: Random;
  #nameCount = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Once in so many times. */
  maybe(times: number): boolean {
    return this.#random.below(times) === 0;
  }

  blanks(): string {
    return this.maybe(3) ? this.#random.pick(["", " ", "  ", "\t", "    "]) : "";
  }

  /** Blank lines and comments. */
  lines(): string {
    let text = "";
    while (this.maybe(3)) text += `${this.blanks()}${this.maybe(2) ? this.#random.pick(COMMENTS) : ""}\n`;
    return text;
  }

  lineEnd(): string {
    const comment = this.maybe(6) ? `${this.blanks()}${this.#random.pick(COMMENTS)}` : this.blanks();
    return `${comment}\n${this.lines()}`;
  }

  entries(): string {
    let text = "";
    for (let count = this.#random.below(5); 0 < count; count--)
      text += `${this.blanks()}${this.#name()}${this.blanks()}=${this.blanks()}${this.#value(0)}${this.lineEnd()}`;
    return text;
  }

  /** No two are the same. */
  #name(): string {
    const name = `k${++this.#nameCount}`;
    return this.#random.pick([
      name,
      `"${name} x"`,
      `'${name}.y'`,
      `${name}${this.blanks()}.${this.blanks()}z`,
      `z-${name}`,
    ]);
  }

  #value(depth: number): string {
    const choice = this.#random.below(depth < DEEPEST ? 8 : 5);
    if (choice < 2) return this.#random.pick(SCALARS);
    if (choice < 5) return this.#text();
    return choice === 7 ? this.#table(depth) : this.#list(depth);
  }

  #text(): string {
    let words = "";
    for (let count = this.#random.below(5); 0 < count; count--) words += this.#random.pick(WORDS);
    const lines = `${words}\n ${words}  \n\n`;
    return this.#random.pick([
      JSON.stringify(words),
      JSON.stringify(`${words}\\ "x" ${"y".repeat(this.#random.below(60))}`),
      `'${words.replaceAll("'", "")}'`,
      `"""\n${lines}"""`,
      `"""${words} \\\n   x"""`,
      `'''${lines}'''`,
    ]);
  }

  #list(depth: number): string {
    const items = Array.from({ length: this.#random.below(6) }, () => this.#value(depth + 1));
    const isSpread = this.maybe(2);
    const gap = (): string => (isSpread ? this.#spread() : this.blanks());
    // What our reader takes for a header is left out: a list alone on its line, without a comma.
    const before = (item: string): string => (item.endsWith("]") ? this.blanks() : gap());
    const text = items.map((item) => `${gap()}${item}${before(item)}`).join(",");
    const comma = 0 < items.length && (isSpread || this.maybe(4)) ? "," : "";
    return `[${text}${comma}${gap()}]`;
  }

  #spread(): string {
    return this.maybe(4) ? this.blanks() : `${this.lineEnd()}${this.blanks()}`;
  }

  #table(depth: number): string {
    const pairs = Array.from(
      { length: this.#random.below(4) },
      () => `${this.blanks()}${this.#name()}${this.blanks()}=${this.blanks()}${this.#value(depth + 1)}`,
    );
    return `{${pairs.map((pair) => `${pair}${this.blanks()}`).join(",")}${this.blanks()}}`;
  }
}
