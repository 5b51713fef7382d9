/** Made-up schemas, distilled as those of a checkout are. */
import { type BeatsFields, readBeats } from "../../server/src/core/knowledge/etc/beats.ts";
import { type EtcData, distil } from "../../server/src/core/knowledge/etc/distil.ts";
import {
  type IntegrationSchemas,
  readIntegrations,
} from "../../server/src/core/knowledge/etc/integrations.ts";
import { readManifests } from "../../server/src/core/knowledge/etc/manifests.ts";
import { type IndexFields, readIndexFields } from "../../server/src/core/knowledge/etc/nonEcs.ts";
import { readStackMap } from "../../server/src/core/knowledge/etc/stackMap.ts";
import { schemaSetOf } from "../../server/src/core/knowledge/etc/schemaSet.ts";
import { type StackVersion, stackVersion } from "../../server/src/core/knowledge/etc/stackVersion.ts";
import { type PackageAnswer, type Schema, type SchemaSet } from "../../server/src/core/knowledge/schema.ts";

/** Ranges of stacks by version, by package. */
export type Ranges = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function manifestsOf(ranges: Ranges): unknown {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, versions]) => [
      name,
      Object.fromEntries(
        Object.entries(versions).map(([version, range]) => [
          version,
          { conditions: { kibana: { version: range } } },
        ]),
      ),
    ]),
  );
}

export function version(text: string): StackVersion {
  const read = stackVersion(text);
  if (read === undefined) throw new Error(`${text} is no version`);
  return read;
}

/** Reads a text as the worker does, cut into pieces. */
export function integrationsIn(
  text: string,
  ranges: Ranges,
  stacks: readonly string[],
  cuts: readonly number[] = [],
): { readonly value: IntegrationSchemas | undefined; readonly error: string | undefined } {
  const reader = readIntegrations(readManifests(manifestsOf(ranges)).value, stacks.map(version));
  const places = [0, ...cuts, text.length];
  let step = reader.next();
  for (let i = 1; i < places.length && step.done !== true; i++) {
    step = reader.next(text.slice(places[i - 1], places[i]));
  }
  while (step.done !== true) step = reader.next(undefined);
  return step.value.ok
    ? { value: step.value.value, error: undefined }
    : { value: undefined, error: step.value.error };
}

export const EMPTY: EtcData = {
  packageVersion: undefined,
  stacks: [],
  ecs: new Map(),
  endgame: new Map(),
  beats: new Map(),
  endpoint: undefined,
  nonEcs: undefined,
  custom: { byStack: [], isComplete: true },
  packages: undefined,
  parts: [],
};

export function setOf(data: Partial<EtcData>): SchemaSet {
  return schemaSetOf(distil({ ...EMPTY, ...data }), { layer: "checkout", revision: "made up" });
}

export function stacksOf(...versions: readonly string[]): EtcData["stacks"] {
  const row = { beats: "1.0.0", ecs: "1.0.0", endgame: "1.0.0" };
  return readStackMap(Object.fromEntries(versions.map((one) => [one, row]))).value;
}

export function beatsOf(value: unknown): ReadonlyMap<string, BeatsFields> {
  return new Map([["1.0.0", readBeats(value).value]]);
}

export function indexesOf(value: unknown): IndexFields {
  return readIndexFields(value).value;
}

/** Fields and types of a schema, as its methods give them. */
export function shown(schema: Schema | undefined): unknown {
  return schema && Object.fromEntries([...schema.names()].map((name) => [name, schema.typeOf(name)]));
}

/** "azure.audit 1.2.0: a, b" or why not. */
export function answerText(answer: PackageAnswer): string {
  switch (answer.kind) {
    case "found":
      return `${answer.schema.name}: ${[...answer.schema.names()].join(", ")}`;
    case "unknown-stream":
      return `${answer.kind} in ${answer.version}: ${answer.streams.join(", ")}`;
    default:
      return answer.kind;
  }
}
