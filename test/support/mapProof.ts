import { type TomlString } from "../../server/src/core/toml/model.ts";

/** What is wrong with a string's text map: undefined if every offset leads to its character, or to the escape that made it. */
export function soundMapProblem(text: string, { map, value, span }: TomlString): string | undefined {
  let before = span.start;
  for (let inner = 0; inner <= value.length; inner++) {
    const host = map.toHost(inner, "start");
    if (host < before || span.end < host) return `offset ${inner} leads out of order to ${host}`;
    before = host;
    if (inner === value.length) break;
    if (text[host] !== value[inner] && text[host] !== "\\") {
      return `offset ${inner} (${value[inner] ?? ""}) leads to ${text[host] ?? "the end"}`;
    }
    const back = map.toInner(host);
    // The second half of a character made by an escape has no place of its own.
    const isSecondHalf =
      text[host] === "\\" && back === inner - 1 && /[\udc00-\udfff]/.test(value[inner] ?? "");
    if (back !== inner && !isSecondHalf)
      return `offset ${inner} leads to ${host} and back to ${back ?? "nothing"}`;
    const end = map.toHost(inner + 1, "end");
    if (end <= host) return `the character at ${inner} ends before it begins`;
  }
  return undefined;
}
