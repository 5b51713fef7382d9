import { type Terminal } from "./terminal.ts";

export interface ProgressLine {
  /** So many more are done. */
  advance(count: number): void;
  /** Removes the line, so that the report stands alone. */
  clear(): void;
}

const FIRST_AFTER_MILLISECONDS = 300;
const EVERY_MILLISECONDS = 100;

/** One line on standard error for work that takes its time; nothing where no terminal is. */
export function progressLine(terminal: Terminal, describe: (done: number) => string): ProgressLine {
  let done = 0;
  let next = performance.now() + FIRST_AFTER_MILLISECONDS;
  let isShown = false;
  return {
    advance(count) {
      done += count;
      const now = performance.now();
      if (!terminal.canRewrite || now < next) return;
      terminal.error(`\r\u001b[2K${describe(done)}`);
      isShown = true;
      next = now + EVERY_MILLISECONDS;
    },
    clear() {
      if (isShown) terminal.error("\r\u001b[2K");
    },
  };
}
