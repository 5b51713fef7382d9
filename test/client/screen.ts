/** What a person would have seen: every text that the client gave to VS Code. */
export class Screen {
  /** Which of several choices the person takes, from 0. */
  choice = 0;
  readonly #texts = new Set<string>();

  get texts(): readonly string[] {
    return [...this.#texts];
  }

  show(...texts: readonly (string | undefined)[]): void {
    for (const text of texts) if (text !== undefined && text !== "") this.#texts.add(text);
  }

  /** A page: what stands between tags, and what they say when pointed at. */
  showPage(html: string): void {
    const body = html.replace(/<(style|script)\b.*?<\/\1>/gs, "");
    this.show(...body.split(/<[^>]*>/).map((text) => text.trim()));
    this.show(...[...body.matchAll(/\b(?:title|aria-label)="([^"]*)"/g)].map((match) => match[1]));
  }

  chosen<T>(items: readonly T[]): T | undefined {
    return items[this.choice % Math.max(1, items.length)];
  }
}
