/** A repository of rules on loopback, in the shape of GitHub's API, that can be told to misbehave. */
import { createHash } from "node:crypto";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import { type AddressInfo } from "node:net";

export interface RepositoryServer {
  readonly apiUrl: string;
  readonly filesUrl: string;
  readonly commit: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Answers instead of the server where it returns true. */
  intercept: ((request: IncomingMessage, response: ServerResponse, path: string) => boolean) | undefined;
  close(): Promise<void>;
}

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

export async function repositoryServer(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<RepositoryServer> {
  const contents = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? Buffer.from(content) : Buffer.from(content),
    ]),
  );
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    // A proxy is asked for a whole address.
    const { pathname } = new URL(request.url ?? "/", "http://loopback");
    asked.push(pathname);
    if (repository.intercept?.(request, response, pathname) === true) return;
    answer(response, pathname, contents);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const repository: RepositoryServer = {
    apiUrl: `${base}/api`,
    filesUrl: `${base}/files`,
    commit: COMMIT,
    asked,
    intercept: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return repository;
}

function answer(response: ServerResponse, path: string, contents: ReadonlyMap<string, Buffer>): void {
  if (path === "/api/commits/main") return void response.end(COMMIT);
  if (path === `/api/git/trees/${COMMIT}`) {
    const tree = [...contents].map(([file, bytes]) => ({
      path: file,
      type: "blob",
      sha: gitHashOf(bytes),
      size: bytes.length,
    }));
    return void response.end(JSON.stringify({ sha: COMMIT, truncated: false, tree }));
  }
  const blob = [...contents.values()].find((bytes) => path === `/api/git/blobs/${gitHashOf(bytes)}`);
  const file = blob ?? contents.get(path.replace(`/files/${COMMIT}/`, ""));
  if (file !== undefined) return void response.end(file);
  response.statusCode = 404;
  response.end("Not Found");
}

function gitHashOf(bytes: Buffer): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
