/** Reads the files of a checkout's `etc` and distils them. It parses many megabytes: the worker does it. */
import { readBeats } from "../core/knowledge/etc/beats.ts";
import { type CustomSchemas, type DistilledSchemas, distil } from "../core/knowledge/etc/distil.ts";
import { readEcs } from "../core/knowledge/etc/ecs.ts";
import { type SchemaFile, type SchemaFileKind, unversioned } from "../core/knowledge/etc/etcFiles.ts";
import { readFlatFields } from "../core/knowledge/etc/flatFields.ts";
import {
  type IntegrationsChooser,
  type PackageSchemas,
  integrationsChooser,
  unreadIntegrations,
} from "../core/knowledge/etc/integrations.ts";
import { type Manifests, mergedManifests, readManifests } from "../core/knowledge/etc/manifests.ts";
import { type IndexFields, readIndexFields } from "../core/knowledge/etc/nonEcs.ts";
import { type FieldTypes, type Reading, problemList } from "../core/knowledge/etc/reading.ts";
import {
  type FileFault,
  type FileOutcome,
  counted,
  integrationsPart,
  schemaPart,
} from "../core/knowledge/etc/schemaParts.ts";
import { type StackEntry } from "../core/knowledge/etc/stackMap.ts";
import { stackVersionText } from "../core/knowledge/etc/stackVersion.ts";
import { parsedYaml } from "../core/knowledge/etc/yaml.ts";
import { type SchemaPart } from "../core/knowledge/schema.ts";
import { type ReadFile } from "./revision.ts";
import { type SchemaFiles } from "./schemaFiles.ts";
import { type FileRead, LARGEST_UNPACKED, unpackPieces, unpackedJson, unpackedText } from "./unpack.ts";

/** `files` are those of the plan, read. */
export async function distilledEtc(plan: SchemaFiles, files: readonly ReadFile[]): Promise<DistilledSchemas> {
  const { stacks, packageVersion, settings } = plan;
  const ofKind = (kind: SchemaFileKind): readonly ReadFile[] =>
    files.filter(({ file }) => file.kind === kind);
  const ecs = readKind(ofKind("ecs"), readEcs);
  const beats = readKind(ofKind("beats"), readBeats);
  const endgame = readKind(ofKind("endgame"), readFlatFields);
  const endpoint = readKind(ofKind("endpoint"), readFlatFields);
  const nonEcs = readKind(ofKind("non-ecs"), readIndexFields);
  const custom = readKind(ofKind("custom"), readIndexFields);
  const manifests = readKind(ofKind("manifests"), readManifests);
  const known = allManifests(manifests);
  const integrations = await readIntegrationFiles(ofKind("integrations"), known, stacks);
  const endpointFields = isWhole(endpoint) ? merged([...endpoint.values.values()]) : undefined;
  return distil({
    packageVersion,
    stacks,
    ecs: byVersion(ecs),
    beats: byVersion(beats),
    endgame: byVersion(endgame),
    endpoint: endpointFields,
    nonEcs: first(nonEcs),
    custom: customSchemas(stacks, custom),
    packages: integrations.packages,
    parts: [
      ...settings.map((outcome) => schemaPart(outcome.file.kind, [outcome], settingsDetail(outcome, plan))),
      ...[ecs, beats, endgame].flatMap((kind) => partOf(kind, versionsIn(kind))),
      ...partOf(endpoint, endpointFields === undefined ? "" : counted(endpointFields.size, "field")),
      ...partOf(nonEcs, counted(first(nonEcs)?.size ?? 0, "index pattern")),
      ...partOf(custom, counted(custom.values.size, "file")),
      ...partOf(manifests, manifestCounts(known)),
      integrations.part,
    ],
  });
}

interface KindRead<T> {
  readonly values: ReadonlyMap<SchemaFile, T>;
  readonly outcomes: readonly FileOutcome[];
}

/** A file with anything wrong is not used, as what it lacks would count as unknown; manifests say that themselves. */
function readKind<T>(files: readonly ReadFile[], read: (value: unknown) => Reading<T>): KindRead<T> {
  const values = new Map<SchemaFile, T>();
  const outcomes = files.map(({ file, bytes }): FileOutcome => {
    const content = bytes.ok ? contentOf(file, bytes.value) : bytes;
    if (!content.ok) return { file, fault: content.error };
    const { value, problems } = read(content.value);
    const isUsed = problems.length === 0 || isPartlyUsed(file, value);
    if (isUsed) values.set(file, value);
    const kind = isUsed ? "partial" : "broken";
    return { file, fault: problems.length === 0 ? undefined : { kind, text: problemList(problems) } };
  });
  return { values, outcomes };
}

/** Manifests that name no package at all would make every package an unknown one. */
function isPartlyUsed({ kind }: SchemaFile, value: unknown): boolean {
  return kind === "manifests" && value instanceof Map && 0 < value.size;
}

