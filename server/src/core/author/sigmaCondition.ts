/** Reads the `condition` of a Sigma rule: `and`, `or`, `not`, brackets, `1 of name*`, `all of them`. */
import { type Condition, joined, negated, refused } from "./sigmaLogic.ts";

const TOKEN = /\(|\)|[^\s()]+/g;
/** Real ones nest three deep. */
const DEEPEST = 50;

/** `searches`: the condition of each search by its name. */
export function readCondition(text: string, searches: ReadonlyMap<string, Condition>): Condition {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;

  const peek = (): string => (tokens[at] ?? "").toLowerCase();

  function either(depth: number): Condition {
    return series("or", () => series("and", () => operand(depth)));
  }

  function series(word: "and" | "or", next: () => Condition): Condition {
    const found = [next()];
    while (peek() === word) {
      at++;
      found.push(next());
    }
    return joined(found, word);
  }

  function operand(depth: number): Condition {
    if (DEEPEST < depth) return refused("the condition is nested too deep");
    const token = tokens[at++];
    if (token === undefined) return refused("the condition ends too early");
    if (token === "(") {
      const inner = either(depth + 1);
      return tokens[at++] === ")" ? inner : refused("a bracket of the condition is not closed");
    }
    if (token.toLowerCase() === "not") return negated(operand(depth + 1));
    if (peek() === "of" && /^(?:1|all)$/i.test(token)) return several(token.toLowerCase());
    return searches.get(token) ?? refused(`the condition names \`${token}\`, which is no search`);
  }

  function several(quantity: string): Condition {
    at++;
    const names = tokens[at++] ?? "";
    const begin = names.replace(/\*$/, "");
    const found = [...searches].filter(([name]) =>
      names === "them"
        ? !name.startsWith("_")
        : names.endsWith("*")
          ? name.startsWith(begin)
          : name === names,
    );
    if (found.length === 0) return refused(`no search is named \`${names}\``);
    return joined(
      found.map(([, condition]) => condition),
      quantity === "all" ? "and" : "or",
    );
  }

  const found = either(0);
  if (!found.ok || at === tokens.length) return found;
  return refused(`the condition goes on with \`${tokens[at] ?? ""}\`, which is not understood`);
}
