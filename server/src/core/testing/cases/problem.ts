/** What is wrong with test files, apart from the events in them. */
import { type Fix } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";

export type CaseProblemKind =
  /** The text of a manifest is no YAML. */
  | "syntax"
  | "unknown-key"
  | "missing-key"
  | "wrong-type"
  | "unknown-value"
  /** Two keys that exclude each other. */
  | "contradiction"
  /** A test file or manifest whose rule is not there. */
  | "orphan"
  | "duplicate"
  /** A case without an event. */
  | "empty"
  /** A file, case or event that is named and not there. */
  | "missing"
  | "cycle"
  /** A file among tests whose name says nothing to us. */
  | "file-name";

export interface CaseProblem {
  readonly kind: CaseProblemKind;
  readonly severity: "error" | "warning";
  /** The file that the problem is in. */
  readonly path: string;
  /** Undefined: the file as a whole. */
  readonly span: Span | undefined;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}

/** A problem of a file as a whole. */
export function fileProblem(path: string, kind: CaseProblem["kind"], message: string): CaseProblem {
  return {
    kind,
    severity: kind === "duplicate" ? "warning" : "error",
    path,
    span: undefined,
    message,
    fixes: [],
  };
}