/** Elastic's files are JSON; custom schemas may be YAML. */
function contentOf({ path }: SchemaFile, bytes: Uint8Array): FileRead<unknown> {
  if (!/\.ya?ml$/.test(path)) return unpackedJson(bytes, LARGEST_UNPACKED.others);
  const text = unpackedText(bytes, LARGEST_UNPACKED.others);
  if (!text.ok) return text;
  const yaml = parsedYaml(text.value);
  return yaml.ok ? yaml : { ok: false, error: { kind: "broken", text: yaml.error } };
}

function partOf({ outcomes }: KindRead<unknown>, detail: string): readonly SchemaPart[] {
  const kind = outcomes[0]?.file.kind;
  return kind === undefined ? [] : [schemaPart(kind, outcomes, detail)];
}

function settingsDetail({ file }: FileOutcome, { config, stacks, packageVersion }: SchemaFiles): string {
  if (file.kind === "stack-map") return stacks.map(({ version }) => stackVersionText(version)).join(", ");
  if (file.kind === "package-version" && packageVersion !== undefined)
    return stackVersionText(packageVersion);
  if (file.kind !== "config") return "";
  return `${counted(config.ruleFolders.length + config.buildingBlockFolders.length, "folder")} of rules`;
}

function versionsIn({ values }: KindRead<unknown>): string {
  return [...values.keys()].flatMap(({ version }) => version ?? []).join(", ");
}

function manifestCounts(manifests: Manifests | undefined): string {
  const versionCount = [...(manifests ?? [])].reduce((sum, [, versions]) => sum + versions.length, 0);
  return `${counted(manifests?.size ?? 0, "package")}, ${counted(versionCount, "version")}`;
}

function byVersion<T>({ values }: KindRead<T>): ReadonlyMap<string, T> {
  return new Map([...values].map(([file, value]) => [file.version ?? file.path, value]));
}

function first<T>({ values }: KindRead<T>): T | undefined {
  return [...values.values()][0];
}

function isWhole({ values, outcomes }: KindRead<unknown>): boolean {
  return values.size === outcomes.length;
}

function merged(tables: readonly FieldTypes[]): FieldTypes {
  return new Map(tables.flatMap((fields) => [...fields]));
}

/** Of files of one stack that name the same index pattern, the last one counts, as Elastic's tools have it. */
function customSchemas(stacks: readonly StackEntry[], custom: KindRead<IndexFields>): CustomSchemas {
  const byPath = new Map([...custom.values].map(([file, value]) => [file.path, value]));
  const byStack = stacks.map(
    (stack) => new Map(stack.custom.flatMap(({ path }) => [...(byPath.get(path) ?? [])])),
  );
  return { byStack, isComplete: isWhole(custom) };
}

interface IntegrationsRead {
  readonly packages: ReadonlyMap<string, PackageSchemas> | undefined;
  readonly part: SchemaPart;
}

/** Those of the repository, and those of the package registry if there are any. */
function allManifests({ values }: KindRead<Manifests>): Manifests | undefined {
  const [base, ...more] = values.values();
  return base === undefined ? undefined : more.reduce(mergedManifests, base);
}

async function readIntegrationFiles(
  files: readonly ReadFile[],
  manifests: Manifests | undefined,
  stacks: readonly StackEntry[],
): Promise<IntegrationsRead> {
  const versions = stacks.map(({ version }) => version);
  const file = files[0]?.file ?? unversioned("integrations", "integration-schemas.json.gz");
  if (manifests === undefined) {
    const isThere = files.some(({ bytes }) => bytes.ok);
    const fault: FileFault = isThere
      ? { kind: "broken", text: "is of no use without the manifests" }
      : MISSING;
    return { packages: undefined, part: schemaPart("integrations", [{ file, fault }], "") };
  }
  const chooser = integrationsChooser(manifests, versions);
  const reads: FileRead<readonly string[]>[] = [];
  for (const one of files) reads.push(await integrationsIn(one, chooser.read()));
  const fault = reads.find((read) => !read.ok)?.error ?? (files.length === 0 ? MISSING : undefined);
  const isAnyRead = reads.some(({ ok }) => ok);
  const { packages, problems } = isAnyRead
    ? chooser.chosen(reads.flatMap((read) => (read.ok ? read.value : [])))
    : { packages: unreadIntegrations(manifests, versions), problems: [] };
  return { packages, part: integrationsPart({ file, fault }, packages, problems) };
}

const MISSING: FileFault = { kind: "missing", text: "is missing" };

async function integrationsIn(
  { bytes }: ReadFile,
  reader: ReturnType<IntegrationsChooser["read"]>,
): Promise<FileRead<readonly string[]>> {
  if (!bytes.ok) return bytes;
  let step = reader.next();
  const unpacked = await unpackPieces(bytes.value, LARGEST_UNPACKED.integrations, (piece) => {
    if (step.done !== true) step = reader.next(piece);
    return step.done === true ? "enough" : "more";
  });
  if (!unpacked.ok) return unpacked;
  while (step.done !== true) step = reader.next(undefined);
  return step.value.ok ? step.value : { ok: false, error: { kind: "broken", text: step.value.error } };
}
