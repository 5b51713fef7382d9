/** Which fields an ES|QL query names, roughly: names that the query computes itself are left out. */

/** Comments, texts, quoted names, names with dots and stars, numbers, operators. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|(?:`[^`]*`|[A-Za-z_@][\w@*]*)(?:\.(?:`[^`]*`|[\w@*-]*[\w@*]))*|\*|\d[\w.]*|==|!=|<=|>=|=~|::|[=|,()<>:+/%[\]{}?-]/g;

const WORDS: ReadonlySet<string> = new Set(
  `and or not in like rlike is null true false by asc desc nulls first last limit as on with metadata
   where eval stats sort keep drop rename dissect grok enrich mv_expand row show lookup join inline inlinestats
   sample fork change_point completion rerank fuse prefix span`.split(/\s+/),
);

const METADATA: ReadonlySet<string> = new Set(["_id", "_index", "_version", "_source", "_score", "_ignored"]);

const TIME_UNIT =
  /^(?:milliseconds?|ms|seconds?|sec|s|minutes?|min|m|hours?|h|days?|d|weeks?|w|months?|quarters?|years?|y)$/i;

export function esqlFields(query: string): ReadonlySet<string> {
  const named = new Set<string>();
  const computed = new Set<string>();
  for (const command of commandsOf(query)) readCommand(command, named, computed);
  return new Set([...named].filter((name) => !computed.has(name) && !METADATA.has(name)));
}

/** The tokens of each command, without what is no code. */
function commandsOf(query: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const token of query.match(TOKEN) ?? []) {
    if (token.startsWith("//") || token.startsWith("/*")) continue;
    if (token === "|") commands.push([]);
    else commands.at(-1)?.push(token);
  }
  return commands;
}

function readCommand(tokens: readonly string[], named: Set<string>, computed: Set<string>): void {
  const command = (tokens[0] ?? "").toLowerCase();
  if (command === "from" || command === "row" || command === "show") return;
  tokens.forEach((token, i) => {
    if (i === 0) return;
    if (token.startsWith('"')) {
      if (command === "dissect" || command === "grok")
        for (const name of extracted(token)) computed.add(name);
      return;
    }
    if (!/^[`A-Za-z_@]/.test(token)) return;
    const name = token.replaceAll("`", "");
    const [before, after] = [tokens[i - 1] ?? "", tokens[i + 1] ?? ""];
    if (WORDS.has(name.toLowerCase()) || after === "(" || before === "::" || after === ":") return;
    if (/^\d/.test(before) && TIME_UNIT.test(name)) return;
    // The name of a policy or of an index to look things up in.
    if (/^(?:enrich|join)$/i.test(before)) return;
    if (after === "=" || before.toLowerCase() === "as") computed.add(name);
    else if (!/^Esql(?:_priv)?\./.test(name)) named.add(name);
  });
}

/** Names that a pattern of `dissect` or `grok` gives to parts of a text. */
function extracted(pattern: string): readonly string[] {
  const groups = [...pattern.matchAll(/\(\?<(\w+)>/g)].map(([, name = ""]) => name);
  const parts = [...pattern.matchAll(/%\{([^}]*)\}/g)].map(([, inner = ""]) => {
    const [first = "", second] = inner.split(":");
    return (second ?? first).replace(/^[?+&*]+/, "").replace(/->$/, "");
  });
  return [...groups, ...parts];
}
