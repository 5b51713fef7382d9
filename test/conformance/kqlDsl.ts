/** Queries of Elasticsearch as Kibana builds them from KQL, with the fields of a data view or without. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  type DataView,
  type DataViewField,
  kqlDsl,
  parseKql,
} from "../../server/src/core/query/kql/index.ts";
import { readJsonLines } from "./json.ts";
import { isKnown } from "./known.ts";
import { type SuiteFailure, type SuiteOutcome } from "./suite.ts";

export function dslSuite(file: string): SuiteOutcome {
  const failures: SuiteFailure[] = [];
  let passed = 0;
  let known = 0;
  let skipped = 0;
  const views = new Map<string, DataView>();
  const viewOf = (name: unknown): DataView | undefined => {
    if (typeof name !== "string") return undefined;
    const view = views.get(name) ?? readView(path.join(path.dirname(file), name));
    views.set(name, view);
    return view;
  };
  readJsonLines(file).forEach(({ query, dialect, fields, dsl, error }, index) => {
    if (typeof query !== "string" || dialect !== "kibana") {
      skipped++;
      return;
    }
    const got = dslOf(query, viewOf(fields));
    const isRefused = "refused" in got;
    if (dsl === undefined ? isRefused : !isRefused && isDeepStrictEqual(got.dsl, dsl)) passed++;
    else if (isKnown("kql/dsl", query)) known++;
    else failures.push({ index, name: query, expected: dsl ?? error, got });
  });
  return { suite: "kql/dsl", passed, failures, known, skipped, notes: [] };
}

function dslOf(
  query: string,
  view: DataView | undefined,
): { readonly dsl: unknown } | { readonly refused: string } {
  const { ast, errors } = parseKql(query);
  const [error] = errors;
  if (error !== undefined) return { refused: error.message };
  const built = kqlDsl(ast, view);
  return built.ok ? { dsl: built.value } : { refused: built.error.messages.join(" ") };
}

/** As Kibana keeps fields: the path of a nested one stands in its `subType`. */
interface StoredField {
  readonly name: string;
  readonly type: string;
  readonly esTypes?: readonly string[];
  readonly subType?: { readonly nested?: { readonly path: string } };
}

function readView(file: string): DataView {
  if (!existsSync(file)) throw new Error(`no fields in ${file}`);
  const stored = JSON.parse(readFileSync(file, "utf8")) as readonly StoredField[]; // As the data's README has it.
  const fields = stored.map(({ name, type, esTypes = [], subType }): DataViewField => ({
    name,
    type,
    esTypes,
    nestedPath: subType?.nested?.path,
  }));
  return { fields };
}
