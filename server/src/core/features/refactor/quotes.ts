/** The same text in other quotes of TOML. */
import { type Snapshot } from "../../analysis/snapshot.ts";
import { type Span } from "../../text/span.ts";
import { locate } from "../../toml/locate.ts";
import { type TomlString, type TomlStringForm } from "../../toml/model.ts";
import { readToml } from "../../toml/read.ts";
import { encode } from "../../toml/strings.ts";
import { plainEdits, type Refactoring, refused } from "./refactoring.ts";

const QUOTES: readonly (readonly [TomlStringForm, string])[] = [
  ["multiline-literal", "'''"],
  ["multiline-basic", '"""'],
  ["basic", '"'],
  ["literal", "'"],
];

/** For the text that the range lies in. */
export function quoteRefactorings(snapshot: Snapshot, range: Span): readonly Refactoring[] {
  const document = snapshot.toml();
  const place = locate(document, range.start);
  if (place?.kind !== "value" || place.value.kind !== "string" || !place.value.isClosed) return [];
  const { value: host } = place;
  const isBroken = document.errors.some(
    ({ span }) => host.span.start <= span.end && span.start <= host.span.end,
  );
  if (isBroken || host.span.end < range.end) return [];
  return QUOTES.filter(([form]) => form !== host.form).map(([form, quotes]) => {
    const heading = { kind: "rewrite", title: `Write the text in ${quotes}` } as const;
    const text = written(snapshot.text, host, form, quotes);
    return text === undefined
      ? refused(heading, `A text in ${quotes} cannot hold some of its characters`)
      : { ...heading, edits: plainEdits([{ span: host.span, text }]) };
  });
}

/** Undefined if the text would be another one. */
function written(text: string, host: TomlString, form: TomlStringForm, quotes: string): string | undefined {
  const encoded = encode(host.value, form);
  if (encoded === undefined) return undefined;
  const lineEnd = host.value.includes("\r\n") || text.includes("\r\n") ? "\r\n" : "\n";
  // The first line end behind the quotes is no part of the text.
  const opening = form.startsWith("multiline") && /[\r\n]/.test(host.value) ? lineEnd : "";
  const string = `${quotes}${opening}${encoded}${quotes}`;
  const read = readToml(`text = ${string}`);
  const value = read.root.byName.get("text")?.value;
  const isSame = read.errors.length === 0 && value?.kind === "string" && value.value === host.value;
  return isSame ? string : undefined;
}
