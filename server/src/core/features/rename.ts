/** What can be given another name, and the edits of a rule's own file that do it. */
import { entriesOf, transformOf } from "../checks/notePlaceholders.ts";
import { type Result } from "../base/result.ts";
import { type Snapshot } from "../analysis/snapshot.ts";
import { type Edit } from "../text/edit.ts";
import { type Span, textAt } from "../text/span.ts";
import { sectionOf } from "../toml/edits.ts";
import { type TomlTable } from "../toml/model.ts";
import { type PlacedSubject, placeholderPlaces } from "./definitionSubject.ts";

export type RenameSubject =
  { readonly kind: "rule"; readonly id: string } | { readonly kind: "placeholder"; readonly name: string };

export interface Renamable {
  readonly subject: RenameSubject;
  readonly span: Span;
  /** What is edited. */
  readonly text: string;
}

const REFUSED = {
  field: "The name of a field is given by the data that the rule reads",
  technique: "The ids and names of techniques are given by MITRE ATT&CK",
  tag: "A tag has its meaning in Kibana: edit it in each rule that should change",
  "exception-list": "The exception list exists in Kibana under this id",
} as const;

/** The reason is a sentence for the author. */
export function renamableAt(
  { text, repository }: Pick<Snapshot, "text" | "repository">,
  found: PlacedSubject | undefined,
): Result<Renamable, string> {
  if (found === undefined) return refusal("Only rule ids and placeholders of guides can be renamed here");
  const { subject, span } = found;
  const written = textAt(text, span);
  if (subject.kind === "placeholder") {
    // The cursor may stand on the header of the entry, which does not show the name.
    return written.startsWith("$")
      ? { ok: true, value: { subject, span, text: subject.name } }
      : refusal("Rename the placeholder where the guide uses it");
  }
  if (subject.kind !== "rule") return refusal(REFUSED[subject.kind]);
  if (written.toLowerCase() !== subject.id) return refusal("Rename a rule by its id, or edit its name");
  if (repository.records.shipped()?.has(subject.id) === true)
    return refusal("The rule was shipped under this id: `version.lock.json` holds it");
  return { ok: true, value: { subject, span, text: subject.id } };
}

const NEW_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Why a text cannot be the id of a rule; undefined if it can. `isTaken`: another rule has it. */
export function idProblem(id: string, isTaken: (id: string) => boolean): string | undefined {
  if (!NEW_ID.test(id)) return "The id of a rule is a UUID in lower case";
  return isTaken(id) ? "Another rule has this id" : undefined;
}

/**
 * The number of a placeholder is the place of its entry. So the entries change places, and with them the numbers wherever
 * the guide uses them: each use keeps its entry.
 */
export function placeholderEdits(
  snapshot: Snapshot,
  from: string,
  to: string,
): Result<readonly Edit[], string> {
  const name = to.replace(/^\$\{?|\}$/g, "");
  const [first, second] = [entryOf(snapshot, from), entryOf(snapshot, name)];
  const plugin = from.slice(0, from.lastIndexOf("_"));
  if (first === undefined) return refusal(`\`${from}\` has no entry below \`[[transform.${plugin}]]\``);
  if (second === undefined || second.plugin !== first.plugin)
    return refusal(`A placeholder is named by an entry: \`${plugin}_0\` to \`${plugin}_${first.last}\``);
  if (from === name) return { ok: true, value: [] };
  const [one, other] = [sectionWithoutEnd(snapshot, first.table), sectionWithoutEnd(snapshot, second.table)];
  if (one === undefined || other === undefined)
    return refusal("Only entries with headers of their own can change places");
  const uses = placeholderPlaces(snapshot.rule()).filter(({ role }) => role === "use");
  const renamed = uses.flatMap(({ name: used, span }): readonly Edit[] => {
    const wanted = used === from ? name : used === name ? from : undefined;
    const written = textAt(snapshot.text, span);
    return wanted === undefined ? [] : [{ span, text: written.replace(used, wanted) }];
  });
  const swapped = [
    { span: one, text: textAt(snapshot.text, other) },
    { span: other, text: textAt(snapshot.text, one) },
  ];
  return { ok: true, value: [...swapped, ...renamed].sort((a, b) => a.span.start - b.span.start) };
}

interface Entry {
  readonly plugin: string;
  readonly table: TomlTable;
  /** The number of the last entry beside it. */
  readonly last: number;
}

function entryOf(snapshot: Snapshot, name: string): Entry | undefined {
  const transform = transformOf(snapshot.rule());
  for (const [plugin, tables] of transform === undefined ? [] : entriesOf(transform)) {
    const at = tables.findIndex((_, index) => name === `${plugin}_${index}`);
    const table = tables[at];
    if (table !== undefined) return { plugin, table, last: tables.length - 1 };
  }
  return undefined;
}

/** Undefined for an inline table. The blank lines behind it stay where they are. */
function sectionWithoutEnd(snapshot: Snapshot, table: TomlTable): Span | undefined {
  if (table.form === "inline") return undefined;
  const { start, end } = sectionOf(snapshot.toml(), table);
  return { start, end: start + snapshot.text.slice(start, end).trimEnd().length };
}

function refusal(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
