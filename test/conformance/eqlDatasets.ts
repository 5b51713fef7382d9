/** The events of the conformance data, with the options that they are to be run with. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { defaultEqlOptions } from "../../server/src/core/engine/eql/run.ts";
import { type EqlOptions } from "../../server/src/core/engine/eql/plan.ts";
import { type EventRecord, type JsonObject } from "../../server/src/core/engine/event.ts";
import { fieldsWithValue } from "../../server/src/core/engine/fieldAccess.ts";
import { type FieldTypes, type MappedField } from "../../server/src/core/query/fieldTypes.ts";

export interface Dataset {
  readonly events: readonly EventRecord[];
  readonly options: EqlOptions;
  /** The field that expected results name events by. */
  readonly idField: string;
}

interface Description {
  readonly timestamp?: string;
  readonly category?: string;
  readonly tiebreaker?: string | null;
  readonly id?: string;
  readonly types?: Readonly<Record<string, string>>;
  readonly null_value?: Readonly<Record<string, string | number | boolean>>;
  readonly optional_mapped?: readonly string[];
}

/** Finds data sets by name, and reads each once; undefined if there is none of the name. */
export function datasetsIn(folder: string): (name: string) => Dataset | undefined {
  const index = path.join(folder, "DATASETS.json");
  const descriptions: Readonly<Record<string, Description>> = existsSync(index)
    ? (JSON.parse(readFileSync(index, "utf8")) as Record<string, Description>) // As the data's README has it.
    : {};
  const known = new Map<string, Dataset | undefined>();
  return (name) => {
    if (!known.has(name))
      known.set(name, readDataset(path.join(folder, `${name}.ndjson`), descriptions[name]));
    return known.get(name);
  };
}

function readDataset(file: string, description: Description | undefined): Dataset | undefined {
  if (description === undefined || !existsSync(file)) return undefined;
  const events = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((text, i): readonly EventRecord[] => {
      return text.trim() === "" ? [] : [{ document: JSON.parse(text) as JsonObject, line: i + 1 }]; // One object a line.
    });
  const seenFields = new Set(events.flatMap(({ document }) => [...fieldsWithValue(document)]));
  const options: EqlOptions = {
    ...defaultEqlOptions,
    categoryField: description.category ?? defaultEqlOptions.categoryField,
    timestampField: description.timestamp ?? defaultEqlOptions.timestampField,
    tiebreakerField: description.tiebreaker ?? undefined,
    types: typesOf(description),
    seenFields,
  };
  return { events, options, idField: description.id ?? "id" };
}

/** A field that is mapped, but of which nothing more is said, holds keywords. */
function typesOf({
  types = {},
  null_value: nullValues = {},
  optional_mapped: mapped = [],
}: Description): FieldTypes {
  const names = [...Object.keys(types), ...Object.keys(nullValues), ...mapped];
  const fields = new Map(
    names.map((name): [string, MappedField] => [
      name,
      {
        name,
        type: types[name] ?? (mapped.includes(name) ? "alias" : "keyword"),
        exactSubfields: [],
        isNormalized: false,
        nestedIn: undefined,
        nullValue: nullValues[name],
      },
    ]),
  );
  return { get: (name) => fields.get(name), isComplete: false, names: () => fields.keys() };
}
