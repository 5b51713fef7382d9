/** Half-typed and mangled rules: whatever is shown of them lies in the text, and nothing stops the editor. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../server/src/core/checks/registry.generated.ts";
import { highlightsAt } from "../server/src/core/features/highlights.ts";
import { hoverAt } from "../server/src/core/features/hover.ts";
import { inlayHints } from "../server/src/core/features/inlayHints.ts";
import { INLAY_HINT_KINDS } from "../server/src/core/features/inlayHintsModel.ts";
import { selectionsAt } from "../server/src/core/features/selectionRanges.ts";
import { semanticTokens } from "../server/src/core/features/semanticTokens.ts";
import { signatureAt } from "../server/src/core/features/signatureHelp.ts";
import { type Span, encloses, spanOf, textAt } from "../server/src/core/text/span.ts";
import { docs, snapshot } from "./support/analyse.ts";
import { finished } from "./support/finished.ts";
import { root } from "./support/fixture.ts";
import { seededRandom } from "./support/random.ts";

const KINDS = new Set(INLAY_HINT_KINDS);
const MANGLED = 60;
/** Places where each query breaks off. */
const CUTS = 150;

const rules = globSync(["rules/**/*.toml"], { cwd: root })
  .sort()
  .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

/** Everything that is asked of a text with the cursor at a place; the first thing that is wrong, if any. */
function problemAt(text: string, offset: number): string | undefined {
  const analysed = snapshot(text);
  const whole = spanOf(0, text.length);
  const isOutside = (span: Span): boolean => !encloses(whole, span) || span.end < span.start;
  let reached = 0;
  for (const { span } of finished(semanticTokens(analysed))) {
    if (span.start < reached || isOutside(span) || span.start === span.end) return "tokens overlap";
    if (/[\r\n]/.test(text.slice(span.start, span.end))) return "a token breaks";
    reached = span.end;
  }
  const selections = selectionsAt(analysed, offset);
  if (selections.some((span, i) => isOutside(span) || !encloses(selections[i + 1] ?? span, span)))
    return "selections do not grow";
  if (text.length > 0 && selections.at(-1)?.end !== text.length) return "selections miss the file";
  if (highlightsAt(analysed, offset)?.some(({ span }) => isOutside(span)) === true)
    return "highlight outside";
  if (
    finished(inlayHints(analysed, whole, KINDS)).some((hint) => hint.offset < 0 || text.length < hint.offset)
  )
    return "note outside";
  const signature = signatureAt(analysed, offset);
  const label = spanOf(0, signature?.label.length ?? 0);
  if (signature?.parameters.some(({ span }) => !encloses(label, span) || span.end <= span.start) === true)
    return "a parameter is not in its signature";
  const hover = hoverAt(analysed, offset, { docs, checks: CHECKS });
  return hover !== undefined && isOutside(hover.span) ? "hover outside" : undefined;
}

describe.each(rules)("$file", ({ text }) => {
  test("cut off at any place", () => {
    const random = seededRandom(text.length);
    for (let i = 0; i < MANGLED; i++) {
      const offset = random.below(text.length + 1);
      expect(problemAt(text.slice(0, offset), offset), `cut at ${offset}`).toBeUndefined();
    }
  });

  test("with pieces left out, doubled and strewn with signs", () => {
    const random = seededRandom(text.length + 1);
    for (let i = 0; i < MANGLED; i++) {
      const start = random.below(text.length);
      const end = start + random.below(20);
      const sign = random.pick(["", "(", ")", "[", "]", '"', "'", "\\", "*", "|", ",", "\r\n", "\\u", "😀"]);
      const edited = text.slice(0, start) + sign + text.slice(random.below(2) === 0 ? end : start);
      const offset = random.below(edited.length + 1);
      expect(problemAt(edited, offset), `edit ${i} at ${start}, asked at ${offset}`).toBeUndefined();
    }
  });
});

/** The strings that hold a query which is understood, with the text of their rule. */
const queries = rules.flatMap(({ file, text }) =>
  snapshot(text)
    .queries()
    .map(({ embedded: { host, role } }) => ({ name: `${file}: ${role}`, text, host })),
);

test.each(queries)("$name breaks off at any place", ({ text, host }) => {
  const [start, end] = [host.map.toHost(0, "start"), host.map.toHost(host.value.length, "end")];
  const stride = Math.max(1, Math.floor((end - start) / CUTS));
  for (let cut = start; cut <= end; cut += stride) {
    const cutText = text.slice(0, cut) + text.slice(end);
    expect(problemAt(cutText, cut), `cut at ${cut}`).toBeUndefined();
  }
});

test("there are queries to break off", () => expect(queries.length).toBeGreaterThan(5));

test("of the words of a list that lacks a quote, few are looked up as fields", () => {
  const words = Array.from({ length: 1000 }, (_, i) => `file${i}.dll`).join('", "');
  const analysed = snapshot(
    `[rule]\ntype = "eql"\nquery = \'\'\'\nany where dll.name in (${words}")\n\'\'\'\n`,
  );
  const tokens = finished(semanticTokens(analysed));
  const fields = tokens.filter(({ type }) => type === "property");
  const judged = fields.filter(({ modifiers }) => 0 < modifiers.length);
  expect(fields.length).toBeGreaterThan(400);
  expect(judged.length).toBe(200);
});

test("an id of a technique that a carriage return breaks is coloured line by line", () => {
  const text = `[rule]\ntype = "eql"\n[[rule.threat]]\n[rule.threat.tactic]\nid = "TA\r0001"\n`;
  expect(problemAt(text, text.indexOf("TA"))).toBeUndefined();
  const tokens = finished(semanticTokens(snapshot(text)));
  expect(tokens.map(({ span }) => textAt(text, span))).toEqual(["TA", "0001"]);
});

test("long and deep queries are answered soon", () => {
  const items = Array.from({ length: 5000 }, (_, i) => `"a${i}*"`).join(", ");
  const bodies = [
    `any where process.name : (${items})`,
    `any where ${"(".repeat(3000)}process.pid == 1`,
    `any where ${"startsWith(".repeat(2000)}`,
    `any where process.name == "${"\\\\*".repeat(20_000)}"`,
  ];
  for (const body of bodies) {
    const text = `[rule]\ntype = "eql"\nquery = '''\n${body}\n'''\n`;
    const started = performance.now();
    expect(problemAt(text, text.indexOf("\n'''\n", 40))).toBeUndefined();
    expect(performance.now() - started, body.slice(0, 40)).toBeLessThan(5000);
  }
});
