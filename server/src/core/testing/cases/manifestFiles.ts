/** The files that a manifest names, and its paths that lead elsewhere once files have moved. */
import { type Edit } from "../../text/edit.ts";
import { type Span } from "../../text/span.ts";
import { type ManifestCase, type ManifestDefaults, type ManifestEvents, readManifest } from "../manifest.ts";
import { splitPath } from "./association.ts";
import { pathBeside } from "./testCase.ts";

/** Told from where the path of the manifest is told from; whether they are there, nobody knows here. */
export function referencedFiles(path: string, text: string): readonly string[] {
  const { defaults, cases } = readManifest(path, text);
  const sources = [defaults, ...cases].flatMap(sourcesOf);
  const files = sources.flatMap((source) =>
    source.kind === "file" ? (pathBeside(path, source.path) ?? []) : [],
  );
  return [...new Set(files)];
}

/** `moved`: new paths by old ones; the manifest itself may be among them. */
export function movedReferences(
  path: string,
  text: string,
  moved: ReadonlyMap<string, string>,
): readonly Edit[] {
  const { defaults, cases } = readManifest(path, text);
  const folder = splitPath(moved.get(path) ?? path).folder;
  const edits = new Map<number, Edit>();
  for (const owner of [defaults, ...cases]) {
    for (const source of sourcesOf(owner)) {
      const edit = movedSource(path, text, source, folder, moved);
      if (edit !== undefined) edits.set(edit.span.start, edit);
    }
  }
  return [...edits.values()].toSorted((a, b) => a.span.start - b.span.start);
}

function sourcesOf(owner: ManifestDefaults | ManifestCase): readonly ManifestEvents[] {
  const all = [owner.history, owner.indicators, ...("events" in owner ? [owner.events] : [])];
  return all.filter((source) => source !== undefined);
}

function movedSource(
  path: string,
  text: string,
  source: ManifestEvents,
  folder: string,
  moved: ReadonlyMap<string, string>,
): Edit | undefined {
  if (source.kind !== "file") return undefined;
  const target = pathBeside(path, source.path);
  if (target === undefined) return undefined;
  const reference = referenceTo(moved.get(target) ?? target, folder);
  return reference === referenceTo(target, splitPath(path).folder)
    ? undefined
    : { span: source.span, text: written(text, source.span, reference) };
}

function referenceTo(target: string, folder: string): string {
  const [to, from] = [target.split("/"), folder === "" ? [] : folder.split("/")];
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

/** In the quotes that it had, if any. */
function written(text: string, { start }: Span, reference: string): string {
  if (text.charAt(start) === "'" && !reference.includes("'")) return `'${reference}'`;
  return text.charAt(start) === '"' || !/^[\w./-]+$/.test(reference) ? JSON.stringify(reference) : reference;
}
