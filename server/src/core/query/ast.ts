import { type Span } from "../text/span.ts";

/** What the trees of all query languages share. Each language has a discriminated union of its own on `kind`. */
export interface Ast {
  readonly kind: string;
  readonly span: Span;
}

/** Child nodes in the order of the text; the language says which fields of a node hold nodes. */
export type ChildrenOf<A extends Ast> = (node: A) => readonly A[];

/** The node and all below it, parents before children. */
export function* walk<A extends Ast>(node: A, childrenOf: ChildrenOf<A>): Generator<A> {
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    const children = childrenOf(next);
    // One by one: a list may have more items than a call can have arguments.
    for (let i = children.length - 1; 0 <= i; i--) {
      const child = children[i];
      if (child !== undefined) pending.push(child);
    }
  }
}
