/** Files as they were where the branch began, asked of git when they are opened. */
import { type GitBases } from "../host/gitBases.ts";

interface Entry {
  text: string | undefined;
}

export class BaseTexts {
  readonly #bases: GitBases;
  readonly #onChange: () => void;
  readonly #entries = new Map<string, Entry>();

  constructor(bases: GitBases, onChange: () => void) {
    this.#bases = bases;
    this.#onChange = onChange;
  }

  /** What is known by now. What git still has to tell is told by `onChange`, if the file differs from it. */
  now(file: string, folder: string, text: string): string | undefined {
    const known = this.#entries.get(file);
    if (known !== undefined) return known.text;
    const entry: Entry = { text: undefined };
    this.#entries.set(file, entry);
    void this.#load(entry, file, folder, text);
    return undefined;
  }

  close(file: string): void {
    this.#entries.delete(file);
  }

  /** Branches may have moved. */
  forget(): void {
    this.#bases.forget();
    this.#entries.clear();
    this.#onChange();
  }

  async #load(entry: Entry, file: string, folder: string, text: string): Promise<void> {
    const found = await (await this.#bases.of(folder))?.textOf(file);
    if (this.#entries.get(file) !== entry) return;
    entry.text = found;
    if (found !== undefined && found !== text) this.#onChange();
  }
}
