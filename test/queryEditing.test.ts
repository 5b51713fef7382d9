/** Semantic tokens, signatures, selections, highlights and notes against their fixtures. */
import { describe, expect, test } from "vitest";
import { highlightsAt } from "../server/src/core/features/highlights.ts";
import { inlayHints } from "../server/src/core/features/inlayHints.ts";
import { inlayMarkdown } from "../server/src/core/features/inlayHintsDoc.ts";
import { INLAY_HINT_KINDS, type InlayHintKind } from "../server/src/core/features/inlayHintsModel.ts";
import { selectionsAt } from "../server/src/core/features/selectionRanges.ts";
import { semanticTokens, semanticTokensIn } from "../server/src/core/features/semanticTokens.ts";
import { signatureAt } from "../server/src/core/features/signatureHelp.ts";
import { type Span, spanOf } from "../server/src/core/text/span.ts";
import { ELASTIC, docs, knowledgeWith, snapshot } from "./support/analyse.ts";
import { finished } from "./support/finished.ts";
import { type FixtureCase, fixturesIn, withCursor } from "./support/fixture.ts";

function block(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((candidate) => candidate.language === language)?.text;
}

function snapshotFor(one: FixtureCase, text: string): ReturnType<typeof snapshot> {
  return snapshot(text, ELASTIC, knowledgeWith(block(one, "schemas")));
}

/** A text on one line: what breaks it is shown. */
function inLine(text: string, { start, end }: Span): string {
  return text.slice(start, end).replaceAll("\r", "␍").replaceAll("\n", "⏎");
}

/** A `toml` block and its `tokens`, one on a line: text, type, modifiers. */
describe.each(fixturesIn("semanticTokens"))("semantic tokens: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const text = block(one, "toml") ?? "";
    const analysed = snapshotFor(one, text);
    const tokens = finished(semanticTokens(analysed));
    const drawn = tokens.map(
      ({ span, type, modifiers }) => `${inLine(text, span)} ${[type, ...modifiers].join(" ")}\n`,
    );
    expect(drawn.join("")).toBe(block(one, "tokens") ?? "");
    const ends = [0, ...tokens.map(({ span }) => span.end)];
    tokens.forEach(({ span }, i) => expect(ends[i]).toBeLessThanOrEqual(span.start));
    const middle = spanOf(Math.floor(text.length / 3), Math.floor((2 * text.length) / 3));
    expect(finished(semanticTokensIn(analysed, middle))).toEqual(
      tokens.filter(({ span }) => span.start <= middle.end && middle.start <= span.end),
    );
  });
});

/**
 * A `toml` block with a cursor, and the `signature` with the part being written in guillemets; `says`: lines of the
 * documentation of the whole or of that part. Neither: no signature.
 */
describe.each(fixturesIn("signature"))("signature: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    const found = signatureAt(snapshotFor(one, text), offset);
    const active = found?.parameters[found.active ?? -1];
    const { start, end } = active?.span ?? spanOf(0, 0);
    const label = found?.label ?? "";
    const drawn =
      active === undefined
        ? label
        : `${label.slice(0, start)}«${label.slice(start, end)}»${label.slice(end)}`;
    expect(found && drawn).toBe(block(one, "signature")?.trimEnd());
    for (const line of block(one, "says")?.trimEnd().split("\n") ?? [])
      expect(`${found?.markdown ?? ""}\n${active?.markdown ?? ""}`).toContain(line);
  });
});

/** A `toml` block with a cursor, and the `selections` that it grows to, one on a line. */
describe.each(fixturesIn("selection"))("selection: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    const spans = selectionsAt(snapshotFor(one, text), offset);
    expect(spans.map((span) => `${inLine(text, span)}\n`).join("")).toBe(block(one, "selections"));
  });
});

/** A `toml` block with a cursor, and its `highlights`: line, text, kind. No such block: none are ours. */
describe.each(fixturesIn("highlight"))("highlight: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    const analysed = snapshotFor(one, text);
    const drawn = highlightsAt(analysed, offset)?.map(
      ({ span, kind }) =>
        `${analysed.lines().positionAt(span.start).line + 1} ${inLine(text, span)} ${kind}\n`,
    );
    expect(drawn?.join("")).toBe(block(one, "highlights"));
  });
});

/**
 * A `toml` block, the `kinds` of notes that are on (default: all), and the lines that have `notes`, with each in angle
 * quotes at its place. `says`: lines of the explanation of the first.
 */
describe.each(fixturesIn("inlay"))("inlay: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const text = block(one, "toml") ?? "";
    const analysed = snapshotFor(one, text);
    const wanted = block(one, "kinds")?.trim().split(/\s+/);
    const isWanted = (kind: InlayHintKind): boolean => wanted?.includes(kind) ?? true;
    const hints = finished(
      inlayHints(analysed, spanOf(0, text.length), new Set(INLAY_HINT_KINDS.filter(isWanted))),
    );
    let noted = text;
    for (const { offset, label } of hints.toReversed())
      noted = `${noted.slice(0, offset)}‹${label}›${noted.slice(offset)}`;
    const lines = noted.split("\n").filter((line) => line.includes("‹"));
    expect(lines.map((line) => `${line}\n`).join("")).toBe(block(one, "notes") ?? "");
    const [first] = hints;
    const says = block(one, "says")?.trimEnd().split("\n") ?? [];
    const markdown = first && inlayMarkdown(first.subject, analysed, docs, undefined);
    for (const line of says) expect(markdown).toContain(line);
  });
});
