/** Several predicates as one: written out for the few that most queries have, which costs less than a loop. */
import { type Predicate } from "./eql/plan.ts";

export function every(predicates: readonly Predicate[]): Predicate {
  const [first, second, third] = predicates;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (document) => first(document) && second(document);
  if (predicates.length === 3) return (document) => first(document) && second(document) && third(document);
  return (document) => {
    for (const predicate of predicates) if (!predicate(document)) return false;
    return true;
  };
}

export function some(predicates: readonly Predicate[]): Predicate {
  const [first, second, third] = predicates;
  if (first === undefined) return () => false;
  if (second === undefined) return first;
  if (third === undefined) return (document) => first(document) || second(document);
  return (document) => {
    for (const predicate of predicates) if (predicate(document)) return true;
    return false;
  };
}
