import { type CheckMeta, type RelatedPlace, type Severity } from "../checks/check.ts";
import { type Fix } from "../text/edit.ts";
import { type Span } from "../text/span.ts";

/** A finding with its severity, in file offsets. */
export interface Diagnostic {
  readonly check: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly RelatedPlace[];
  readonly tag: CheckMeta["tag"];
}
