/** Of the schemas of all versions of all packages, those that a supported stack takes. */
import { objectIn } from "../attackJson.ts";
import { type StreamTexts, type PieceReader, integrationTexts, parsedJson } from "./integrationTexts.ts";
import { type Manifests } from "./manifests.ts";
import { type FieldTypes } from "./reading.ts";
import { type Result } from "../../base/result.ts";
import { type StackVersion } from "./stackVersion.ts";
import { type Candidates, candidates } from "./versionChoice.ts";

export interface PackageSchemas {
  /** What each stack takes, in the order of the stacks. */
  readonly choices: readonly PackageChoice[];
  /** By version, those streams that some choice names. */
  readonly versions: ReadonlyMap<string, StreamSchemas>;
  /** Job ids of the version that the newest stack takes. */
  readonly jobs: readonly string[] | undefined;
}

/** Fields by stream, in the order of the source; undefined if they could not be read. */
export type StreamSchemas = ReadonlyMap<string, FieldTypes | undefined>;

export interface PackageChoice {
  /** The newest version that runs on the stack. */
  readonly newest: string | undefined;
  /** Older versions by those streams that newer ones lack. */
  readonly older: ReadonlyMap<string, string>;
  /** Something is not known: a stream that is not found here may be in a version that is not loaded. */
  readonly isCut: boolean;
}

export interface IntegrationSchemas {
  readonly packages: ReadonlyMap<string, PackageSchemas>;
  readonly problems: readonly string[];
}

/** Chooses while the text of `integration-schemas.json` is read piece by piece. */
export function* readIntegrations(
  manifests: Manifests,
  stacks: readonly StackVersion[],
): PieceReader<Result<IntegrationSchemas, string>> {
  const chooser = integrationsChooser(manifests, stacks);
  const read = yield* chooser.read();
  return read.ok ? { ok: true, value: chooser.chosen(read.value) } : read;
}

/** Chooses from the texts of several files of schemas, one after the other. */
export interface IntegrationsChooser {
  /** Reads one file piece by piece; gives what is wrong in it, or why it is no file of schemas. */
  read(): PieceReader<Result<readonly string[], string>>;
  chosen(problems: readonly string[]): IntegrationSchemas;
}

export function integrationsChooser(
  manifests: Manifests,
  stacks: readonly StackVersion[],
): IntegrationsChooser {
  const choosers = choosersOf(manifests, stacks);
  return {
    read: () =>
      integrationTexts({
        isWanted: (name, version) => choosers.get(name)?.isCandidate(version) ?? false,
        onVersion: (name, version, streams) => choosers.get(name)?.add(version, streams),
      }),
    chosen(found) {
      const problems = [...found];
      const packages = new Map(
        [...choosers].map(([name, chooser]) => [name, packageSchemas(name, chooser, problems)]),
      );
      return { packages, problems };
    },
  };
}

/** What the manifests alone say: which version each stack takes, and nothing of its fields. */
export function unreadIntegrations(
  manifests: Manifests,
  stacks: readonly StackVersion[],
): ReadonlyMap<string, PackageSchemas> {
  return new Map(
    [...choosersOf(manifests, stacks)].map(([name, chooser]) => [name, packageSchemas(name, chooser, [])]),
  );
}

function choosersOf(
  manifests: Manifests,
  stacks: readonly StackVersion[],
): ReadonlyMap<string, PackageChooser> {
  return new Map(
    [...manifests].map(([name, versions]) => [
      name,
      packageChooser(stacks.map((stack) => candidates(stack, versions))),
    ]),
  );
}

/** Takes the versions of a package in any order, and keeps the texts of those streams alone that a stack takes. */
interface PackageChooser {
  isCandidate(version: string): boolean;
  add(version: string, streams: StreamTexts): void;
  /** By stack. */
  chosen(): readonly ChosenVersions[];
}

interface ChosenVersions {
  readonly choice: PackageChoice;
  readonly isNewestLoaded: boolean;
  readonly streams: ReadonlyMap<string, ChosenText>;
}

interface ChosenText {
  readonly version: string;
  /** Place of the version among the candidates, the newest of which has 0. */
  readonly rank: number;
  readonly text: string;
}

