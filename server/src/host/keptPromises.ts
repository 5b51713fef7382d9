/** Answers that are asked for once for each key, and again if asking failed. */
export interface KeptPromises<Answer> {
  /** What was asked for before under the key, or else what `ask` gives. */
  of(key: string, ask: () => Promise<Answer>): Promise<Answer>;
  forget(key: string): void;
  forgetAll(): void;
}

export function keptPromises<Answer>(): KeptPromises<Answer> {
  const kept = new Map<string, Promise<Answer>>();
  return {
    of(key, ask) {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const asked = ask();
      kept.set(key, asked);
      // By then another one may stand under the key.
      asked.catch(() => kept.get(key) === asked && kept.delete(key));
      return asked;
    },
    forget: (key) => void kept.delete(key),
    forgetAll: () => kept.clear(),
  };
}
