/** The only place where tests ask for the layout of a rule. */
import { DEFAULT_FORMAT, type FormatOptions } from "../../server/src/core/format/options.ts";
import {
  type RuleFormatting,
  formatRange,
  formatRule,
  ruleFormat,
} from "../../server/src/core/features/formatRule.ts";
import { NO_KNOWLEDGE } from "../../server/src/core/knowledge/knowledge.ts";
import { type Edit, applyEdits } from "../../server/src/core/text/edit.ts";
import { type Span } from "../../server/src/core/text/span.ts";
import { CUSTOM, snapshot } from "./analyse.ts";

export interface FormattedText {
  readonly text: string;
  readonly edits: readonly Edit[];
  /** Why queries stay as they are. */
  readonly leftAlone: readonly string[];
}

/** The text laid out, or why it is not. */
export type Formatted = FormattedText | { readonly refused: string };

export function formattedRule(text: string, options: Partial<FormatOptions> = {}, range?: Span): Formatted {
  const format = ruleFormat({ ...DEFAULT_FORMAT, ...options });
  const read = snapshot(text, CUSTOM, NO_KNOWLEDGE);
  return told(text, range === undefined ? formatRule(read, format) : formatRange(read, format, range));
}

function told(text: string, formatting: RuleFormatting): Formatted {
  switch (formatting.kind) {
    case "no-rule":
      return { refused: "no rule" };
    case "refused":
      return { refused: formatting.reason };
    case "formatted":
      return {
        text: applyEdits(text, formatting.edits),
        edits: formatting.edits,
        leftAlone: formatting.leftAlone.map(({ reason }) => reason),
      };
  }
}
