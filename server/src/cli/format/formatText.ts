/** What formatting makes of the bytes of one file, in the words of the command line. */
import { queryCache } from "../../core/analysis/cache.ts";
import { type CheckConfig } from "../../core/analysis/config.ts";
import { type Snapshot, snapshotOf } from "../../core/analysis/snapshot.ts";
import { type QueryLeftAlone, formatRule, ruleFormat } from "../../core/features/formatRule.ts";
import { type FormatOptions } from "../../core/format/options.ts";
import { NO_KNOWLEDGE } from "../../core/knowledge/knowledge.ts";
import { type Edit } from "../../core/text/edit.ts";
import { decodeText } from "../../host/host.ts";

export type TextOutcome =
  | {
      readonly kind: "formatted" | "unchanged";
      readonly text: string;
      readonly edits: readonly Edit[];
      readonly leftAlone: readonly PlacedReason[];
    }
  | ({ readonly kind: "refused" } & PlacedReason)
  /** TOML of any other kind. */
  | { readonly kind: "no-rule"; readonly text: string };

export interface PlacedReason {
  readonly reason: string;
  /** Counted from 1; undefined where no place is to blame. */
  readonly line: number | undefined;
}

/** No check runs here, so that none needs its settings. */
const NO_CHECKS: CheckConfig = { profile: "custom", severities: new Map() };

export function formatBytes(bytes: Uint8Array, options: FormatOptions): TextOutcome {
  const { text, notUtf8At } = decodeText(bytes);
  const snapshot = snapshotOf({ text, knowledge: NO_KNOWLEDGE, config: NO_CHECKS, cache: queryCache(1) });
  const formatting = formatRule(snapshot, ruleFormat(options));
  if (formatting.kind === "no-rule") return { kind: "no-rule", text };
  if (notUtf8At !== undefined)
    return { kind: "refused", ...placed(snapshot, "the file is not UTF-8", notUtf8At) };
  if (formatting.kind === "refused") {
    const { reason, span } = formatting;
    return { kind: "refused", ...placed(snapshot, reason, span.end === 0 ? undefined : span.start) };
  }
  const { edits } = formatting;
  const leftAlone = formatting.leftAlone.map(({ reason, span }: QueryLeftAlone) =>
    placed(snapshot, reason, span.start),
  );
  return { kind: edits.length === 0 ? "unchanged" : "formatted", text, edits, leftAlone };
}

function placed(snapshot: Snapshot, reason: string, offset: number | undefined): PlacedReason {
  return { reason, line: offset === undefined ? undefined : snapshot.lines().positionAt(offset).line + 1 };
}
