/** Does to a text what an editor would, and says what must never happen. */
import { queryCache } from "../../server/src/core/analysis/cache.ts";
import { allDiagnostics } from "../../server/src/core/analysis/runChecks.ts";
import { type Snapshot, snapshotOf } from "../../server/src/core/analysis/snapshot.ts";
import { CHECKS } from "../../server/src/core/checks/registry.generated.ts";
import { folds } from "../../server/src/core/features/folding.ts";
import { hoverAt } from "../../server/src/core/features/hover.ts";
import { links } from "../../server/src/core/features/links.ts";
import { type OutlineSymbol, outline } from "../../server/src/core/features/symbols.ts";
import { type Span, encloses } from "../../server/src/core/text/span.ts";
import { ELASTIC, docs, knowledge } from "../support/analyse.ts";

const cache = queryCache();

export interface Probe {
  readonly milliseconds: number;
  /** What went wrong; undefined if nothing did. */
  readonly problem: string | undefined;
}

/** Diagnoses a text and asks for everything that an editor asks for at `offset`. */
export function probe(text: string, offset: number): Probe {
  const started = performance.now();
  const problem = problemWith(text, offset);
  return { milliseconds: performance.now() - started, problem };
}

function problemWith(text: string, offset: number): string | undefined {
  try {
    const snapshot = snapshotOf({ text, knowledge, config: ELASTIC, cache });
    let crash: string | undefined;
    const onCrash = (check: string, error: unknown): void => {
      crash = `${check} threw ${String(error)}`;
    };
    const diagnostics = allDiagnostics(snapshot, { checks: CHECKS, onCrash });
    if (crash !== undefined) return crash;
    const hover = hoverAt(snapshot, offset, { docs, checks: CHECKS });
    const spans = [
      ...diagnostics.flatMap((one) => [
        one.span,
        ...one.fixes.flatMap(({ edits }) => edits.map(({ span }) => span)),
      ]),
      ...folds(snapshot).map(({ span }) => span),
      ...links(snapshot).map(({ span }) => span),
      ...(hover === undefined ? [] : [hover.span]),
    ];
    const wild = spans.find((span) => !isSane(span, text));
    if (wild !== undefined) return `a span from ${wild.start} to ${wild.end} in a text of ${text.length}`;
    return outlineProblem(snapshot, text);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function isSane(span: Span, text: string): boolean {
  return 0 <= span.start && span.start <= span.end && span.end <= text.length;
}

/** VS Code refuses a whole outline in which one selection lies outside its symbol. */
function outlineProblem(snapshot: Snapshot, text: string): string | undefined {
  const pending: { readonly symbol: OutlineSymbol; readonly parent: Span | undefined }[] = outline(
    snapshot,
  ).map((symbol) => ({ symbol, parent: undefined }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { symbol, parent } = next;
    if (!isSane(symbol.span, text) || !encloses(symbol.span, symbol.selection))
      return `the symbol ${symbol.name} is no span`;
    if (parent !== undefined && !encloses(parent, symbol.span))
      return `the symbol ${symbol.name} leaves its parent`;
    if (symbol.name === "") return "a symbol without a name";
    pending.push(...symbol.children.map((child) => ({ symbol: child, parent: symbol.span })));
  }
  return undefined;
}
