/** No request may bring the server down: a failure is logged, and the client gets an empty answer. */
import { ResponseError } from "vscode-languageserver";

export type Log = (message: string) => void;

export interface Guard {
  /** Wraps a request handler; `fallback` is what the client gets when it fails. */
  request<P extends unknown[], R>(
    name: string,
    fallback: R,
    handler: (...params: P) => R | Promise<R>,
  ): (...params: P) => Promise<R>;
  notification<P extends unknown[]>(
    name: string,
    handler: (...params: P) => void | Promise<void>,
  ): (...params: P) => Promise<void>;
  /** Sends what nobody waits for: a client that refuses it must not end the server, as Node does otherwise. */
  send(name: string, sent: Promise<unknown>): void;
}

export function guardWith(log: Log): Guard {
  return {
    request:
      (name, fallback, handler) =>
      async (...params) => {
        try {
          return await handler(...params);
        } catch (error) {
          // Cancellation is an answer, not a failure.
          if (error instanceof ResponseError) throw error;
          log(`${name} failed: ${describe(error)}`);
          return fallback;
        }
      },
    notification:
      (name, handler) =>
      async (...params) => {
        try {
          await handler(...params);
        } catch (error) {
          log(`${name} failed: ${describe(error)}`);
        }
      },
    send: (name, sent) =>
      void sent.catch((error: unknown) => {
        log(`${name} failed: ${describe(error)}`);
      }),
  };
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
