/** The fact tables of fields outside ECS: how they are read, that they are sound, and that the public schemas agree. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { keyCoverage, packagedSource, queryCoverage, shareKnown } from "../../scripts/dataCoverage.ts";
import { esqlFields } from "../../scripts/dataEsqlFields.ts";
import { fieldUsesIn } from "../../scripts/dataFieldUses.ts";
import { fieldPopularity } from "../../server/src/core/knowledge/popularFields.ts";
import { type VendorField, vendorFieldsOf } from "../../server/src/core/knowledge/vendorFields.ts";
import { FIELD_TABLES } from "../../server/src/host/knowledge.ts";
import { knowledge } from "../support/analyse.ts";
import { rulesFolder } from "../support/corpus.ts";
import { root } from "../support/fixture.ts";
import { checkoutTypes } from "./checkoutTypes.ts";

describe("reading tables", () => {
  const events =
    "# A comment\nshop.cart.id\tkeyword\tshop.orders,shop\nshop.cart.total\tlong\nshop.extra\tflattened\tshop\n";
  const payload =
    "shop.cart.id\ttext\tlogs-shop.*\nshop.payload.*\tobject\tshop.orders\nshop.payload.by.*\tobject\tshop\n";
  const fields = vendorFieldsOf([events, payload]);

  test.each<readonly [string, VendorField | undefined]>([
    ["shop.cart.total", { name: "shop.cart.total", type: "long", sets: ["shop.orders", "shop"] }],
    ["shop.cart.id", { name: "shop.cart.id", type: "keyword", sets: ["shop.orders", "shop", "logs-shop.*"] }],
    ["shop.extra", { name: "shop.extra", type: "flattened", sets: ["shop"] }],
    ["shop.cart", undefined],
    ["shop.payload", undefined],
    ["shop.payload.*", undefined],
    ["# A comment", undefined],
  ])("the field %s", (name, field) => {
    expect(fields.get(name)).toEqual(field);
  });

  test.each([
    ["shop.payload.any", "shop.payload"],
    ["shop.payload", "shop.payload"],
    ["shop.payload.by.any.thing", "shop.payload.by"],
    ["shop.extra.key", "shop.extra"],
    ["shop.payloads.any", undefined],
    ["shop.cart.id.any", undefined],
    ["shop", undefined],
    ["", undefined],
    [".", undefined],
  ])("above %j is the namespace %s", (name, prefix) => {
    expect(fields.openAbove(name)?.prefix).toBe(prefix);
  });

  test("roots, sizes and lists", () => {
    expect(fields.hasRoot("shop")).toBe(true);
    expect(fields.hasRoot("sho")).toBe(false);
    expect(fields.hasRoot("shop.cart")).toBe(false);
    expect([...fields.all()].map(({ name }) => name)).toEqual([
      "shop.cart.id",
      "shop.cart.total",
      "shop.extra",
    ]);
    expect([...fields.namespaces()].map(({ prefix }) => prefix)).toEqual([
      "shop.extra",
      "shop.payload",
      "shop.payload.by",
    ]);
    expect(fields.size).toBe(3);
  });

  test.each(["", "\n\n", "no tab", "#\ta comment\tis one"])("the table %j has no fields", (table) => {
    expect([...vendorFieldsOf([table]).all()]).toEqual([]);
  });

  test("popularity is 0 for what is not in the table", () => {
    const popularity = fieldPopularity("# A comment\nprocess.name\t41\n");
    expect([popularity("process.name"), popularity("process.nam")]).toEqual([41, 0]);
  });
});

const folder = path.join(root, "data/fields");
const TYPES =
  /^(?:keyword|constant_keyword|wildcard|text|match_only_text|boolean|ip|version|geo_point|date|date_nanos|date_range|long|unsigned_long|integer|short|double|float|half_float|scaled_float|flattened|nested|object)$/;

interface Row {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly sets: readonly string[];
}

/** Read apart from the product's reader, so that each can be wrong alone. */
function rowsOf(table: string): readonly Row[] {
  const lines = readFileSync(path.join(folder, `${table}.tsv`), "utf8").split("\n");
  let sets: readonly string[] = [];
  return lines.slice(2, -1).map((line) => {
    const cells = line.split("\t");
    expect(cells.length, `${table}: ${line}`).toBeGreaterThan(1);
    if (cells[2] !== undefined) sets = cells[2].split(",");
    return { table, name: cells[0] ?? "", type: cells[1] ?? "", sets };
  });
}

