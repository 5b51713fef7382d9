/** What decides which checks run and how severe they are: settings of the editor and `rulewright.toml`. */
import { closestWord } from "../base/closest.ts";
import { type CheckMeta, SEVERITIES, type Severity } from "../checks/check.ts";
import { type Span } from "../text/span.ts";
import { readToml } from "../toml/read.ts";
import { type TomlEntry, type TomlTable } from "../toml/model.ts";

/** `elastic`: a checkout of Elastic's rules, with its CI. `custom`: rules of one's own. */
export type Profile = "elastic" | "custom";

export interface CheckConfig {
  readonly profile: Profile;
  readonly severities: ReadonlyMap<string, Severity | "off">;
}

export const DEFAULT_CONFIG: CheckConfig = { profile: "custom", severities: new Map() };

export function effectiveSeverity(check: CheckMeta, config: CheckConfig): Severity | "off" {
  const chosen = config.severities.get(check.id);
  if (chosen !== undefined) return chosen;
  return config.profile === "custom" ? (check.customSeverity ?? check.severity) : check.severity;
}

/** What `rulewright.toml` sets; undefined where it leaves a choice open. */
export interface ConfigFile {
  readonly profile: Profile | undefined;
  readonly severities: ReadonlyMap<string, Severity | "off">;
  readonly problems: readonly ConfigProblem[];
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
  let severities: ReadonlyMap<string, Severity | "off"> = new Map();
  for (const entry of document.root.entries) {
    const { key, value } = entry;
    if (key.name === "profile") {
      profile = value.kind === "string" ? profileOf(value.value) : undefined;
      if (profile === undefined)
        problems.push({ span: value.span, message: '`profile` is "elastic" or "custom"' });
    } else if (key.name === "checks" && value.kind === "table") {
      severities = readSeverities(value, checkIds, problems);
    } else {
      problems.push({
        span: key.span,
        message: `Unknown key \`${key.name}\`: there are profile and [checks]`,
      });
    }
  }
  return { profile, severities, problems };
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
): ReadonlyMap<string, Severity | "off"> {
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
