/** `l10n.t` without VS Code: puts values in for `{0}`, `{1}` and so on. */
export function filled(message: string, ...values: readonly (string | number | boolean)[]): string {
  return message.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
