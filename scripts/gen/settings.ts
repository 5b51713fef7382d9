/** `docs/settings.md`: settings and commands, as the manifest has them, in the words of `package.nls.json`. */

interface Property {
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Property>>;
    }[];
    readonly commands: readonly {
      readonly command: string;
      readonly category: string;
      readonly title: string;
    }[];
  };
}

export function settingsPage(manifestText: string, textsText: string): string {
  const { contributes } = withTexts(manifestText, textsText);
  const sections = contributes.configuration.flatMap(({ title, properties }) => [
    `## ${title}`,
    ...Object.entries(properties).flatMap(([name, property]) => settingText(name, property)),
  ]);
  const commands = contributes.commands.map(
    ({ category, title, command }) => `- \`${category}: ${title}\` (\`${command}\`)`,
  );
  return (
    [
      "# Settings and commands",
      "<!-- Generated from package.json by `npm run gen`. -->",
      "A project can set `profile`, severities, overrides and the format in `rulewright.toml`, which beats the editor's settings and counts on the command line too.",
      ...sections,
      "## Commands",
      "None has a key of its own, so that none of yours is taken.",
      commands.join("\n"),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}

/** The manifest with each `%key%` replaced by its text. */
function withTexts(manifestText: string, textsText: string): Manifest {
  const texts = new Map(Object.entries(JSON.parse(textsText) as Record<string, string>)); // Our own file.
  const textOf = (_: string, value: unknown): unknown => {
    const key = typeof value === "string" ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : (texts.get(key) ?? value);
  };
  return JSON.parse(manifestText, textOf) as Manifest; // Our own file.
}

function settingText(name: string, property: Property): readonly string[] {
  const { enum: choices } = property;
  const meanings = property.markdownEnumDescriptions ?? property.enumDescriptions ?? [];
  const text = property.markdownDescription ?? property.description ?? "";
  const value = property.default;
  const usual =
    value === "" || value === undefined || typeof value === "object" ? "" : ` Default: \`${String(value)}\`.`;
  const list = (choices ?? []).map((choice, i) => {
    const meaning = meanings[i];
    return `- \`${choice}\`${meaning === undefined ? "" : `: ${meaning}`}`;
  });
  return [`### \`${name}\``, `${linked(text)}${usual}`, ...(list.length === 0 ? [] : [list.join("\n")])];
}

/** VS Code's links from one setting to another. */
function linked(text: string): string {
  return text.replace(/`#([\w.]+)#`/g, "`$1`");
}
