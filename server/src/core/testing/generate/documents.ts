/** Documents out of solved states: what the query asks for, and around it what nearly every event has. */
import { type JsonObject, type JsonValue } from "../../engine/event.ts";
import { sampleFor, type System, usualFields } from "./believable.ts";
import { fieldsOfGoal, type Term } from "./blueprint.ts";
import { type Held } from "./candidates.ts";
import { isAccepted, type Solver, type State } from "./state.ts";

export interface DocumentOptions {
  /** Where the rule looks for events. */
  readonly indexPatterns: readonly string[];
  /** With what nearly every event has beside what is asked for. */
  readonly dressing: "full" | "none";
}

/** The event of a term, without its time. */
export function eventOf(solver: Solver, state: State, term: Term, options: DocumentOptions): JsonObject {
  const { position } = term;
  const asked = new Set([...fieldsOfGoal(term.goal), ...term.keys.map(({ field }) => field)]);
  const values = new Map<string, Held>();
  for (const field of asked) {
    const value = state.fields.get(solver.variableOf(position, field))?.value;
    if (value !== undefined) values.set(solver.storedField(field), value);
  }
  if (options.dressing === "full") dress(solver, state, term, values, options.indexPatterns);
  return nested(values);
}

function dress(
  solver: Solver,
  state: State,
  term: Term,
  values: Map<string, Held>,
  patterns: readonly string[],
): void {
  const { system } = solver;
  const add = (field: string, value: Held | undefined): void => {
    if (value === undefined || values.has(field)) return;
    if (isAllowed(solver, state, term, field, value)) values.set(field, value);
  };
  for (const [field, value] of streamFields(patterns, term.category)) add(field, value);
  for (const [field, value] of derivedFields(values, system)) add(field, value);
  asLists(solver, state, term, values);
  add("event.kind", "event");
  for (const field of ["host.os.type", "host.name", "host.id", ...usualFields(term.category)]) {
    for (const [name, value] of derivedFields(values, system)) add(name, value);
    add(field, plain(sampleFor(field, system)));
  }
}

/** The arguments of a process begin with its name. */
function asLists(solver: Solver, state: State, term: Term, values: Map<string, Held>): void {
  for (const prefix of ["process", "process.parent"]) {
    const [name, args] = [values.get(`${prefix}.name`), values.get(`${prefix}.args`)];
    if (typeof name !== "string" || typeof args !== "string" || args === name) continue;
    const list = [name, args];
    if (isAllowed(solver, state, term, `${prefix}.args`, list)) values.set(`${prefix}.args`, list);
  }
}

function plain(sample: ReturnType<typeof sampleFor>): Held | undefined {
  return sample;
}

/** Nothing that the query forbids or says otherwise. */
function isAllowed(solver: Solver, state: State, { position }: Term, field: string, value: Held): boolean {
  const isCompared = state.relations.some(
    ({ event, fields }) => event === position && fields.includes(field),
  );
  if (isCompared) return false;
  const literals = state.fields.get(solver.variableOf(position, field))?.literals ?? [];
  return literals.every((literal) => literal.event !== position || isAccepted(solver, literal, value));
}

/** `process.name` and `process.executable` of one event belong together, and so do others. */
function* derivedFields(
  values: ReadonlyMap<string, Held>,
  system: System,
): Generator<readonly [string, Held]> {
  for (const prefix of ["process", "process.parent"]) {
    const [name, executable] = [values.get(`${prefix}.name`), values.get(`${prefix}.executable`)];
    if (typeof executable === "string") yield [`${prefix}.name`, lastPart(executable)];
    if (typeof name === "string") yield [`${prefix}.executable`, `${FOLDERS[system]}${name}`];
    const args = values.get(`${prefix}.args`);
    if (Array.isArray(args)) yield [`${prefix}.command_line`, args.join(" ")];
    else if (typeof args === "string" && typeof name === "string")
      yield [`${prefix}.command_line`, `${name} ${args}`];
    else if (typeof executable === "string") yield [`${prefix}.command_line`, executable];
  }
  for (const prefix of ["file", "dll"]) {
    const [name, path] = [values.get(`${prefix}.name`), values.get(`${prefix}.path`)];
    if (typeof path === "string") yield [`${prefix}.name`, lastPart(path)];
    if (typeof name === "string") yield [`${prefix}.path`, `${HOMES[system]}${name}`];
  }
}

const FOLDERS: Readonly<Record<System, string>> = {
  windows: "C:\\Windows\\System32\\",
  linux: "/usr/bin/",
  macos: "/usr/bin/",
};
const HOMES: Readonly<Record<System, string>> = {
  windows: "C:\\Users\\jdoe\\",
  linux: "/home/jdoe/",
  macos: "/Users/jdoe/",
};

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

/** The data stream of the first pattern that names one, or of the one for the category. */
function streamFields(
  patterns: readonly string[],
  category: string | undefined,
): readonly (readonly [string, Held])[] {
  const streams = patterns.flatMap((pattern) => {
    const [, type, dataset = ""] =
      /^(logs|metrics|traces)-([a-z0-9_]+(?:\.[a-z0-9_]+)*(?:\.?\*|\.)?)(?:-\*)?$/.exec(pattern) ?? [];
    const concrete =
      dataset.endsWith(".*") && category !== undefined ? `${dataset.slice(0, -1)}${category}` : dataset;
    return type === undefined || concrete === "" || concrete.endsWith("*")
      ? []
      : [{ type, dataset: concrete }];
  });
  const stream =
    streams.find(({ dataset }) => category !== undefined && dataset.endsWith(`.${category}`)) ?? streams[0];
  if (stream === undefined) return [];
  return [
    ["data_stream.type", stream.type],
    ["data_stream.dataset", stream.dataset],
    ["data_stream.namespace", "default"],
  ];
}

/** What most events begin with comes first. */
const FIRST_NAMES = ["@timestamp", "event", "data_stream", "host", "user", "process"];

/** A flat document as Elastic's are. */
export function nestedDocument(flat: JsonObject): JsonObject {
  return nested(
    new Map(Object.entries(flat).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  );
}

/** As documents of Elastic are: an object for each part of a name. */
function nested(values: ReadonlyMap<string, Held>): JsonObject {
  const ordered = [...values].toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const root = new Map<string, Tree>();
  for (const [name, value] of ordered) put(root, name.split("."), value);
  return objectOf(root);
}

function placeOf(name: string): number {
  const place = FIRST_NAMES.indexOf(name.split(".")[0] ?? "");
  return place === -1 ? FIRST_NAMES.length : place;
}

type Tree = Map<string, Tree> | { readonly value: JsonValue };

/** Where one field's name goes on behind another's, it keeps its dots. */
function put(tree: Map<string, Tree>, path: readonly string[], value: JsonValue): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    tree.set(key, { value });
    return;
  }
  const inner = tree.get(key) ?? new Map<string, Tree>();
  if (!(inner instanceof Map)) {
    tree.set(path.join("."), { value });
    return;
  }
  tree.set(key, inner);
  put(inner, rest, value);
}

function objectOf(tree: ReadonlyMap<string, Tree>): JsonObject {
  return Object.fromEntries(
    [...tree].map(([key, inner]) => [key, inner instanceof Map ? objectOf(inner) : inner.value]),
  );
}
