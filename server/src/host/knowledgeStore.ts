/** Everything that is known, by the folder that a rule stands in: what is packaged, and the schemas of its checkout. */
import { type AttackCatalog } from "../core/knowledge/attack.ts";
import { type Knowledge } from "../core/knowledge/knowledge.ts";
import { type SchemaPart, type SchemaSet } from "../core/knowledge/schema.ts";
import { keptPromises } from "./keptPromises.ts";

/** What a folder of schemas holds. */
export interface LoadedLayer {
  readonly schemas: SchemaSet | undefined;
  /** Undefined if it has no bundle of ATT&CK that can be read. */
  readonly attack: AttackCatalog | undefined;
  readonly parts: readonly SchemaPart[];
}

export interface LayerSource {
  readonly etcFolder: string;
  /** Of the `_config.yaml` of custom rules; undefined in Elastic's own layout. */
  readonly configFolder: string | undefined;
  readonly layer: SchemaSet["layer"];
  /** For people: the folder, or an address with its revision. */
  readonly name: string;
}

export interface KnowledgeStoreWorld {
  /** The packaged catalogs. */
  readonly packaged: () => Promise<Knowledge>;
  /** Where the schemas for the files of a folder are; undefined if there are none. */
  readonly sourceFor: (folder: string | undefined) => Promise<LayerSource | undefined>;
  readonly load: (source: LayerSource) => Promise<LoadedLayer>;
  /** More is known than before. */
  readonly onChange: () => void;
  readonly onFailure: (source: LayerSource, error: unknown) => void;
}

export interface KnowledgeStore {
  /** What is known now. What is still being loaded is told by `onChange`. */
  now(folder: string | undefined): Promise<Knowledge>;
  /** What is known once everything is loaded. */
  whole(folder: string | undefined): Promise<Knowledge>;
  /** Where the schemas for the files of a folder are, without loading them. */
  source(folder: string | undefined): Promise<LayerSource | undefined>;
  /** Layers that were asked for, with what they hold. */
  layers(): readonly { readonly source: LayerSource; readonly loaded: LoadedLayer | undefined }[];
  /** Schemas may have changed: they are read again at their next use. */
  forget(): void;
}

interface Entry {
  readonly source: LayerSource;
  readonly loading: Promise<void>;
  loaded: LoadedLayer | undefined;
  /** One object for one state, so that whoever compares it sees no change where there is none. */
  knowledge: Knowledge | undefined;
}

export function knowledgeStore(world: KnowledgeStoreWorld): KnowledgeStore {
  const entries = new Map<string, Entry>();
  const sources = keptPromises<LayerSource | undefined>();
  const packaged = keptPromises<Knowledge>();

  function packagedOnce(): Promise<Knowledge> {
    return packaged.of("", world.packaged);
  }

  function sourceOf(folder: string | undefined): Promise<LayerSource | undefined> {
    return sources.of(folder ?? "", () => world.sourceFor(folder));
  }

  function entryOf(source: LayerSource): Entry {
    const key = keyOf(source);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const loading = world.load(source).then(
      (loaded) => {
        entry.loaded = loaded;
        if (entries.get(key) === entry) world.onChange();
      },
      (error: unknown) => world.onFailure(source, error),
    );
    const entry: Entry = { source, loading, loaded: undefined, knowledge: undefined };
    entries.set(key, entry);
    return entry;
  }

  async function entryFor(folder: string | undefined): Promise<Entry | undefined> {
    const source = await sourceOf(folder);
    return source && entryOf(source);
  }

  return {
    async now(folder) {
      const [base, entry] = await Promise.all([packagedOnce(), entryFor(folder)]);
      return entry === undefined ? base : joined(base, entry);
    },
    async whole(folder) {
      const [base, entry] = await Promise.all([packagedOnce(), entryFor(folder)]);
      if (entry === undefined) return base;
      await entry.loading;
      return joined(base, entry);
    },
    source: sourceOf,
    layers: () => [...entries.values()].map(({ source, loaded }) => ({ source, loaded })),
    forget() {
      entries.clear();
      sources.forgetAll();
    },
  };
}

function keyOf({ etcFolder, configFolder }: LayerSource): string {
  return `${etcFolder}\0${configFolder ?? ""}`;
}

function joined(base: Knowledge, entry: Entry): Knowledge {
  const { loaded } = entry;
  if (loaded === undefined) return base;
  entry.knowledge ??= {
    ...base,
    revision: `${base.revision}, ${keyOf(entry.source)} ${loaded.schemas?.revision ?? "none"}`,
    schemas: loaded.schemas,
    attack: loaded.attack ?? base.attack,
  };
  return entry.knowledge;
}
