import { type LineIndex, lineIndexOf } from "../../core/text/lineIndex.ts";
import { type Span } from "../../core/text/span.ts";
import { type RuleOnDisk } from "../../host/testProject.ts";
import { type TextRange } from "../protocol.ts";

/** From offsets to places as editors count them. */
export function rangeIn(lines: LineIndex, { start, end }: Span): TextRange {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** From query offsets to the rule file; undefined for a rule without a query. */
export function queryPlaces({ text, rule }: RuleOnDisk): ((span: Span) => TextRange) | undefined {
  const host = rule.queries.find(({ role }) => role === "query")?.host;
  const lines = lineIndexOf(text);
  return host && ((span) => rangeIn(lines, host.map.toHostSpan(span)));
}
