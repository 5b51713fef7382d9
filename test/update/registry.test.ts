/** Newer versions of packages from a registry on loopback, and what the distiller makes of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSchemas, packagedWorker } from "../../server/src/host/schemas.ts";
import { updateSchemas } from "../../server/src/host/update/update.ts";
import { root } from "../support/fixture.ts";
import { type RepositoryServer, repositoryServer } from "./repositoryServer.ts";

const ETC = "detection_rules/etc";
const kibana = (version: string): object => ({ conditions: { kibana: { version } } });
const REPOSITORY: Readonly<Record<string, string | Uint8Array>> = {
  [`${ETC}/stack-schema-map.yaml`]: '"9.1.0":\n  ecs: "9.1.0"\n  beats: "9.1.2"\n  endgame: "8.4.0"\n',
  [`${ETC}/packages.yaml`]: 'package:\n  name: "9.1"\n',
  [`${ETC}/_config.yaml`]: "rule_dirs:\n  - ../../rules\nfiles: {}\n",
  [`${ETC}/integration-manifests.json.gz`]: gzipSync(JSON.stringify({ acme: { "1.0.0": kibana("^9.0.0") } })),
  [`${ETC}/integration-schemas.json.gz`]: gzipSync(
    JSON.stringify({ acme: { "1.0.0": { audit: { "acme.old": "keyword" } } } }),
  ),
};
const LISTED = [
  { name: "acme", version: "1.0.0", ...kibana("^9.0.0"), download: "/epr/acme-1.0.0.zip" },
  { name: "acme", version: "1.1.0", ...kibana("^9.0.0"), download: "/epr/acme-1.1.0.zip" },
  { name: "acme", version: "2.0.0", ...kibana("^10.0.0"), download: "/epr/acme-2.0.0.zip" },
];
const FIELDS = `
- name: acme
  type: group
  fields:
    - name: actor
      type: keyword
    - name: count
      type: long
- name: event.dataset
`;

let folder = "";
let repository: RepositoryServer;
let registry: ReturnType<typeof createServer>;
let asked: string[] = [];
let archive: Uint8Array;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rulewright-registry-"));
  asked = [];
  archive = zipSync({
    "acme-1.1.0/manifest.yml": Buffer.from("name: acme"),
    "acme-1.1.0/data_stream/audit/fields/fields.yml": Buffer.from(FIELDS),
  });
  repository = await repositoryServer(REPOSITORY);
  registry = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.end(request.url?.startsWith("/search") === true ? JSON.stringify(LISTED) : archive);
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  registry.close();
  await repository.close();
  rmSync(folder, { recursive: true, force: true });
});

function update(): ReturnType<typeof updateSchemas> {
  // A server that listens on a port has an address of this kind.
  const { port } = registry.address() as AddressInfo;
  return updateSchemas(
    folder,
    {
      kind: "repository",
      apiUrl: repository.apiUrl,
      filesUrl: repository.filesUrl,
      registryUrl: `http://127.0.0.1:${port}`,
      reference: "main",
    },
    { signal: new AbortController().signal, proxy: undefined, onProgress: () => undefined },
    () => Promise.resolve(undefined),
  );
}

test("the newest version that a stack takes comes from the registry, and its fields are known", async () => {
  const result = await update();
  expect(result.ok).toBe(true);
  expect(asked).toEqual(["/search?package=acme&all=true", "/epr/acme-1.1.0.zip"]);
  if (!result.ok) return;
  const schemas = await loadSchemas({
    etcFolder: result.value.etcFolder,
    cacheFolder: undefined,
    layer: "downloaded",
    workerFile: packagedWorker(root),
    onProblem: () => undefined,
  });
  const answer = schemas?.stacks[0]?.integration("acme", "audit");
  expect(answer).toMatchObject({ kind: "found", version: "1.1.0" });
  if (answer?.kind !== "found") return;
  expect(["acme.actor", "acme.count", "acme.old"].map((field) => answer.schema.typeOf(field))).toEqual([
    "keyword",
    "long",
    undefined,
  ]);
});

test("an archive that is none is told with its package, and nothing is replaced", async () => {
  archive = Buffer.from("no archive");
  const result = await update();
  expect(result).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^acme 1\.1\.0 of http:.* is no archive of a package$/) as unknown,
  });
});