const rows = FIELD_TABLES.flatMap(rowsOf);

describe("the tables", () => {
  test("all are loaded, with what they hold", () => {
    const files = readdirSync(folder).filter((file) => file !== "popular.tsv");
    expect([...FIELD_TABLES].sort()).toEqual(files.map((file) => file.replace(/\.tsv$/, "")).sort());
    const names = new Set(rows.filter(({ name }) => !name.endsWith(".*")).map(({ name }) => name));
    expect(new Set([...(knowledge.vendorFields?.all() ?? [])].map(({ name }) => name))).toEqual(names);
    expect(names.size).toBeGreaterThan(4000);
  });

  test.each(FIELD_TABLES)("%s begins with what it is and its columns", (table) => {
    const [first, second] = readFileSync(path.join(folder, `${table}.tsv`), "utf8").split("\n");
    expect(first).toMatch(/^# Fields outside ECS: .*\.$/);
    expect(second).toMatch(/^# Columns: /);
  });

  test.each(FIELD_TABLES)("the rows of %s are names, types and sets, each once", (table) => {
    const seen = new Set<string>();
    for (const { name, type, sets } of rowsOf(table)) {
      expect(name).toMatch(/^[A-Za-z@][\w@-]*(?:\.[\w/@-]+)*(?:\.\*)?$/);
      expect(type, name).toMatch(TYPES);
      expect(sets.length, name).toBeGreaterThan(0);
      for (const set of sets) expect(set, name).toMatch(/^\.?[a-z][\w.*-]*$/);
      expect(seen.has(name), `${name} stands twice`).toBe(false);
      seen.add(name);
    }
  });

  test("no field is in ECS, and no two tables differ in a type", () => {
    const types = new Map<string, string>();
    for (const { name, type } of rows) {
      expect(knowledge.fields?.get(name), name).toBeUndefined();
      expect(types.get(name) ?? type, name).toBe(type);
      types.set(name, type);
    }
  });

  test("popular fields are known, the most popular first", () => {
    const lines = readFileSync(path.join(folder, "popular.tsv"), "utf8").split("\n").slice(2, -1);
    const counts = lines.map((line) => Number(line.split("\t")[1]));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(Math.min(...counts)).toBeGreaterThan(0);
    const { fields, vendorFields } = knowledge;
    const names = lines.map((line) => line.split("\t")[0] ?? "");
    const unknown = names.filter((name) => (fields?.get(name) ?? vendorFields?.get(name)) === undefined);
    expect(unknown.filter((name) => vendorFields?.openAbove(name) === undefined)).toEqual([]);
    expect(names.length).toBeGreaterThan(300);
  });
});

describe("the names in an ES|QL query", () => {
  test.each([
    [
      'from logs-* metadata _id | where process.name == "a.b" and not user.id in ("x")',
      "process.name user.id",
    ],
    [
      "from logs-*\n| eval x = length(process.args), y = x + 1 | where x > 2 // and host.id\n| keep y, event.*",
      "event.* process.args",
    ],
    [
      "from a | stats n = count(*) by `host.name`, source.ip | where n > 1d | sort n desc",
      "host.name source.ip",
    ],
    [
      'from a | grok message "%{IP:client} (?<rest>.*)" | dissect b.c "%{+d} %{e}" | keep client, rest, d, e',
      "b.c message",
    ],
    [
      'from a | eval Esql.n = 1 | rename agent.id as z | where z like """x "y" z""" and @timestamp > now() - 5 minutes',
      "@timestamp agent.id",
    ],
    ["row a = 1", ""],
    ["", ""],
  ])("%s", (query, names) => {
    expect([...esqlFields(query)].sort().join(" ")).toBe(names);
  });
});

/** Why a field is not in the checkout's schemas of its set, or of another type. Free keys of open namespaces need no reason. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/: \S+\.(?:caseless|text) /, "another index of a field: schemas of packages leave these out"],
  [/^windows: powershell\.file\.script_block_/, "newer than the checkout's copy of the package"],
  [/^aws\.cloudtrail: (?:aws\.cloudtrail\.session_|actor\.|target\.)/, "newer"],
  [/^gcp\.audit: gcp\.audit\.auth/, "newer"],
  [/^github\.audit: github\./, "newer"],
  [/^google_workspace\.(?:admin|drive): google_workspace\.(?:admin|drive)\./, "newer"],
  [/^o365\.audit: o365\.audit\./, "newer"],
  [/^o365\.audit: (?:application\.name|token\.id) /, "public rules name them"],
  [/^azure\.activitylogs: azure\.activitylogs\.resource\.id /, "public rules name it"],
  [/: (?:processor\.event|labels\.is_ioc_transform_source) /, "sets differ, within the family of `keyword`"],
  [
    /^(?:aws_bedrock_agentcore|azure_openai|checkpoint_email|crowdstrike\.alert|entityanalytics_entra_id|jamf_protect|microsoft_\w+|pfsense|sonicwall_firewall|wiz)[.:]/,
    "written from the packages themselves, which schema files hold in part at best",
  ],
  [
    /^(?:panw\.panos: panw\.panos\.|fortinet_fortigate\.log: fortinet\.)/,
    "of a package that the checkout holds in part",
  ],
  [/^okta\.system: okta\.authentication_context\.root_session_id /, "public rules name it"],
];

function isFreeKey(name: string, set: string): boolean {
  const open = knowledge.vendorFields?.openAbove(name);
  return open?.sets.includes(set) === true && open.prefix !== name;
}

const checkout = rulesFolder();
describe.each(checkout === undefined ? [] : [checkout])("the public rules of %s", (rulesFolderPath) => {
  const types = checkoutTypes(path.join(rulesFolderPath, "detection_rules/etc"));

  test("their schemas have each field that is in our tables, with its type", () => {
    const problems: string[] = [];
    let compared = 0;
    for (const { name, type, sets } of rows.filter((row) => !row.name.endsWith(".*"))) {
      for (const set of sets) {
        const found = types.typesOf(set, name);
        if (found.has(type)) compared++;
        else if (0 < found.size) problems.push(`${set}: ${name} ${type}, not ${[...found].join(" or ")}`);
        else if (types.lists(set) && !isFreeKey(name, set)) problems.push(`${set}: ${name} ${type}`);
      }
    }
    const unexplained = problems.filter((problem) => !REASONS.some(([pattern]) => pattern.test(problem)));
    expect(unexplained).toEqual([]);
    expect(compared).toBeGreaterThan(3000);
  });

  test("at least 98 % of what they query is known, in each language, and 95 % of what their keys name", () => {
    const { fields, vendorFields } = knowledge;
    if (fields === undefined || vendorFields === undefined) throw new Error("The tables are not loaded");
    const sourceOf = packagedSource(fields, vendorFields);
    const uses = fieldUsesIn(rulesFolderPath);
    for (const coverage of queryCoverage(uses, sourceOf)) {
      expect(shareKnown(coverage), coverage.group).toBeGreaterThan(0.98);
    }
    expect(shareKnown(keyCoverage(uses, sourceOf))).toBeGreaterThan(0.95);
  });
});
