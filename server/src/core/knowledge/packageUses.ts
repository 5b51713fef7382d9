/** Which Fleet packages a query reads: those whose datasets it names, and some that the rule's metadata names. */
import { type SchemaSet } from "./schema.ts";
import { type SchemaSubject, type SubjectPart } from "./subject.ts";

/** A part of a query, and all its parts together. */
export interface AskedPart {
  readonly part: SubjectPart;
  readonly whole: SubjectPart;
}

export interface PackageUse {
  readonly package: string;
  /** Undefined: all streams of the package. */
  readonly stream: string | undefined;
  /** The value of `event.dataset` that asks for it; undefined where `metadata.integration` does. */
  readonly dataset: string | undefined;
}

/** Packages whose rules need no dataset in the query: for these `metadata.integration` is enough. */
export const WITHOUT_DATASET: ReadonlySet<string> = new Set([
  "apm",
  "auditd_manager",
  "cloud_defend",
  "corelight",
  "crowdstrike",
  "endpoint",
  "jamf_protect",
  "m365_defender",
  "network_traffic",
  "panw",
  "pfsense",
  "sentinel_one_cloud_funnel",
  "system",
  "ti_rapid7_threat_command",
  "windows",
]);

/** Packages of machine-learning jobs. */
export const MACHINE_LEARNING: ReadonlySet<string> = new Set([
  "beaconing",
  "ded",
  "dga",
  "lmd",
  "pad",
  "problemchild",
]);

/** `whole` is all parts together. */
export function packageUses(
  schemas: SchemaSet,
  subject: SchemaSubject,
  { part, whole: all }: AskedPart,
): readonly PackageUse[] {
  const own = part.datasets.flatMap((dataset) => datasetUse(schemas, dataset) ?? []);
  // A step that names no dataset reads what the query names elsewhere.
  const named = 0 < own.length ? own : all.datasets.flatMap((dataset) => datasetUse(schemas, dataset) ?? []);
  const withDataset = new Set(named.map((use) => use.package));
  const whole = subject.integrations.filter(
    (name) =>
      MACHINE_LEARNING.has(name) ||
      subject.isMachineLearning ||
      (isReadWhole(subject, name) && !withDataset.has(name)),
  );
  return [...whole.map((name) => ({ package: name, stream: undefined, dataset: undefined })), ...named];
}

/**
 * False where the rule names a package that there is not, reads one that it would have to name, or says of no index what
 * it reads: that has findings of its own, and what it reads is not known until they are mended.
 */
export function isReadingSettled({ packages }: SchemaSet, subject: SchemaSubject): boolean {
  const { integrations, indexes, language } = subject;
  if (packages === undefined || language === "esql" || subject.isMachineLearning) return true;
  if (integrations.some((name) => !packages.has(name))) return false;
  if (indexes.length === 0) return integrations.length === 0;
  const read = indexes.flatMap((index) => /^logs-([\p{L}\p{N}_]+)/u.exec(index)?.[1] ?? []);
  return read.every((name) => !WITHOUT_DATASET.has(name) || integrations.includes(name));
}

function isReadWhole({ language }: SchemaSubject, name: string): boolean {
  return language === "esql" || WITHOUT_DATASET.has(name);
}

/**
 * `azure.auditlogs` is the stream `auditlogs` of `azure`, `endpoint.events.file` the stream `file` of `endpoint`.
 * Undefined if no package has the name: datasets of Beats modules are no streams.
 */
export function datasetUse({ packages }: SchemaSet, dataset: string): PackageUse | undefined {
  const dot = dataset.indexOf(".");
  const name = dot < 0 ? dataset : dataset.slice(0, dot);
  if (packages?.has(name) !== true) return undefined;
  const rest = dot < 0 ? undefined : dataset.slice(dot + 1);
  return { package: name, stream: streamOf(name, rest), dataset };
}

/** A dataset without a dot names no stream, so none is found: Elastic's loader looks for one of this name. */
function streamOf(name: string, rest: string | undefined): string {
  if (rest === undefined) return "Unknown";
  const [first, second] = rest.split(".");
  return name === "endpoint" && first === "events" && second !== undefined ? second : rest;
}
