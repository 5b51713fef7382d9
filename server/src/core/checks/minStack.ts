/** Fixes that change which stacks a rule ships to. */
import { type Repository } from "../knowledge/repository.ts";
import { compareVersions } from "../knowledge/version.ts";
import { type RuleDocument, type SourcedText } from "../rule/model.ts";
import { textIn } from "../rule/read.ts";
import { type Edit, type Fix } from "../text/edit.ts";
import { spanOf } from "../text/span.ts";
import { insertFirst, replaceText } from "../toml/edits.ts";
import { type TomlTable } from "../toml/model.ts";
import { removeEntry } from "../toml/removal.ts";
import { unsafeFix } from "./unsafeFix.ts";

/** Elastic's CI asks for a comment beside every `min_stack_version`: where there is none, `reason` becomes it. */
export function raiseMinStack({ metadata }: RuleDocument, version: string, reason: string): readonly Fix[] {
  if (metadata === undefined) return [];
  const written = textIn(metadata, "min_stack_version");
  const edit =
    written === undefined ? insertVersion(metadata, version, reason) : replaceText(written.host, version);
  if (edit === undefined) return [];
  return [{ title: `Raise min_stack_version to ${version}`, safety: "unsafe", edits: [edit] }];
}

/** After `maturity`, where keys in alphabetical order have it. */
function insertVersion(metadata: TomlTable, version: string, reason: string): Edit | undefined {
  if (metadata.byName.has("min_stack_version")) return undefined;
  const comment = metadata.byName.has("min_stack_comments")
    ? []
    : [`min_stack_comments = ${JSON.stringify(reason)}`];
  const lines = [...comment, `min_stack_version = ${JSON.stringify(version)}`].join("\n");
  const maturity = metadata.form === "inline" ? undefined : metadata.byName.get("maturity");
  if (maturity === undefined) return insertFirst(metadata, lines);
  return { span: spanOf(maturity.span.end, maturity.span.end), text: `\n${lines}` };
}

export function setMinStack(written: SourcedText, version: string, verb: "Raise" | "Lower"): readonly Fix[] {
  return unsafeFix(`${verb} min_stack_version to ${version}`, replaceText(written.host, version));
}

/** The oldest stack that the rule ships to; undefined if it is not known. */
export function oldestStackOf({ metadata }: RuleDocument, { oldestStack }: Repository): string | undefined {
  const written = metadata && textIn(metadata, "min_stack_version")?.value;
  if (written === undefined || !/^\d+\.\d+/.test(written)) return oldestStack;
  if (oldestStack === undefined) return written;
  return compareVersions(written, oldestStack) < 0 ? oldestStack : written;
}

/** With the comment that explains it. */
export function removeMinStack({ metadata, toml }: RuleDocument): readonly Fix[] {
  if (metadata?.form !== "header") return [];
  const names = ["min_stack_comments", "min_stack_version"];
  const edits = names.flatMap((name) => {
    const entry = metadata.byName.get(name);
    return (entry && removeEntry(toml, metadata, entry)) ?? [];
  });
  return edits.length === 0 ? [] : unsafeFix("Remove min_stack_version", ...edits);
}
