/** What decides which checks run and how severe they are: settings of the editor and `rulewright.toml`. */
import picomatch from "picomatch";
import { closestWord } from "../base/closest.ts";
import { type CheckMeta, SEVERITIES, type Severity } from "../checks/check.ts";
import { FORMAT_CHOICES, type FormatOptions, formatOption, isFormatOption } from "../format/options.ts";
import { type Span } from "../text/span.ts";
import { readToml } from "../toml/read.ts";
import { type TomlEntry, type TomlString, type TomlTable, type TomlValue } from "../toml/model.ts";

/** `elastic`: a checkout of Elastic's rules, with its CI. `custom`: rules of one's own. */
export type Profile = "elastic" | "custom";

export interface CheckConfig {
  readonly profile: Profile;
  readonly severities: ReadonlyMap<string, Severity | "off">;
}

type Severities = CheckConfig["severities"];

export const DEFAULT_CONFIG: CheckConfig = { profile: "custom", severities: new Map() };

export function effectiveSeverity(check: CheckMeta, config: CheckConfig): Severity | "off" {
  const chosen = config.severities.get(check.id);
  if (chosen !== undefined) return chosen;
  return config.profile === "custom" ? (check.customSeverity ?? check.severity) : check.severity;
}

/** What `rulewright.toml` sets; undefined where it leaves a choice open. */
export interface ConfigFile {
  readonly profile: Profile | undefined;
  readonly severities: Severities;
  readonly overrides: readonly ConfigOverride[];
  /** Folders that repeat the folders of the rules, with tests in them; told from the folder of the file. */
  readonly testRoots: readonly string[];
  readonly format: Partial<FormatOptions>;
  readonly problems: readonly ConfigProblem[];
}

/** Severities for some of the files; a later override beats an earlier one. */
export interface ConfigOverride {
  /** The path is told from the folder of `rulewright.toml`, with `/`. */
  readonly covers: (path: string) => boolean;
  readonly severities: Severities;
}

export interface ConfigProblem {
  readonly span: Span;
  readonly message: string;
}

/** Reads `rulewright.toml`. What cannot be understood is reported and left out; the rest counts. */
export function readConfigFile(text: string, checkIds: readonly string[]): ConfigFile {
  const document = readToml(text);
  const problems: ConfigProblem[] = [
    ...document.errors.map(({ span, message }) => ({ span, message })),
    ...document.conflicts.map(({ span, name }) => ({ span, message: `\`${name}\` is set twice` })),
  ];
  let profile: Profile | undefined;
  let severities: Severities = new Map();
  let overrides: readonly ConfigOverride[] = [];
  let testRoots: readonly string[] = [];
  let format: Partial<FormatOptions> = {};
  for (const entry of document.root.entries) {
    const { key, value } = entry;
    if (key.name === "profile") {
      profile = value.kind === "string" ? profileOf(value.value) : undefined;
      if (profile === undefined)
        problems.push({ span: value.span, message: '`profile` is "elastic" or "custom"' });
    } else if (key.name === "checks" && value.kind === "table") {
      severities = readSeverities(value, checkIds, problems);
    } else if (key.name === "overrides" && value.kind === "array") {
      overrides = value.items.flatMap((item) => readOverride(item, checkIds, problems) ?? []);
    } else if (key.name === "tests" && value.kind === "table") {
      testRoots = readTestRoots(value, problems);
    } else if (key.name === "format" && value.kind === "table") {
      format = readFormat(value, problems);
    } else {
      problems.push({
        span: key.span,
        message: `Unknown key \`${key.name}\`: there are profile, [checks], [format], [tests] and [[overrides]]`,
      });
    }
  }
  return { profile, severities, overrides, testRoots, format, problems };
}

function readFormat(table: TomlTable, problems: ConfigProblem[]): Partial<FormatOptions> {
  let format: Partial<FormatOptions> = {};
  for (const { key, value } of table.entries) {
    if (!isFormatOption(key.name)) {
      const names = Object.keys(FORMAT_CHOICES).join(", ");
      problems.push({ span: key.span, message: `Unknown key \`${key.name}\`: [format] has ${names}` });
      continue;
    }
    const option = formatOption(key.name, "value" in value ? value.value : undefined);
    if (option !== undefined) format = { ...format, ...option };
    else problems.push({ span: value.span, message: `\`${key.name}\` is ${FORMAT_CHOICES[key.name]}` });
  }
  return format;
}

