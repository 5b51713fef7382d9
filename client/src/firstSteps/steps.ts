/** Questions that follow one another, each with a button that leads back to the one before. */
import {
  type Disposable,
  type QuickInput,
  type QuickPickItem,
  QuickInputButtons,
  l10n,
  window,
} from "vscode";

export const BACK = Symbol("back");

export interface Frame {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** Undefined: the author gave up. */
export type Step = (frame: Frame) => Promise<"next" | typeof BACK | undefined>;

/** False if the author gave up. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  for (let at = 0; at < steps.length;) {
    const outcome = await steps[at]?.({ title, step: at + 1, totalSteps: steps.length });
    if (outcome === undefined) return false;
    at = outcome === BACK ? Math.max(0, at - 1) : at + 1;
  }
  return true;
}

interface Picking<T> {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** The id of the item that was chosen before. */
  readonly active: string;
}

export function pickStep<T extends QuickPickItem & { readonly id: string }>(
  frame: Frame,
  { placeholder, items, active }: Picking<T>,
): Promise<T | typeof BACK | undefined> {
  const pick = window.createQuickPick<T>();
  pick.items = items;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const chosen = items.find(({ id }) => id === active);
  // Without any, the first is the one that Enter takes.
  if (chosen !== undefined) pick.activeItems = [chosen];
  return shown(pick, frame, (done) => [
    pick.onDidAccept(() => {
      const [taken] = pick.selectedItems;
      if (taken !== undefined) done(taken);
    }),
    pick.onDidTriggerButton(() => done(BACK)),
  ]);
}

interface Input {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
}

/** Never an empty text. */
export function inputStep(
  frame: Frame,
  { prompt, placeholder, value }: Input,
): Promise<string | typeof BACK | undefined> {
  const box = window.createInputBox();
  box.prompt = prompt;
  box.placeholder = placeholder;
  box.value = value;
  return shown(box, frame, (done) => [
    box.onDidChangeValue(() => (box.validationMessage = "")),
    box.onDidAccept(() => {
      const text = box.value.trim();
      if (text === "") box.validationMessage = l10n.t("It must not be empty");
      else done(text);
    }),
    box.onDidTriggerButton(() => done(BACK)),
  ]);
}

interface Framed extends QuickInput {
  buttons: readonly (typeof QuickInputButtons.Back)[];
}

function shown<R>(
  input: Framed,
  { title, step, totalSteps }: Frame,
  listen: (done: (result: R) => void) => readonly Disposable[],
): Promise<R | undefined> {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = 1 < step ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const listeners = [
      ...listen((result) => {
        resolve(result);
        input.hide();
      }),
      input.onDidHide(() => {
        resolve(undefined);
        for (const one of listeners) one.dispose();
        input.dispose();
      }),
    ];
    input.show();
  });
}
