/** Files by their paths: as they are open, else as they are on the disk. */
import { type TextDocuments } from "vscode-languageserver";
import { type TextDocument } from "vscode-languageserver-textdocument";
import { type Host, decodeText } from "../host/host.ts";

export interface FilesWorld {
  readonly host: Host;
  readonly documents: TextDocuments<TextDocument>;
  readonly pathOf: (uri: string) => string | undefined;
  readonly uriOf: (path: string) => string;
}

export class Files {
  readonly #world: FilesWorld;

  constructor(world: FilesWorld) {
    this.#world = world;
  }

  /** Undefined for a URI that names no file. */
  fileOf(uri: string): string | undefined {
    return this.#world.pathOf(uri);
  }

  uriOf(file: string): string {
    return this.#world.uriOf(file);
  }

  open(): ReadonlySet<string> {
    return new Set(this.#world.documents.all().flatMap(({ uri }) => this.#world.pathOf(uri) ?? []));
  }

  /** Undefined if it is not open and cannot be read. */
  async currentText(file: string): Promise<string | undefined> {
    const open = this.#world.documents.all().find(({ uri }) => this.#world.pathOf(uri) === file);
    return open?.getText() ?? this.textOnDisk(file);
  }

  /** Undefined if it cannot be read. */
  async textOnDisk(file: string): Promise<string | undefined> {
    const bytes = await this.#world.host.readFile(file);
    return bytes && decodeText(bytes).text;
  }
}
