/** The parts of VS Code's window that ask and tell, answered at once by somebody who takes what the screen's choice says. */
import { type Screen } from "./screen.ts";

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly kind?: number;
}

interface PickOptions {
  readonly title?: string;
  readonly placeHolder?: string;
  readonly canPickMany?: boolean;
}

interface DialogOptions {
  readonly title?: string;
  readonly openLabel?: string;
  readonly filters?: object;
}

export const SEPARATOR = -1;

const FILE = { path: "/δ", fsPath: "δ", toString: () => "file:///δ" };

export function fakeQuestions(screen: Screen): object {
  async function tell(
    message: string,
    ...buttons: readonly (string | { title: string })[]
  ): Promise<unknown> {
    screen.show(message, ...buttons.map((one) => (typeof one === "string" ? one : one.title)));
    return buttons[0];
  }
  return {
    showErrorMessage: tell,
    showWarningMessage: tell,
    showInformationMessage: tell,
    setStatusBarMessage: (text: string) => screen.show(text),
    async showQuickPick(items: readonly Item[], { title, placeHolder, canPickMany }: PickOptions) {
      screen.show(title, placeHolder);
      showItems(screen, items);
      const picked = screen.chosen(items.filter(({ kind }) => kind !== SEPARATOR));
      return canPickMany === true && picked !== undefined ? [picked] : picked;
    },
    async showOpenDialog({ title, openLabel, filters }: DialogOptions) {
      screen.show(title, openLabel, ...Object.keys(filters ?? {}));
      return [FILE];
    },
    async showSaveDialog({ filters }: DialogOptions) {
      screen.show(...Object.keys(filters ?? {}));
      return FILE;
    },
    async withProgress({ title }: DialogOptions, act: (progress: object, token: object) => Promise<unknown>) {
      screen.show(title);
      return act({ report: ({ message }: { message: string }) => screen.show(message) }, {});
    },
    createQuickPick: () => new QuickPick(screen),
    createInputBox: () => new InputBox(screen),
  };
}

function showItems(screen: Screen, items: readonly Item[]): void {
  for (const { label, description, detail } of items) screen.show(label, description, detail);
}

type Listener = (value?: unknown) => void;

/** What a quick pick and an input box have in common. */
class QuickInput {
  title = "";
  placeholder = "";
  protected readonly screen: Screen;
  readonly #accepting: Listener[] = [];
  readonly #hiding: Listener[] = [];

  constructor(screen: Screen) {
    this.screen = screen;
  }

  onDidAccept(listener: Listener): object {
    this.#accepting.push(listener);
    return { dispose: () => undefined };
  }

  onDidHide(listener: Listener): object {
    this.#hiding.push(listener);
    return { dispose: () => undefined };
  }

  onDidTriggerButton(): object {
    return { dispose: () => undefined };
  }

  hide(): void {
    for (const listener of this.#hiding) listener();
  }

  dispose(): void {
    this.#hiding.length = 0;
  }

  protected accept(): void {
    for (const listener of this.#accepting) listener();
  }
}

class QuickPick extends QuickInput {
  items: readonly Item[] = [];
  selectedItems: readonly Item[] = [];

  show(): void {
    this.screen.show(this.title, this.placeholder);
    showItems(this.screen, this.items);
    const picked = this.screen.chosen(this.items);
    this.selectedItems = picked === undefined ? [] : [picked];
    this.accept();
  }
}

class InputBox extends QuickInput {
  prompt = "";
  value = "";
  validationMessage = "";

  onDidChangeValue(): object {
    return { dispose: () => undefined };
  }

  /** First with nothing typed. */
  show(): void {
    this.screen.show(this.title, this.placeholder, this.prompt);
    this.value = "";
    this.accept();
    this.screen.show(this.validationMessage);
    this.value = "δ";
    this.accept();
  }
}
