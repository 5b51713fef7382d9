/** A set of field names and types, as one source gives it. */
export interface Schema {
  /** For people: "ECS 9.4.0", "azure.auditlogs 1.12.0", "endgame 8.4.0". */
  readonly name: string;
  readonly size: number;
  /** Elasticsearch type, such as `keyword`; undefined if the schema has no such field. */
  typeOf(field: string): string | undefined;
  names(): Iterable<string>;
  /** Names with `*` in them and their types: `o365.audit.Parameters.*`. KQL takes them for patterns, EQL for nothing. */
  readonly patterns: readonly (readonly [string, string])[];
}

/** What the schemas of one package are on one stack, or why there are none. */
export type PackageAnswer =
  | { readonly kind: "found"; readonly schema: Schema; readonly version: string }
  /** No package of this name is in the list of packages, which is complete. */
  | { readonly kind: "unknown-package" }
  /** No version of the package runs on the stack. */
  | { readonly kind: "no-version" }
  /** The version for this stack has no such stream; `streams` are those that it has. */
  | { readonly kind: "unknown-stream"; readonly version: string; readonly streams: readonly string[] }
  /** The schemas that are loaded do not hold the package, version or stream: nothing can be said. */
  | { readonly kind: "not-loaded" };

/** The schemas of one supported version of the stack. What was not loaded is undefined. */
export interface StackSchemas {
  /** Such as "9.4.0". */
  readonly version: string;
  readonly ecs: Schema | undefined;
  readonly endgame: Schema | undefined;
  /**
   * Fields of a Beat (`winlogbeat`) alone, and of those of its modules or datasets that are named.
   * Undefined if the version of Beats that belongs to the stack is not loaded.
   */
  beat(beat: string, modules: readonly string[], datasets: readonly string[]): Schema | undefined;
  readonly hasBeats: boolean;
  /** Custom schemas that the stack map names, by literal index pattern. */
  custom(index: string): Schema | undefined;
  /** False if the stack map names a custom schema that could not be read: it may have any field. */
  readonly hasCustom: boolean;
  /** All fields of one stream, or of all streams where `stream` is undefined. */
  integration(packageName: string, stream: string | undefined): PackageAnswer;
}

/** One part of a source's data and what became of it, for `rulewright knowledge` and the status item. */
export interface SchemaPart {
  /**
   * "configuration", "stack map", "package version", "ECS", "Beats", "Endgame", "Endpoint", "non-ECS fields",
   * "custom schemas", "integration manifests", "integrations", "ATT&CK".
   */
  readonly name: string;
  /** Such as "8.17.0, 9.3.0, 9.4.0, 9.5.0", or "29 of 55 packages". */
  readonly detail: string;
  readonly state: "complete" | "partial" | "missing" | "broken";
  /** What is wrong, and with which file, in one sentence. */
  readonly problem: string | undefined;
}

/** The schemas of a checkout of the rules, or those that were downloaded. */
export interface SchemaSet {
  readonly layer: "checkout" | "downloaded";
  /** Changes with the content of any file that it was read from. */
  readonly revision: string;
  /** The stack version that the repository builds for, such as "9.6.0"; undefined if it is not said. */
  readonly packageVersion: string | undefined;
  /** Supported versions, the oldest first. */
  readonly stacks: readonly StackSchemas[];
  /** Fields of Elastic Defend, which belong to every schema whatever the index. */
  readonly endpoint: Schema | undefined;
  /** `non-ecs-schema.json` by literal index pattern: no globbing. */
  nonEcs(index: string): Schema | undefined;
  /** False if that file is not loaded: it may have any field. */
  readonly hasNonEcs: boolean;
  readonly nonEcsIndexes: readonly string[];
  /** All packages that the manifests name; undefined if they are not loaded. */
  readonly packages: ReadonlySet<string> | undefined;
  /** Job ids of a machine-learning package, of the version that the newest stack takes. */
  jobsOf(packageName: string): readonly string[] | undefined;
  readonly parts: readonly SchemaPart[];
}
