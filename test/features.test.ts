/** Hovers, outlines, folds and links against their fixtures. */
import { describe, expect, test } from "vitest";
import { CHECKS } from "../server/src/core/checks/registry.generated.ts";
import { folds } from "../server/src/core/features/folding.ts";
import { hoverAt } from "../server/src/core/features/hover.ts";
import { links } from "../server/src/core/features/links.ts";
import { type OutlineSymbol, outline } from "../server/src/core/features/symbols.ts";
import { type FixtureCase, fixturesIn, withCursor } from "./support/fixture.ts";
import { ELASTIC, docs, knowledgeWith, snapshot } from "./support/analyse.ts";

function block(one: FixtureCase, language: string): string | undefined {
  return one.blocks.find((candidate) => candidate.language === language)?.text;
}

/**
 * A `toml` block with a cursor; `word`: what the hover covers; `says`: lines that it must contain. Neither: no hover.
 * `schemas`: what a checkout would give. `uses`: how many rules of the workspace read the field.
 */
describe.each(fixturesIn("hover"))("hover: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const { text, offset } = withCursor(block(one, "toml") ?? "");
    const known = knowledgeWith(block(one, "schemas"));
    const uses = block(one, "uses");
    const useCount = uses === undefined ? undefined : () => Number(uses);
    const hover = hoverAt(snapshot(text, ELASTIC, known), offset, { docs, checks: CHECKS, useCount });
    const word = block(one, "word")?.trimEnd();
    expect(hover && text.slice(hover.span.start, hover.span.end)).toBe(word);
    for (const line of block(one, "says")?.trimEnd().split("\n") ?? [])
      expect(hover?.markdown).toContain(line);
  });
});

function drawn(symbols: readonly OutlineSymbol[], indent = ""): string {
  return symbols
    .map(
      ({ name, detail, kind, children }) =>
        `${indent}${kind} ${name}${detail === "" ? "" : ` (${detail})`}\n${drawn(children, `${indent}  `)}`,
    )
    .join("");
}

/** A `toml` block and the `outline` it has, by indentation. */
describe.each(fixturesIn("outline"))("outline: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    expect(drawn(outline(snapshot(block(one, "toml") ?? "")))).toBe(block(one, "outline"));
  });
});

/** A `toml` block and its `folds`: first and last line of each, counted from 1. */
describe.each(fixturesIn("folding"))("folding: $id", ({ cases }) => {
  test.each(cases)("$name", (one) => {
    const analysed = snapshot(block(one, "toml") ?? "");
    const lines = analysed.lines();
    const found = folds(analysed).map(({ span, kind }) => {
      const text = analysed.text.slice(span.start, span.end).trimEnd();
      const last = lines.positionAt(span.start + text.length).line + 1;
      return `${lines.positionAt(span.start).line + 1}-${last} ${kind}\n`;
    });
    expect(found.sort().join("")).toBe(block(one, "folds"));
  });
});

test("ids of tactics and techniques link to their pages", () => {
  const text = `[rule]
type = "eql"
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
[[rule.threat.technique]]
id = "T1059"
[[rule.threat.technique.subtechnique]]
id = "T1059.001"
[[rule.threat.technique.subtechnique]]
id = "T9999"
`;
  const found = links(snapshot(text)).map(({ span, url }) => [text.slice(span.start, span.end), url]);
  expect(found).toEqual([
    ["TA0002", "https://attack.mitre.org/tactics/TA0002/"],
    ["T1059", "https://attack.mitre.org/techniques/T1059/"],
    ["T1059.001", "https://attack.mitre.org/techniques/T1059/001/"],
  ]);
});
