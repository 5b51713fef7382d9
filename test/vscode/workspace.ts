/** A folder for VS Code to open: a copy, so that what the tests type touches no file of ours. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "./temporaryFolder.ts";

export const root = resolve(import.meta.dirname, "../..");

/** An EQL rule, by its path in the folder. */
export const SAMPLE_RULE = "rules/windows/credential_access_registry_searched_for_stored_passwords.toml";

/** Rules outside of a rules folder. VS Code keeps a file's language for a while after it is closed: each test has its own. */
const drafts = ["found.toml", "set-back.toml", "not-looked-for.toml", "on-save.toml"];

/** TOML that is no rule, and not even right: we must be silent all the same. */
const OTHER_TOML = `[metadata]
name = "one"
name = "two"

[package.metadata]
rule = "none"
`;

export interface Workspace {
  readonly folder: string;
  remove(): void;
}

export function createWorkspace(): Workspace {
  const { path: folder, remove } = temporaryFolder("workspace");
  cpSync(join(root, "rules"), join(folder, "rules"), { recursive: true });
  mkdirSync(join(folder, "drafts"));
  drafts.forEach((name, i) => writeFileSync(join(folder, "drafts", name), draftOf(name, i)));
  writeFileSync(join(folder, "drafts/other.toml"), OTHER_TOML);
  return { folder, remove };
}

export function emptyWorkspace(): Workspace {
  const { path: folder, remove } = temporaryFolder("empty");
  return { folder, remove };
}

/** The sample rule as another one, with an id of its own and a name that goes with the file's. */
function draftOf(file: string, draftIndex: number): string {
  const text = readFileSync(join(root, SAMPLE_RULE), "utf8");
  const name = /^name = "(.*)"$/m.exec(text)?.[1] ?? "";
  return text
    .replaceAll(name, `${name} ${file.replace(".toml", "")}`)
    .replace("Reg.exe is told", `In ${file}, reg.exe is told`)
    .replace(/^(rule_id = ").{4}/m, `$1${String(draftIndex).repeat(4)}`);
}

/** Settings of the folder; VS Code sees the change at once. */
export function writeSettings({ folder }: Workspace, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify(settings));
}
