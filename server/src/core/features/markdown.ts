/** Pieces of Markdown for hovers. Everything that is not ours is escaped. */

export function inlineCode(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${fence.length === 2 ? ` ${text} ` : text}${fence}`;
}

export function codeBlock(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!<>|~]/g, "\\$&");
}

export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
