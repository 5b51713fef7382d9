/** What the schemas of a checkout of Elastic's size cost: the first time, and from the cache. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeCheckout } from "./checkoutOfSize.ts";

export interface KnowledgeFigures {
  /** Of the integrations' schemas, unpacked. */
  readonly megabytes: number;
  readonly distil: LoadFigures;
  readonly warm: LoadFigures;
}

export interface LoadFigures {
  readonly milliseconds: number;
  /** What the process needs at most beyond what it had before, all its threads together. */
  readonly peakMegabytes: number;
  /** What the schemas add to a process that has started. */
  readonly addedMegabytes: number;
}

const ROUNDS = 5;

export async function knowledgeFigures(): Promise<KnowledgeFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), "rulewright-"));
  try {
    const etcFolder = path.join(folder, "etc");
    const size = await writeCheckout(etcFolder);
    const rounds = Array.from({ length: ROUNDS }, (_, i) => {
      const cacheFolder = path.join(folder, `cache-${i}`);
      return { distil: loadOnce(etcFolder, cacheFolder), warm: loadOnce(etcFolder, cacheFolder) };
    });
    return {
      megabytes: size / 1_000_000,
      distil: medianOf(rounds.map(({ distil }) => distil)),
      warm: medianOf(rounds.map(({ warm }) => warm)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function loadOnce(etcFolder: string, cacheFolder: string): LoadFigures {
  const script = path.join(import.meta.dirname, "loadOnce.ts");
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script, etcFolder, cacheFolder], {
    encoding: "utf8",
  });
  // Printed by our own script.
  const figures = JSON.parse(stdout === "" ? "{}" : stdout) as LoadFigures & { readonly answers?: number };
  if (figures.answers !== 5) throw new Error(`the schemas were not loaded: ${stdout}${stderr}`);
  return figures;
}

function medianOf(rounds: readonly LoadFigures[]): LoadFigures {
  const median = (figure: (one: LoadFigures) => number): number =>
    rounds.map(figure).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  return {
    milliseconds: median((one) => one.milliseconds),
    peakMegabytes: median((one) => one.peakMegabytes),
    addedMegabytes: median((one) => one.addedMegabytes),
  };
}
