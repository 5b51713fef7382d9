/** Files that are given by name: who names one expects it to be used, and hears if it cannot be. */
import path from "node:path";
import { tomlSyntax } from "../core/checks/toml/syntax.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { type Judge, type JudgedFile } from "./judge.ts";

/** What becomes of a file that was named and holds no rule. */
export type NoRule =
  /** It may be meant as one: what is wrong with its TOML is all that can be said. */
  | { readonly kind: "broken"; readonly file: JudgedFile }
  /** Other TOML, which a list of changed files may well name. */
  | { readonly kind: "other-toml" }
  | { readonly kind: "unusable"; readonly reason: string };

export async function withoutRule(judge: Judge, file: string): Promise<NoRule> {
  if (!file.endsWith(".toml")) return { kind: "unusable", reason: "it is no TOML file" };
  const read = await judge.read(file);
  if (read === undefined) return { kind: "unusable", reason: "it cannot be read" };
  const { text } = read;
  const { errors, root } = read.snapshotOf(text).toml();
  if (errors.length === 0)
    return root.byName.has("rule")
      ? { kind: "unusable", reason: "it has neither [metadata] nor a type of rule" }
      : { kind: "other-toml" };
  const { id, severity } = tomlSyntax;
  const diagnostics = errors.map(({ span, message }) => {
    return { check: id, severity, span, message, fixes: [], related: [], tag: undefined };
  });
  const lines = lineIndexOf(text);
  return {
    kind: "broken",
    file: { path: file, text, lines, diagnostics, summary: undefined, needsOthers: false },
  };
}

export function noRuleText(cwd: string, file: string, outcome: NoRule): string {
  const name = path.relative(cwd, file);
  switch (outcome.kind) {
    case "broken":
      return `${name} is no TOML, and so no detection rule`;
    case "other-toml":
      return `${name} is no detection rule, and is passed over`;
    case "unusable":
      return `${name} is no detection rule: ${outcome.reason}`;
  }
}
