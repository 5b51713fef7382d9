/** A rule that is renamed or moved takes its tests along, and what manifests say of their files stays true. */
import * as lsp from "vscode-languageserver";
import { movedReferences } from "../../core/testing/cases/manifestFiles.ts";
import { type MovedFile, movedTests } from "../../core/testing/cases.ts";
import { lineIndexOf } from "../../core/text/lineIndex.ts";
import { pathFrom } from "../../host/paths.ts";
import { toRange } from "../convert.ts";
import { type TestService } from "./testService.ts";

/** Null if nothing has to come along. */
export async function renameTests(
  service: TestService,
  { files }: lsp.RenameFilesParams,
  token: lsp.CancellationToken,
): Promise<lsp.WorkspaceEdit | null> {
  const given = new Set(files.map(({ oldUri }) => service.places.pathOf(oldUri)));
  const edits: lsp.TextDocumentEdit[] = [];
  const renames: lsp.RenameFile[] = [];
  for (const { oldUri, newUri } of files) {
    const [from, to] = [service.places.pathOf(oldUri), service.places.pathOf(newUri)];
    if (from?.endsWith(".toml") !== true || to?.endsWith(".toml") !== true) continue;
    const { root, options, others } = await service.testFiles(from, token);
    const all = movedTests(others, pathFrom(root, from), pathFrom(root, to), options.roots);
    // What the user moves by hand stays where it is put.
    const moved = all.filter(
      (one) => one.from !== one.to && !given.has(service.places.fileOf(root, one.from)),
    );
    edits.push(...(await manifestEdits(service, root, moved, token)));
    for (const one of moved) {
      const uris = {
        oldUri: service.places.uriOf(root, one.from),
        newUri: service.places.uriOf(root, one.to),
      };
      renames.push(lsp.RenameFile.create(uris.oldUri, uris.newUri, { ignoreIfExists: true }));
    }
  }
  return renames.length === 0 ? null : { documentChanges: [...edits, ...renames] };
}

async function manifestEdits(
  service: TestService,
  root: string,
  moved: readonly MovedFile[],
  token: lsp.CancellationToken,
): Promise<readonly lsp.TextDocumentEdit[]> {
  const paths = new Map(moved.map(({ from, to }) => [from, to]));
  const edits: lsp.TextDocumentEdit[] = [];
  for (const [file, text] of await service.manifests(root, [...paths.keys()], token)) {
    const found = movedReferences(file, text, paths);
    if (found.length === 0) continue;
    const lines = lineIndexOf(text);
    const uri = service.places.uriOf(root, file);
    const version = service.places.openText(uri)?.version ?? null;
    const textEdits = found.map(({ span, text: newText }) => ({ range: toRange(lines, span), newText }));
    edits.push({ textDocument: { uri, version }, edits: textEdits });
  }
  return edits;
}
