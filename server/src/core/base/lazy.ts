/** A function that computes its value at the first call and keeps it. */
export function lazy<T>(compute: () => T): () => T {
  let cell: { readonly value: T } | undefined;
  return () => {
    cell ??= { value: compute() };
    return cell.value;
  };
}
