/** What the session knows of fields and techniques: catalogs that fail to load are told, and leave the checks silent. */
import { type FieldDocs } from "../core/knowledge/fields.ts";
import { type Knowledge, NO_KNOWLEDGE } from "../core/knowledge/knowledge.ts";
import { type Host } from "../host/host.ts";
import { loadFieldDocs } from "../host/knowledge.ts";
import { type KnowledgeStore } from "../host/knowledgeStore.ts";
import { type Log, describe } from "./guard.ts";
import { knowledgeLayers, statusOf } from "./knowledgeStatus.ts";
import { type KnowledgeLayer, type ServerStatus } from "./protocol.ts";

export interface LoadedKnowledgeWorld {
  readonly host: Host;
  readonly log: Log;
  readonly onStatus: (status: ServerStatus) => void;
}

export class LoadedKnowledge {
  readonly #world: LoadedKnowledgeWorld;
  readonly #store: KnowledgeStore;
  #isPackagedBroken = false;
  #docs: Promise<FieldDocs> | undefined;
  #status: ServerStatus = { state: "loading", fields: undefined, attack: undefined, message: undefined };

  constructor(world: LoadedKnowledgeWorld, store: KnowledgeStore) {
    this.#world = world;
    this.#store = store;
  }

  get status(): ServerStatus {
    return this.#status;
  }

  /** What is known by now; the packaged catalogs are the least. */
  async now(folder: string | undefined): Promise<Knowledge> {
    try {
      return await this.#store.now(folder);
    } catch (error) {
      this.#isPackagedBroken = true;
      this.#world.log(`Loading the catalogs failed: ${describe(error)}`);
      return NO_KNOWLEDGE;
    }
  }

  /** Descriptions of fields, loaded at the first call. Undefined if they cannot be read. */
  async docs(): Promise<FieldDocs | undefined> {
    this.#docs ??= loadFieldDocs(this.#world.host);
    try {
      return await this.#docs;
    } catch (error) {
      this.#world.log(`Loading field descriptions failed: ${describe(error)}`);
      this.#docs = undefined;
      return undefined;
    }
  }

  /** Layers that are in use, for people. */
  async layers(): Promise<readonly KnowledgeLayer[]> {
    return knowledgeLayers(await this.now(undefined), this.#store.layers());
  }

  /** Schemas may have changed: they are read again. */
  forget(): void {
    this.#store.forget();
  }

  showStatus(): void {
    void this.now(undefined).then((packaged) => {
      this.#status = statusOf(packaged, this.#store.layers(), this.#isPackagedBroken);
      this.#world.onStatus(this.#status);
    });
  }
}
