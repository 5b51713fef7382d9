import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchedProblem } from "../../server/src/host/loadLayer.ts";
import { packagedWorker } from "../../server/src/host/schemas.ts";
import { tinyEtc } from "../host/tinyEtc.ts";
import { root } from "../support/fixture.ts";
import { storedSchemas } from "../../server/src/host/update/store.ts";
import { type UpdateSource, updateSchemas } from "../../server/src/host/update/update.ts";
import { type RepositoryServer, repositoryServer } from "./repositoryServer.ts";

const STACK_MAP = `"9.1.0":\n  ecs: "9.1.0"\n  beats: "9.1.2"\n  endgame: "8.4.0"\n`;
const FILES: Readonly<Record<string, string>> = {
  "README.md": "not for us",
  "detection_rules/etc/stack-schema-map.yaml": STACK_MAP,
  "detection_rules/etc/packages.yaml": "package: {}\n",
  "detection_rules/etc/non-ecs-schema.json": "{}",
  "detection_rules/etc/ecs_schemas/9.1.0/ecs_flat.json.gz": "wanted",
  "detection_rules/etc/ecs_schemas/8.0.0/ecs_flat.json.gz": "of a stack that is gone",
  "detection_rules/etc/beats_schemas/v9.1.2.json.gz": "beats",
  "detection_rules/etc/endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz": "endgame",
  "detection_rules/etc/version.lock.json": "{}",
};
const WANTED = [
  "beats_schemas/v9.1.2.json.gz",
  "ecs_schemas/9.1.0/ecs_flat.json.gz",
  "endgame_schemas/8.4.0/endgame_ecs_mapping.json.gz",
  "non-ecs-schema.json",
  "packages.yaml",
  "stack-schema-map.yaml",
];

let folder = "";
let server: RepositoryServer;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "rulewright-update-"));
  server = await repositoryServer(FILES);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function fromServer(
  options: { readonly filesUrl?: string; readonly registryUrl?: string } = {},
): UpdateSource {
  const { filesUrl = server.filesUrl, registryUrl = "" } = options;
  return { kind: "repository", apiUrl: server.apiUrl, filesUrl, registryUrl, reference: "main" };
}

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly proxy?: string;
  readonly onProgress?: (what: string, share: number) => void;
}

function update(source: UpdateSource, options: RunOptions = {}): ReturnType<typeof updateSchemas> {
  const watch = {
    signal: options.signal ?? new AbortController().signal,
    proxy: options.proxy,
    onProgress: options.onProgress ?? (() => undefined),
  };
  // The files of these tests hold nothing that could be read.
  return updateSchemas(path.join(folder, "store"), source, watch, () => Promise.resolve(undefined));
}

async function storedNames(): Promise<readonly string[]> {
  const stored = await storedSchemas(path.join(folder, "store"));
  return (stored?.record.files ?? []).map((file) => file.path).sort();
}

