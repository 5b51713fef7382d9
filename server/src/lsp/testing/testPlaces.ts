/** Where files and documents are, and what is known at a place. */
import path from "node:path";
import { type CancellationToken } from "vscode-languageserver";
import { sampleTypes } from "../../core/analysis/sampleTypes.ts";
import { lazy } from "../../core/base/lazy.ts";
import { type Knowledge } from "../../core/knowledge/knowledge.ts";
import { type FieldTypes } from "../../core/query/fieldTypes.ts";
import { isWithin, pathFrom } from "../../host/paths.ts";
import { readTestText } from "../../host/testFiles.ts";
import { type Drive, type ProjectOptions } from "../../host/testProject.ts";
import { drive as driveInSlices } from "../drive.ts";

/** A document that is open in the editor. */
export interface OpenText {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}

export interface TestWorld {
  readonly pathOf: (uri: string) => string | undefined;
  readonly uriOf: (path: string) => string;
  readonly documents: () => readonly OpenText[];
  readonly workspaceFolders: () => readonly string[];
  readonly knowledgeFor: (folder: string) => Promise<Knowledge>;
  /** Folders that repeat those of the rules, for the files of a folder. */
  readonly testRootsFor: (folder: string) => Promise<readonly string[]>;
  /** Whether we are told of files that change. */
  readonly isWatching: () => boolean;
}

export class TestPlaces {
  readonly #world: TestWorld;
  #types: (Pick<Knowledge, "fields" | "vendorFields"> & { readonly types: FieldTypes }) | undefined;

  constructor(world: TestWorld) {
    this.#world = world;
  }

  /** Whether we are told of files that change. */
  get isWatching(): boolean {
    return this.#world.isWatching();
  }

  /** The workspace folders. */
  get roots(): readonly string[] {
    return this.#world.workspaceFolders();
  }

  /** The folder that the paths of a file are told from. */
  rootOf(file: string): string {
    const folders = this.roots.filter((folder) => isWithin(folder, file));
    const nearest = folders.toSorted((a, b) => b.length - a.length)[0];
    if (nearest !== undefined) return nearest;
    const folder = path.dirname(file);
    return path.basename(folder) === "_tests" ? path.dirname(folder) : folder;
  }

  /** Undefined for what is not on a disk. */
  pathOf(uri: string): string | undefined {
    return this.#world.pathOf(uri);
  }

  fileOf(root: string, file: string): string {
    return path.join(root, file);
  }

  /** As the editor has it, if the file is open: editors do not escape as we do. */
  uriOf(root: string, file: string): string {
    const full = path.join(root, file);
    return this.#open().get(full)?.uri ?? this.#world.uriOf(full);
  }

  isSameFile(uri: string, other: string): boolean {
    return uri === other || this.#world.pathOf(uri) === this.#world.pathOf(other);
  }

  /** Undefined for a document that is not open. */
  openText(uri: string): OpenText | undefined {
    return this.#world.documents().find((document) => document.uri === uri);
  }

  optionsFor(root: string, token: CancellationToken): Promise<ProjectOptions> {
    return this.optionsIn(root, root, () => token.isCancellationRequested);
  }

  /** As `rulewright.toml` decides for a folder below the root. */
  async optionsIn(root: string, folder: string, isStale: () => boolean): Promise<ProjectOptions> {
    const drive: Drive = (work) => driveInSlices(work, { isStale });
    const open = lazy(() => this.#open());
    const overlay = (file: string): string | undefined => open().get(file)?.getText();
    const roots = await this.#world.testRootsFor(folder);
    return { root, overlay, read: readTestText, drive, roots: roots.map((one) => pathFrom(root, one)) };
  }

  knowledgeFor(folder: string): Promise<Knowledge> {
    return this.#world.knowledgeFor(folder);
  }

  /** The same value for as long as the fields are the same, whatever else becomes known. */
  async typesFor(folder: string): Promise<FieldTypes> {
    const knowledge = await this.#world.knowledgeFor(folder);
    const { fields, vendorFields } = knowledge;
    const known = this.#types;
    if (known !== undefined && known.fields === fields && known.vendorFields === vendorFields)
      return known.types;
    const types = sampleTypes(knowledge);
    this.#types = { fields, vendorFields, types };
    return types;
  }

  /** Documents by the paths of their files. */
  #open(): ReadonlyMap<string, OpenText> {
    return new Map(
      this.#world.documents().flatMap((document) => {
        const file = this.#world.pathOf(document.uri);
        return file === undefined ? [] : [[file, document] as const];
      }),
    );
  }
}
