/** The field schemas of a checkout of the rules, read and distilled here rather than in the worker. */
import path from "node:path";
import { schemaSetOf } from "../../server/src/core/knowledge/etc/schemaSet.ts";
import { type Knowledge } from "../../server/src/core/knowledge/knowledge.ts";
import { type Repository } from "../../server/src/core/knowledge/repository.ts";
import { type SchemaSet } from "../../server/src/core/knowledge/schema.ts";
import { repositoryAt } from "../../server/src/host/repository.ts";
import { distilledEtc } from "../../server/src/host/readEtc.ts";
import { readFiles } from "../../server/src/host/revision.ts";
import { schemaFiles } from "../../server/src/host/schemaFiles.ts";
import { knowledge } from "./analyse.ts";

/** Undefined if the checkout has no stack map that can be read. */
export async function checkoutSchemas(rulesFolder: string): Promise<SchemaSet | undefined> {
  const etcFolder = path.join(rulesFolder, "detection_rules/etc");
  const plan = await schemaFiles({ etcFolder, configFolder: undefined });
  const distilled = await distilledEtc(plan, await readFiles(plan.files));
  const set = schemaSetOf(distilled, { layer: "checkout", revision: etcFolder });
  return set.stacks.length === 0 ? undefined : set;
}

/** What a checkout of Elastic's decides for its rules, whatever the environment says. */
export function checkoutRepository(rulesFolder: string): Promise<Repository> {
  const etcFolder = path.join(rulesFolder, "detection_rules/etc");
  return repositoryAt({ etcFolder, configFolder: undefined }, {});
}

/** The packaged knowledge with those schemas. */
export function knowledgeOfCheckout(schemas: SchemaSet): Knowledge {
  return { ...knowledge, revision: `${knowledge.revision}, ${schemas.revision}`, schemas };
}