function packageChooser(byStack: readonly Candidates[]): PackageChooser {
  const ranks = byStack.map(({ versions }) => new Map(versions.map((version, rank) => [version, rank])));
  const newest = byStack.map(() => new Map<string, ChosenText>());
  const loaded = new Set<string>();
  return {
    isCandidate: (version) => ranks.some((rankOf) => rankOf.has(version)),
    add(version, streams) {
      loaded.add(version);
      newest.forEach((texts, place) => {
        const rank = ranks[place]?.get(version);
        if (rank === undefined) return;
        for (const [stream, text] of streams) {
          if ((texts.get(stream)?.rank ?? Infinity) <= rank) continue;
          // Streams keep the order that they have in their own version: of several with a field the last one counts.
          texts.delete(stream);
          texts.set(stream, { version, rank, text });
        }
      });
    },
    chosen: () => byStack.map((one, place) => chosenVersions(one, newest[place] ?? new Map(), loaded)),
  };
}

/** A version that lacks a stream gives way to an older one, until one is met that is not loaded. */
function chosenVersions(
  { versions, isCut }: Candidates,
  texts: ReadonlyMap<string, ChosenText>,
  loaded: ReadonlySet<string>,
): ChosenVersions {
  const firstMissing = versions.findIndex((version) => !loaded.has(version));
  const reach = firstMissing < 0 ? versions.length : firstMissing;
  const streams = new Map([...texts].filter(([, { rank }]) => rank < reach));
  const older = [...streams].filter(([, { rank, text }]) => 0 < rank && isStream(text));
  return {
    choice: {
      newest: versions[0],
      older: new Map(older.map(([stream, { version }]) => [stream, version])),
      isCut: isCut || reach < versions.length,
    },
    isNewestLoaded: 0 < reach,
    streams,
  };
}

function packageSchemas(name: string, chooser: PackageChooser, problems: string[]): PackageSchemas {
  const versions = new Map<string, Map<string, FieldTypes | undefined>>();
  const streamsOf = (version: string): Map<string, FieldTypes | undefined> => {
    const streams = versions.get(version) ?? new Map<string, FieldTypes | undefined>();
    versions.set(version, streams);
    return streams;
  };
  const chosen = chooser.chosen();
  // A version without any stream is loaded too.
  for (const { choice, isNewestLoaded } of chosen) {
    if (choice.newest !== undefined && isNewestLoaded) streamsOf(choice.newest);
  }
  const texts = chosen.flatMap(({ streams }) => [...streams].filter(([, { text }]) => isStream(text)));
  // Whole versions come first, so that their streams stand in their own order.
  const [whole, older] = [
    texts.filter(([, { rank }]) => rank === 0),
    texts.filter(([, { rank }]) => 0 < rank),
  ];
  for (const [stream, { version, text }] of [...whole, ...older]) {
    const known = streamsOf(version);
    if (known.has(stream)) continue;
    const fields = streamFields(text);
    if (fields === undefined) problems.push(`has no table of fields for ${name}.${stream} ${version}`);
    known.set(stream, fields);
  }
  const jobs = chosen[chosen.length - 1]?.streams.get("jobs");
  return {
    choices: chosen.map(({ choice }) => choice),
    versions,
    jobs: jobs?.rank === 0 ? jobIds(jobs.text) : undefined,
  };
}

/** Beside its streams a version may hold lists, such as the ids of jobs, and other notes. */
function isStream(text: string): boolean {
  return text.startsWith("{");
}

function streamFields(text: string): FieldTypes | undefined {
  const json = parsedJson(text);
  const table = json.ok ? objectIn(json.value) : undefined;
  if (table === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const [name, type] of Object.entries(table)) {
    if (typeof type === "string") fields.set(name, type);
    // A note of Elastic's tools is no field; a field without a type would count as unknown.
    else if (!name.startsWith("_")) return undefined;
  }
  return fields;
}

function jobIds(text: string): readonly string[] | undefined {
  const json = parsedJson(text);
  if (!json.ok || !Array.isArray(json.value)) return undefined;
  // The elements of a list that JSON.parse made can be anything.
  return (json.value as readonly unknown[]).filter((id) => typeof id === "string");
}
