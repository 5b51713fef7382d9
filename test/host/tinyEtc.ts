/** A checkout's `etc` of a few made-up schemas, written to a folder that is removed after the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { gzipSync } from "node:zlib";

/** Content by path: bytes as they are, texts (packed if the name says so), undefined for none, and all else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const file = path.join(folder, ...name.split("/"));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytesOf(name, content));
  }
}

function bytesOf(name: string, content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return name.endsWith(".gz") ? gzipSync(text) : Buffer.from(text);
}

const field = (type: string): object => ({ type });
const runs = (version: string): object => ({ conditions: { kibana: { version } } });
const beat = (...names: readonly string[]): object => ({
  ovenbeat: { folders: { _meta: { files: { "fields.yml": names.map((name) => ({ name })) } } } },
});

/** Two stacks, 9.4 and 9.5; a third is beyond what the repository builds for. */
export const TINY: Files = {
  "_config.yaml":
    "rule_dirs: [../../rules]\nfiles: {packages: packages.yaml, stack_schema_map: stack-schema-map.yaml}\n",
  "packages.yaml": "package: {name: '9.5'}\n",
  "stack-schema-map.yaml": `
"9.4.0": {beats: "9.4.1", ecs: "9.4.0", endgame: "8.4.0", bakery: etc/bakery.json}
"9.5.0": {beats: "9.5.1", ecs: "9.5.0", endgame: "8.4.0"}
"9.6.0": {beats: "9.6.1", ecs: "9.6.0", endgame: "8.4.0"}
`,
  "ecs_schemas/9.4.0/ecs_flat.json.gz": { "dish.name": field("keyword") },
  "ecs_schemas/9.5.0/ecs_flat.json.gz": { "dish.name": field("keyword"), "dish.heat": field("long") },
  "beats_schemas/v9.4.1.json.gz": beat("oven.old"),
  "beats_schemas/v9.5.1.json.gz": beat("oven.new"),
  "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz": { "cake.icing": "keyword" },
  "endpoint_schemas/endpoint_process.json.gz": { "process.Ext.crumbs": "long" },
  "endpoint_schemas/endpoint_file.json.gz": { "file.Ext.crumbs": "long" },
  "non-ecs-schema.json": { "logs-oven-*": { "oven.door": "keyword" } },
  "integration-manifests.json.gz": {
    stove: { "1.0.0": runs("^9.0.0"), "2.0.0": runs("^9.5.0") },
    larder: { "1.0.0": runs("^9.0.0") },
  },
  "integration-schemas.json.gz": {
    stove: { "1.0.0": { flame: { "stove.old": "ip" } }, "2.0.0": { flame: { "stove.new": "ip" } } },
    larder: { "1.0.0": { shelf: { "larder.jam": "keyword" } } },
  },
};

/** The folder of the tiny `etc`, some files of it changed. */
export function tinyEtc(changes: Files = {}): string {
  const etcFolder = path.join(temporaryFolder(), "detection_rules", "etc");
  writeFiles(etcFolder, { ...TINY, ...changes });
  return etcFolder;
}
