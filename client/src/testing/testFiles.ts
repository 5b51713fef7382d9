/** Which files are tests of rules, and of which rule by their name. */

const TEST_FILE = /\.(?:ndjson|ndjson\.gz|jsonl|test\.ya?ml)$/;

export function isTestFile(path: string): boolean {
  return TEST_FILE.test(path);
}

/** The path where the rule of a test file is most likely: beside its folder, else beside it. */
export function likelyRule(path: string): string | undefined {
  const match = /^(.*?)(?:\/_tests)?\/([^/.]+)\.[^/]+$/.exec(path);
  return match === null || !isTestFile(path) ? undefined : `${match[1] ?? ""}/${match[2] ?? ""}.toml`;
}
