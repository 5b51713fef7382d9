/**
 * The log channel as the language client's trace wants it. The client library lets the channel's own log level decide
 * whether messages are traced; here the setting `rulewright.trace.server` alone does, at any level of the channel.
 */
import { EventEmitter, LogLevel, type LogOutputChannel, type ViewColumn, workspace } from "vscode";
import { SECTION, isTraceOn } from "./settings.ts";

export class TraceChannel implements LogOutputChannel {
  readonly name: string;
  readonly onDidChangeLogLevel;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<LogLevel>();
  readonly #listener;

  constructor(log: LogOutputChannel) {
    this.name = log.name;
    this.#log = log;
    this.onDidChangeLogLevel = this.#changed.event;
    this.#listener = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.trace`)) this.#changed.fire(this.logLevel);
    });
  }

  get logLevel(): LogLevel {
    return isTraceOn() ? LogLevel.Trace : LogLevel.Off;
  }

  trace(message: string): void {
    this.#log.info(`[trace] ${message}`);
  }

  debug(message: string): void {
    this.#log.debug(message);
  }

  info(message: string): void {
    this.#log.info(message);
  }

  warn(message: string): void {
    this.#log.warn(message);
  }

  error(error: string | Error): void {
    this.#log.error(error);
  }

  append(value: string): void {
    this.#log.append(value);
  }

  appendLine(value: string): void {
    this.#log.appendLine(value);
  }

  replace(value: string): void {
    this.#log.replace(value);
  }

  clear(): void {
    this.#log.clear();
  }

  show(columnOrPreserveFocus?: ViewColumn | boolean, preserveFocus?: boolean): void {
    this.#log.show(typeof columnOrPreserveFocus === "boolean" ? columnOrPreserveFocus : preserveFocus);
  }

  hide(): void {
    this.#log.hide();
  }

  /** The log channel itself belongs to someone else. */
  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
