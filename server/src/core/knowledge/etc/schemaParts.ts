/** What became of each kind of file, in words for `rulewright knowledge` and the status item. */
import { listed } from "../../base/listed.ts";
import { type SchemaPart } from "../schema.ts";
import { type SchemaFile, type SchemaFileKind } from "./etcFiles.ts";
import { type PackageSchemas } from "./integrations.ts";
import { problemList } from "./reading.ts";

export interface FileOutcome {
  readonly file: SchemaFile;
  /** What is wrong with it, after its name: "is missing". Undefined if it was read. */
  readonly fault: FileFault | undefined;
}

export interface FileFault {
  /** Of a `partial` file, what could be read is used. */
  readonly kind: "missing" | "broken" | "partial";
  readonly text: string;
}

const NAMES: Readonly<Record<SchemaFileKind, string>> = {
  config: "configuration",
  "stack-map": "stack map",
  "package-version": "package version",
  ecs: "ECS",
  beats: "Beats",
  endgame: "Endgame",
  endpoint: "Endpoint",
  "non-ecs": "non-ECS fields",
  custom: "custom schemas",
  manifests: "integration manifests",
  integrations: "integrations",
  attack: "ATT&CK",
};

/** What follows where a part of a file is not read. */
function consequenceOfPart(kind: SchemaFileKind, stacks: readonly string[]): string {
  switch (kind) {
    case "stack-map":
      return "those stacks are not checked";
    case "manifests":
      return "fields of those packages are not checked";
    default:
      return consequence(kind, stacks);
  }
}

/** What follows for checking where a file of the kind is not read. */
function consequence(kind: SchemaFileKind, stacks: readonly string[]): string {
  switch (kind) {
    case "config":
      return "what it does not say is as in Elastic's own repository";
    case "stack-map":
      return "no schema beside it is used";
    case "package-version":
      return "rules are checked on all stacks of the stack map";
    case "ecs":
      return `fields are not checked on ${stackList(stacks)}`;
    case "beats":
      return `fields of Beats are not checked on ${stackList(stacks)}`;
    case "endgame":
      return `fields of Endgame are not checked on ${stackList(stacks)}`;
    case "endpoint":
    case "non-ecs":
    case "custom":
      return "a field that is in no other schema counts as unverified";
    case "manifests":
    case "integrations":
      return "fields of integrations are not checked";
    case "attack":
      return "the table that comes with Rulewright serves in its place";
  }
}

function stackList(stacks: readonly string[]): string {
  return `${stacks.length === 1 ? "stack" : "stacks"} ${listed(stacks, "and")}`;
}

/** One part for all files of a kind. */
export function schemaPart(
  kind: SchemaFileKind,
  outcomes: readonly FileOutcome[],
  detail: string,
): SchemaPart {
  const faults = outcomes.filter(({ fault }) => fault !== undefined);
  const base = { name: NAMES[kind], detail };
  if (faults.length === 0) return { ...base, state: "complete", problem: undefined };
  const kinds = new Set(faults.map(({ fault }) => fault?.kind));
  const isPartial = faults.length < outcomes.length || kinds.has("partial");
  const state = isPartial ? "partial" : kinds.has("broken") ? "broken" : "missing";
  const texts = faultTexts(faults);
  const stacks = [...new Set(faults.flatMap(({ file }) => file.stacks))];
  const follows = kinds.has("partial") ? consequenceOfPart(kind, stacks) : consequence(kind, stacks);
  return { ...base, state, problem: `${listed(texts, "and")}: ${follows}` };
}

/** Files of which the same is to be said are told together, the first of them by name. */
function faultTexts(faults: readonly FileOutcome[]): readonly string[] {
  const paths = new Map<string, string[]>();
  for (const { file, fault } of faults) {
    const same = paths.get(fault?.text ?? "") ?? [];
    paths.set(fault?.text ?? "", same);
    same.push(`\`${file.path}\``);
  }
  return [...paths].flatMap(([text, files]) => {
    if (text !== "is missing") return files.map((file) => `${file} ${text}`);
    return `${shortList(files)} ${files.length === 1 ? text : "are missing"}`;
  });
}

/** "1 package", "3,037 versions". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** How many packages have all that the stacks take. `problems` go on after the file's name. */
export function integrationsPart(
  outcome: FileOutcome,
  packages: ReadonlyMap<string, PackageSchemas>,
  problems: readonly string[],
): SchemaPart {
  const wanted = [...packages].filter(([, { choices }]) =>
    choices.some(({ newest }) => newest !== undefined),
  );
  const lacking = wanted.flatMap(([name, schemas]) => (isWhole(schemas) ? [] : [name]));
  const detail = `${wanted.length - lacking.length} of ${wanted.length} packages`;
  const part = schemaPart("integrations", [outcome], detail);
  if (outcome.fault !== undefined || lacking.length === 0) return part;
  const text = 0 < problems.length ? problemList(problems) : `lacks versions of ${shortList(lacking)}`;
  const problem = `\`${outcome.file.path}\` ${text}: their fields are not checked`;
  return { ...part, state: "partial", problem };
}

function shortList(names: readonly string[]): string {
  const rest = names.length - LISTED_NAMES;
  return rest <= 0 ? listed(names, "and") : `${names.slice(0, LISTED_NAMES).join(", ")} and ${rest} more`;
}

const LISTED_NAMES = 3;

function isWhole({ choices, versions }: PackageSchemas): boolean {
  return choices.every(({ newest }) => {
    const streams = newest === undefined ? [] : versions.get(newest)?.values();
    return streams !== undefined && ![...streams].includes(undefined);
  });
}