describe("an update from a repository", () => {
  test("takes the files that the stack map asks for, and records what they are", async () => {
    const result = await update(fromServer());
    expect(result).toMatchObject({ ok: true, value: { record: { revision: server.commit } } });
    expect(await storedNames()).toEqual(WANTED);
    const stored = await storedSchemas(path.join(folder, "store"));
    const etc = stored?.etcFolder ?? "";
    expect(readFileSync(path.join(etc, "ecs_schemas/9.1.0/ecs_flat.json.gz"), "utf8")).toBe("wanted");
    expect(stored?.record.files.find((file) => file.path === "packages.yaml")).toEqual({
      path: "packages.yaml",
      size: 12,
      gitHash: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  test("can ask the API for the files too", async () => {
    expect((await update(fromServer({ filesUrl: "" }))).ok).toBe(true);
    expect(await storedNames()).toEqual(WANTED);
    expect(server.asked.some((asked) => asked.startsWith("/files/"))).toBe(false);
  });

  test("says how far it is", async () => {
    const shares: number[] = [];
    await update(fromServer(), { onProgress: (_, share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  test("replaces the old state, and leaves nothing of it", async () => {
    await update(fromServer());
    await update(fromServer());
    const names = readdirSync(path.join(folder, "store"));
    expect(names.filter((name) => name.startsWith("schemas-"))).toHaveLength(1);
  });

  test("goes through a proxy", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? "");
      httpRequest(request.url ?? "", (answer) => answer.pipe(response)).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const result = await update(fromServer(), { proxy: `http://127.0.0.1:${port}` });
    proxy.closeAllConnections();
    proxy.close();
    expect(result.ok).toBe(true);
    expect(asked[0]).toBe(`${server.apiUrl}/commits/main`);
  });
});

describe("whatever fails, the old state stays", () => {
  const cases: readonly {
    readonly name: string;
    readonly intercept: NonNullable<RepositoryServer["intercept"]>;
    readonly message: RegExp;
  }[] = [
    {
      name: "the connection breaks off half way",
      intercept: (_, response, asked) => {
        if (!asked.endsWith("ecs_flat.json.gz")) return false;
        response.writeHead(200, { "content-length": "6" });
        response.write("wan");
        setImmediate(() => response.destroy());
        return true;
      },
      message: /ecs_flat\.json\.gz could not be fetched/,
    },
    {
      name: "a file is not what the listing says",
      intercept: (_, response, asked) => {
        if (!asked.endsWith("packages.yaml")) return false;
        response.end("package: []\n");
        return true;
      },
      message: /packages\.yaml is not what the listing says: its hash differs/,
    },
    {
      name: "a file is shorter than the listing says",
      intercept: (_, response, asked) => {
        if (!asked.endsWith("packages.yaml")) return false;
        response.end("package");
        return true;
      },
      message: /packages\.yaml has 7 bytes, and the listing says 12/,
    },
    {
      name: "a file is longer than the listing says",
      intercept: (_, response, asked) => {
        if (!asked.endsWith("packages.yaml")) return false;
        response.end("package: {} and much more");
        return true;
      },
      message: /packages\.yaml could not be fetched: it is larger than 12 bytes/,
    },
    {
      name: "the server refuses",
      intercept: (_, response, asked) => {
        if (!asked.startsWith("/api/git/trees")) return false;
        response.writeHead(403, "rate limit exceeded").end();
        return true;
      },
      message: /the server says 403 rate limit exceeded/,
    },
    {
      name: "the listing is cut off",
      intercept: (_, response, asked) => {
        if (!asked.startsWith("/api/git/trees")) return false;
        response.end(JSON.stringify({ truncated: true, tree: [] }));
        return true;
      },
      message: /answers with something that is no listing of files/,
    },
    {
      name: "the answer is a login page",
      intercept: (_, response) => {
        response.end("<html>Please log in</html>");
        return true;
      },
      message: /does not say which commit main is/,
    },
    {
      name: "it is sent round in a circle",
      intercept: (_, response, asked) => {
        response.writeHead(302, { location: asked }).end();
        return true;
      },
      message: /it leads in a circle/,
    },
  ];

  test.each(cases)("$name", async ({ intercept, message }) => {
    await update(fromServer());
    server.intercept = intercept;
    const result = await update(fromServer());
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(message) as unknown });
    expect(await storedNames()).toEqual(WANTED);
    const left = readdirSync(path.join(folder, "store"));
    expect(left).toHaveLength(2);
  });

  test("the network is not there", async () => {
    await server.close();
    const result = await update(fromServer());
    expect(result).toMatchObject({
      ok: false,
      error: expect.stringMatching(/could not be fetched/) as unknown,
    });
  });

  test("it is cancelled", async () => {
    await update(fromServer());
    const controller = new AbortController();
    server.intercept = (_, response, asked) => {
      if (!asked.endsWith("ecs_flat.json.gz")) return false;
      response.writeHead(200);
      response.write("w");
      setImmediate(() => controller.abort());
      return true;
    };
    const result = await update(fromServer(), { signal: controller.signal });
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/it was cancelled/) as unknown });
    expect(await storedNames()).toEqual(WANTED);
  });

  test("an address is no address", async () => {
    const source: UpdateSource = {
      kind: "repository",
      apiUrl: "ftp://x",
      filesUrl: "",
      registryUrl: "",
      reference: "main",
    };
    expect(await update(source)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/it is no http or https address/) as unknown,
    });
  });
});

