/** Where the public rules and the conformance data stand, if they are there. Nothing of either is part of the project. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import { root } from "./fixture.ts";

export const conformanceFolder = path.resolve(root, "../shared/conformance");

/** A checkout of elastic/detection-rules: `DETECTION_RULES_DIR`, else the one beside a conformance folder. */
export function rulesFolder(conformance: string = conformanceFolder): string | undefined {
  const candidates = [process.env["DETECTION_RULES_DIR"], path.resolve(conformance, "../detection-rules")];
  return candidates.find((folder) => folder !== undefined && existsSync(path.join(folder, "rules")));
}

export interface CorpusRule {
  /** Relative to the checkout. */
  readonly path: string;
  readonly text: string;
}

export function corpusRules(folder: string): readonly CorpusRule[] {
  const files = globSync(["rules/**/*.toml", "rules_building_block/**/*.toml"], { cwd: folder }).sort();
  return files.map((file) => ({ path: file, text: readFileSync(path.join(folder, file), "utf8") }));
}
