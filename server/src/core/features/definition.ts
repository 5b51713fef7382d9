/** Where a subject is made known: the rule of an id, the entry of a placeholder. */
import { type Snapshot } from "../analysis/snapshot.ts";
import { type WorkspaceIndex } from "../analysis/workspace.ts";
import { type Span } from "../text/span.ts";
import { placeholderPlaces, type Subject } from "./definitionSubject.ts";
import { hasId } from "./references.ts";

export interface RulePlace {
  /** Below the root of the workspace; undefined: the file that is asked about. */
  readonly path: string | undefined;
  readonly span: Span;
}

/** None for what no rule makes known, such as a field. */
export function definitions(
  snapshot: Snapshot,
  subject: Subject,
  index: WorkspaceIndex,
): readonly RulePlace[] {
  switch (subject.kind) {
    case "rule":
      return [...index.rules()].flatMap((rule) => {
        const place = rule.name ?? rule.id;
        return place !== undefined && hasId(rule, subject.id) ? [{ path: rule.path, span: place.span }] : [];
      });
    case "placeholder":
      return placeholderPlaces(snapshot.rule()).flatMap(({ name, role, span }) =>
        role === "entry" && name === subject.name ? [{ path: undefined, span }] : [],
      );
    case "field":
    case "technique":
    case "tag":
    case "exception-list":
      return [];
  }
}
