/** The day where we are, as rules write it. */
export function today(now: Date): string {
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${now.getFullYear()}/${month ?? ""}/${day ?? ""}`;
}
