/** `Update Schemas`: fetches a whole new state, and only then lets go of the old one. Never runs by itself. */
import { type Result } from "../../core/base/result.ts";
import { readLocal } from "./localSource.ts";
import { withRegistry } from "./registry.ts";
import { type FetchedFiles, type RepositorySource, type UpdateWatch, fetchRepository } from "./repository.ts";
import { type StoredSchemas, storeSchemas } from "./store.ts";

export type UpdateSource =
  /** `registryUrl`: the package registry, for versions of integrations that the repository does not have yet; empty: none. */
  | ({ readonly kind: "repository"; readonly registryUrl: string } & RepositorySource)
  /** A checkout, its `etc` folder, or an archive of either. */
  | { readonly kind: "local"; readonly path: string };

/** Why the files of a folder cannot be used, in one sentence; undefined if they can. */
export type FetchedJudge = (etcFolder: string) => Promise<string | undefined>;

/** The error is a sentence for people. Whatever fails, what was stored before stays. */
export async function updateSchemas(
  folder: string,
  source: UpdateSource,
  watch: UpdateWatch,
  problemOf: FetchedJudge,
): Promise<Result<StoredSchemas, string>> {
  const fetched =
    source.kind === "repository" ? await fetchAll(source, watch) : await readLocal(source.path, watch);
  if (!fetched.ok) return fetched;
  if (watch.signal.aborted) return { ok: false, error: "The update was cancelled" };
  watch.onProgress("writing", 1);
  const name = source.kind === "repository" ? source.apiUrl : source.path;
  try {
    const stored = await storeSchemas(
      folder,
      { source: name, fetchedAt: new Date(), problemOf },
      fetched.value,
    );
    if (stored.ok) return stored;
    return { ok: false, error: `What was fetched from ${name} cannot be used: ${stored.error}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: `The schemas could not be written to ${folder}: ${reason}` };
  }
}

async function fetchAll(
  source: Extract<UpdateSource, { kind: "repository" }>,
  watch: UpdateWatch,
): Promise<Result<FetchedFiles, string>> {
  const repository = await fetchRepository(source, watch);
  if (!repository.ok || source.registryUrl === "") return repository;
  return withRegistry(source.registryUrl, repository.value, watch);
}
