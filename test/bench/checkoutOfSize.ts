/** A made-up `detection_rules/etc` of the shape and size of Elastic's: 3,037 versions of 55 packages, 113 MB of JSON. */
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { type Random, seededRandom } from "../support/random.ts";

const PACKAGES = 55;
const VERSIONS = 3037;
/** A version has 16 streams of 43 fields on average, which makes 113 MB. */
const STREAMS_PER_VERSION = 16;
const FIELDS_PER_STREAM = 43;

const STACKS: readonly (readonly [string, string, string])[] = [
  ["8.19.0", "8.18.3", "8.17.0"],
  ["9.3.0", "9.3.3", "9.3.0"],
  ["9.4.0", "9.4.4", "9.4.0"],
  ["9.5.0", "9.5.0", "9.5.0"],
  ["9.6.0", "9.5.0", "9.5.0"],
];

/** The size of the integrations' schemas, unpacked. */
export async function writeCheckout(etcFolder: string): Promise<number> {
  const random = seededRandom(4);
  const rows = STACKS.map(
    ([stack, beats, ecs]) => `"${stack}":\n  beats: "${beats}"\n  ecs: "${ecs}"\n  endgame: "8.4.0"\n`,
  );
  write(etcFolder, "stack-schema-map.yaml", rows.join(""));
  write(etcFolder, "packages.yaml", 'package:\n  name: "9.6"\n');
  const files = "files:\n  packages: packages.yaml\n  stack_schema_map: stack-schema-map.yaml\n";
  write(etcFolder, "_config.yaml", `rule_dirs: [../../rules]\n${files}`);
  for (const version of new Set(STACKS.map(([, , ecs]) => ecs))) {
    writePacked(etcFolder, `ecs_schemas/${version}/ecs_flat.json.gz`, ecsFields(version, random));
  }
  for (const version of new Set(STACKS.map(([, beats]) => beats))) {
    writePacked(etcFolder, `beats_schemas/v${version}.json.gz`, beatsTree(version));
  }
  writePacked(etcFolder, "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz", flatFields("endgame", 237));
  writePacked(etcFolder, "endpoint_schemas/endpoint_process.json.gz", flatFields("process.Ext", 105));
  const nonEcs = Object.fromEntries(
    Array.from({ length: 28 }, (_, i) => [`logs-made${i}.*`, flatFields(`made${i}`, 20)]),
  );
  write(etcFolder, "non-ecs-schema.json", JSON.stringify(nonEcs));
  const packages = packageVersions();
  writePacked(etcFolder, "integration-manifests.json.gz", manifestsOf(packages));
  return writeIntegrations(path.join(etcFolder, "integration-schemas.json.gz"), packages, random);
}

function write(folder: string, name: string, content: string | Uint8Array): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function writePacked(folder: string, name: string, value: unknown): void {
  write(folder, name, gzipSync(JSON.stringify(value)));
}

const TYPES = [
  "keyword",
  "keyword",
  "keyword",
  "long",
  "date",
  "ip",
  "boolean",
  "match_only_text",
  "object",
] as const;

function typeOf(i: number): string {
  return TYPES[i % TYPES.length] ?? "keyword";
}

const WORDS = [
  "source",
  "network_traffic",
  "identity",
  "client_address",
  "request_parameters",
  "user_agent",
] as const;

function fieldName(prefix: string, i: number): string {
  return `${prefix}.${WORDS[i % WORDS.length] ?? ""}.${WORDS[(i * 5 + 1) % WORDS.length] ?? ""}_${i}`;
}

function flatFields(prefix: string, count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [fieldName(prefix, i), typeOf(i)]));
}

/** 2,700 fields with as much text around each as ECS has. */
function ecsFields(version: string, random: Random): unknown {
  const names = Object.entries(flatFields("shared", 2600));
  return Object.fromEntries(
    names.map(([name, type], i) => [
      name,
      {
        dashed_name: name.replaceAll(".", "-"),
        description: `${version} ${"what this field holds and where it comes from ".repeat(3 + random.below(6))}`,
        flat_name: name,
        level: "extended",
        ...(i % 25 === 0
          ? { multi_fields: [{ flat_name: `${name}.text`, name: "text", type: "match_only_text" }] }
          : {}),
        name,
        normalize: [],
        type,
      },
    ]),
  );
}

