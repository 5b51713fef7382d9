/** The settings of what an editor shows in queries, as `workspace/configuration` gives them. Types only. */

/** `rulewright.inlayHints`: one setting for each kind of note; what is absent counts as its default. */
export interface InlayHintSettings {
  readonly fieldTypes?: boolean;
  readonly caseSensitivity?: boolean;
  readonly lookBack?: boolean;
  readonly techniqueNames?: boolean;
  readonly tacticNames?: boolean;
}
