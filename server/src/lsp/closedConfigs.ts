/** What is wrong in `rulewright.toml`, as diagnostics in that file. */
import * as lsp from "vscode-languageserver";
import { readConfigFile } from "../core/analysis/config.ts";
import { CHECKS } from "../core/checks/registry.generated.ts";
import { lineIndexOf } from "../core/text/lineIndex.ts";
import { CONFIG_NAME } from "../host/projects.ts";
import { toRange } from "./convert.ts";
import { type ClosedReport, type ClosedReports } from "./closedRules.ts";
import { type Session } from "./session.ts";

const CHECK_IDS = CHECKS.map(({ id }) => id);

export function isConfigFile(uri: string): boolean {
  return uri.endsWith(`/${CONFIG_NAME}`);
}

/** The rest of such a file counts, so its problems are warnings. */
export function configDiagnostics(text: string): readonly lsp.Diagnostic[] {
  const lines = lineIndexOf(text);
  return readConfigFile(text, CHECK_IDS).problems.map(({ span, message }) => ({
    range: toRange(lines, span),
    severity: lsp.DiagnosticSeverity.Warning,
    source: "rulewright",
    message,
  }));
}

/** Of an open file, as it stands in the editor. */
export async function openConfigDiagnostics(
  { files }: Session,
  uri: string,
): Promise<readonly lsp.Diagnostic[]> {
  const file = files.fileOf(uri);
  const text = file === undefined ? undefined : await files.currentText(file);
  return text === undefined ? [] : configDiagnostics(text);
}

export class ClosedConfigs implements ClosedReports {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async reports(): Promise<readonly ClosedReport[]> {
    const { files } = this.#session;
    const open = files.open();
    const found: ClosedReport[] = [];
    for (const file of this.#session.configFiles()) {
      const text = open.has(file) ? undefined : await files.textOnDisk(file);
      const items = text === undefined ? [] : configDiagnostics(text);
      if (0 < items.length)
        found.push({ file, uri: files.uriOf(file), resultId: JSON.stringify(items), items });
    }
    return found;
  }
}
