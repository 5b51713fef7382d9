/** Loads all that a folder of schemas holds, and tells whether one that was fetched can be used. */
import { loadAttack } from "./attack.ts";
import { type LoadedLayer } from "./knowledgeStore.ts";
import { type LoadOptions, loadSchemas } from "./schemas.ts";

export async function loadLayer(options: LoadOptions): Promise<LoadedLayer> {
  const [schemas, { attack, part }] = await Promise.all([loadSchemas(options), loadAttack(options)]);
  const isUsable = schemas !== undefined && 0 < schemas.stacks.length;
  return { schemas: isUsable ? schemas : undefined, attack, parts: [...(schemas?.parts ?? []), part] };
}

/** Why files that were fetched must not take the place of what is there; undefined if they can be used. */
export async function fetchedProblem(
  options: Omit<LoadOptions, "layer" | "configFolder" | "onProblem">,
): Promise<string | undefined> {
  const problems: string[] = [];
  const onProblem = (problem: string): number => problems.push(problem);
  const layer = { ...options, configFolder: undefined, layer: "downloaded", onProblem } as const;
  const { schemas, parts } = await loadLayer(layer);
  // What is merely not there may have been left out on purpose.
  const [broken] = parts.filter(({ state }) => state === "broken").flatMap(({ problem }) => problem ?? []);
  if (broken !== undefined) return broken;
  return schemas === undefined ? (problems[0] ?? "no schemas can be read from them") : undefined;
}