function readTestRoots(table: TomlTable, problems: ConfigProblem[]): readonly string[] {
  const roots: string[] = [];
  for (const { key, value } of table.entries) {
    if (key.name !== "roots") {
      problems.push({ span: key.span, message: `Unknown key \`${key.name}\`: [tests] has roots` });
      continue;
    }
    const items = value.kind === "array" ? value.items : [value];
    for (const item of items) {
      if (item.kind === "string" && item.value !== "") roots.push(item.value);
      else problems.push({ span: item.span, message: '`roots` is a list of folders such as "tests/rules"' });
    }
  }
  return roots;
}

/** What the file sets for one of the files below its folder. */
export function severitiesFor({ severities, overrides }: ConfigFile, path: string | undefined): Severities {
  const covering = path === undefined ? [] : overrides.filter(({ covers }) => covers(path));
  return new Map([severities, ...covering.map((override) => override.severities)].flatMap((one) => [...one]));
}

const OVERRIDE_KEYS = "an override has paths and checks";

/** Undefined if it covers nothing or sets nothing. */
function readOverride(
  item: TomlValue,
  checkIds: readonly string[],
  problems: ConfigProblem[],
): ConfigOverride | undefined {
  if (item.kind !== "table") {
    problems.push({ span: item.span, message: `\`overrides\` is a list of tables: ${OVERRIDE_KEYS}` });
    return undefined;
  }
  for (const { key } of item.entries) {
    if (key.name !== "paths" && key.name !== "checks")
      problems.push({ span: key.span, message: `Unknown key \`${key.name}\`: ${OVERRIDE_KEYS}` });
  }
  const checks = item.byName.get("checks")?.value;
  const paths = readPaths(item, problems);
  if (checks?.kind !== "table") {
    problems.push({
      span: checks?.span ?? item.span,
      message: "`checks` is a table of checks and severities",
    });
    return undefined;
  }
  const severities = readSeverities(checks, checkIds, problems);
  return paths && { covers: picomatch([...paths], { dot: true, windows: false }), severities };
}

/** Patterns; a name without a slash is one at any depth, and a folder stands for all that is in it. */
function readPaths(table: TomlTable, problems: ConfigProblem[]): readonly string[] | undefined {
  const paths = table.byName.get("paths")?.value;
  const texts =
    paths?.kind === "array" ? paths.items.filter((item): item is TomlString => item.kind === "string") : [];
  if (paths?.kind !== "array" || texts.length === 0 || texts.length < paths.items.length) {
    problems.push({
      span: paths?.span ?? table.span,
      message: '`paths` is a list of patterns such as "rules/legacy/**"',
    });
    return undefined;
  }
  return texts.flatMap(({ value }) => {
    const path = value.replace(/^\.?\//, "").replace(/\/$/, "");
    const pattern = path.includes("/") ? path : `**/${path}`;
    return [pattern, `${pattern}/**`];
  });
}

export function profileOf(word: string): Profile | undefined {
  return word === "elastic" || word === "custom" ? word : undefined;
}

export function severityOf(word: string): Severity | "off" | undefined {
  return word === "off" ? "off" : SEVERITIES.find((severity) => severity === word);
}

function readSeverities(
  table: TomlTable,
  checkIds: readonly string[],
  problems: ConfigProblem[],
): Severities {
  const severities = new Map<string, Severity | "off">();
  for (const entry of table.entries) {
    const severity = severityIn(entry);
    if (!checkIds.includes(entry.key.name)) {
      problems.push({ span: entry.key.span, message: unknownCheck(entry.key.name, checkIds) });
    } else if (severity === undefined) {
      problems.push({
        span: entry.value.span,
        message: `\`${entry.key.name}\` must be off, ${SEVERITIES.slice(0, -1).join(", ")} or ${SEVERITIES.at(-1) ?? ""}`,
      });
    } else {
      severities.set(entry.key.name, severity);
    }
  }
  return severities;
}

function severityIn({ value }: TomlEntry): Severity | "off" | undefined {
  return value.kind === "string" ? severityOf(value.value) : undefined;
}

export function unknownCheck(id: string, checkIds: readonly string[]): string {
  const meant = closestWord(id, checkIds);
  return `There is no check \`${id}\`${meant === undefined ? "" : `, did you mean \`${meant}\`?`}`;
}
