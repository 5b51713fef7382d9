/** Which rules of two states are new, gone or in a file of another name: a rule is told by its id. */

/** A rule in a file that only one of the states has. */
export interface LoneRule {
  readonly file: string;
  readonly id: string | undefined;
  readonly name: string;
}

export interface MovedRules<R extends LoneRule> {
  readonly added: readonly R[];
  readonly gone: readonly R[];
  readonly renamed: readonly { readonly from: R; readonly to: R }[];
}

/** `added` and `gone` are those of files that the other state does not have. An id that is there twice pairs in order. */
export function movedRules<R extends LoneRule>(added: readonly R[], gone: readonly R[]): MovedRules<R> {
  const waiting = new Map<string, R[]>();
  for (const rule of gone) {
    if (rule.id === undefined) continue;
    const same = waiting.get(rule.id);
    if (same === undefined) waiting.set(rule.id, [rule]);
    else same.push(rule);
  }
  const renamed = added.flatMap((to) => {
    const from = to.id === undefined ? undefined : waiting.get(to.id)?.shift();
    return from === undefined ? [] : [{ from, to }];
  });
  const [old, next] = [new Set(renamed.map(({ from }) => from)), new Set(renamed.map(({ to }) => to))];
  return {
    added: added.filter((rule) => !next.has(rule)),
    gone: gone.filter((rule) => !old.has(rule)),
    renamed,
  };
}
