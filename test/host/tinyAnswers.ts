/** Reads a checkout as the worker does, without a thread, and asks it for one field of each kind. */
import { schemaSetOf } from "../../server/src/core/knowledge/etc/schemaSet.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { distilledEtc } from "../../server/src/host/readEtc.ts";
import { readFiles } from "../../server/src/host/revision.ts";
import { schemaFiles, type SchemaSource } from "../../server/src/host/schemaFiles.ts";

export async function setIn(source: SchemaSource): Promise<SchemaSet> {
  const plan = await schemaFiles(source);
  const distilled = await distilledEtc(plan, await readFiles(plan.files));
  return schemaSetOf(distilled, { layer: "checkout", revision: "" });
}

/** What each kind of file is asked for, in one line. */
export function answers(set: SchemaSet): Readonly<Record<string, string>> {
  const each = (ask: (stack: SchemaSet["stacks"][number]) => unknown): string =>
    set.stacks.map((stack) => String(ask(stack) ?? "-")).join(" ");
  return {
    stacks: each(({ version }) => version),
    ecs: each(({ ecs }) => ecs?.typeOf("dish.name")),
    beats: each((stack) => stack.beat("ovenbeat", [], [])?.size),
    endgame: each(({ endgame }) => endgame?.typeOf("cake.icing")),
    endpoint: `${set.endpoint?.typeOf("process.Ext.crumbs") ?? "-"} ${set.endpoint?.typeOf("file.Ext.crumbs") ?? "-"}`,
    nonEcs: `${String(set.hasNonEcs)} ${set.nonEcs("logs-oven-*")?.typeOf("oven.door") ?? "-"}`,
    packages: [...(set.packages ?? ["-"])].join(" "),
    stove: each((stack) => stack.integration("stove", "flame").kind),
  };
}

/** What the tiny checkout answers. */
export const WHOLE = {
  stacks: "9.4.0 9.5.0",
  ecs: "keyword keyword",
  beats: "1 1",
  endgame: "keyword keyword",
  endpoint: "long long",
  nonEcs: "true keyword",
  packages: "stove larder",
  stove: "found found",
};
