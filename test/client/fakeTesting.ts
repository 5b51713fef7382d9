/** The Test Explorer without VS Code: its items, and runs whose messages are shown. */
import { type Screen } from "./screen.ts";

interface Item {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly children: FakeItems;
  parent?: Item;
}

interface Message {
  readonly value: string;
}

export class FakeItems {
  readonly #items = new Map<string, Item>();
  readonly #parent: () => Item | undefined;

  constructor(parent: () => Item | undefined = () => undefined) {
    this.#parent = parent;
  }

  add(item: Item): void {
    const parent = this.#parent();
    if (parent !== undefined) item.parent = parent;
    this.#items.set(item.id, item);
  }

  replace(items: readonly Item[]): void {
    this.#items.clear();
    for (const item of items) this.add(item);
  }

  get(id: string): Item | undefined {
    return this.#items.get(id);
  }

  delete(id: string): void {
    this.#items.delete(id);
  }

  [Symbol.iterator](): Iterator<[string, Item]> {
    return this.#items[Symbol.iterator]();
  }

  show(screen: Screen): void {
    for (const { label, description, children } of this.#items.values()) {
      screen.show(label, description);
      children.show(screen);
    }
  }
}

export function fakeTestController(screen: Screen, items: FakeItems, label: string): object {
  screen.show(label);
  const run = {
    started: () => undefined,
    passed: () => undefined,
    skipped: () => items.show(screen),
    failed: (_item: Item, { value }: Message) => screen.show(value),
    errored: (_item: Item, { value }: Message) => screen.show(value),
    appendOutput: (text: string) => screen.show(text.trim()),
    addCoverage: () => undefined,
    end: () => undefined,
  };
  return {
    items,
    createTestItem(id: string, ofItem: string): Item {
      const item: Item = { id, label: ofItem, children: new FakeItems(() => item) };
      return item;
    },
    createRunProfile(name: string) {
      screen.show(name);
      return {};
    },
    createTestRun: () => run,
    invalidateTestResults: () => undefined,
    dispose: () => undefined,
  };
}