describe("an update without a network", () => {
  function writeCheckout(): string {
    const checkout = path.join(folder, "checkout");
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
      writeFileSync(path.join(checkout, file), text);
    }
    return checkout;
  }

  test("from a checkout, and from its etc folder", async () => {
    const checkout = writeCheckout();
    expect((await update({ kind: "local", path: checkout })).ok).toBe(true);
    expect(await storedNames()).toEqual(WANTED);
    expect((await update({ kind: "local", path: path.join(checkout, "detection_rules/etc") })).ok).toBe(true);
    expect(await storedNames()).toEqual(WANTED);
  });

  test("from an archive of each kind", async () => {
    writeCheckout();
    const zip = path.join(folder, "rules.zip");
    const entries = Object.entries(FILES).map(
      ([file, text]) => [`rules-main/${file}`, Buffer.from(text)] as const,
    );
    writeFileSync(zip, zipSync(Object.fromEntries(entries)));
    execFileSync("tar", ["-czf", "rules.tar.gz", "checkout"], { cwd: folder });
    execFileSync("tar", ["-cf", "rules.tar", "checkout"], { cwd: folder });
    for (const name of ["rules.zip", "rules.tar.gz", "rules.tar"]) {
      expect(await update({ kind: "local", path: path.join(folder, name) })).toMatchObject({ ok: true });
      expect(await storedNames(), name).toEqual(WANTED);
      rmSync(path.join(folder, "store"), { recursive: true });
    }
  });

  test.each([
    ["nothing", undefined, /could not be read/],
    ["an archive that is none", "no archive at all", /it is no archive packed with gzip, or is cut off/],
    ["a packed file that is no archive", gzipSync("x".repeat(2000)), /it is no tar archive, or is cut off/],
  ])("from %s", async (_, content, message) => {
    const file = path.join(folder, "x.tar.gz");
    if (content !== undefined) writeFileSync(file, content);
    expect(await update({ kind: "local", path: file })).toMatchObject({
      ok: false,
      error: expect.stringMatching(message) as unknown,
    });
    expect(existsSync(path.join(folder, "store"))).toBe(false);
  });

  test("an archive that unpacks to too much is refused", async () => {
    const zeros = new Uint8Array(129 * 1024 * 1024);
    mkdirSync(path.join(folder, "bomb/etc"), { recursive: true });
    writeFileSync(path.join(folder, "bomb/etc/non-ecs-schema.json"), zeros);
    execFileSync("tar", ["-czf", "bomb.tar.gz", "bomb"], { cwd: folder });
    writeFileSync(path.join(folder, "bomb.zip"), zipSync({ "etc/non-ecs-schema.json": zeros }, { level: 1 }));
    for (const name of ["bomb.zip", "bomb.tar.gz"]) {
      expect(await update({ kind: "local", path: path.join(folder, name) }), name).toMatchObject({
        ok: false,
        error: expect.stringMatching(/unpacks to more/) as unknown,
      });
    }
  });
});

describe("an update that cannot be used", () => {
  const problemOf = (etcFolder: string): Promise<string | undefined> =>
    fetchedProblem({ etcFolder, cacheFolder: undefined, workerFile: packagedWorker(root) });
  const from = (etcFolder: string): ReturnType<typeof updateSchemas> =>
    updateSchemas(
      path.join(folder, "store"),
      { kind: "local", path: etcFolder },
      { signal: new AbortController().signal, proxy: undefined, onProgress: () => undefined },
      problemOf,
    );
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, " "));

  test.each([
    ["a stack map of another shape", { "stack-schema-map.yaml": "[1, 2, 3]\n" }, /stack-schema-map\.yaml/],
    [
      "integrations that are cut off",
      { "integration-schemas.json.gz": gzipSync("{}").subarray(0, 12) },
      /integration-schemas\.json\.gz/,
    ],
    ["broken fields outside ECS", { "non-ecs-schema.json": "{" }, /non-ecs-schema\.json/],
    ["a bomb in the place of techniques", { "attack-v18.1.json.gz": bomb }, /attack-v18\.1\.json\.gz/],
  ])("leaves what was there before: %s", async (_name, changes, message) => {
    expect(await from(tinyEtc())).toMatchObject({ ok: true });
    const before = readdirSync(path.join(folder, "store"));
    const refused = await from(tinyEtc(changes));
    expect(refused).toMatchObject({ ok: false, error: expect.stringMatching(message) as unknown });
    expect(readdirSync(path.join(folder, "store"))).toEqual(before);
    const { etcFolder = "" } = (await storedSchemas(path.join(folder, "store"))) ?? {};
    expect(await problemOf(etcFolder)).toBeUndefined();
  });

  test("lacks nothing but files that nobody needs", async () => {
    expect(await from(tinyEtc({ "non-ecs-schema.json": undefined }))).toMatchObject({ ok: true });
    const withoutPackages = {
      "integration-schemas.json.gz": undefined,
      "integration-manifests.json.gz": undefined,
    };
    expect(await from(tinyEtc(withoutPackages))).toMatchObject({ ok: true });
  });
});
