/** One name for all that a verdict rests on apart from the rule and its project's settings: it changes with any of it. */
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { attackPaths } from "./attack.ts";
import { type EtcPlace } from "./etcPlace.ts";
import { type LayerSource } from "./knowledgeStore.ts";
import { isFileError } from "./fileError.ts";
import { repositoryInputs } from "./repository.ts";
import { namesIn, schemaPaths } from "./schemaFiles.ts";
import { fileBytes } from "./unpack.ts";

/** What a folder's rules are judged with, apart from what is packaged. */
export interface FolderGrounds {
  readonly source: LayerSource | undefined;
  readonly place: EtcPlace | undefined;
}

/** Of schemas, ATT&CK, the repository's files and the switches of the environment. */
export async function groundsRevision(
  { source, place }: FolderGrounds,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { paths, switches } = await repositoryInputs(place, env);
  const ofSchemas =
    source === undefined ? [] : [...(await schemaPaths(source)), ...(await attackPaths(source))];
  const all = [...new Set([...paths, ...ofSchemas])].sort();
  const contents = await Promise.all(all.map(contentAt));
  return digest([JSON.stringify({ source, place }), ...switches, ...contents.flat()]);
}

/** Of the program, what runs it and the data that is packaged with it; undefined if it is not built. */
export async function programRevision(packageRoot: string): Promise<string | undefined> {
  const bundles = (await namesIn(path.join(packageRoot, "dist"))).filter((name) => name.endsWith(".cjs"));
  if (!bundles.includes("cli.cjs")) return undefined;
  const data = await readdir(path.join(packageRoot, "data"), { recursive: true });
  const files = [
    ...bundles.map((name) => path.join("dist", name)),
    ...data.map((name) => path.join("data", name)),
  ];
  const contents = await Promise.all(files.sort().map((file) => contentLine(packageRoot, file)));
  return digest([process.version, ...contents]);
}

/** A file with what it holds; a folder with its files, those in deeper folders apart. */
async function contentAt(file: string): Promise<readonly string[]> {
  const names = await filesIn(file);
  if (names === undefined) return [await contentLine("", file)];
  return Promise.all(names.map((name) => contentLine("", path.join(file, name))));
}

async function contentLine(folder: string, file: string): Promise<string> {
  const bytes = await fileBytes(path.join(folder, file));
  const content = bytes.ok ? createHash("sha256").update(bytes.value).digest("hex") : bytes.error.text;
  return `${file} ${content}`;
}

/** Undefined if it is no folder. */
async function filesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}

function digest(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("base64url");
}
