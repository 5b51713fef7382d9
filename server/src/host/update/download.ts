/** Fetches what a URL holds: within limits, through a proxy where one is set, until it is told to stop. */
import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import { type Result } from "../../core/base/result.ts";

export interface DownloadOptions {
  readonly signal: AbortSignal;
  /** Bytes after which we stop reading: no file of ours is larger. */
  readonly limit: number;
  /** An editor's own proxy; undefined: as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say. */
  readonly proxy: string | undefined;
  readonly accept?: string;
  /** Hears how many bytes have come. */
  readonly onBytes?: (count: number) => void;
}

/** The reason is a sentence for people that names the address. */
export type Downloaded = Result<Uint8Array, string>;

const MOST_REDIRECTS = 5;
const SILENCE_MILLISECONDS = 30_000;

export async function download(url: string, options: DownloadOptions): Promise<Downloaded> {
  let address = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await answerOf(address, options);
    if (!answer.ok) return answer;
    if (answer.value instanceof Uint8Array) return { ok: true, value: answer.value };
    address = answer.value.redirect;
  }
  return failure(url, "it leads in a circle");
}

type Answer = Result<Uint8Array | { readonly redirect: string }, string>;

function answerOf(url: string, options: DownloadOptions): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = (reason: string): void => resolve(failure(url, reason));
    const request = requestTo(url, options);
    if (request === undefined) return fail("it is no http or https address");
    request.setTimeout(SILENCE_MILLISECONDS, () => request.destroy(new Error("it has been silent for 30 s")));
    request.on("error", (error) => fail(options.signal.aborted ? "it was cancelled" : error.message));
    request.on("response", (response) => {
      const { statusCode = 0, headers } = response;
      if (300 <= statusCode && statusCode < 400 && headers.location !== undefined) {
        response.resume();
        return resolve(redirectTo(url, headers.location));
      }
      if (statusCode !== 200) {
        response.resume();
        return fail(`the server says ${statusCode} ${response.statusMessage ?? ""}`.trimEnd());
      }
      collect(response, options, (result) => {
        if (result.ok) resolve(result);
        else {
          request.destroy();
          fail(options.signal.aborted ? "it was cancelled" : result.error);
        }
      });
    });
    request.end();
  });
}

/** Undefined for what is no web address. A proxy takes an address of either kind. */
function requestTo(url: string, { signal, proxy, accept }: DownloadOptions): ClientRequest | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return undefined;
  const through = proxy ?? getProxyForUrl(url);
  const headers = { "user-agent": "rulewright", ...(accept === undefined ? {} : { accept }) };
  if (protocol === "https:") {
    const agent = through === "" ? undefined : new HttpsProxyAgent(through);
    return requestHttps(url, { headers, signal, ...(agent === undefined ? {} : { agent }) });
  }
  const agent = through === "" ? undefined : new HttpProxyAgent(through);
  return requestHttp(url, { headers, signal, ...(agent === undefined ? {} : { agent }) });
}

/** An address that was asked for safely is not followed to one that is not. */
function redirectTo(from: string, location: string): Answer {
  if (!URL.canParse(location, from)) return failure(from, "it leads nowhere");
  const to = new URL(location, from);
  if (from.startsWith("https:") && to.protocol !== "https:")
    return failure(from, "it leads to an address without encryption");
  return { ok: true, value: { redirect: to.href } };
}

function collect(
  response: IncomingMessage,
  { limit, onBytes }: DownloadOptions,
  done: (result: Downloaded) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (limit < size)
      return done({ ok: false, error: `it is larger than ${limit.toLocaleString("en")} bytes` });
    chunks.push(chunk);
    onBytes?.(chunk.length);
  });
  response.on("error", (error) => done({ ok: false, error: error.message }));
  response.on("aborted", () => done({ ok: false, error: "the connection broke off" }));
  response.on("end", () => done({ ok: true, value: Buffer.concat(chunks) }));
}

function failure(url: string, reason: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error: `${url} could not be fetched: ${reason}` };
}
