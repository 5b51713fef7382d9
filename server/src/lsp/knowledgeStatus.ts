/** What is known, in the form that clients show. */
import { atlas } from "../core/knowledge/atlas.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { type SchemaPart } from "../core/knowledge/schema.ts";
import { type KnowledgeStore } from "../host/knowledgeStore.ts";
import { type KnowledgeLayer, type KnowledgePart, type ServerStatus } from "./protocol.ts";

type Layers = ReturnType<KnowledgeStore["layers"]>;

/** What the store of knowledge asks of the session. */
export interface StoreOptions {
  /** For what is downloaded and distilled; undefined: nothing is kept. */
  readonly dataFolder: () => string | undefined;
  readonly settingFor: (folder: string) => Promise<string | undefined>;
  readonly onChange: () => void;
  readonly onProblem: (problem: string) => void;
}

export function statusOf(packaged: Knowledge, layers: Layers, isBroken: boolean): ServerStatus {
  if (isBroken) {
    const message = "The packaged catalogs could not be read: fields and techniques are not checked";
    return { state: "problem", fields: undefined, attack: undefined, message };
  }
  const loaded = layers.find((layer) => layer.loaded !== undefined);
  const isLoading = layers.some((layer) => layer.loaded === undefined);
  const attack = loaded?.loaded?.attack ?? packaged.attack;
  return {
    state: isLoading ? "loading" : "ready",
    fields: loaded === undefined ? packaged.fields?.source : schemasText(loaded),
    attack: attack && `ATT&CK ${attack.version}`,
    message: layers.map(brokenPart).find((problem) => problem !== undefined),
  };
}

function brokenPart({ loaded }: Layers[number]): string | undefined {
  return loaded?.parts.find(({ state }) => state === "broken")?.problem;
}

/** Such as "checkout schemas of 8.19.0 to 9.6.0, partial". */
function schemasText({ source, loaded }: Layers[number]): string | undefined {
  const stacks = loaded?.schemas?.stacks ?? [];
  const [oldest, newest] = [stacks[0]?.version, stacks.at(-1)?.version];
  if (oldest === undefined || newest === undefined) return undefined;
  const range = oldest === newest ? oldest : `${oldest} to ${newest}`;
  const isPartial = loaded?.parts.some(({ state }) => state !== "complete") ?? false;
  return `${source.layer} schemas of ${range}${isPartial ? ", partial" : ""}`;
}

export function knowledgeLayers(packaged: Knowledge, layers: Layers): readonly KnowledgeLayer[] {
  return [
    { name: "embedded", source: "always there", parts: packagedParts(packaged) },
    ...layers.map(({ source, loaded }) => ({
      name: source.layer,
      source: source.name,
      parts: (loaded?.parts ?? []).map(partOf),
    })),
  ];
}

function packagedParts({ fields, vendorFields, attack }: Knowledge): readonly KnowledgePart[] {
  const part = (name: string, detail: string | undefined): KnowledgePart => ({
    name,
    detail: detail ?? "not loaded",
    state: detail === undefined ? "missing" : "complete",
    problem: null,
  });
  return [
    part("ECS", fields && `${fields.source.replace(/^ECS /, "")}, ${count(fields.size)} fields`),
    {
      ...part("Fields outside ECS", vendorFields && `${count(vendorFields.size)} fields`),
      ...(vendorFields && FIELDS_OUTSIDE),
    },
    part("ATT&CK", attack && `${attack.version}, ${count(attack.techniques.length)} techniques`),
    {
      name: "ATLAS",
      detail: `${atlas().version}, ${count(atlas().techniques.length)} techniques`,
      state: "partial",
      problem: "An id that is not among them counts as unverified: there are several releases a year",
    },
  ];
}

/** No table has all fields of a product, let alone those of all products. */
const FIELDS_OUTSIDE = {
  state: "partial",
  problem:
    "A field that is in none of these tables counts as unverified: schemas of a checkout, or fetched ones, tell more",
} as const;

function partOf({ name, detail, state, problem }: SchemaPart): KnowledgePart {
  return { name, detail, state, problem: problem ?? null };
}

function count(value: number): string {
  return value.toLocaleString("en");
}