/** 8 Beats, of which two have 60 modules of 5 datasets: 13,500 fields. */
function beatsTree(version: string): unknown {
  const node = (prefix: string, i: number): object => ({
    name: fieldName(prefix, i),
    type: typeOf(i),
    description: `${version} what this field of the module holds`,
  });
  const files = (prefix: string, count: number): object => ({
    _meta: {
      files: {
        "fields.yml": [
          { name: prefix, type: "group", fields: Array.from({ length: count }, (_, i) => node("own", i)) },
        ],
      },
    },
  });
  const dataset = (module: number, i: number): object => ({ folders: files(`set${i}`, 22 + (module % 3)) });
  const module = (i: number): object => ({
    folders: {
      ...files(`module${i}`, 1),
      ...Object.fromEntries(Array.from({ length: 5 }, (_, k) => [`set${k}`, dataset(i, k)])),
    },
  });
  const beat = (modules: number): object => ({
    folders: {
      ...files("beat", 120),
      module: {
        folders: Object.fromEntries(Array.from({ length: modules }, (_, i) => [`module${i}`, module(i)])),
      },
    },
  });
  return Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`made${i}beat`, beat(i < 2 ? 60 : 0)]));
}

/** Some packages have hundreds of versions, most a few dozen. */
function packageVersions(): readonly (readonly string[])[] {
  const weights = Array.from({ length: PACKAGES }, (_, i) => 1 / (i + 3));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight) => Math.max(5, Math.floor((VERSIONS * weight) / total)));
  const rest = VERSIONS - counts.reduce((sum, count) => sum + count, 0);
  counts[0] = (counts[0] ?? 0) + rest;
  return counts.map((count) =>
    Array.from({ length: count }, (_, i) => `${1 + Math.floor(i / 40)}.${i % 40}.0`),
  );
}

const RANGES = [
  "^7.16.0 || ^8.0.0",
  "^8.8.0",
  "^8.13.0",
  "^8.16.2 || ^9.0.0",
  "~8.19.10 || ~9.1.10 || ^9.2.4",
] as const;

function manifestsOf(packages: readonly (readonly string[])[]): unknown {
  return Object.fromEntries(
    packages.map((versions, p) => [
      `made${p}`,
      Object.fromEntries(
        versions.map((version, i) => [
          version,
          {
            name: `made${p}`,
            release: "ga",
            description: "Collects logs and metrics of a product that does not exist",
            download: `/made${p}-${version}.zip`,
            conditions: { kibana: { version: RANGES[Math.floor((i / versions.length) * RANGES.length)] } },
          },
        ]),
      ),
    ]),
  );
}

async function writeIntegrations(
  file: string,
  packages: readonly (readonly string[])[],
  random: Random,
): Promise<number> {
  let size = 0;
  function* pieces(): Generator<string> {
    yield "{";
    for (const [p, versions] of packages.entries()) {
      yield `${p === 0 ? "" : ", "}"made${p}": {`;
      for (const [v, version] of versions.entries()) {
        const piece = `${v === 0 ? "" : ", "}"${version}": ${spaced(versionStreams(p, v, random))}`;
        size += piece.length;
        yield piece;
      }
      yield "}";
    }
    yield "}";
  }
  await pipeline(Readable.from(pieces()), createGzip(), createWriteStream(file));
  return size;
}

/** Python puts a blank after commas and colons. */
function spaced(value: unknown): string {
  return JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "');
}

/** Versions differ in a few fields from the one before. */
function versionStreams(p: number, v: number, random: Random): unknown {
  const streamCount = STREAMS_PER_VERSION - 6 + (p % 13);
  return Object.fromEntries(
    Array.from({ length: streamCount }, (_, s) => {
      const count = FIELDS_PER_STREAM - 12 + ((p + s) % 20) + Math.floor(v / 12) + random.below(3);
      return [`stream${s}`, flatFields(`made${p}.stream${s}`, count)];
    }),
  );
}
